// Reads workbooks with the module named on the command line: a file name a line, answered
// by a line of JSON as read_openpyxl.py does.
const readline = require('readline')
const name = process.argv[2]
const lib = require(name)

const serial = (d) => 'n' + (d.getTime() / 86400000 + 25569)

const readers = {
  async exceljs (file) {
    const book = new lib.Workbook()
    await book.xlsx.readFile(file)
    const plain = (v) => {
      if (v === null || v === undefined) return null
      if (v instanceof Date) return serial(v)
      if (typeof v === 'number') return 'n' + v
      if (typeof v === 'boolean') return 'b' + (v ? 1 : 0)
      if (typeof v === 'string') return 't' + v
      if (v.error) return 'e' + v.error
      if (v.richText) return 't' + v.richText.map((r) => r.text).join('')
      if (v.hyperlink !== undefined) return plain(v.text)
      if (v.formula !== undefined || v.sharedFormula !== undefined) return plain(v.result === undefined ? 0 : v.result) // it drops a result of 0
      return 't' + JSON.stringify(v)
    }
    const out = {}
    book.eachSheet((ws) => ws.eachRow((row) => row.eachCell((c) => {
      if (c.isMerged && c.master !== c) return // it repeats what the merged cell holds
      const v = plain(c.value)
      if (v !== null) out[ws.name + '!' + c.address] = v
    })))
    return out
  },
  async xlsx (file) {
    const book = lib.readFile(file)
    const out = {}
    for (const sheet of book.SheetNames) {
      for (const [at, c] of Object.entries(book.Sheets[sheet])) {
        if (at[0] === '!') continue
        const kind = { n: 'n', s: 't', b: 'b', e: 'e', d: 'd' }[c.t]
        if (c.t === 'd') out[sheet + '!' + at] = serial(c.v)
        else if (c.t === 'e') out[sheet + '!' + at] = 'e' + c.w
        else if (c.t !== 'z' && c.v !== undefined) out[sheet + '!' + at] = kind + (c.t === 'b' ? (c.v ? 1 : 0) : c.v)
      }
    }
    return out
  },
  async 'xlsx-populate' (file) {
    const book = await lib.fromFileAsync(file)
    const out = {}
    for (const ws of book.sheets()) {
      const used = ws.usedRange()
      if (!used) continue
      used.forEach((c) => {
        let v = c.value()
        if (v === undefined || v === null) return
        if (v instanceof lib.RichText) v = v.text()
        // It makes numbers of inline texts that look like some.
        const kind = { number: '?', string: 't', boolean: 'b' }[typeof v]
        out[ws.name() + '!' + c.address()] = kind ? kind + (kind === 'b' ? (v ? 1 : 0) : v) : 'e' + v.error()
      })
    }
    return out
  }
}

const lines = readline.createInterface({ input: process.stdin })
;(async () => {
  for await (const file of lines) {
    let answer
    try {
      answer = { cells: await readers[name](file) }
    } catch (e) {
      answer = { error: String(e) }
    }
    console.log(JSON.stringify(answer))
  }
})()
