"""Test ledgers made by openpyxl: shared strings, real comments, conditional formats.

Every name, unit and sentence here is invented.
"""
import datetime
import sys

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

OUT = sys.argv[1]
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
MID = Alignment(horizontal="center", vertical="center", wrap_text=True)


def box(ws, cells):
    for row in ws[cells]:
        for c in row:
            c.border = BOX
            c.alignment = Alignment(vertical="center", wrap_text=True)


def zwgk():
    """Title block, two-row header, merged unit cells, footer, three more sheets."""
    wb = Workbook()
    ws = wb.active
    ws.title = "任务台账"
    ws["A1"] = "附件1"
    ws["A2"] = "滨江新区2022年政务公开重点任务台账"
    ws["A2"].font = Font(size=18, bold=True)
    ws["A2"].alignment = MID
    ws.merge_cells("A2:J2")
    ws["A3"] = "填报单位：党政办公室"
    ws["H3"] = "填报时间：2022年7月15日"
    heads = {
        "A4": "序号", "B4": "重点领域", "C4": "重点任务", "D4": "工作举措", "E4": "责任分工",
        "G4": "完成时限", "H4": "办理进度", "J4": "备注",
        "E5": "牵头单位", "F5": "配合单位", "H5": "完成状态", "I5": "进展情况",
    }
    for at, text in heads.items():
        ws[at] = text
        ws[at].font = Font(bold=True)
    for m in ("A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:F4", "G4:G5", "H4:I4", "J4:J5"):
        ws.merge_cells(m)
    rows = [
        (1, "决策公开", "规范性文件集中清理", "对照目录逐件核对，在网页上标注效力状态", "党政办公室", "各部门", "2022年6月底前", "已完成", "清理41件，废止6件", None),
        (2, None, "重大决策预公开", "决策草案上网听取意见，并公布采纳结果", None, "各部门、各街道办事处", "每季度末", "进行中", "第二季度公布草案3件", None),
        (3, None, "政策图解制作", "每份惠企文件配一张看得懂的图", "经发局", "党政办", "9月30日前", "正在推进", "完成7张", "缺美工"),
        (4, "财政信息", "部门预算公开", "统一格式、同日上网", "财政局", "各部门", "3月底", "办结", "28家部门全部公开", None),
        (5, None, "惠民补贴明细公开", "按村居张榜并上网，保护个人信息", None, "东湖街道办事处、西岭街道办事处", "6月30日前", "推进中", "西岭尚缺两个社区", None),
        (6, "项目建设", "招投标全流程公示", "公告、候选人、结果、合同四步连续公示", "经济发展局", "财政局", "年内", "未启动", None, None),
        (7, "生态环境", "空气质量日报", "每日上午发布前一日数据", "环保分局", None, "长期坚持", "持续推进", "逐日发布", None),
        (8, "生态环境", "执法结果公示", "决定作出后按时上网", "生态环境分局", "党政办公室", "2022.7.31", "进行中", "公示12件", None),
        (9, "政民互动", "政府开放日", "请居民进机关，看流程、提问题", "党政办公室", "各街道办事处", "年底前", "未开展", None, None),
        (10, "政民互动", "业务培训", "讲清依申请公开怎样办", "人力资源部", "各部门、各街道办事处", "上半年", "抓紧办", "教材在编", None),
    ]
    for i, row in enumerate(rows):
        for j, v in enumerate(row):
            ws.cell(6 + i, 1 + j, v)
    for m in ("B6:B8", "E6:E7", "B9:B10", "E9:E10"):
        ws.merge_cells(m)
    box(ws, "A4:J15")
    ws["A16"] = "注：1.完成时限以本表为准；2.每月25日前更新进展。"
    ws.merge_cells("A16:J16")
    ws["A17"] = "填报人：周未名"
    ws["G17"] = "审核人：郑可知"
    dv = DataValidation(type="list", formula1='"未启动,进行中,已完成,持续推进"', allow_blank=True)
    ws.add_data_validation(dv)
    dv.add("H6:H15")
    ws.conditional_formatting.add("A6:J15", FormulaRule(formula=['$H6="已完成"'], fill=PatternFill("solid", bgColor="C6EFCE")))
    ws["G10"].comment = Comment("街道来电说明月底补齐", "周未名")
    ws.freeze_panes = "D6"
    ws.auto_filter.ref = "A5:J15"
    ws.print_title_rows = "4:5"
    for col, w in zip("ABCDEFGHIJ", (6, 12, 22, 34, 16, 22, 16, 11, 28, 12)):
        ws.column_dimensions[col].width = w

    units = wb.create_sheet("单位名录")
    units["A1"] = "滨江新区单位名录"
    units.merge_cells("A1:F1")
    for row in (
        ("序号", "单位名称", "别名", "类别", "联系人", "联系电话"),
        (1, "党政办公室", "党政办、党办", "各部门", "周未名", "0100-5550101"),
        (2, "财政局", "区财政局", "各部门", "吴有数", "0100-5550102"),
        (3, "经济发展局", "经发局", "各部门", "沈小满", "0100-5550103"),
        (4, "生态环境分局", "环保分局", "各部门", "蒋青", "0100-5550104"),
        (5, "人力资源部", "人社部门", "各部门", "韩立", "0100-5550105"),
        (6, "东湖街道办事处", "东湖街道", "各街道办事处", "杨桥", "0100-5550106"),
        (7, "西岭街道办事处", "西岭街道", "各街道办事处", "朱坡", "0100-5550107"),
    ):
        units.append(row)
    events = wb.create_sheet("年度活动")
    for row in (
        ("类型", "单位", "日期", "主题", "地点", "人数", "环节", "佐证", "备注"),
        ("培训", "党政办公室", datetime.date(2022, 3, 18), "依申请公开怎样答复", "一号会议室", 46, "讲课", "签到表", None),
        ("政府开放日", "党政办公室", datetime.date(2022, 5, 20), "走进政务大厅", "政务服务中心", 32, "参观、答疑", "新闻稿", None),
        ("政府开放日", "东湖街道", datetime.date(2022, 6, 10), "看看街道怎样办公", "街道大院", 15, "参观", "照片", None),
        ("培训", "财政局", datetime.date(2021, 12, 30), "预算公开格式", "二号会议室", 20, "讲课", "签到表", "去年的"),
    ):
        events.append(row)
    for c in events["C"][1:]:
        c.number_format = "yyyy-mm-dd"
    needs = wb.create_sheet("年度要求")
    for row in (
        ("要求", "最少次数", "范围", "单位", "时限", "计入条件"),
        ("培训", 1, "每个单位", "各部门、各街道办事处", "年底前", None),
        ("政府开放日", 1, "全区", None, "年底前", "答疑、座谈、问卷"),
    ):
        needs.append(row)
    wb.save(f"{OUT}/zwgk-openpyxl.xlsx")


def english():
    """English headings, header in B6, dates as real dates and as text, a hidden column."""
    wb = Workbook()
    ws = wb.active
    ws.title = "Tracker"
    ws["B2"] = "Harbour Zone action tracker 2023"
    ws["B4"] = "Reporting unit: Secretariat"
    for j, h in enumerate(("No.", "Task", "Lead unit", "Supporting\nunits", "Due date", "Status", "Progress", "Owner", "Phone", "Risk score", "Remarks")):
        ws.cell(6, 2 + j, h)
    d = datetime.date
    rows = [
        (1, "Publish the fee list", "Secretariat", "Finance; Legal", d(2023, 3, 31), "Done", "Published on the portal", "A. Reed", "555 0101", 2, None),
        (2, "Renew the lift permits", "Works", None, d(2023, 6, 30), "In progress", "4 of 9 renewed", "B. Stone", "555 0102", 5, "waiting for parts"),
        (3, "Train front-desk staff", "Personnel", "Secretariat", "2023-09-15", "Not started", None, "C. Field", "555 0103", 1, None),
        (4, "Keep the hotline staffed", "Secretariat", None, None, "Ongoing", None, "A. Reed", "555 0101", 1, None),
    ]
    for i, row in enumerate(rows):
        for j, v in enumerate(row):
            c = ws.cell(7 + i, 2 + j, v)
            if isinstance(v, d):
                c.number_format = "mm-dd-yy"
    ws.column_dimensions["K"].hidden = True
    ws.row_dimensions[9].hidden = True
    notes = wb.create_sheet("Notes")
    notes["A1"] = "Send changes to the Secretariat."
    wb.save(f"{OUT}/english-openpyxl.xlsx")


def unfit():
    """No table: a shopping list and a sheet that nearly is one."""
    wb = Workbook()
    ws = wb.active
    ws.title = "采购"
    for row in (("物品", "数量", "单价"), ("纸", 20, 18.5), ("墨盒", 3, 260)):
        ws.append(row)
    near = wb.create_sheet("随手记")
    near["A1"] = "本周要办的事"
    for row in (("事情", "找哪个", "备注", "啥时候"), ("把展板搬走", "小李", "要两个人", "周五"), ("修打印机", "小王", None, "周三")):
        near.append(row)
    wb.create_sheet("空表")
    wb.save(f"{OUT}/unfit-openpyxl.xlsx")


def blank_form():
    """A form with a three-row header and nothing but prepared, numbered rows."""
    wb = Workbook()
    ws = wb.active
    ws.title = "台账"
    ws["A1"] = "南浦区2024年重点改革任务清单"
    ws.merge_cells("A1:I1")
    heads = {
        "A2": "序\n号", "B2": "改革任务", "B3": "主要任务", "C3": "工作目标",
        "D2": "责任落实", "D3": "单位", "D4": "牵头单位", "E4": "配合单位", "F3": "责任人",
        "G2": "时间节点", "H2": "当前状态", "I2": "说明",
    }
    for at, text in heads.items():
        ws[at] = text
    for m in ("A2:A4", "B2:C2", "B3:B4", "C3:C4", "D2:F2", "D3:E3", "F3:F4", "G2:G4", "H2:H4", "I2:I4"):
        ws.merge_cells(m)
    for r in range(5, 15):
        ws.cell(r, 1, r - 4)
    box(ws, "A2:I14")
    dv = DataValidation(type="list", formula1='"未启动,推进中,已完成"', allow_blank=True)
    ws.add_data_validation(dv)
    dv.add("H5:H14")
    ws["A15"] = "填表说明：时间节点填到日。"
    wb.save(f"{OUT}/blank-openpyxl.xlsx")


zwgk()
english()
unfit()
blank_form()
