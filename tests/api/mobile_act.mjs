// mobile_act: what is done to a mobile line: services barred, numbers and SIM cards changed, numbers asked for that move between operators.
//
// It happens to lines of customers without a story; what is in stock is used up one by one.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { act, codes, done, foundBy } from './acting.mjs'
import { endAsking, tokenOfAsking } from './asking.mjs'
import { digests, globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'

const token = await tokenOf('admin')
const lines = sql(`SELECT p.customer_id, p.id, p.service_identifier FROM product AS p JOIN product_offering AS o ON o.id = p.offering_id
  JOIN sim_card AS s ON s.product_id = p.id AND s.status = 'ACTIVE'
  WHERE p.status = 'ACTIVE' AND o.category = 'MOBILE' AND p.customer_id > 20 AND p.parent_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM number_port WHERE product_id = p.id AND is_open) AND NOT EXISTS (SELECT 1 FROM line_bar WHERE product_id = p.id)
  GROUP BY p.id HAVING COUNT(*) = 1 ORDER BY p.id LIMIT 40`).split('\n').map((row) => row.split('\t'))
  .map(([customer, key, number]) => ({ customer, key, number, id: globalId('Product', key), customerId: globalId('Customer', customer) }))
let used = 0
const anotherLine = () => lines[used++]

const answers = {
  barLine: 'product { id bars { kind reason } }', unbarLine: 'product { id bars { kind } }',
  changeNumber: 'product { serviceIdentifier version sims { msisdn inUse } }', resetVoicemailPin: 'product { id }',
  changeSim: 'simCard { id iccid status inUse msisdn version puk1 { state } product { id } }',
  portIn: 'port { id direction number otherOperator wantedOn product { id } }', portOut: 'port { id direction number }', verifyCaller: 'interaction { id channel direction }',
}

// Whom others are in the way is told so, and tries again.
async function perform(name, input, as = token, times = 0) {
  const payload = await act(as, name, input, answers[name])
  const inTheWay = payload.userErrors.some(({ code, field }) => code === 'CONFLICT' && field === null)
  return inTheWay && times < 9 ? perform(name, input, as, times + 1) : payload
}
const verify = (line, as) => perform('verifyCaller', { customerId: line.customerId, method: 'QUESTIONS' }, as).then(done)

const found = (words) => foundBy(token, words)

const freeNumber = (more = '') => sql(`SELECT number FROM free_number WHERE free_from ${more === 'resting' ? '>' : '<='} CURRENT_DATE ORDER BY number DESC LIMIT 1`)
const spareCard = () => sql('SELECT iccid FROM spare_sim ORDER BY iccid LIMIT 1')
const simOf = (line) => sql(`SELECT id FROM sim_card WHERE product_id = ${line.key} AND in_use`)
const inDays = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10)

// ---- bars ----

test('S1-23 services of a line are barred and given back', async () => {
  const line = anotherLine()
  const barred = done(await perform('barLine', { id: line.id, kinds: ['ROAMING', 'PREMIUM'], reason: 'Asked for by telephone' })).product
  assert.deepEqual(barred.bars, [{ kind: 'PREMIUM', reason: 'Asked for by telephone' }, { kind: 'ROAMING', reason: 'Asked for by telephone' }])
  assert.deepEqual(done(await perform('barLine', { id: line.id, kinds: ['DATA', 'ROAMING'] })).product.bars.map(({ kind }) => kind), ['DATA', 'PREMIUM', 'ROAMING'])
  assert.deepEqual(done(await perform('unbarLine', { id: line.id, kinds: ['DATA', 'PREMIUM'] })).product.bars, [{ kind: 'ROAMING' }])
  assert.deepEqual(done(await perform('unbarLine', { id: line.id, kinds: ['DATA'] })).product.bars, [{ kind: 'ROAMING' }])
  assert.deepEqual(codes(await perform('barLine', { id: line.id, kinds: [] })), ['REQUIRED kinds'])
  assert.deepEqual(codes(await perform('barLine', { id: line.id, kinds: ['DATA'], reason: 'x'.repeat(201) })), ['INVALID reason'])
})

test('S1-23 only mobile lines that are in use are changed', async () => {
  const other = sql("SELECT p.id FROM product AS p JOIN product_offering AS o ON o.id = p.offering_id WHERE p.status = 'ACTIVE' AND o.category = 'TV' LIMIT 1")
  const ended = sql("SELECT p.id FROM product AS p JOIN product_offering AS o ON o.id = p.offering_id WHERE p.status = 'TERMINATED' AND o.category = 'MOBILE' LIMIT 1")
  for (const key of [other, ended]) {
    const id = globalId('Product', key)
    assert.deepEqual(codes(await perform('barLine', { id, kinds: ['DATA'] })), ['NOT_ALLOWED id'])
    assert.deepEqual(codes(await perform('changeNumber', { id })), ['NOT_ALLOWED id'])
    assert.deepEqual(codes(await perform('resetVoicemailPin', { id })), ['NOT_ALLOWED id'])
  }
})

// ---- numbers ----

test('S1-23 a line gets another number, is found by it, and the one it had rests', async () => {
  const line = anotherLine(), number = freeNumber()
  const { product } = done(await perform('changeNumber', { id: line.id, number }))
  assert.equal(product.serviceIdentifier, number)
  assert.deepEqual(product.sims.filter(({ inUse }) => inUse).map(({ msisdn }) => msisdn), [number])
  assert.deepEqual(await found(number), [line.customerId])
  assert.equal((await found(line.number)).includes(line.customerId), sql(`SELECT COUNT(*) FROM contact_medium WHERE customer_id = ${line.customer} AND value = '${line.number}'`) !== '0')
  assert.equal(sql(`SELECT DATEDIFF(free_from, CURRENT_DATE) FROM free_number WHERE number = '${line.number}'`), sql("SELECT value FROM policy WHERE name = 'number_rest_days'"))
  assert.equal(sql(`SELECT COUNT(*) FROM free_number WHERE number = '${number}'`), '0')
  assert.deepEqual(codes(await perform('changeNumber', { id: line.id, number: line.number })), ['NOT_ALLOWED number'])
})

test('S1-23 without a wish it is the first free number, and no two lines get the same', async () => {
  const first = freeNumber(), several = Array.from({ length: 6 }, anotherLine)
  const given = await Promise.all(several.map(({ id }) => perform('changeNumber', { id }).then(done)))
  const numbers = given.map(({ product }) => product.serviceIdentifier)
  assert.equal(new Set(numbers).size, several.length)
  assert.ok(numbers.every((number) => number <= first))
})

test('S1-23 a number that somebody else has, that rests, or that is none is refused', async () => {
  const line = anotherLine()
  for (const [number, code] of [[lines[0].number, 'NOT_FOUND number'], [freeNumber('resting'), 'NOT_ALLOWED number'], ['0171 123', 'INVALID number'],
    ['', 'INVALID number'], ['+049301234567', 'INVALID number'], ['+49'.padEnd(40, '1'), 'INVALID number'], ["+49' OR 1=1", 'INVALID number']])
    assert.deepEqual(codes(await perform('changeNumber', { id: line.id, number })), [code], number)
})

test('R2 a number is changed from the version that was looked at', async () => {
  const line = anotherLine()
  const { product } = done(await perform('changeNumber', { id: line.id, dryRun: true }))
  assert.deepEqual(codes(await perform('changeNumber', { id: line.id, expectedVersion: product.version })), ['CONFLICT expectedVersion'])
  const idempotencyKey = randomUUID()
  const twice = await Promise.all(Array.from({ length: 6 }, () => perform('changeNumber', { id: line.id, idempotencyKey, expectedVersion: product.version - 1 }).then(done)))
  assert.equal(new Set(twice.map((each) => each.product.serviceIdentifier)).size, 1)
  assert.equal(twice.filter(({ replayed }) => !replayed).length, 1)
})

test('S1-23 what is free is listed for those who may give it out, and for nobody else', async () => {
  const query = 'query ($day: Date) { freeNumbers(first: 3, beginning: "+49", where: { freeFrom: { until: $day } }) { nodes { number freeFrom } } spareSims(first: 2) { nodes { iccid form } } }'
  const { body } = await graphql(token, { query, variables: { day: inDays(0) } })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  assert.equal(body.data.freeNumbers.nodes.length, 3)
  assert.ok(body.data.freeNumbers.nodes.every(({ number, freeFrom }) => number.startsWith('+49') && freeFrom <= inDays(0)))
  assert.equal(body.data.spareSims.nodes.length, 2)
  const reader = await tokenWithRights('admin', ['account:read', 'subscriptions:read', 'explorer:read'])
  assert.equal((await graphql(reader, { query, variables: { day: inDays(0) } })).body.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED')
})

// ---- SIM cards ----

test('S1-23 S1-27 a SIM card is exchanged for a spare one, for a verified caller only', async () => {
  const line = anotherLine(), iccid = spareCard(), old = simOf(line)
  assert.deepEqual(codes(await perform('changeSim', { id: old, iccid, reason: 'STOLEN' })), ['NOT_VERIFIED'])
  await verify(line)
  const { simCard } = done(await perform('changeSim', { id: old, iccid: iccid.replace(/(.{4})/g, '$1 '), reason: 'STOLEN' }))
  assert.deepEqual([simCard.iccid, simCard.status, simCard.inUse, simCard.msisdn, simCard.product.id, simCard.puk1.state], [iccid, 'ACTIVE', true, line.number, line.id, 'LOCKED'])
  assert.equal(sql(`SELECT status, in_use FROM sim_card WHERE id = ${old}`), 'BLOCKED\t0')
  assert.equal(sql(`SELECT COUNT(*) FROM sim_secret WHERE sim_card_id = ${simCard.id}`), '2')
  assert.equal(sql(`SELECT COUNT(*) FROM spare_sim WHERE iccid = '${iccid}'`), '0')
  assert.deepEqual(await found(iccid), [line.customerId])
  assert.deepEqual(codes(await perform('changeSim', { id: old, iccid: spareCard(), reason: 'DEFECTIVE' })), ['NOT_ALLOWED id'])
  assert.deepEqual(codes(await perform('changeSim', { id: simCard.id, iccid, reason: 'DEFECTIVE' })), ['NOT_FOUND iccid'])
  assert.deepEqual(codes(await perform('changeSim', { id: simCard.id, iccid: '12', reason: 'DEFECTIVE' })), ['INVALID iccid'])
  assert.deepEqual(codes(await perform('changeSim', { id: simCard.id, iccid: spareCard(), reason: 'LOST', expectedVersion: simCard.version + 1 })), ['CONFLICT expectedVersion'])
})

// What may follow on what in the life of a card; READY is activated, never exchanged.
const exchanged = { READY: false, ACTIVE: true, SUSPENDED: true, BLOCKED: false, REPLACED: false, DEACTIVATED: false }
test('S1-23 only cards in the network are exchanged, from every status', async () => {
  for (const [status, may] of Object.entries(exchanged)) {
    const [customer, id] = sql(`SELECT customer_id, id FROM sim_card WHERE status = '${status}' ORDER BY id LIMIT 1`).split('\t')
    assert.ok(id, `there is no card that is ${status}`)
    await verify({ customerId: globalId('Customer', customer) })
    for (const [reason, next] of [['LOST', 'BLOCKED'], ['EXCHANGE', 'REPLACED']]) {
      const tried = await perform('changeSim', { id, iccid: spareCard(), reason, dryRun: true })
      assert.deepEqual(codes(tried), may ? [] : ['NOT_ALLOWED id'], `${status} to ${next}`)
      if (may) assert.equal(tried.simCard.status, status, 'the new card is where the old one was')
    }
  }
})

test('S1-27 who verified a caller did so for themselves, and for as long as the policy says', async () => {
  const line = anotherLine(), input = { id: simOf(line), iccid: spareCard(), reason: 'DEFECTIVE', dryRun: true }
  await verify(line, await tokenOfAsking('agent'))
  assert.deepEqual(codes(await perform('changeSim', input)), ['NOT_VERIFIED'], 'somebody else did')
  const { interaction } = await verify(line)
  assert.deepEqual([interaction.channel, interaction.direction], ['PHONE', 'INBOUND'])
  assert.equal((await verify(line)).interaction.id, interaction.id, 'one time in touch, verified twice')
  assert.deepEqual(codes(await perform('changeSim', input)), [])
  sql(`UPDATE caller_verification SET verified_at = verified_at - INTERVAL 31 MINUTE WHERE customer_id = ${line.customer}`)
  assert.deepEqual(codes(await perform('changeSim', input)), ['NOT_VERIFIED'], 'too long ago')
})

// ---- of all of them ----

const everything = (line) => ({
  verifyCaller: { customerId: line.customerId, method: 'DOCUMENT', channel: 'SHOP' },
  barLine: { id: line.id, kinds: ['DATA'] }, unbarLine: { id: line.id, kinds: ['DATA'] }, changeNumber: { id: line.id }, resetVoicemailPin: { id: line.id },
  changeSim: { id: simOf(line), iccid: spareCard(), reason: 'DEFECTIVE' }, portIn: { id: line.id, number: '+4915900000088', donor: 'Vela Telecom', wantedOn: inDays(2) },
  portOut: { id: line.id, recipient: 'Vela Telecom', wantedOn: inDays(2) },
})

test('R6 tried, each of them leaves no row different in any table', async () => {
  const line = anotherLine()
  await verify(line)
  const before = await digests()
  for (const [name, input] of Object.entries(everything(line))) {
    const { userErrors, dryRun } = await perform(name, { ...input, dryRun: true })
    assert.deepEqual([name, userErrors, dryRun], [name, [], true])
  }
  assert.equal(await digests(), before)
})

test('R2 sent twice with one key, each of them is done once', async () => {
  for (const name of Object.keys(everything(lines[0]))) {
    const line = anotherLine()
    await verify(line)
    const input = { ...everything(line)[name], idempotencyKey: randomUUID() }
    const both = [done(await perform(name, input)), done(await perform(name, input))]
    assert.deepEqual(both.map(({ replayed }) => replayed), [false, true], name)
    const [object] = Object.keys(both[0])
    assert.deepEqual(both[0][object], both[1][object], name)
  }
})

test('what is not in the scope of a viewer is not there for them, and without the right there is no such mutation', async () => {
  const partner = await tokenOf('nordfunk-shop')
  const foreign = lines.find(({ customer }) => sql(`SELECT partner_id IS NULL FROM customer WHERE id = ${customer}`) === '1')
  const before = await digests()
  for (const [name, input] of Object.entries(everything(foreign)))
    assert.deepEqual(codes(await perform(name, input, partner)).filter((code) => code.startsWith('NOT_FOUND') && !code.endsWith('iccid')).length, 1, name)
  assert.equal(await digests(), before)
  const reader = await tokenWithRights('admin', ['account:read', 'subscriptions:read', 'explorer:read'])
  for (const name of [...Object.keys(everything(foreign)), 'cancelPort', 'answerPort']) {
    const { body } = await graphql(reader, { query: `mutation { ${name}(input: {}) { dryRun } }` })
    assert.equal(body.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED', name)
  }
  const { body } = await graphql(partner, { query: 'mutation { answerPort(input: {}) { dryRun } }' })
  assert.equal(body.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED', 'what other operators say is for administrators')
})

test('who may not ask by themselves may no more', endAsking)

test('R9 each of them is written down', () => {
  const names = sql('SELECT DISTINCT mutation FROM audit_record').split('\n')
  for (const name of Object.keys(answers)) assert.ok(names.includes(name), name)
})
