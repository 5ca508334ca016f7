package plan

// The words by which plans name units, roles and times, for all that reads them.

// Labels that a colon follows. Plans in English have them too.
const (
	leadWord   = `牵头|主办|主责|承办`
	helpWord   = `配合|协办|协助|协同|参与|参加|支持`
	actWord    = `责任|负责|落实|实施|组织实施|完成|执行`
	officeWord = `单位|部门|科室|处室|股室|机构|主体`
	unitLabel  = `(?:[省市县区镇](?:级|直)?)?(?:总)?(?:` + leadWord + `|` + helpWord + `|` + actWord + `)(?:[（(](?:责任|配合` +
		`|主办|实施|落实)[）)])?(?:责任|实施)?(?:` + officeWord + `)(?:[（(](?:单位|部门|人)[）)])?(?:[及和]责任人员?)?`
	latinLabel = `(?i:(?:lead|responsible|support(?:ing)?|partner|implementing)(?:\s+(?:agency|agencies|unit` +
		`|units|department|departments|office|offices|bodies|body|party|parties))?)`
	leaderLabel = `(?:(?:责任|牵头|分管|包保|包联|包抓|主管|挂帅|挂联|督办)(?:[市县区镇](?:级)?)?|[市县区镇]级?|街道)(?:责任|牵头|分管|包保|包联)?领导`
	ownerLabel  = `(?:(?:具体|直接|第一|主要)?(?:责任人员?|联系人|联络员|负责人|经办人)|(?i:owner|contact))`
	timeLabel   = `(?:(?:计划|要求)?(?:完成|办结|整改|责任|工作|推进)?(?:时限|时间节点|时间进度|时间安排|时间要求|进度安排|时间|期限|日期)(?:[及和]?要求)?` +
		`|(?i:deadline|due(?: date)?|timeline|time frame|complete by))`
	anyLabel = `(?:` + unitLabel + `|` + latinLabel + `|` + leaderLabel + `|` + ownerLabel + `|` + timeLabel + `)`
)

// spacedRE is a label whose characters are set apart: 责 任 单 位：.
var spacedRE = lazy(`^(?:\p{Han}[ 　]+){2,7}\p{Han}[ 　]*[:：]`)

// Brackets in which plans put who does an item.
const (
	opening  = "（(【[〔［﹝"
	shutting = "）)】]〕］﹞"
)

var (
	roleRE = lazy(`牵头|负责|配合|责任单位|责任部门|责任处室|责任科室|责任主体|主办|协办|承办|参与单位|参加单位|职责分工|分工|抓好落实|会同|参与|参加|协助` +
		`|^[（(【\[〔［﹝]?` + anyLabel + `\s*[:：]|(?i:\blead)`)
	sureRE       = lazy(`牵头|负责|配合|主办|承办|协办|分工|会同`)
	quoteRE      = lazy(`〔\d{4}〕|^以下简称|^简称|^下称|^详见|^见附|\d号$`)
	labelledRE   = lazy(`^` + anyLabel + `\s*[:：]`)
	emptyLabelRE = lazy(`^(?:` + unitLabel + `|` + leaderLabel + `|` + ownerLabel + `` +
		`|` + timeLabel + `)\s*[:：]?\s*$|^[【\[〔［](?:` + anyLabel + `)[】\]〕］]\s*[:：]?\s*$`)
	bareLabelRE  = lazy(`^(` + unitLabel + `|` + timeLabel + `)\s*(\S.*)$`)
	noColonRE    = lazy(`(^|[，,；;]\s*)(` + unitLabel + `|` + timeLabel + `)[ 　]*(?:[:：][ 　]*)?`)
	leaderRE     = lazy(`^` + leaderLabel + `\s*[:：]\s*(.*)$`)
	ownerRE      = lazy(`^` + ownerLabel + `\s*[:：]\s*(.*)$`)
	timeRE       = lazy(`^` + timeLabel + `\s*[:：]\s*(.*)$`)
	unitsRE      = lazy(`^(` + unitLabel + `|` + latinLabel + `)\s*[:：]\s*(.*)$`)
	shortRE      = lazy(`^(牵头|责任|主办|主责|配合|协办|参与|负责)\s*[:：]\s*(.*)$`)
	otherRE      = lazy(`^[\p{Han}A-Za-z（）() ]{2,16}[:：]`)
	gapRE        = lazy(`[\s　]+(` + anyLabel + `\s*[:：])`)
	boxedRE      = lazy(`^[【\[〔［](` + anyLabel + `)[】\]〕］]\s*[:：]?`)
	bareRE       = lazy(`^[（(【\[〔［﹝]([^（(【\[〔［﹝]*)[）)】\]〕］﹞][。.]?$`)
	firstLeadsRE = lazy(`^(?:列|排)(?:名|在)?[^，。；]{0,4}(?:第一|首)位|^下同$|^排名不分先后$|^排名(?:第一|首位)|^(?:第一|首)(?:位` +
		`|个)[^，。；]{0,8}(?:牵头|主办)`)
	endDateRE  = lazy(`(?:并?长期坚持|(?:全面|全部)?(?:完成|办结))$`)
	helpsRE    = lazy(`^(?:` + helpWord + `|support|partner)`)
	leadsRE    = lazy(`^(?:[省市县区镇](?:级|直)?)?总?(?:` + leadWord + `)|^lead`)
	latinAndRE = lazy(`(?i)\s+and\s+|\s*&\s*`)
)

// unitRE ends the usual names of offices.
var unitRE = lazy(`(?:局|办|办公室|委|委员会|部|厅|院|中心|街道|办事处|镇|乡|村|社区|园区|地区|队|站|所|公司|集团|管委会|指挥部` +
	`|小组|专班|科|处|社|学校|医院|银行|政府|党委|党组|部门|单位|总工会|工会|妇联|残联|团委|工商联|协会|商会|大学|学院|小学|中学` +
	`|馆|电视台|报社|支行|分行|林场|农场|合作社|基地|工作室|(?:督[查察导]|研究|监察|监督|档案|保密|值班|政研|调研|信访|综合|财务|人事|秘书|文秘|机要|法规|纪检|审计|联络)室` +
	`|(?:开发|高新|经开|度假|保税|示范|管理|风景|新|园|景)区|各[^，；]{0,6}[县市区州旗]` +
	`|(?i:offices?|departments?|bureau|centre|center|agency|committee|units?|team|council|police|services?|board|authority|districts?)` +
	`)(?:[（(][^（()）]*[）)])?$`)

var (
	noUnitRE = lazy(`^(?:含|不含|包括|包含|除|如|例如|见|即|指|共|原|现|全部|每|一|二|三|以|按|第|其中|上述)|全部$|^各?部$|到位$|(?:企业|群众|个人|居民|村民` +
		`|业主|用户)$|[0-9０-９]+(?:处|个|座|所|站|队)$`)
	proseRE = lazy(`确保|推动|推进|完成|实现|力争|争取|建立|开展|加强|提升|做好|制定|每|见效|到位|不得|应当|需要|以内|以上|的|牵头|负责|配合|分工|除外|另行|确定|附件|变更` +
		`|更新|指导|责任|[0-9０-９“”《》%％年月]`)
	actsRE    = lazy(`(?:牵头|负责|落实|配合|协办|协助|参与|实施|组织|推进|办理|抓总|分工|支持|完成)$`)
	helpEndRE = lazy(`(?:` + helpWord + `)(?:落实|实施|做好)?$`)
	nameCutRE = lazy(`[、，,；;/\s]+`)
)
