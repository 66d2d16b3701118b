// order_act: orders are placed, changed, cancelled and worked off: states, products, prices, money and milestones.
//
// What the simulated network will do is known in advance (../orders/network.mjs); numbers are chosen for it. The server's steps
// are short (--network-pace). It all happens to customers of whom other tests know nothing.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { act, codes, foundBy } from './acting.mjs'
import { bodyWith, fateOf, isTooLate, numberOf } from '../orders/network.mjs'
import { forbiddenMoves, followers, isEnd, states } from '../orders/states.mjs'
import { endAsking, tokenOfAsking } from './asking.mjs'
import { digests, globalId, graphql, sql, sqlStarted, tokenOf, tokenWithRights, workedOff } from './client.mjs'

const token = await tokenOf('admin')
const [key, account] = sql(`SELECT c.id, MIN(a.id) FROM customer AS c JOIN billing_account AS a ON a.customer_id = c.id
  WHERE c.id BETWEEN 30 AND 250 AND c.status = 'ACTIVE' AND c.kind = 'RESIDENTIAL' AND c.partner_id IS NULL AND c.open_order_count = 0
    AND c.mobile_count > 0 AND c.birth_date < '1990-01-01' AND a.rating_type = 'POSTPAID' AND a.payment_status <> 'IN_ARREARS' GROUP BY c.id ORDER BY c.id LIMIT 1`).split('\t')
const customerId = globalId('Customer', key)
const offering = (code) => globalId('ProductOffering', sql(`SELECT id FROM product_offering WHERE code = '${code}'`))
const [filmPass, musicPass, sportsPass, mobileS, mobileM, roaming, tvStart] = ['CON-FILM', 'CON-MUSIC', 'CON-SPORT', 'MOB-S', 'MOB-M', 'OPT-ROAM', 'TV-START'].map(offering)

const orderFields = `order { id number state reason version channel requestedDate expectedDate completedAt
  items { position action state reason targetStatus offering { code } price { minor } prices { type amount { minor } discount { minor } } milestones { code state }
    product { id status startDate bindingUntil terminationDate offering { code } parentId term { noticeDays } prices { type net { minor } } } } }`

const perform = (name, input, as = token) => act(as, name, input, orderFields)

const submit = (input, as) => perform('submitOrder', { customerId, ...input }, as)
const amend = (order, input = {}, as) => perform('amendOrder', { id: order.id, ...input }, as)
const cancel = (order, input = {}, as) => perform('cancelOrder', { id: order.id, ...input }, as)
const change = (name, productId, input = {}) => perform(name, { productId, ...input })

async function read(order) {
  const { body } = await graphql(token, { query: `query ($id: ID!) @consistent { order: node(id: $id) { ... on ProductOrder ${orderFields.slice(6)} } }`, variables: { id: order.id } })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data.order
}

// Until it stands where it is waited for, or has ended.
async function settled(order, wanted = isEnd) {
  for (let waited = 0; waited < 120; waited++) {
    const now = await read(order)
    if (wanted(now.state)) return now
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  assert.fail(`order ${order.number} does not move on: ${JSON.stringify(await read(order))}`)
}

const nextBody = () => Number(sql("SELECT next FROM number_sequence WHERE name = 'order'"))

// The number of the next order is one whose items fare so.
function choose(wanted) {
  sql(`UPDATE number_sequence SET next = ${bodyWith(nextBody(), wanted)} WHERE name = 'order'`)
}
const allDone = (number) => [1, 2, 3, 4].every((position) => fateOf(number, position) === 'DONE')
const fares = (...fates) => (number) => fates.every((fate, i) => fateOf(number, i + 1) === fate)

async function ordered(items, input = {}) {
  const result = await submit({ items, ...input })
  assert.deepEqual(result.userErrors, [])
  return result.order
}

async function done(items, input = {}) {
  choose(allDone)
  const order = await settled(await ordered(items, input))
  assert.equal(order.state, 'COMPLETED', JSON.stringify(order))
  return order
}

const customerNow = () => sql(`SELECT open_order_count, active_product_count, mobile_count, content_count, tv_count FROM customer WHERE id = ${key}`).split('\t').map(Number)
const balance = () => Number(sql(`SELECT balance_minor FROM billing_account WHERE id = ${account}`))
const today = () => new Date().toISOString().slice(0, 10)
const add = (offeringId, more = {}) => ({ action: 'ADD', offeringId, ...more })

const idOf = ({ id }) => Buffer.from(id, 'base64url').toString().split(':')[1]
const movedByHand = sql('SELECT id FROM product_order WHERE id > 10000000000').split('\n').filter(Boolean) // and orders of before

test('S1-12 S1-34 an order is placed: its product is created, and becomes active when it is worked off', async () => {
  choose(allDone)
  const before = customerNow()
  const { order, userErrors, replayed } = await submit({ items: [add(filmPass)] })
  assert.deepEqual([userErrors, replayed, order.channel], [[], false, 'AGENT'])
  assert.deepEqual([order.state, order.items[0].state, order.items[0].product.status], ['ACKNOWLEDGED', 'ACKNOWLEDGED', 'CREATED'])
  assert.equal(customerNow()[0], before[0] + 1, 'open orders are counted')
  const after = await settled(order)
  assert.deepEqual([after.state, after.items[0].state, after.items[0].product.status], ['COMPLETED', 'COMPLETED', 'ACTIVE'])
  assert.equal(after.items[0].product.startDate, today())
  assert.deepEqual(customerNow(), [before[0], before[1] + 1, before[2], before[3] + 1, before[4]])
  assert.deepEqual(await foundBy(token, order.number), [customerId], 'the customer is found by its number')
})

test('S1-35 milestones are reached one after the other, and say when', async () => {
  choose(allDone)
  const order = await ordered([add(filmPass)])
  assert.deepEqual(order.items[0].milestones, [{ code: 'RECEIVED', state: 'REACHED' }, { code: 'CHECKED', state: 'PLANNED' }, { code: 'ACTIVATED', state: 'PLANNED' }])
  assert.deepEqual((await settled(order)).items[0].milestones.map(({ state }) => state), ['REACHED', 'REACHED', 'REACHED'])
})

test('S1-35 prices, minimum term and notice are those of the moment it was ordered', async () => {
  choose(allDone)
  const before = balance()
  const order = await ordered([add(mobileS)])
  const [item] = order.items
  assert.deepEqual(item.prices.map(({ type, amount }) => [type, amount.minor]), [['ONE_TIME', '995'], ['RECURRING', '999']])
  assert.deepEqual(item.product.prices.map(({ type, net }) => [type, net.minor]), [['ONE_TIME', '995'], ['RECURRING', '999']])
  assert.equal(item.product.term.noticeDays, 30)
  const change = (amount) => sql(`UPDATE product_offering_price SET amount_minor = amount_minor + ${amount} WHERE offering_id = (SELECT id FROM product_offering WHERE code = 'MOB-S')`)
  change(7)
  const after = (await settled(order).finally(() => change(-7))).items[0]
  assert.equal(balance(), before + 995, 'what is paid once is charged when it is done')
  assert.equal(sql(`SELECT CONCAT_WS(' ', kind, amount_minor, balance_after_minor, reference) FROM ledger_entry WHERE billing_account_id = ${account} ORDER BY seq DESC LIMIT 1`), `CHARGE 995 ${before + 995} ${order.number}`)
  assert.deepEqual(after.product.prices.map(({ net }) => net.minor), ['995', '999'])
  assert.equal(after.product.bindingUntil, sql('SELECT CURRENT_DATE + INTERVAL 24 MONTH - INTERVAL 1 DAY'))
})

test('S1-23 a plan changes by an order: offering, prices and term are new', async () => {
  const line = (await done([add(mobileS)])).items[0].product
  choose(allDone)
  const { order, userErrors } = await change('changePlan', line.id, { offeringId: mobileM })
  assert.deepEqual(userErrors, [])
  assert.deepEqual([order.items[0].action, order.items[0].product.offering.code], ['MODIFY', 'MOB-S'], 'not before it is done')
  const { product } = (await settled(order)).items[0]
  assert.deepEqual([product.status, product.offering.code, product.prices.map(({ net }) => net.minor)], ['ACTIVE', 'MOB-M', ['995', '1999']])
  assert.deepEqual(codes(await change('changePlan', line.id, { offeringId: mobileM })), ['INVALID offeringId'], 'it is that already')
  assert.deepEqual(codes(await change('changePlan', line.id, { offeringId: filmPass })), ['INVALID offeringId'], 'not to another kind')
})

test('S1-23 a line is suspended and resumed', async () => {
  const line = (await done([add(mobileS)])).items[0].product
  const active = customerNow()[1]
  choose(allDone)
  const suspended = await settled((await change('suspendProduct', line.id)).order)
  assert.deepEqual([suspended.items[0].targetStatus, suspended.items[0].product.status], ['SUSPENDED', 'SUSPENDED'])
  assert.equal(customerNow()[1], active - 1)
  assert.deepEqual(codes(await change('suspendProduct', line.id)), ['NOT_ALLOWED productId'])
  choose(allDone)
  const resumed = await settled((await change('resumeProduct', line.id)).order)
  assert.equal(resumed.items[0].product.status, 'ACTIVE')
  assert.equal(customerNow()[1], active)
  assert.deepEqual(codes(await change('resumeProduct', line.id)), ['NOT_ALLOWED productId'])
})

test('S1-34 what is not bound ends at once, with its parts; what is bound ends when its term does', async () => {
  const pass = (await done([add(musicPass)])).items[0].product
  choose(allDone)
  const ended = await settled((await change('terminateProduct', pass.id)).order)
  assert.deepEqual([ended.items[0].action, ended.items[0].product.status, ended.items[0].product.terminationDate], ['DELETE', 'TERMINATED', today()])
  const line = await done([add(mobileS), add(roaming, { partOf: 1 })])
  const product = line.items[0].product
  assert.equal(line.items[1].product.parentId, product.id)
  const early = await change('terminateProduct', product.id, { requestedDate: today() })
  assert.deepEqual(codes(early), ['NOT_ALLOWED requestedDate'])
  assert.match(early.userErrors[0].message, new RegExp(product.bindingUntil))
  choose(allDone)
  const { order } = await change('terminateProduct', product.id)
  const underWay = await settled(order, (state) => state === 'IN_PROGRESS')
  assert.deepEqual(underWay.items.map((item) => [item.product.status, item.product.terminationDate]), Array(2).fill(['PENDING_TERMINATE', product.bindingUntil]))
  await cancel(underWay)
  const kept = await settled(order)
  assert.deepEqual([kept.state, kept.reason, kept.items.map((item) => [item.product.status, item.product.terminationDate])], ['CANCELLED', 'WITHDRAWN', Array(2).fill(['ACTIVE', null])])
})

test('S1-12 a refusal of the network fails the item, and an order done in part is PARTIAL', async () => {
  const before = customerNow()
  choose(fares('NO_CAPACITY'))
  const failed = await settled(await ordered([add(filmPass)]))
  assert.deepEqual([failed.state, failed.items[0].reason, failed.items[0].product.status], ['FAILED', 'NO_CAPACITY', 'ABORTED'])
  assert.equal(failed.items[0].milestones.at(-1).state, 'FAILED')
  choose(fares('DONE', 'NOT_COMPATIBLE'))
  const partial = await settled(await ordered([add(filmPass), add(musicPass)]))
  assert.deepEqual([partial.state, ...partial.items.map(({ state }) => state)], ['PARTIAL', 'COMPLETED', 'FAILED'])
  assert.deepEqual(customerNow().slice(0, 2), [before[0], before[1] + 1])
})

test('S1-12 without an answer an order is held with the reason; amended it is tried again and done', async () => {
  choose(fares('SILENT'))
  const order = await ordered([add(filmPass)])
  const held = await settled(order, (state) => state === 'HELD')
  assert.deepEqual([held.reason, held.items[0].state, held.items[0].reason], ['NO_ANSWER', 'HELD', 'NO_ANSWER'])
  assert.deepEqual((await amend(held)).userErrors, [])
  const after = await settled(order)
  assert.deepEqual([after.state, after.reason, after.items[0].product.status], ['COMPLETED', null, 'ACTIVE'])
})

test('S1-12 an order that needs to be told something waits for it; cancelled it is over', async () => {
  choose(fares('ASKS'))
  const order = await ordered([add(filmPass)])
  const pending = await settled(order, (state) => state === 'PENDING')
  assert.deepEqual([pending.reason, pending.items[0].state], ['ADDRESS_UNCLEAR', 'PENDING'])
  const asked = await cancel(pending)
  assert.deepEqual([asked.userErrors, asked.order.state], [[], 'ASSESSING_CANCELLATION'])
  const after = await settled(order)
  assert.deepEqual(isTooLate(order.number, 1) ? 'PENDING' : [after.state, after.items[0].state, after.items[0].product.status, after.items[0].milestones.at(-1).state],
    isTooLate(order.number, 1) ? after.state : ['CANCELLED', 'CANCELLED', 'CANCELLED', 'CANCELLED'])
})

test('S1-12 a cancellation that comes too late is denied, and the order goes on', async () => {
  choose((number) => fateOf(number, 1) === 'SILENT' && isTooLate(number, 1))
  const order = await ordered([add(filmPass)])
  const held = await settled(order, (state) => state === 'HELD')
  await cancel(held)
  const back = await settled(order, (state) => state === 'HELD')
  assert.deepEqual([back.reason, back.items[0].state], ['TOO_LATE', 'HELD'])
  await amend(back)
  assert.equal((await settled(order)).state, 'COMPLETED')
})

test('S1-12 an order just placed is cancelled before anything was done', async () => {
  const before = customerNow()
  choose(allDone)
  const order = await ordered([add(filmPass), add(mobileS)], { requestedDate: sql('SELECT CURRENT_DATE + INTERVAL 30 DAY') })
  assert.deepEqual(codes(await cancel(order, { note: 'two\nlines' })), ['INVALID note'])
  assert.deepEqual((await cancel(order, { note: 'Found something cheaper' })).userErrors, [])
  const after = await settled(order)
  assert.deepEqual([after.state, ...after.items.map((item) => item.product.status)], ['CANCELLED', 'CANCELLED', 'CANCELLED'])
  assert.deepEqual(customerNow(), before)
  assert.deepEqual(codes(await cancel(order)), ['NOT_ALLOWED id'])
  assert.deepEqual(codes(await amend(order)), ['NOT_ALLOWED id'])
})

test('S1-12 an order waits for the day that was asked for, and can be changed until then', async () => {
  choose(allDone)
  const later = sql('SELECT CURRENT_DATE + INTERVAL 20 DAY')
  const order = await ordered([add(filmPass), add(sportsPass)], { requestedDate: later })
  const waiting = await settled(order, (state) => state === 'IN_PROGRESS')
  assert.deepEqual([waiting.expectedDate, waiting.items[0].product.status], [later, 'PENDING_ACTIVE'])
  await new Promise((resolve) => setTimeout(resolve, 200))
  assert.equal((await read(order)).state, 'IN_PROGRESS')
  assert.deepEqual(codes(await amend(order, { removePositions: [7] })), ['NOT_FOUND removePositions'])
  assert.deepEqual(codes(await amend(order, { removePositions: [1, 2] })), ['NOT_ALLOWED removePositions'])
  const changed = await amend(order, { removePositions: [2], addItems: [add(musicPass)], requestedDate: null })
  assert.deepEqual(changed.userErrors, [])
  const after = await settled(order)
  assert.deepEqual([after.state, after.items.map(({ state, offering: { code } }) => `${code} ${state}`)], ['COMPLETED', ['CON-FILM COMPLETED', 'CON-SPORT CANCELLED', 'CON-MUSIC COMPLETED']])
})

test('S1-12 who was barred meanwhile is not served: the order is rejected', async () => {
  choose(allDone)
  const order = await ordered([add(filmPass)], { requestedDate: sql('SELECT CURRENT_DATE + INTERVAL 9 DAY') })
  await settled(order, (state) => state === 'IN_PROGRESS')
  movedByHand.push(idOf(order))
  sql(`UPDATE product_order SET state = 'ACKNOWLEDGED' WHERE id = ${idOf(order)}; UPDATE product_order_item SET state = 'ACKNOWLEDGED' WHERE product_order_id = ${idOf(order)};
    UPDATE customer SET status = 'SUSPENDED' WHERE id = ${key}; UPDATE provisioning_task SET due_at = NOW(6) WHERE product_order_id = ${idOf(order)}`)
  const after = await settled(order)
  sql(`UPDATE customer SET status = 'ACTIVE' WHERE id = ${key}`)
  assert.deepEqual([after.state, after.reason, after.items[0].state, after.items[0].product.status], ['REJECTED', 'CUSTOMER_NOT_ACTIVE', 'REJECTED', 'ABORTED'])
})

test('S1-12 a part waits for its whole, and is not set up without it', async () => {
  choose(fares('DONE', 'DONE'))
  const line = await ordered([add(mobileS), add(roaming, { partOf: 1 })])
  const after = await settled(line)
  assert.deepEqual(after.items.map(({ state }) => state), ['COMPLETED', 'COMPLETED'])
  choose(fares('NO_CAPACITY', 'DONE'))
  const failed = await settled(await ordered([add(mobileS), add(roaming, { partOf: 1 })]))
  assert.deepEqual([failed.state, failed.items[1].reason, failed.items[1].product.status], ['FAILED', 'WHOLE_MISSING', 'ABORTED'])
})

test('S1-12 what a bundle always has comes along, and costs nothing beside it', async () => {
  choose(allDone)
  const { order, userErrors } = await submit({ items: [add(offering('BUN-FAM'))], dryRun: true })
  assert.deepEqual(userErrors, [])
  assert.deepEqual(order.items.map((item) => item.offering.code), ['BUN-FAM', 'FIB-1000', 'DEV-ROUTER', 'MOB-L'])
  const [bundle, ...parts] = order.items
  assert.ok(parts.every((part) => part.product.parentId === bundle.product.id && part.product.prices.every(({ net }) => net.minor === '0')))
})

test('S1-12 every state: what can be cancelled and amended, and what cannot', async () => {
  const order = await ordered([add(filmPass)], { requestedDate: sql('SELECT CURRENT_DATE + INTERVAL 9 DAY') })
  await settled(order, (state) => state === 'IN_PROGRESS')
  movedByHand.push(idOf(order))
  for (const state of states) {
    sql(`UPDATE product_order SET state = '${state}', completed_at = IF('${state}' IN ('REJECTED', 'CANCELLED', 'COMPLETED', 'FAILED', 'PARTIAL'), NOW(6), NULL) WHERE id = ${idOf(order)};
      UPDATE product_order_item SET state = '${state === 'PARTIAL' ? 'FAILED' : state}' WHERE product_order_id = ${idOf(order)}`)
    const open = ['ACKNOWLEDGED', 'IN_PROGRESS', 'PENDING', 'HELD'].includes(state)
    const cancelled = await cancel(order, { dryRun: true }), amended = await amend(order, { dryRun: true })
    assert.deepEqual([codes(cancelled), codes(amended)], open ? [[], []] : [['NOT_ALLOWED id'], ['NOT_ALLOWED id']], state)
    assert.deepEqual([cancelled.order.state, amended.order.state], open ? ['ASSESSING_CANCELLATION', 'IN_PROGRESS'] : [state, state], state)
    assert.ok(!open || followers(state).includes('IN_PROGRESS') || state === 'IN_PROGRESS')
  }
  sql(`UPDATE product_order SET state = 'IN_PROGRESS', completed_at = NULL WHERE id = ${idOf(order)}; UPDATE product_order_item SET state = 'IN_PROGRESS' WHERE product_order_id = ${idOf(order)}`)
  await cancel(order)
  await settled(order)
})

test('R2 sent twice, also at once, it is one order', async () => {
  choose(allDone)
  const idempotencyKey = randomUUID(), before = nextBody()
  const answers = await Promise.all(Array.from({ length: 8 }, () => submit({ idempotencyKey, items: [add(filmPass)] })))
  assert.equal(new Set(answers.map(({ order }) => order.number)).size, 1)
  assert.equal(answers.filter(({ replayed }) => !replayed).length, 1)
  assert.equal(nextBody(), before + 1)
  await settled(answers[0].order)
})

test('R2 S1-24 of two who change the same order no word is lost: what both did is said, all else is kept', async () => {
  choose(fares('SILENT'))
  const order = await ordered([add(filmPass)])
  const { version: expectedVersion } = await settled(order, (state) => state === 'HELD')
  const [hers, his] = [30, 40].map((days) => sql(`SELECT CURRENT_DATE + INTERVAL ${days} DAY`))
  const name = sql("SELECT display_name FROM user_account WHERE login = 'admin'")
  assert.deepEqual(codes(await amend(order, { expectedVersion, requestedDate: hers })), [])

  const late = await amend(order, { expectedVersion, requestedDate: his })
  assert.deepEqual(codes(late), ['CONFLICT requestedDate'])
  assert.equal(late.userErrors[0].message, `${name} changed it meanwhile: now it is ${hers}.`)
  assert.equal(late.order.requestedDate, hers, 'nothing was done, and the order of now is in the answer')
  assert.deepEqual(codes(await amend(order, { expectedVersion, requestedDate: null })), ['CONFLICT requestedDate'])
  assert.deepEqual(codes(await amend(order, { expectedVersion, requestedDate: hers })), [], 'both want the same')

  const added = await amend(order, { expectedVersion, addItems: [add(musicPass)] })
  assert.deepEqual([codes(added), added.order.requestedDate, added.order.items.length], [[], hers, 2], 'what each of them changed is there')
  const again = await amend(order, { expectedVersion, addItems: [add(musicPass)] })
  assert.deepEqual(codes(again).filter((code) => code.startsWith('CONFLICT')), ['CONFLICT addItems'])
  assert.match(again.userErrors.find(({ code }) => code === 'CONFLICT').message, new RegExp(`^${name} added ".+" meanwhile`))
  assert.deepEqual(codes(await amend(order, { expectedVersion, addItems: [add(sportsPass)] })), [])
  assert.deepEqual(codes(await amend(order, { expectedVersion: 9999, requestedDate: his })), ['CONFLICT expectedVersion'])
  assert.deepEqual(codes(await cancel(order, { expectedVersion })), ['CONFLICT expectedVersion'], 'all of it goes for those alone who have seen all of it')
  assert.deepEqual(codes(await amend(order, { requestedDate: his })), [], 'without a version the last one wins')
  await cancel(order)
  await settled(order)
})

test('R6 an order that is only tried leaves no row different in any table', async () => {
  const before = await digests()
  const { order, dryRun } = await submit({ dryRun: true, items: [add(mobileS), add(roaming, { partOf: 1 })] })
  assert.deepEqual([dryRun, order.items.length, order.items[1].product.status], [true, 2, 'CREATED'])
  assert.equal(await digests(), before)
})

test('bad input is refused at its place, and nothing is written', async () => {
  const [own, foreign] = sql(`(SELECT id FROM product WHERE customer_id = ${key} AND status = 'ACTIVE' LIMIT 1) UNION ALL (SELECT id FROM product WHERE customer_id <> ${key} AND status = 'ACTIVE' LIMIT 1)`).split('\n').map((id) => globalId('Product', id))
  const address = sql(`SELECT id FROM geographic_address WHERE customer_id <> ${key} LIMIT 1`)
  const before = sql('SELECT COUNT(*), MAX(id) FROM product_order')
  for (const [items, code, more] of [
    [[], 'INVALID items'],
    [Array(21).fill(add(filmPass)), 'INVALID items'],
    [[{ action: 'ADD' }], 'REQUIRED items.0.offeringId'],
    [[add(filmPass), add('nonsense')], 'NOT_FOUND items.1.offeringId'],
    [[add(globalId('ProductOffering', 999999))], 'NOT_FOUND items.0.offeringId'],
    [[add(roaming)], 'REQUIRED items.0.parentId'],
    [[add(roaming, { parentId: foreign })], 'NOT_FOUND items.0.parentId'],
    [[add(roaming, { partOf: 1 })], 'INVALID items.0.partOf'],
    [[add(roaming, { partOf: -1 })], 'INVALID items.0.partOf'],
    [[add(filmPass, { productId: own })], 'INVALID items.0.productId'],
    [[add(filmPass, { status: 'ACTIVE' })], 'INVALID items.0.status'],
    [[add(tvStart, { placeId: address })], 'NOT_FOUND items.0.placeId'],
    [[{ action: 'MODIFY' }], 'REQUIRED items.0.productId'],
    [[{ action: 'MODIFY', productId: own }], 'REQUIRED items.0.offeringId'],
    [[{ action: 'MODIFY', productId: own, status: 'TERMINATED' }], 'NOT_ALLOWED items.0.status'],
    [[{ action: 'MODIFY', productId: own, status: 'ACTIVE' }], 'NOT_ALLOWED items.0.status'],
    [[{ action: 'MODIFY', productId: foreign, status: 'SUSPENDED' }], 'NOT_FOUND items.0.productId'],
    [[{ action: 'DELETE', productId: foreign }], 'NOT_FOUND items.0.productId'],
    [[{ action: 'NO_CHANGE' }], 'REQUIRED items.0.productId'],
    [[{ action: 'NO_CHANGE', productId: own }, { action: 'NO_CHANGE', productId: own }], 'INVALID items.1.productId'],
    [[add(filmPass)], 'INVALID requestedDate', { requestedDate: '2020-01-01' }],
    [[add(filmPass)], 'INVALID requestedDate', { requestedDate: '2999-01-01' }],
    [[add(filmPass)], 'NOT_FOUND accountId', { accountId: '1' }],
  ].map(([items, code, more = {}]) => [items, code.replaceAll('.', ' '), more])) {
    const { userErrors, order } = await submit({ items, ...more })
    assert.deepEqual([codes({ userErrors }), order], [[code.includes('accountId') ? 'NOT_FOUND items 0 accountId' : code], null], JSON.stringify(items).slice(0, 90))
  }
  sql("UPDATE product_offering SET lifecycle_status = 'RETIRED' WHERE code = 'CON-SPORT'")
  assert.deepEqual(codes(await submit({ items: [add(offering('CON-SPORT'))] })), ['NOT_ALLOWED items 0 offeringId'])
  sql("UPDATE product_offering SET lifecycle_status = 'ACTIVE' WHERE code = 'CON-SPORT'")
  assert.equal(sql('SELECT COUNT(*), MAX(id) FROM product_order'), before)
})

test('S1-06 what is not feasible is not ordered: the reasons are said, and nothing is written', async () => {
  const before = sql('SELECT COUNT(*), MAX(id) FROM product_order')
  const { status, body } = await graphql(token, { query: 'mutation ($input: SubmitOrderInput!) { submitOrder(input: $input) { order { id } userErrors { code field message reasons { code label ruleId ruleVersion } } } }',
    variables: { input: { idempotencyKey: randomUUID(), customerId, items: [add(filmPass), add(tvStart)] } } })
  const { order, userErrors: [error, ...more] } = body.data.submitOrder
  assert.deepEqual([status, order, more, error.code, error.field], [200, null, [], 'NOT_FEASIBLE', ['input', 'items', '1', 'offeringId']])
  assert.ok(error.reasons.length > 0 && error.reasons[0].label.length > 10 && error.reasons[0].ruleVersion >= 1)
  assert.equal(sql('SELECT COUNT(*), MAX(id) FROM product_order'), before)
})

test('S1-06 an order takes its piece from the stock and keeps why it was feasible; cancelled it gives it back', async () => {
  const left = () => Number(sql("SELECT available FROM product_stock WHERE offering_id = (SELECT id FROM product_offering WHERE code = 'DEV-PHONE')"))
  const before = left()
  choose(allDone)
  const order = await ordered([add(offering('DEV-PHONE'))], { requestedDate: sql('SELECT CURRENT_DATE + INTERVAL 9 DAY') })
  assert.equal(left(), before - 1)
  assert.equal(sql(`SELECT COUNT(*) FROM order_qualification WHERE product_order_id = ${idOf(order)}`), '1')
  await cancel(order)
  assert.equal((await settled(order)).state, 'CANCELLED')
  assert.equal(left(), before)
})

test('S1-06 a changed order is judged anew as a whole: what was kept before stays in the history, and the stock is right', async () => {
  const left = () => Number(sql("SELECT available FROM product_stock WHERE offering_id = (SELECT id FROM product_offering WHERE code = 'DEV-PHONE')"))
  const kept = (order) => JSON.parse(sql(`SELECT results FROM order_qualification WHERE product_order_id = ${idOf(order)}`))
  const before = left(), later = sql('SELECT CURRENT_DATE + INTERVAL 9 DAY')
  choose(allDone)
  const order = await ordered([add(filmPass), add(offering('DEV-PHONE'))], { requestedDate: later })
  await settled(order, (state) => state === 'IN_PROGRESS')
  assert.equal(left(), before - 1)
  assert.deepEqual((await amend(order, { addItems: [add(sportsPass)] })).userErrors, [])
  assert.equal(left(), before - 1, 'what it has already is not taken again')
  assert.equal(kept(order).length, 3)
  assert.deepEqual((await amend(order, { removePositions: [2] })).userErrors, [])
  assert.equal(left(), before, 'what is not needed any more is given back')
  assert.equal(kept(order).length, 2)
  const { body } = await graphql(token, { query: 'query ($id: ID!) { node(id: $id) { ... on ProductOrder { qualification { evaluatedAt items { result } history { nodes { evaluatedAt } } } } } }', variables: { id: order.id } })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  const { qualification } = body.data.node
  assert.deepEqual([qualification.items.length, qualification.history.nodes.length, qualification.history.nodes[0].evaluatedAt], [2, 3, qualification.evaluatedAt])
  await cancel(order)
  assert.equal((await settled(order)).state, 'CANCELLED')
  assert.equal(left(), before)
})

test('S1-06 the last piece in stock is enough for the order that has it, and for nobody else', async () => {
  const phone = offering('DEV-PHONE'), stock = "product_stock WHERE offering_id = (SELECT id FROM product_offering WHERE code = 'DEV-PHONE')"
  const before = sql(`SELECT available FROM ${stock}`)
  try {
    sql(`UPDATE ${stock.replace(' WHERE', ' SET delivered = delivered + 1 - available, available = 1 WHERE')}`)
    choose(allDone)
    const order = await ordered([add(phone)], { requestedDate: sql('SELECT CURRENT_DATE + INTERVAL 9 DAY') })
    assert.equal(sql(`SELECT available FROM ${stock}`), '0')
    assert.deepEqual((await amend(order, { addItems: [add(filmPass)] })).userErrors, [])
    assert.deepEqual(codes(await amend(order, { addItems: [add(phone)] })), ['NOT_FEASIBLE id', 'NOT_FEASIBLE addItems 0 offeringId'])
    assert.match((await submit({ items: [add(phone)] })).userErrors[0].message, /It is out of stock\./)
    assert.equal(sql(`SELECT available FROM ${stock}`), '0')
    await cancel(order)
    await settled(order)
    assert.equal(sql(`SELECT available FROM ${stock}`), '1')
  } finally {
    sql(`UPDATE ${stock.replace(' WHERE', ` SET delivered = delivered + ${before} - available, available = ${before} WHERE`)}`)
  }
})

test('S1-06 a rule that came in between keeps a changed order from going on, with its reasons', async () => {
  choose(allDone)
  const order = await ordered([add(filmPass)], { requestedDate: sql('SELECT CURRENT_DATE + INTERVAL 9 DAY') })
  await settled(order, (state) => state === 'IN_PROGRESS')
  sql(`INSERT INTO feasibility_rule (code, version, state, valid_from, kind, offering_id, number, texts)
    SELECT 'TEST-OLD', 1, 'ACTIVE', '2020-01-01', 'MINIMUM_AGE', id, 200, '{"en": {"refused": "Only for the very old."}}' FROM product_offering WHERE code = 'CON-FILM'`)
  const before = sql(`SELECT state, version FROM product_order WHERE id = ${idOf(order)}`)
  try {
    const refused = await amend(order)
    assert.deepEqual(codes(refused), ['NOT_FEASIBLE id'])
    assert.match(refused.userErrors[0].message, /Only for the very old/)
    assert.equal(sql(`SELECT state, version FROM product_order WHERE id = ${idOf(order)}`), before)
    assert.deepEqual(codes(await cancel(order, { dryRun: true })), [], 'it can still be cancelled')
  } finally {
    sql("DELETE FROM feasibility_rule WHERE code = 'TEST-OLD'")
  }
  assert.deepEqual((await amend(order)).userErrors, [])
  await cancel(order)
  await settled(order)
})

test('one product is in one order at a time', async () => {
  const line = (await done([add(mobileS)])).items[0].product
  const first = (await change('changePlan', line.id, { offeringId: mobileM, requestedDate: sql('SELECT CURRENT_DATE + INTERVAL 9 DAY') })).order
  const second = await change('suspendProduct', line.id)
  assert.deepEqual(codes(second), ['NOT_ALLOWED productId'])
  assert.match(second.userErrors[0].message, new RegExp(first.number))
  await cancel(first)
  await settled(first)
})

test('S1-12 partners order for their own customers, and no others; customers for themselves', async () => {
  const reseller = await tokenOf('nordfunk-shop')
  const { body } = await graphql(reseller, { query: '{ customers(search: "an", first: 1) { nodes { id } } }' })
  const own = body.data.customers.nodes[0].id
  assert.equal((await submit({ customerId: own, items: [add(filmPass)], dryRun: true }, reseller)).order?.channel ?? 'refused', 'PARTNER')
  assert.deepEqual(codes(await submit({ items: [add(filmPass)] }, reseller)), ['NOT_FOUND customerId'])
  const order = await ordered([add(filmPass)], { requestedDate: sql('SELECT CURRENT_DATE + INTERVAL 9 DAY') })
  assert.deepEqual([codes(await cancel(order, {}, reseller)), codes(await amend(order, {}, reseller))], [['NOT_FOUND id'], ['NOT_FOUND id']])
  await cancel(order)
  await settled(order)
  const selfCare = await tokenOfAsking('customer')
  assert.deepEqual(codes(await submit({ items: [add(filmPass)] }, selfCare)), ['NOT_FOUND customerId'])
})

test('who may not ask by themselves may no more', endAsking)

test('without the right there is no such mutation', async () => {
  const reader = await tokenWithRights('admin', ['account:read', 'orders:read', 'explorer:read'])
  for (const name of ['submitOrder', 'amendOrder', 'cancelOrder', 'changePlan', 'suspendProduct', 'resumeProduct', 'terminateProduct']) {
    const { body } = await graphql(reader, { query: `mutation { ${name}(input: {}) { dryRun } }` })
    assert.equal(body.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED', name)
  }
})

// Something keeps an order from being placed at one of its steps; there its connection is cut.
const waiting = "SELECT id FROM information_schema.processlist WHERE user = 'dossier' AND command IN ('Query', 'Execute') AND info NOT LIKE '%SLEEP%' AND info NOT LIKE '%processlist%' AND time_ms > 100"

async function cut() {
  let found = ''
  for (let i = 0; i < 30 && found === ''; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    found = sql(waiting)
  }
  assert.notEqual(found, '', 'nothing waited')
  sql(found.split('\n').map((each) => `KILL CONNECTION ${each}`).join(';'))
}

const placing = {
  'the customer': `SELECT id FROM customer WHERE id = ${key} FOR UPDATE`,
  'its number': "SELECT next FROM number_sequence WHERE name = 'order' FOR UPDATE",
  'its account': `SELECT id FROM billing_account WHERE id = ${account} FOR UPDATE`,
  'the words it is found by': `SELECT term FROM customer_search_term WHERE customer_id = ${key} FOR UPDATE`,
}

for (const [step, lock] of Object.entries(placing)) {
  test(`R2 an order that is cut off at ${step} is none, and is one when it is sent again`, async () => {
    choose(allDone)
    await workedOff()
    const counts = () => sql(`SELECT COUNT(*) FROM product_order; SELECT COUNT(*) FROM product_order_item; SELECT COUNT(*) FROM product; SELECT COUNT(*) FROM audit_record; SELECT open_order_count FROM customer WHERE id = ${key}`)
    const before = counts(), input = { customerId, idempotencyKey: randomUUID(), items: [add(filmPass)] }
    const locked = sqlStarted(`START TRANSACTION; ${lock}; SELECT SLEEP(1.5); ROLLBACK;`)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const answer = graphql(token, { query: 'mutation ($input: SubmitOrderInput!) { submitOrder(input: $input) { dryRun } }', variables: { input } })
    await cut()
    assert.equal((await answer).status, 503)
    assert.equal(counts(), before)
    await locked
    const [first, second] = [await submit(input), await submit(input)]
    assert.deepEqual([first.userErrors, first.replayed, second.replayed, second.order.id], [[], false, true, first.order.id])
    await settled(first.order)
  })
}

// Something keeps the provisioner from going on at one of its steps; there its connection is cut.
const steps = {
  'the product': (order) => `SELECT id FROM product WHERE id = ${idOf(order.items[0].product)} FOR UPDATE`,
  'the account': () => `SELECT id FROM billing_account WHERE id = ${account} FOR UPDATE`,
  'the customer': () => `SELECT id FROM customer WHERE id = ${key} FOR UPDATE`,
  'the milestones': (order) => `SELECT id FROM order_milestone WHERE product_order_id = ${idOf(order)} FOR UPDATE`,
}

for (const [step, lock] of Object.entries(steps)) {
  test(`a step that is cut off at ${step} is done once afterwards`, async () => {
    choose(allDone)
    const before = balance()
    const order = await ordered([add(mobileS)], { requestedDate: sql('SELECT CURRENT_DATE + INTERVAL 1 DAY') })
    await settled(order, (state) => state === 'IN_PROGRESS')
    const locked = sqlStarted(`START TRANSACTION; ${lock(order)}; SELECT SLEEP(1.6); ROLLBACK;`)
    await new Promise((resolve) => setTimeout(resolve, 200))
    sql(`UPDATE provisioning_task SET due_at = NOW(6) WHERE product_order_id = ${idOf(order)}`)
    await cut()
    await locked
    const after = await settled(order)
    assert.deepEqual([after.state, after.items[0].product.status, balance() - before], ['COMPLETED', 'ACTIVE', 995])
    assert.equal(sql(`SELECT COUNT(*) FROM ledger_entry WHERE reference = '${order.number}'`), '1')
  })
}

test('S1-33 no order, item or product ever went where it may not', () => {
  assert.ok(Number(sql(`SELECT COUNT(*) FROM product_order WHERE customer_id = ${key}`)) > 20)
  assert.deepEqual(forbiddenMoves(sql, movedByHand), [])
})
