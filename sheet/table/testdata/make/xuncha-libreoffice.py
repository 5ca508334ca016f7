"""Writes xuncha-libreoffice.fods, a flat document that LibreOffice turns into .xlsx.

Category rows on two levels, hidden row and column, header repeated, notes below, prose in 完成情况, dates as
dates. Every name, unit and sentence here is invented.
"""
import datetime
import sys
from xml.sax.saxutils import escape

HEAD = ["序号", "反馈问题", "主要任务", "牵头（责任）单位", "责任（配合）单位", "责任领导", "整改时限", "完成情况", "完成日期", "备 注"]
D = datetime.date
ROWS = [
    ["附件2"],
    [("2022年巡察反馈意见整改落实台账", 10)],
    ["填报单位（盖章）：临水镇党委", None, None, None, None, None, "填报时间：2022年11月1日"],
    [],
    HEAD,
    [("一、党的建设方面", 10)],
    [("（一）组织生活不严格", 10)],
    [1, "支部会议记录不全", "补齐记录并按季检查", "党建办", "各支部", "冯书记", D(2022, 6, 30), "记录已补齐，检查两轮，未见新问题", D(2022, 6, 25), None],
    [2, "党费收缴滞后", "改为线上按月收缴", "党建办", "财政所", "冯书记", D(2022, 9, 30), "线上收缴已覆盖七个支部，余两个支部因人员外出仍未接入", None, None],
    [("（二）干部队伍", 10)],
    [3, "村干部轮训不足", "每季度举办一期", "组织办", "党建办", "严委员", "每季度末", "前三季度各办一期", None, "长期"],
    HEAD,
    [("二、民生领域", 10)],
    [4, "低保动态管理不及时", "逐户复核", "民政办", "各村", "祝镇长", "2022年12月底前", "复核一半", None, None],
    [5, "高标准农田管护缺位", "落实管护员和经费", "农业办", "各村", "祝镇长", "立行立改", "管护协议已签订", D(2022, 8, 15), None],
    ["注：1.完成情况用文字说明。"],
    ["　　2.需长期坚持的，在备注栏写明。"],
    ["填报人：甘霖", None, None, None, None, None, "联系电话：0103-5550401"],
]
MERGED_LEAD = {7: 2}  # row index → rows spanned by the lead cell
HIDDEN_ROWS = {8}

cells = []
covered = {i + k for i, n in MERGED_LEAD.items() for k in range(1, n)}
for i, row in enumerate(ROWS):
    out = ['<table:table-row%s>' % (' table:visibility="collapse"' if i in HIDDEN_ROWS else "")]
    for j, v in enumerate(row):
        if i in covered and j == 3:
            out.append("<table:covered-table-cell/>")
            continue
        span = ""
        if isinstance(v, tuple):
            v, n = v
            span = f' table:number-columns-spanned="{n}" table:number-rows-spanned="1"'
        if i in MERGED_LEAD and j == 3:
            span = f' table:number-columns-spanned="1" table:number-rows-spanned="{MERGED_LEAD[i]}"'
        if v is None:
            out.append("<table:table-cell/>")
        elif isinstance(v, D):
            out.append(f'<table:table-cell table:style-name="day" office:value-type="date" office:date-value="{v}"/>')
        elif isinstance(v, int):
            out.append(f'<table:table-cell office:value-type="float" office:value="{v}"/>')
        else:
            out.append(f'<table:table-cell{span} office:value-type="string"><text:p>{escape(v)}</text:p></table:table-cell>')
    out.append("</table:table-row>")
    cells.append("".join(out))

doc = f'''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:date-style style:name="ymd"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="ymd"/>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="整改台账">
<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="8"/>
{chr(10).join(cells)}
</table:table>
</office:spreadsheet></office:body></office:document>'''
with open(sys.argv[1] + "/xuncha-libreoffice.fods", "w", encoding="utf-8") as f:
    f.write(doc)
