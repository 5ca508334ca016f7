"""Counts the figures of the yearly report from the workbook alone, and prints
them as JSON: recount.py BOOK.xlsx YEAR

It reads the cells, knows the form of the report and nothing of the program.
"""
import json
import sys
from collections import Counter
from datetime import datetime

from openpyxl import load_workbook

book, year = sys.argv[1], int(sys.argv[2])
wb = load_workbook(book, data_only=True)


def rows(name):
    if name not in wb.sheetnames:
        return []
    it = wb[name].iter_rows(values_only=True)
    next(it)
    head = next(it)
    return [dict(zip(head, r)) for r in it if any(v not in (None, "") for v in r)]


def in_year(v):
    return v.year if isinstance(v, datetime) else 0


columns = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
leaves = {
    "granted": "予以公开", "partial": "部分公开", "state_secret": "属于国家秘密", "law_forbids": "其他法律行政法规禁止公开", "security": "危及“三安全一稳定”",
    "third_party": "保护第三方合法权益", "internal": "属于三类内部事务信息", "process": "属于四类过程性信息", "enforcement_file": "属于行政执法案卷",
    "query_matter": "属于行政查询事项", "not_held": "本机关不掌握相关政府信息", "not_existing_to_make": "没有现成信息需要另行制作",
    "still_unclear": "补正后申请内容仍不明确", "petition": "信访举报投诉类申请", "repeated": "重复申请", "publication": "要求提供公开出版物",
    "excessive": "无正当理由大量反复申请", "confirm_again": "要求行政机关确认或重新出具已获取信息", "not_corrected": "逾期不补正", "not_paid": "逾期未缴费"}
by_word = {w: k for k, w in leaves.items()} | {
    "撤回": "other_handling", "其他处理": "other_handling", "不掌握": "not_held", "第三方合法权益": "third_party"}
table = {k: Counter() for k in ["new", "carried_in", "total", "carried_on", *leaves, "other_handling"]}
fees = 0
for r in rows("依申请公开"):
    came, over, kind = in_year(r["收到日期"]), in_year(r["答复日期"]), r["申请人类型"]
    if came > year or 0 < over < year:
        continue
    table["new" if came == year else "carried_in"][kind] += 1
    if over == 0 or over > year:
        table["carried_on"][kind] += 1
        continue
    table["total"][kind] += 1
    table[by_word[r["答复类型"]]][kind] += 1
    fees += r["收费金额"] or 0
requests = {k: [c[n] for n in columns] + [sum(c.values())] for k, c in table.items()}

cases = {k: [0] * 5 for k in ["reviews", "suits_direct", "suits_after_review"]}
reviewed = {r["涉及的申请编号"] for r in rows("复议诉讼") if "复议" in r["类型"]}
for r in rows("复议诉讼"):
    came, over, result = in_year(r["收到日期"]), in_year(r["决定（裁判）日期"]), r["结果"]
    if came > year or 0 < over < year:
        continue
    after = r["是否先经复议"] == "是" if "是否先经复议" in r else r["涉及的申请编号"] in reviewed
    part = cases["reviews" if "复议" in r["类型"] else "suits_after_review" if after else "suits_direct"]
    at = {"维持": 0, "驳回": 0, "纠正": 1, "撤回": 2}.get(result, 3)
    part[3 if over == 0 or over > year else at] += 1
    part[4] += 1

messages = [r for r in rows("留言办理") if in_year(r["留言时间"]) == year]
proposals = [r for r in rows("建议提案") if in_year(r["交办日期"]) == year]
typed = {}
for r in rows("年报数据"):
    if str(r["报告年度"]) == str(year) and r["填报内容"] not in (None, ""):
        typed[r["年报项目"]] = r["填报内容"]
print(json.dumps({
    "requests": requests, "reviews": cases, "fees": fees,
    "messages": len(messages), "answered": sum(1 for r in messages if r["答复时间"]),
    "proposals": len(proposals), "replied": sum(1 for r in proposals if r["答复日期"]),
    "published": sum(1 for r in proposals if r.get("公开方式") in ("全文", "摘要")),
    "tasks": len(rows("任务台账")), "done": sum(1 for r in rows("任务台账") if r.get("完成状态") == "已完成"),
    "columns": len(rows("栏目更新")), "typed": typed}, ensure_ascii=False))
