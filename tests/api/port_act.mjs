// port_act: numbers move between operators: asked for, agreed to, moved on their day, or not; each step is done once.
//
// What another operator says of a number is known in advance (../orders/network.mjs). The server's steps are short (--network-pace).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portFateOf, portNumber } from '../orders/network.mjs'
import { act, codes, done, foundBy } from './acting.mjs'
import { globalId, sql, sqlStarted, tokenOf } from './client.mjs'

const token = await tokenOf('admin')
const agreed = ({ code, silentAttempts }) => code === null && silentAttempts === 0
const lines = sql(`SELECT p.customer_id, p.id, p.service_identifier FROM product AS p JOIN product_offering AS o ON o.id = p.offering_id
  JOIN sim_card AS s ON s.product_id = p.id AND s.status = 'ACTIVE'
  WHERE p.status = 'ACTIVE' AND o.category = 'MOBILE' AND p.customer_id BETWEEN 20 AND 300 AND p.id < 10000000000 AND p.parent_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM number_port WHERE product_id = p.id AND is_open)
  GROUP BY p.id HAVING COUNT(*) = 1 ORDER BY p.id DESC LIMIT 120`).split('\n').map((row) => row.split('\t'))
  .map(([customer, key, number]) => ({ customer, key, number, id: globalId('Product', key), customerId: globalId('Customer', customer) }))
const leaving = lines.filter(({ number }) => agreed(portFateOf(number)))
const anotherLine = () => lines.splice(lines.indexOf(leaving.pop()), 1)[0]

let next = 491590100000
function numberThat(fares) {
  const number = portNumber(next, fares)
  next = Number(number.slice(1)) + 1
  return number
}

const answer = 'port { id direction number otherOperator status code reason confirmedAt wantedOn version product { id status serviceIdentifier } }'
// Whom others are in the way is told so, and tries again.
async function perform(name, input, times = 0) {
  const payload = await act(token, name, input, answer)
  const inTheWay = payload.userErrors.some(({ code, field }) => code === 'CONFLICT' && field === null)
  return inTheWay && times < 9 ? perform(name, input, times + 1) : payload
}
const inDays = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10)
const portIn = (line, number, more = {}) => perform('portIn', { id: line.id, number, donor: 'Vela Telecom', wantedOn: inDays(7), ...more })
const verify = (line) => act(token, 'verifyCaller', { customerId: line.customerId, method: 'QUESTIONS' }, 'interaction { id }').then(done)

// Global ids of ports are opaque to people; the row is the line's newest.
const row = (line) => {
  const [id, status, code, version, confirmed] = sql(`SELECT id, status, COALESCE(code, ''), version, confirmed_at IS NOT NULL FROM number_port WHERE product_id = ${line.key} ORDER BY id DESC LIMIT 1`).split('\t')
  return { key: id, status, code, version: Number(version), confirmed }
}
async function becomes(line, ...wanted) {
  for (let waited = 0; waited < 200; waited++) {
    const now = row(line)
    if (wanted.includes(now.status)) return now
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return assert.fail(`the port does not become ${wanted}: ${JSON.stringify(row(line))}`)
}
const went = (line) => sql(`SELECT status FROM number_port FOR SYSTEM_TIME ALL WHERE id = ${row(line).key} ORDER BY version, row_start`).split('\n').filter((status, i, all) => status !== all[i - 1])
const tasks = (line) => sql(`SELECT COUNT(*) FROM port_task WHERE number_port_id = ${row(line).key}`)

// Its day has come.
function today(line) {
  const { key } = row(line)
  sql(`UPDATE number_port SET wanted_on = CURRENT_DATE WHERE id = ${key}; UPDATE port_task SET due_at = NOW(6) WHERE number_port_id = ${key}`)
}

// ---- what the network does ----

test('S1-23 a number comes from another operator: asked for, agreed to, on its day on the line, and the old one rests', async () => {
  const line = anotherLine(), number = numberThat(agreed)
  const { port } = done(await portIn(line, number))
  assert.deepEqual([port.direction, port.status, port.number, port.otherOperator, port.confirmedAt, port.product.id], ['IN', 'REQUESTED', number, 'Vela Telecom', null, line.id])
  assert.deepEqual(codes(await portIn(line, numberThat(agreed))), ['NOT_ALLOWED id'], 'one at a time')
  assert.equal((await becomes(line, 'CONFIRMED')).confirmed, '1')
  assert.equal(sql(`SELECT DATE(due_at) FROM port_task WHERE number_port_id = ${row(line).key}`), inDays(7), 'it waits for its day')
  assert.equal(sql(`SELECT service_identifier FROM product WHERE id = ${line.key}`), line.number)
  today(line)
  await becomes(line, 'DONE')
  assert.equal(sql(`SELECT status, service_identifier FROM product WHERE id = ${line.key}`), `ACTIVE\t${number}`)
  assert.equal(sql(`SELECT msisdn FROM sim_card WHERE product_id = ${line.key} AND in_use`), number)
  assert.ok(Number(sql(`SELECT DATEDIFF(free_from, CURRENT_DATE) FROM free_number WHERE number = '${line.number}'`)) > 0)
  assert.deepEqual(await foundBy(token, number), [line.customerId])
  assert.deepEqual([went(line), tasks(line)], [['REQUESTED', 'CONFIRMED', 'DONE'], '0'])
})

test('S1-23 a number goes to another operator, its line ends with it, and the number does not come back to the stock', async () => {
  const line = anotherLine(), count = () => sql(`SELECT active_product_count, mobile_count FROM customer WHERE id = ${line.customer}`).split('\t').map(Number)
  const gone = Number(sql(`SELECT COUNT(*) FROM product WHERE (id = ${line.key} OR parent_id = ${line.key}) AND status = 'ACTIVE'`)), [active, mobile] = count()
  const ask = () => perform('portOut', { id: line.id, recipient: 'Nordstern Mobil', wantedOn: inDays(0) })
  sql(`DELETE FROM caller_verification WHERE customer_id = ${line.customer}`)
  assert.deepEqual(codes(await ask()), ['NOT_VERIFIED'])
  await verify(line)
  const { port } = done(await ask())
  assert.deepEqual([port.direction, port.number, port.status], ['OUT', line.number, 'REQUESTED'])
  await becomes(line, 'DONE')
  assert.deepEqual(count(), [active - gone, mobile - 1])
  assert.equal(sql(`SELECT COUNT(*) FROM product WHERE (id = ${line.key} OR parent_id = ${line.key}) AND status <> 'TERMINATED' AND status <> 'CANCELLED'`), '0')
  assert.equal(sql(`SELECT COUNT(*) FROM sim_card WHERE product_id = ${line.key} AND in_use`), '0')
  assert.equal(sql(`SELECT COUNT(*) FROM free_number WHERE number = '${line.number}'`), '0')
})

test('S1-23 a suspended line whose number leaves ends by the states that products have', async () => {
  const line = anotherLine()
  sql(`UPDATE product SET status = 'SUSPENDED', version = version + 1 WHERE id = ${line.key};
    UPDATE customer SET active_product_count = active_product_count - 1 WHERE id = ${line.customer}`)
  await verify(line)
  done(await perform('portOut', { id: line.id, recipient: 'Nordstern Mobil', wantedOn: inDays(0) }))
  await becomes(line, 'DONE')
  const statuses = sql(`SELECT status FROM product FOR SYSTEM_TIME ALL WHERE id = ${line.key} ORDER BY version, row_start`).split('\n').filter((status, i, all) => status !== all[i - 1])
  assert.deepEqual(statuses.slice(-3), ['SUSPENDED', 'PENDING_TERMINATE', 'TERMINATED'])
})

test('S1-23 the other operator refuses with a reason, and nothing moves', async () => {
  for (const code of ['NAME_DIFFERS', 'NUMBER_UNKNOWN']) {
    const line = anotherLine()
    done(await portIn(line, numberThat((fate) => fate.code === code)))
    assert.equal((await becomes(line, 'REFUSED')).code, code)
    assert.deepEqual([sql(`SELECT service_identifier FROM product WHERE id = ${line.key}`), tasks(line)], [line.number, '0'])
    done(await portIn(line, numberThat(agreed))) // and another may be asked for
  }
})

test('S1-23 who does not answer is asked again', async () => {
  const line = anotherLine()
  done(await portIn(line, numberThat(({ silentAttempts }) => silentAttempts === 1)))
  await becomes(line, 'CONFIRMED', 'HELD')
  assert.deepEqual(went(line), ['REQUESTED', 'CONFIRMED'])
})

test('S1-23 who never answers is left to somebody, who has them asked again or writes down what they said', async () => {
  const silent = ({ silentAttempts }) => silentAttempts === 3, [again, byHand, refused] = [anotherLine(), anotherLine(), anotherLine()]
  const ports = []
  for (const line of [again, byHand, refused]) ports.push(done(await portIn(line, numberThat(silent))).port)
  for (const line of [again, byHand, refused]) {
    const held = await becomes(line, 'HELD')
    assert.deepEqual([held.code, sql(`SELECT due_at IS NULL, attempt FROM port_task WHERE number_port_id = ${held.key}`)], ['NO_ANSWER', '1\t3'])
  }
  done(await perform('answerPort', { id: ports[0].id, status: 'ASK_AGAIN' }))
  await becomes(again, 'CONFIRMED')
  assert.deepEqual(went(again), ['REQUESTED', 'HELD', 'REQUESTED', 'CONFIRMED'])
  done(await perform('answerPort', { id: ports[1].id, status: 'CONFIRMED' }))
  today(byHand)
  await becomes(byHand, 'DONE')
  assert.deepEqual(codes(await perform('answerPort', { id: ports[2].id, status: 'REFUSED' })), ['REQUIRED reason'])
  assert.equal(done(await perform('answerPort', { id: ports[2].id, status: 'REFUSED', reason: 'Said so by telephone' })).port.reason, 'Said so by telephone')
  assert.equal(tasks(refused), '0')
})

test('S1-23 what is called off stays where it is, and the other operator hears it', async () => {
  const line = anotherLine()
  const { port } = done(await portIn(line, numberThat(agreed)))
  await becomes(line, 'CONFIRMED')
  assert.deepEqual(codes(await perform('cancelPort', { id: port.id, reason: '' })), ['REQUIRED reason'])
  assert.equal(done(await perform('cancelPort', { id: port.id, reason: 'Changed their mind' })).port.status, 'CANCELLED')
  for (let waited = 0; waited < 100 && tasks(line) !== '0'; waited++) await new Promise((resolve) => setTimeout(resolve, 25))
  assert.deepEqual([tasks(line), sql(`SELECT service_identifier FROM product WHERE id = ${line.key}`)], ['0', line.number])
})

// ---- what may follow on what ----

const followers = { REQUESTED: ['CONFIRMED', 'REFUSED', 'CANCELLED'], CONFIRMED: ['REFUSED', 'DONE', 'CANCELLED'], HELD: ['REQUESTED', 'CONFIRMED', 'REFUSED', 'CANCELLED'], REFUSED: [], DONE: [], CANCELLED: [] }
test('S1-23 a port goes from where it stands to where it may, and nowhere else', async () => {
  for (const at of Object.keys(followers)) {
    const ended = followers[at].length === 0
    const line = anotherLine()
    const { port } = done(await portIn(line, numberThat(agreed)))
    await becomes(line, 'CONFIRMED')
    sql(`DELETE FROM port_task WHERE number_port_id = ${row(line).key};
      UPDATE number_port SET status = '${at}', is_open = ${['REQUESTED', 'CONFIRMED', 'HELD'].includes(at)}, reason = 'x', code = 'NO_ANSWER' WHERE id = ${row(line).key}`)
    for (const to of ['REQUESTED', 'CONFIRMED', 'REFUSED', 'DONE', 'CANCELLED']) {
      const tried = to === 'CANCELLED' ? await perform('cancelPort', { id: port.id, reason: 'Changed their mind', dryRun: true })
        : await perform('answerPort', { id: port.id, status: to === 'REQUESTED' ? 'ASK_AGAIN' : to, reason: to === 'REFUSED' ? 'Another name' : undefined, dryRun: true })
      assert.deepEqual(codes(tried), followers[at].includes(to) ? [] : [`NOT_ALLOWED ${ended || to === 'CANCELLED' ? 'id' : 'status'}`], `${at} to ${to}`)
    }
    sql(`UPDATE number_port SET status = 'CANCELLED', is_open = FALSE WHERE id = ${row(line).key}`)
  }
})

test('S1-23 what cannot move is refused with the reason', async () => {
  const line = anotherLine(), free = sql('SELECT number FROM free_number LIMIT 1')
  for (const [number, more, code] of [[lines[0].number, {}, 'NOT_ALLOWED number'], [free, {}, 'NOT_ALLOWED number'], ['x', {}, 'INVALID number'],
    [numberThat(agreed), { donor: ' ' }, 'REQUIRED donor'], [numberThat(agreed), { donor: 'x'.repeat(101) }, 'INVALID donor'],
    [numberThat(agreed), { wantedOn: inDays(-1) }, 'INVALID wantedOn'], [numberThat(agreed), { wantedOn: inDays(500) }, 'INVALID wantedOn']])
    assert.deepEqual(codes(await portIn(line, number, more)), [code], JSON.stringify([number, more]))
})

// ---- at once, and cut off ----

test('S1-23 of several lines that ask for one number at once, one gets it', async () => {
  const number = numberThat(agreed), several = Array.from({ length: 6 }, anotherLine)
  const answers = await Promise.all(several.map((line) => portIn(line, number, { wantedOn: inDays(0) })))
  assert.equal(answers.filter(({ userErrors }) => userErrors.length === 0).length, 1)
  for (const answer of answers.filter(({ userErrors }) => userErrors.length > 0)) assert.deepEqual(codes(answer), ['NOT_ALLOWED number'])
  await becomes(several[answers.findIndex(({ userErrors }) => userErrors.length === 0)], 'DONE')
  assert.equal(sql(`SELECT COUNT(*) FROM product WHERE service_identifier = '${number}'`), '1')
})

test('S1-23 a number that a line of ours has meanwhile does not come', async () => {
  const line = anotherLine(), other = anotherLine(), number = numberThat(agreed)
  done(await portIn(line, number))
  await becomes(line, 'CONFIRMED')
  sql(`UPDATE product SET service_identifier = '${number}' WHERE id = ${other.key}`)
  try {
    today(line)
    assert.equal((await becomes(line, 'REFUSED')).code, 'NUMBER_TAKEN')
  } finally {
    sql(`UPDATE product SET service_identifier = '${other.number}' WHERE id = ${other.key}`)
  }
})

// Something keeps the provisioner from going on at one of its steps; there its connection is cut.
const waiting = "SELECT id FROM information_schema.processlist WHERE user = 'dossier' AND command IN ('Query', 'Execute') AND info NOT LIKE '%SLEEP%' AND info NOT LIKE '%processlist%' AND time_ms > 100"
async function cut() {
  let found = ''
  for (let i = 0; i < 60 && found === ''; i++) {
    await new Promise((resolve) => setTimeout(resolve, 25))
    found = sql(waiting)
  }
  assert.notEqual(found, '', 'nothing waited')
  sql(found.split('\n').map((each) => `KILL CONNECTION ${each}`).join(';'))
}

const moving = {
  IN: {
    'the line': (line) => `SELECT id FROM product WHERE id = ${line.key} FOR UPDATE`,
    'its SIM card': (line) => `SELECT id FROM sim_card WHERE product_id = ${line.key} FOR UPDATE`,
    'the free numbers': () => 'SELECT id FROM free_number FOR UPDATE',
    'the words it is found by': (line) => `SELECT term FROM customer_search_term WHERE customer_id = ${line.customer} FOR UPDATE`,
  },
  OUT: {
    'the line': (line) => `SELECT id FROM product WHERE id = ${line.key} FOR UPDATE`,
    'its SIM card': (line) => `SELECT id FROM sim_card WHERE product_id = ${line.key} FOR UPDATE`,
    'the customer': (line) => `SELECT id FROM customer WHERE id = ${line.customer} FOR UPDATE`,
  },
}
for (const [direction, steps] of Object.entries(moving))
  for (const [step, lock] of Object.entries(steps))
    test(`S1-23 a number that moves ${direction} and is cut off at ${step} moves once afterwards`, async () => {
      const line = anotherLine(), number = direction === 'IN' ? numberThat(agreed) : line.number
      await verify(line)
      done(direction === 'IN' ? await portIn(line, number) : await perform('portOut', { id: line.id, recipient: 'Nordstern Mobil', wantedOn: inDays(7) }))
      await becomes(line, 'CONFIRMED')
      const held = sqlStarted(`START TRANSACTION; ${lock(line)}; SELECT SLEEP(1.2); ROLLBACK;`)
      await new Promise((resolve) => setTimeout(resolve, 150))
      today(line)
      await cut()
      assert.equal(row(line).status, 'CONFIRMED', 'nothing of it was done')
      await held
      const after = await becomes(line, 'DONE')
      assert.deepEqual([after.version, went(line), tasks(line)], [3, ['REQUESTED', 'CONFIRMED', 'DONE'], '0'])
      assert.equal(sql(`SELECT COUNT(*) FROM free_number FOR SYSTEM_TIME ALL WHERE number = '${line.number}'`), direction === 'IN' ? '1' : '0')
      assert.equal(sql(`SELECT status, service_identifier FROM product WHERE id = ${line.key}`), `${direction === 'IN' ? 'ACTIVE' : 'TERMINATED'}\t${number}`)
    })

test('R9 each of them is written down', () => {
  const names = sql('SELECT DISTINCT mutation FROM audit_record').split('\n')
  for (const name of ['portIn', 'portOut', 'cancelPort', 'answerPort']) assert.ok(names.includes(name), name)
})
