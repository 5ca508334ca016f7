"""Makes the ledger of a whole year: year.py OUT.xlsx YEAR SEED

Everything is invented. Requests reach back into the year before and some stay
open at the end, so that there is something carried in and carried on.
"""
import random
import sys
from datetime import date, timedelta

from openpyxl import Workbook

out, year, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rng = random.Random(seed)
wb = Workbook()
units = ["党政办公室", "财政局", "建设局", "环保分局", "项目中心", "东风街道办事处", "南湖街道办事处"]


def sheet(name, title, head, rows, first=False):
    ws = wb.active if first else wb.create_sheet()
    ws.title = name
    ws.append([title])
    ws.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(head))
    ws.append(head)
    for row in rows:
        ws.append(row)
        for cell in ws[ws.max_row]:
            if isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"


def day(first=date(year, 1, 1), last=date(year, 12, 31)):
    return first + timedelta(days=rng.randrange((last - first).days + 1))


tasks = []
for i in range(1, 23):
    state = rng.choice(["已完成", "已完成", "已完成", "正在推进", "未启动", "长期坚持"])
    due = "长期坚持" if state == "长期坚持" else day(date(year, 3, 1))
    progress = "" if state == "未启动" else f"第{i}项工作已落实，印发方案{rng.randrange(1, 9)}份"
    tasks.append([i, rng.choice(["制度建设", "重点领域", "平台建设"]), f"落实第{i}项公开任务", rng.choice(units), due, state, progress])
sheet("任务台账", f"{year}年政务公开重点工作任务台账", ["序号", "类别", "重点任务", "牵头单位", "完成时限", "完成状态", "进展情况"], tasks, True)
sheet("单位名录", "单位名录", ["单位", "简称", "类别", "联系人", "电话"],
      [[u, "", "各街道办事处" if "街道" in u else "各部门", "张" + "甲乙丙丁戊己庚"[i], str(3200000 + i)] for i, u in enumerate(units)])
sheet("年度活动", "年度活动", ["类型", "单位", "日期", "主题", "地点", "人数", "环节"],
      [["培训", u, day(), "政务公开业务培训", "会议室", rng.randrange(10, 60), ""] for u in units[:5]]
      + [["开放日", "党政办公室", day(), "走进政务大厅", "政务大厅", 30, "答疑、座谈"]])

kinds = ["自然人"] * 8 + ["商业企业", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
results = ["予以公开"] * 10 + ["部分公开"] * 3 + [
    "属于国家秘密", "其他法律行政法规禁止公开", "危及“三安全一稳定”", "保护第三方合法权益", "属于三类内部事务信息", "属于四类过程性信息", "属于行政执法案卷",
    "属于行政查询事项", "本机关不掌握相关政府信息", "本机关不掌握相关政府信息", "没有现成信息需要另行制作", "补正后申请内容仍不明确", "信访举报投诉类申请", "重复申请",
    "要求提供公开出版物", "无正当理由大量反复申请", "要求行政机关确认或重新出具已获取信息", "逾期不补正", "逾期未缴费", "撤回", "其他处理"]
requests = []
for i in range(1, 301):
    came = day(date(year - 1, 12, 1), date(year - 1, 12, 31)) if i <= 20 else day()
    took = rng.randrange(3, 45)
    replied = came + timedelta(days=took)
    answered = replied <= date(year, 12, 31) and rng.random() < 0.95
    if answered and replied.year < year and rng.random() < 0.7:
        replied = date(year, 1, 1) + timedelta(days=rng.randrange(20))
    fee = rng.choice([380, 100, 700]) if answered and rng.random() < 0.02 else ""
    requests.append([f"{came.year}{i:04d}", came, f"申请人{rng.randrange(1, 240)}", rng.choice(kinds), f"第{i}件申请的文件", rng.choice(units),
                     replied if answered else "", rng.choice(results) if answered else rng.choice(["", "办理中"]), {380: 68, 100: 40, 700: 100}.get(fee, ""), fee])
sheet("依申请公开", f"{year}年政府信息公开申请登记簿",
      ["登记编号", "收到日期", "申请人", "申请人类型", "申请内容", "承办单位", "答复日期", "答复类型", "页数", "收费金额"], requests)

cases = []
for i in range(1, 19):
    came = day(date(year - 1, 10, 1))
    decided = came + timedelta(days=rng.randrange(20, 90))
    over = decided <= date(year, 12, 31)
    suit = i % 3 == 0
    cases.append([f"{'行初' if suit else '复'}{came.year}-{i}", "行政诉讼" if suit else "行政复议", requests[rng.randrange(300)][0] if i % 2 else f"另案{i}",
                  "某区法院" if suit else "市政府", came, came + timedelta(days=5), rng.choice(["维持", "维持", "纠正", "撤回", "驳回"]) if over else "尚未审结",
                  decided if over else "", rng.choice(["是", "否"]) if suit else ""])
sheet("复议诉讼", "行政复议行政诉讼登记簿", ["案号", "类型", "涉及的申请编号", "复议机关/法院", "收到日期", "提交日期", "结果", "决定（裁判）日期", "是否先经复议"], cases)

messages = []
for i in range(1, 2001):
    came = day()
    replied = came + timedelta(days=rng.randrange(1, 20))
    done = replied <= date(year, 12, 31) and rng.random() < 0.98
    kind = rng.choice(["咨询", "咨询", "投诉", "建议", "求助", "找错"])
    messages.append([f"L{i:05d}", came, rng.choice(["12345热线", "领导信箱", "网站留言"]), kind, f"关于第{i}件事的{kind}", rng.choice(units),
                     replied if done else "", "已经答复。" if done else ""])
sheet("留言办理", "网民留言办理登记簿", ["留言编号", "留言时间", "渠道", "留言类型", "留言标题", "答复单位", "答复时间", "答复内容"], messages)

columns = []
for i in range(1, 61):
    every = rng.choice(["每周", "两周", "每月", "每季度"])
    columns.append([i, rng.choice(["政务动态", "公示公告", "政策文件", "专题专栏"]), f"第{i}个栏目", every, rng.choice(units), "李" + rng.choice("一二三四五"),
                    date(year, 12, 30) - timedelta(days=rng.randrange(0, 60))])
sheet("栏目更新", "政府网站栏目更新登记簿", ["序号", "一级栏目", "栏目名称", "更新周期", "责任单位", "责任人员", "最近更新日期"], columns)

proposals = []
for i in range(1, 41):
    came = day(date(year, 2, 1), date(year, 11, 30))
    replied = came + timedelta(days=rng.randrange(20, 120))
    done = replied <= date(year, 12, 31)
    proposals.append([f"第{i}号", rng.choice(["人大代表建议", "政协委员提案"]), f"关于改进第{i}项工作的建议", "王" + rng.choice("一二三四五"), came, rng.choice(units),
                      replied if done else "", rng.choice("ABC") if done else "", rng.choice(["满意", "基本满意", "不满意"]) if done else "",
                      rng.choice(["全文", "摘要", "不公开"]) if done else ""])
sheet("建议提案", "人大代表建议和政协委员提案办理登记簿",
      ["编号", "类别", "案由", "提出人", "交办日期", "主办单位", "答复日期", "办理结果", "满意度", "公开方式"], proposals)
wb.save(out)
