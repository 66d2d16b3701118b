// exports: lists of the account as files for spreadsheets: the whole list, nobody else's, whatever its length.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { connectionsAreAtMost, globalId, graphql, moment, numbers, post, sql, tokenOf, tokenWithRights, unread, url } from './client.mjs'

const admin = await tokenOf('admin')
const family = globalId('Customer', 2), arrears = globalId('Customer', 4), shop = globalId('Customer', 6)

const send = (body, token = admin, headers = {}) =>
  post('/export', body, { ...(token && { authorization: `Bearer ${token}` }), ...headers })
const listOf = (customer, tab, panel, variables) => ({ customer, tab, panel, variables })

// Lines of cells, as RFC 4180 has them.
function cellsOf(text) {
  const rows = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === '\r\n') rows.push([])
    if (end === '') break
  }
  assert.deepEqual(rows.pop(), [''], 'the last line ends, too')
  return rows
}

async function rowsOf(body, token) {
  const response = await send(body, token)
  const bytes = Buffer.from(await response.arrayBuffer())
  assert.equal(response.status, 200, bytes.toString())
  assert.equal(bytes.subarray(0, 3).toString('hex'), 'efbbbf', 'spreadsheets see that it is UTF-8')
  const [headings, ...rows] = cellsOf(bytes.subarray(3).toString())
  return { headings, response, rows: rows.map((row) => Object.fromEntries(headings.map((name, at) => [name, row[at]]))) }
}

const minor = (amount) => BigInt(amount.replace('.', ''))
const sum = (rows, name) => rows.reduce((total, row) => total + minor(row[name]), 0n)

async function ask(query, variables, token = admin) {
  const { body } = await graphql(token, { query, variables })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data
}

async function refuses(answer, status, words) {
  const response = await answer
  const body = await response.json()
  assert.equal(response.status, status, JSON.stringify(body))
  assert.match(body.error.message, words)
}

describe('S1-43 entries as a file', () => {
  test('S1-43 every entry, and their sum is the balance of the accounts', async () => {
    const { rows, headings, response } = await rowsOf(listOf(arrears, 'entries', 'entries'))
    const { customer } = await ask('query ($id: ID!) { customer(id: $id) { number entries { totalCount } billingAccounts { number balance { minor } } } }', { id: arrears })
    assert.equal(headings.length, 8)
    assert.equal(rows.length, customer.entries.totalCount)
    for (const { number, balance } of customer.billingAccounts) {
      const own = rows.filter((row) => row[headings[4]] === number)
      assert.equal(sum(own, headings[5]).toString(), balance.minor)
      assert.equal(minor(own[0][headings[7]]).toString(), balance.minor, 'the last running balance')
    }
    assert.equal(response.headers.get('content-type'), 'text/csv; charset=utf-8; header=present')
    assert.equal(response.headers.get('content-disposition'), `attachment; filename="entries-entries-${customer.number}.csv"`)
    assert.equal(response.headers.get('cache-control'), 'no-store')
  })

  test('S1-43 headings and labels in the viewer\'s language, days and amounts for programs', async () => {
    const { viewer } = await ask('{ viewer { language } }')
    const { headings, rows: [row] } = await rowsOf(listOf(arrears, 'entries', 'entries'))
    const english = ['When', 'Entry', 'Means of payment', 'About', 'Account', 'Amount', 'Currency', 'Balance after it']
    const german = ['Wann', 'Buchung', 'Zahlungsart', 'Betrifft', 'Konto', 'Betrag', 'Währung', 'Saldo danach']
    assert.deepEqual(headings, viewer.language.startsWith('de') ? german : english)
    assert.match(row[headings[0]], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
    assert.match(row[headings[5]], /^-?\d+\.\d\d$/)
    assert.equal(row[headings[6]], 'EUR')
    assert.doesNotMatch(row[headings[1]], /^[A-Z_]+$/, 'a label, not a code')
  })

  test('S1-43 what a spreadsheet would calculate is text', async () => {
    const [key, kept] = sql('SELECT id, reference FROM ledger_entry WHERE customer_id = 4 ORDER BY effective_at DESC, id DESC LIMIT 1').split('\t')
    try {
      sql(`UPDATE ledger_entry SET reference = '=HYPERLINK("http://x","y")' WHERE customer_id = 4 AND id = ${key}`)
      const { headings, rows } = await rowsOf(listOf(arrears, 'entries', 'entries'))
      assert.equal(rows[0][headings[3]], '\'=HYPERLINK("http://x","y")')
    } finally {
      sql(`UPDATE ledger_entry SET reference = '${kept}' WHERE customer_id = 4 AND id = ${key}`)
    }
  })

  for (const [tab, panel, list] of [['entries', 'bills', 'bills'], ['letters', 'messages', 'messages'], ['tickets', 'tickets', 'tickets']])
    test(`S1-43 ${panel} are as many as there are`, async () => {
      const { rows } = await rowsOf(listOf(shop, tab, panel))
      const { customer } = await ask(`query ($id: ID!) { customer(id: $id) { ${list} { totalCount } } }`, { id: shop })
      assert.equal(rows.length, customer[list].totalCount)
    })
})

describe('S1-13 usage as a file', () => {
  test('S1-13 S1-41 the sums of a month\'s file are the totals that are shown', async () => {
    const month = '2026-09-01'
    const { customer } = await ask(`query ($id: ID!, $month: Date) { customer(id: $id) { usagePeriods(startDate: $month) { nodes {
      eventCount amount { minor } totals { quantity unit } } } } }`, { id: family, month })
    const [period] = customer.usagePeriods.nodes
    const { rows, headings } = await rowsOf(listOf(family, 'usage', 'events', { month }))
    assert.ok(rows.length > 400, 'several pages')
    assert.equal(String(rows.length), period.eventCount)
    assert.equal(sum(rows, headings[8]).toString(), period.amount.minor)
    assert.equal(sum(rows, headings[6]).toString(), period.totals.reduce((total, { quantity }) => total + BigInt(quantity), 0n).toString())
    const days = rows.map((row) => row[headings[0]])
    assert.deepEqual(days, [...days].sort().reverse())
    assert.ok(days.every((day) => day.startsWith('2026-09')))
  })

  test('S1-41 a month in which nothing was used is a file with headings', async () =>
    assert.deepEqual((await rowsOf(listOf(family, 'usage', 'events', { month: '2019-01-01' }))).rows, []))
})

describe('R5 S1-43 a file of an account as it was', () => {
  const [ticket, kept] = sql('SELECT id, subject FROM trouble_ticket WHERE customer_id = 4 ORDER BY id LIMIT 1').split('\t')
  const later = 'Written after the moment'
  let asOf
  const subjectsAt = async (moment, token) => {
    const { rows, response } = await rowsOf({ ...listOf(arrears, 'tickets', 'tickets'), asOf: moment }, token)
    return { text: JSON.stringify(rows), name: /filename="([^"]+)"/.exec(response.headers.get('content-disposition'))[1] }
  }
  before(() => {
    asOf = moment(sql('SELECT NOW(6)'))
    sql(`UPDATE trouble_ticket SET subject = '${later}' WHERE customer_id = 4 AND id = ${ticket}`)
  })
  after(() => sql(`UPDATE trouble_ticket SET subject = '${kept}' WHERE customer_id = 4 AND id = ${ticket}`))

  test('R5 S1-43 has the rows of then, and its name says of when it is', async () => {
    const then = await subjectsAt(asOf)
    assert.ok(then.text.includes(kept) && !then.text.includes(later))
    assert.match(then.name, /^tickets-tickets-\d+-as-of-\d{8}T\d{12}Z\.csv$/)
  })
  test('R5 S1-43 without a moment, and with null, has those of now', async () => {
    for (const moment of [undefined, null]) {
      const { text, name } = await subjectsAt(moment)
      assert.ok(text.includes(later))
      assert.match(name, /^tickets-tickets-\d+\.csv$/)
    }
  })
  test('R5 S1-43 of all pages: a list of several is what the account was', async () => {
    const { rows } = await rowsOf({ ...listOf(family, 'usage', 'events', { month: '2026-09-01' }), asOf })
    assert.ok(rows.length > 400, 'several pages')
  })
  test('R5 S1-43 before the customer there is none', () =>
    refuses(send({ ...listOf(arrears, 'tickets', 'tickets'), asOf: '2001-01-01T00:00:00Z' }), 404, /no such customer/))
  test('R5 S1-43 a moment to come is refused', () =>
    refuses(send({ ...listOf(arrears, 'tickets', 'tickets'), asOf: '2037-01-01T00:00:00Z' }), 400, /lies in the future/))
  test('R5 S1-43 what is no moment is refused', async () => {
    await refuses(send({ ...listOf(arrears, 'tickets', 'tickets'), asOf: 'x"\r\nSet-Cookie: y' }), 400, /exportAsOf/)
    await refuses(send({ ...listOf(arrears, 'tickets', 'tickets'), asOf: 5 }), 400, /Send \{"customer"/)
  })
  test('R5 S1-43 another owner\'s past is nobody\'s', async () =>
    refuses(send({ ...listOf(arrears, 'tickets', 'tickets'), asOf }, await tokenOf('customer')), 404, /no such customer/))
})

describe('S1-43 a file is for those who may see the list', () => {
  const own = async (customer) => send(listOf(customer, 'usage', 'events', {}), await tokenOf('customer'))

  test('nobody without a token', () => refuses(send(listOf(family, 'usage', 'events'), null), 401, /sign in again/))
  test('nobody with a broken one', () => refuses(send(listOf(family, 'usage', 'events'), 'x.y.z'), 401, /sign in again/))
  test('customers have their own', async () => assert.equal((await own(family)).status, 200))
  test('another owner\'s is nobody\'s', () => refuses(own(arrears), 404, /no such customer/))
  test('who lacks the tab\'s right finds no list', async () =>
    refuses(send(listOf(family, 'usage', 'events'), await tokenWithRights('admin', ['account:read', 'entries:read'])), 404, /no such list/))
})

describe('S1-43 what is no such request is refused', () => {
  test('a tab that there is not', () => refuses(send(listOf(family, 'nothing', 'events')), 404, /no such list/))
  test('a panel that is no file', () => refuses(send(listOf(family, 'usage', 'totals')), 404, /no such list/))
  test('a customer that there is not', () => refuses(send(listOf(globalId('Customer', 99999999), 'usage', 'events')), 404, /no such customer/))
  test('an id that is none', () => refuses(send(listOf('x"\n', 'usage', 'events')), 404, /no such customer/))
  test('a month that is none', () => refuses(send(listOf(family, 'usage', 'events', { month: '2026-13-01' })), 400, /month/))
  test('no JSON', () => refuses(send('{'), 400, /./))
  test('nothing that is asked for', () => refuses(send({}), 400, /Send \{"customer"/))
  test('variables that are no object', () => refuses(send(listOf(family, 'usage', 'events', [])), 400, /Send \{"customer"/))
  test('another method', () => refuses(fetch(`${url}/export`, { headers: { authorization: `Bearer ${admin}` } }), 405, /POST/))
  test('another content type', () => refuses(send('x', admin, { 'content-type': 'text/plain' }), 415, /application\/json/))
  test('a body without end', () => refuses(send(listOf('x'.repeat(300_000), 'usage', 'events')), 413, /larger/))
})

// ---- a list of 100,000 rows ----

const many = 100_000
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const asked = (body) => unread('/export', admin, body)

describe('a list of 100,000 rows', () => {
  const list = listOf(globalId('Customer', 3), 'usage', 'events', { month: '2018-01-01' })

  before(() => sql(`
    INSERT INTO usage_period (id, customer_id, start_date, end_date, state, currency, collected_at)
      VALUES (99000000001, 3, '2018-01-01', '2018-01-31', 'BILLED', 'EUR', '2018-02-01');
    INSERT INTO usage_event (id, customer_id, usage_period_id, product_id, type, direction, other_party_masked, started_at, recorded_at, quantity, unit, amount_minor, currency, status)
      SELECT 99000000000 + seq, 3, 99000000001, (SELECT MIN(id) FROM product WHERE customer_id = 3), 'VOICE', 'OUTGOING', '+4930123456•••',
        '2018-01-01' + INTERVAL seq SECOND, '2018-02-01', 60, 'SECOND', 7, 'EUR', 'BILLED' FROM seq_1_to_${many};`))
  after(() => sql(`DELETE FROM usage_event WHERE usage_period_id = 99000000001; DELETE FROM usage_period WHERE id = 99000000001;`))

  async function readWhole() {
    const response = await send(list)
    let most = 0, bytes = 0, lines = 0
    for await (const piece of response.body) {
      bytes += piece.length
      lines += piece.filter((byte) => byte === 10).length
      if (lines % 20_000 < 200) most = Math.max(most, (await numbers()).megabytes)
    }
    return { most, bytes, lines }
  }

  test('S1-43 is read whole, and the server\'s memory stays flat', async () => {
    await readWhole() // what is allocated once is
    const before = (await numbers()).megabytes
    const { most, bytes, lines } = await readWhole()
    assert.equal(lines, many + 1)
    assert.ok(bytes > 9e6, `${bytes} bytes`)
    assert.ok(most - before < 7, `${(most - before).toFixed(1)} MB more for ${(bytes / 1e6).toFixed(1)} MB`)
  })

  test('S1-43 who leaves ends it', async () => {
    const { connections } = await numbers()
    const sockets = Array.from({ length: 20 }, () => asked(list))
    await pause(300)
    sockets.forEach((socket) => socket.destroy())
    await connectionsAreAtMost(connections + 2)
    assert.equal((await rowsOf(listOf(arrears, 'entries', 'entries'))).response.status, 200)
  })

  test('G55 who reads nothing holds nobody up, costs no memory and is cut off', async () => {
    const before = await numbers()
    const sockets = Array.from({ length: 10 }, () => asked(list))
    await pause(2000)
    const meanwhile = await numbers()
    assert.ok(meanwhile.connections >= before.connections + 10, 'they wait')
    assert.ok(meanwhile.megabytes - before.megabytes < 40, `${meanwhile.megabytes - before.megabytes} MB for ten`)
    const begun = performance.now()
    await ask('{ viewer { name } }')
    assert.ok(performance.now() - begun < 3000, 'others are answered')
    await connectionsAreAtMost(before.connections + 2)
    sockets.forEach((socket) => socket.destroy())
  })
})
