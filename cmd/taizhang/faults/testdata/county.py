# One made-up year of a county with 30 units and 60 tasks, played with the real program.
#
# usage: county.py PROGRAM DIR; the program reads how far its clock is off from FAULT_CLOCK.
#
# Copies go out and come back three times, edited by openpyxl, some without their stamp, in
# any order, some twice, some never. Two coordinators remind at once each month. What the
# program said on five days is kept and compared with what it says of them at the year's end.
# It prints figures, and ends with 1 if a promise was broken.
import collections, datetime as D, hashlib, json, os, random, re, subprocess, sys, time, zipfile
import openpyxl
prog, home = sys.argv[1:3]
R = random.Random(2025)
os.makedirs(home); os.chdir(home)
UNITS = [n + '局' for n in '财政 教育 公安 民政 司法 人社 住建 交通 水务 农业农村 商务 文旅 卫健 应急 审计 统计 医保 信访 林业 市场监管'.split()] + [n + '镇' for n in '东山 西河 南庄 北岭 石桥 柳林 清泉 白塔 高坪 龙潭'.split()]
assert len(UNITS) == 30
figures = collections.Counter(); faults = []
day = None
def run(*args, ok=(0, 3), popen=False, extra=()):
    off = int(D.datetime(day.year, day.month, day.day, 9, 30).timestamp() - time.time()) + run.tick
    run.tick += 7
    env = dict(os.environ, FAULT_CLOCK=str(off), HOME=home, LANG='zh_CN.UTF-8', TZ='UTC')
    figures['commands'] += 1
    p = subprocess.Popen([prog, *extra, *args], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if popen: return p
    out, err = p.communicate()
    if p.returncode not in ok: raise SystemExit(f'{day} {args}: {p.returncode}\n{out}\n{err}')
    return out
run.tick = 0
def on(m, d):
    global day; day = D.date(2025, m, d); run.tick = 0
def js(*args, **k): return json.loads(run(*args, '--json', **k))
HEAD = ['序号','任务名称','工作内容','来源','牵头单位','配合单位','完成时限','完成状态','进展情况','完成日期']
wb = openpyxl.Workbook(); ws = wb.active; ws.title = '任务台账'
ws.append(['2025年县重点工作任务台账']); ws.append(HEAD)
TASKS = {}
for i in range(60):
    u = UNITS[i % 30]; n = i + 1
    lead = u + ('、' + UNITS[(i + 7) % 30] if i % 10 == 9 else '')
    due = D.date(2025, 3 + R.randrange(9), 1 + R.randrange(28))
    TASKS[n] = (u, due)
    ws.append([n, f'第{n}项重点工作', f'按方案推进第{n}项', ['年度要点','县长批示','常务会议','专项督查'][i % 4], lead, UNITS[(i + 3) % 30], due.isoformat(), '推进中', '', ''])
us = wb.create_sheet('单位名录'); us.append(['单位名称','简称','所属类别','联系人','电话'])
for u in UNITS: us.append([u, '', '各单位', '', ''])
wb.save('台账.xlsx')
open('taizhang.yaml', 'w').write('''author: 督查室
supervision:
  on: true
  review: true
  feedback: 每季度末
  ladder: true
  score: {base: 100, feedback: -1, sent_back: -2, overdue: -3, late: -2, register: -1, extended: -0.5, refused: -1, early: 1, support: 0.5}
''')
open('证明.pdf', 'w').write('proof')
def restamp(old, new):
    # openpyxl drops the stamp, which Excel and LibreOffice keep.
    a, b = zipfile.ZipFile(old), zipfile.ZipFile(new)
    data = {n: b.read(n) for n in b.namelist()}
    custom = next(n for n in a.namelist() if n.endswith('custom.xml'))
    data['docProps/custom.xml'] = a.read(custom)
    ct = data['[Content_Types].xml'].decode(); data['[Content_Types].xml'] = ct.replace('</Types>', '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>').encode()
    rel = data['_rels/.rels'].decode(); data['_rels/.rels'] = rel.replace('</Relationships>', '<Relationship Id="rIdCustom" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties" Target="docProps/custom.xml"/></Relationships>').encode()
    b.close(); a.close()
    with zipfile.ZipFile(new, 'w', zipfile.ZIP_DEFLATED) as z:
        for n, v in data.items(): z.writestr(n, v)
def unitfile(folder, unit):
    return next(os.path.join(folder, f) for f in os.listdir(folder) if unit in f)
def edit(path, out, do, stamp=True):
    wb = openpyxl.load_workbook(path); t = wb['任务台账']; rec = wb['督办记录'] if '督办记录' in wb.sheetnames else None
    head = next(r for r in range(1, 8) if any(c.value == '任务名称' for c in t[r])); cols = {c.value: c.column for c in t[head]}
    rows = {t.cell(r, cols['序号']).value: r for r in range(head + 1, t.max_row + 1) if t.cell(r, cols['序号']).value}
    rcols = {c.value: c.column for c in rec[2]} if rec else {}
    labels = [c.value for s in wb for r in s.iter_rows() for c in r if s.sheet_state != 'visible' and isinstance(c.value, str) and '#' in c.value]
    if rec:
        for v in rec.data_validations.dataValidation:
            if v.formula1 and '#' in v.formula1 and v.formula1.startswith('"'): labels += v.formula1.strip('"').split(',')
    def put(n, head, v): t.cell(rows[n], cols[head]).value = v
    def write(n, kind, **more):
        label = next(l for l in labels if l.startswith(f'{n} '))
        r = next(r for r in range(3, 400) if all(rec.cell(r, c).value in (None, '') for c in rcols.values()))
        for k, v in dict(日期=day.isoformat(), 任务=label, 类别=kind, **more).items(): rec.cell(r, rcols[k]).value = v
    do(put, write, rows); wb.save(out)
    if stamp: restamp(path, out)
    back_date(out)
def back_date(f):
    at = D.datetime(day.year, day.month, day.day, 8, 0).timestamp(); os.utime(f, (at, at))
snaps = {}
CMDS = [('status',), ('tasks',), ('score',), ('changes', '--quiet'), ('review',)]
def snapshot(): snaps[day] = {c: run(*c, '--json') for c in CMDS}
def remind():
    ps = [run('remind', '--out', f'通知{day}-{k}', popen=True) for k in '甲乙']
    for p in ps:
        out, err = p.communicate()
        if p.returncode not in (0, 3): faults.append(f'{day} remind: {out}{err}')
def verdicts():
    for t in js('review'):
        if t['review'] != 'waiting': continue
        if R.random() < 0.25: run('review', t['id'], 'return', '--reason', '佐证材料不全'); figures['returned'] += 1
        else: run('review', t['id'], 'accept', '--evidence', '证明.pdf'); figures['accepted'] += 1
planted = []
def round(n, folder, plan):
    run('split', '--out', folder); back = folder + '回'; os.makedirs(back); files = []
    on(*plan)
    for u in UNITS:
        if R.random() < 0.1: continue      # never comes back
        src = unitfile(folder, u); dst = os.path.join(back, os.path.basename(src))
        mine = [k for k, (lead, due) in TASKS.items() if lead == u]
        def do(put, write, rows):
            for k in mine:
                if k not in rows: continue
                if n == 1: write(k, '签收'); figures['receipts'] += 1
                due = TASKS[k][1]
                if k not in DONE:
                    put(k, '进展情况', '正在积极推进' if u == '统计局' else f'第{n}轮进展：完成{n}个环节')
                    if due <= day + D.timedelta(20) and R.random() < 0.7:
                        put(k, '完成状态', '已完成'); put(k, '完成日期', (day - D.timedelta(R.randrange(10))).isoformat()); DONE.add(k); figures['reported'] += 1
                    elif due <= day + D.timedelta(60) and R.random() < 0.4:
                        write(k, '延期申请', 内容='等上级资金', 新时限=(due + D.timedelta(45)).isoformat()); ASK.append((k, due + D.timedelta(45))); figures['asked'] += 1
            if n == 2 and u == '审计局': k = mine[1]; put(k, '完成时限', '2025-12-30'); planted.append(('deadline', k))
            if n == 2 and u == '林业局': k = mine[0]; put(k, '工作内容', '视情况推进'); planted.append(('requirement', k))
            if n == 3 and u == '水务局': write(mine[1], '退单', 内容='应由林业局办理'); figures['refused'] += 1
        edit(src, dst, do, stamp=R.random() < 0.7); files.append(dst)
    R.shuffle(files); half = len(files) // 2
    for part in (files[:half], files[half:], files[:6]):      # the last ones twice
        run('merge', *part)
    figures['copies'] += len(files)
DONE, ASK = set(), []
on(1, 6); back_date('台账.xlsx'); run('sync'); run('sync')
round(1, '一', (3, 20)); snapshot()
verdicts(); snapshot()
for m in range(3, 12):
    on(m, 28 if m != 3 else 29)
    remind()
    if m in (5, 8): round(2 if m == 5 else 3, '二' if m == 5 else '三', (m + 1, 20)); verdicts()
    for k, to in ASK[:]:
        run('extend', str(k), to.isoformat(), *(['--refuse'] if R.random() < 0.3 else ['--reason', '同意']))
        figures['extend'] += 1
    ASK.clear()
    if m in (6, 9, 10): snapshot()
on(12, 5)
snapshot()
on(12, 20); run('bulletin', '通报.docx', '--quarter', '3'); run('export', '汇总.xlsx', '--quarter', '3')
annual = run('annual', '-', '--year', '2025')
# --- what must hold
rec = js('tasks'); log = js('registers', 'supervision')
sent = collections.defaultdict(list)
for e in log:
    f = e['fields']
    if f.get('kind') in ('提醒', '催办', '督办单'): sent[(f['task'], f['unit'], f.get('old_due'))].append(f['kind'])
for k, l in sent.items():
    if l != ['提醒', '催办', '督办单'][:len(l)] and sorted(l, key=['提醒','催办','督办单'].index) != ['提醒', '催办', '督办单'][:len(l)]: faults.append(f'ladder {k}: {l}')
figures['notices'] = sum(map(len, sent.values())); figures['entries'] = len(log)
for u in js('score'):
    if abs(u['base'] + sum(p['points'] for p in u['points']) - u['score']) > 1e-9: faults.append(f'score {u["unit"]}')
    if any(not p['entry'] for p in u['points']): faults.append(f'no entry {u["unit"]}')
quiet = {(q['kind'], int(q['number'])) for q in js('changes', '--quiet')}
for p in planted:
    if p not in quiet: faults.append(f'quiet change not found: {p}')
figures['quiet'] = len(quiet); invented = sorted(q for q in quiet if q not in planted)
def tree(): 
    return {os.path.join(d, f): hashlib.sha256(open(os.path.join(d, f), 'rb').read()).hexdigest() for d, _, fs in os.walk('.') for f in fs if not f.endswith('.lock')}
open('别的办法.yaml', 'w').write('supervision: {review: true, score: {base: 80, overdue: -10, early: 3}}\n')
before = tree()
other = run('score', extra=('--config', '别的办法.yaml', '--as-of', '2025-11-30'))
for when, then in snaps.items():
    for c, want in then.items():
        got = run('--as-of', when.isoformat(), *c, '--json')
        figures['as_of'] += 1
        g, w = ([l for l in text.splitlines() if '"row":' not in l] for text in (got, want)) # where a row stands is not known of then
        if g != w:
            faults.append(f'as-of {when} {c}: ' + str([(a, b) for a, b in zip(w, g) if a != b][:3]))
if tree() != before: faults.append('looking changed files: ' + str([k for k, v in tree().items() if before.get(k) != v][:5]))
print(dict(figures)); print('planted', planted); print('other quiet', invented)
print('conflicts', len(js('conflicts')))
if [q for q in invented if q[0] != 'progress']: faults.append(f'quiet changes invented: {invented}')
print('FAULTS', len(faults)); [print(' ', f[:600]) for f in faults]
sys.exit(bool(faults))
