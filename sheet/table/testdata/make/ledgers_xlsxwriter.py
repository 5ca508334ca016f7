"""Test ledgers made by XlsxWriter: formulas with cached values, protection, inline strings.

Every name, unit and sentence here is invented.
"""
import datetime
import sys

import xlsxwriter

OUT = sys.argv[1]
D = datetime.date
MADE = {"created": datetime.datetime(2022, 1, 4, 9, 0)}


def ducha():
    """Header in B6, =ROW() numbers, subtotals by formula, drop-down from a hidden sheet, protected."""
    wb = xlsxwriter.Workbook(f"{OUT}/ducha-xlsxwriter.xlsx")
    wb.set_properties(MADE)
    ws = wb.add_worksheet("督办台账")
    words = wb.add_worksheet("字典")
    for i, w in enumerate(("未启动", "办理中", "已办结", "长期坚持")):
        words.write(i, 0, w)
    words.hide()
    head = wb.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "bg_color": "#DDEBF7"})
    cell = wb.add_format({"border": 1, "text_wrap": True})
    open_ = wb.add_format({"border": 1, "text_wrap": True, "locked": False})
    date = wb.add_format({"border": 1, "num_format": "yyyy/m/d"})
    opendate = wb.add_format({"border": 1, "num_format": "yyyy/m/d", "locked": False})
    ws.merge_range("B2:M2", "青石县2022年督查督办事项台账", head)
    ws.merge_range("B3:M3", "（截至2022年8月20日）", cell)
    ws.write("B4", "填报单位：县委县政府督查室")
    for j, h in enumerate(("序号", "任务编号", "督办事项", "主办单位", "协办单位", "分管领导", "办结时限", "办理状态", "办结时间", "工作动态", "存在问题", "下步措施")):
        ws.write(5, 1 + j, h, head)
    groups = [
        [
            ("DB-001", "城北农贸市场改造", "住建局", "市场监管局", "陈副县长", D(2022, 6, 30), "已办结", D(2022, 6, 21), "验收合格，商户回迁", None, None),
            ("DB-002", "县医院停车楼", "卫健局", "住建局、城管局", "林副县长", D(2022, 8, 10), "办理中", None, "主体封顶", "消防图纸待审", "约谈设计单位"),
            ("DB-003", "老旧小区加装电梯", "住建局", None, "陈副县长", D(2022, 9, 15), "办理中", None, "开工11部", None, None),
        ],
        [
            ("DB-004", "乡村道路硬化", "交通局", "财政局", "黄副县长", D(2022, 12, 31), "未启动", None, None, "资金未到位", "争取专项债"),
            ("DB-005", "河道清淤", "水利局", "城管局", "黄副县长", D(2022, 5, 31), "已办结", D(2022, 7, 2), "清淤4.2公里", None, None),
            ("DB-006", "公交线路优化", "交通局", None, "黄副县长", D(2022, 7, 31), "未启动", None, None, None, None),
        ],
    ]
    r = 6
    for g in groups:
        first = r
        for row in g:
            ws.write_formula(r, 1, "=ROW()-6", cell, r - 5)
            for j, v in enumerate(row):
                col = 2 + j
                if isinstance(v, D):
                    ws.write_datetime(r, col, datetime.datetime(v.year, v.month, v.day), opendate if col == 9 else date)
                elif v is None:
                    ws.write_blank(r, col, None, opendate if col == 9 else open_ if col >= 8 else cell)
                else:
                    ws.write(r, col, v, open_ if col >= 8 else cell)
            r += 1
        ws.write(r, 3, "小计", head)
        done = sum(1 for row in g if row[6] == "已办结")
        ws.write_formula(r, 8, f'=COUNTIF(I{first + 1}:I{r},"已办结")', cell, done)
        r += 1
    ws.merge_range(r, 1, r, 3, "合  计", head)
    ws.write_formula(r, 8, "=I10+I14", cell, 2)
    ws.write(r + 2, 1, "说明：办结以验收意见为准。")
    ws.data_validation("I7:I13", {"validate": "list", "source": "=字典!$A$1:$A$4"})
    ws.conditional_format("H7:H13", {"type": "formula", "criteria": '=AND($H7<TODAY(),$I7<>"已办结")', "format": wb.add_format({"font_color": "#9C0006"})})
    ws.write_comment("D8", "县长批示件")
    ws.protect("", {"format_columns": True})
    ws.set_column("D:D", 24)
    wb.close()


def yingshang():
    """Inline strings; 牵头单位 beside 责任单位, 完成时限 beside 完成时间; a second table to the right."""
    wb = xlsxwriter.Workbook(f"{OUT}/yingshang-xlsxwriter.xlsx", {"constant_memory": True})
    wb.set_properties(MADE)
    ws = wb.add_worksheet("营商环境")
    date = wb.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
    pct = wb.add_format({"num_format": "0%"})
    rows = [
        ["2023年优化营商环境任务分解表"],
        [],
        ["编号", "主要任务", "具体措施", "牵头单位", "责任单位", "完成时限", "完成率", "完成时间", "是否完成", "备注", None, "单位名称", "联系人", "联系电话"],
        ["01", "企业开办一日办结", "合并环节、电子印章免费", "市场监管局", "税务局、公安局", D(2023, 6, 30), 1, D(2023, 6, 12), "是", None, None, "市场监管局", "高明", "0101-5550201"],
        ["02", "不动产登记提速", "一窗受理、并联办理", "自然资源局", "税务局", D(2023, 9, 30), 0.6, None, "否", "系统对接中", None, "自然资源局", "田野", "0101-5550202"],
        ["03", "用电报装简化", "小微企业零投资接入", "供电公司", "发改局", D(2023, 12, 31), 0.35, None, None, None, None, "税务局", "钱进", "0101-5550203"],
        ["04", "政策兑现直达", "免申即享清单按季更新", "财政局", "各部门", "每季度末", None, None, "持续推进", None, None, "公安局", "安宁", "0101-5550204"],
        ["05", "涉企检查减量", "同一企业一年最多查两次", "司法局", None, D(2023, 4, 30), 0.8, None, "否", None, None, "财政局", "吴有数", "0101-5550205"],
    ]
    for i, row in enumerate(rows):
        for j, v in enumerate(row):
            if v is None:
                continue
            if isinstance(v, D):
                ws.write_datetime(i, j, datetime.datetime(v.year, v.month, v.day), date)
            elif isinstance(v, (int, float)):
                ws.write_number(i, j, v, pct)
            else:
                ws.write_string(i, j, v)
    wb.close()


ducha()
yingshang()
