package table

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What texts tell beside their form: whether they say what is to be done, when it
// is planned, or how much of it.

// IsDeed reports whether a text begins with what somebody is to do (修订…, 按时完成…).
func IsDeed(text string) bool { return isDeed(fold(text)) }

// isDeed reports whether a text begins with what somebody is to do, after a mark or
// a number of its own.
func isDeed(s string) bool {
	_, s = markOf(strings.TrimSpace(s))
	s = strings.TrimLeft(s, " :.、()0123456789")
	for _, w := range manners {
		if rest, ok := strings.CutPrefix(s, w); ok && rest != "" {
			s = rest
		}
	}
	r := []rune(s)
	return len(r) >= 4 && deedVerbs[string(r[:2])]
}

// manners are words that stand before such a verb.
var manners = []string{"继续", "全面", "扎实", "积极", "进一步", "持续", "认真", "按时", "及时", "深入", "大力", "加快", "协助", "配合", "牵头", "负责"}

// deedVerbs are verbs with which tasks begin.
var deedVerbs = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(
		"完成 推进 推动 开展 制定 制订 修订 修改 编制 编写 编印 起草 拟定 拟订 建设 新建 改建 扩建 改造 建成 建立 健全 完善 组织 举办 召开 筹备 落实 加强 强化 提升 提高 优化 " +
			"整改 整治 治理 清理 清查 排查 检查 督查 巡查 核查 抽查 整理 梳理 更新 更换 升级 安装 部署 上线 调试 采购 招标 签订 办理 报送 上报 提交 印发 发布 公布 公开 公示 宣传 培训 学习 " +
			"调研 走访 联系 对接 协调 沟通 联络 准备 收集 汇总 统计 分析 评估 评审 审核 审查 验收 测试 开发 设计 搭建 实现 实施 执行 处理 解决 修复 修缮 维修 检修 维护 保养 清洗 清点 " +
			"盘点 迁移 搬迁 " +
			"引进 引入 招聘 招收 录制 拍摄 打印 制作 绘制 撰写 输出 补充 补齐 补办 增设 增加 新增 设立 设置 成立 组建 选派 选聘 培育 培养 打造 争取 申报 申请 创建 巩固 深化 规范 严格 " +
			"严肃 确保 保障 做好 抓好 " +
			"发放 兑付 落地 启动 谋划 研究 论证 征求 确定 确认 核对 核实 核算 对账 缴纳 支付 退还 收回 追缴 盘活 处置 拆除 拆迁 征收 铺设 架设 硬化 绿化 美化 亮化 疏浚 清淤 栽植 种植 " +
			"发展 支持 帮扶 化解 调解 " +
			"查处 打击 取缔 关停 关闭 约谈 通报 督促 督办 跟踪 回访 反馈 回复 答复 接入 联调 重构 调整 校验 录入 导入 导出 归档 移交 交接 预订 预约 购买 订购 寄送 张贴 布置 粉刷 加装 " +
			"装修 试点 推广 推行 探索 " +
			"编排 彩排 预演 演练 慰问 评选 表彰 聘请 邀请 注册 变更 换发 年检 续签 撤销 废止 采访 探访 报道 刊发 讲授 开通 布设 派发 细化 分解 压实 出台 促进 扩大 拓展 做强 做优 修建 " +
			"修编 摸排 摸清 轮换 储备 压减 取消 简化 精简 缩短 打通") {
		m[w] = true
	}
	return m
}()

// saysPlan reports whether a text that says when could not be the day on which something
// has been done.
func saysPlan(s string) bool {
	return strings.ContainsAny(s, "底前末每") || slices.ContainsFunc(planWords,
		func(w string) bool { return strings.Contains(s, w) })
}

var planWords = []string{"年内", "季度", "长期", "持续", "常态", "适时", "立行立改", "全年", "半年", "近期", "立即"}

// isAmount reports whether a text is a figure with its unit: 8个, 6万平方米.
func isAmount(s string) bool {
	digits, rest := spanOf(strings.TrimLeft(s, "约近超≥>≤<"), func(r rune) bool {
		return unicode.IsDigit(r) || r == '.' ||
			r == ','
	})
	n := utf8.RuneCountInString(rest)
	return digits != "" && n > 0 && n <= 5 && !strings.ContainsAny(rest, "年月日号/-~季.:、") &&
		strings.IndexFunc(rest, unicode.IsDigit) < 0
}
