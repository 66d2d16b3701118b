// line_begin: a mobile line that was ordered has a number and a SIM card when it is set up, or waits and says so.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { bodyWith, fateOf } from '../orders/network.mjs'
import { globalId, graphql, sql, tokenOf } from './client.mjs'

const token = await tokenOf('admin')
const offeringId = globalId('ProductOffering', sql("SELECT id FROM product_offering WHERE code = 'MOB-S'"))
const customers = sql(`SELECT c.id FROM customer AS c JOIN billing_account AS a ON a.customer_id = c.id
  WHERE c.id > 150 AND c.status = 'ACTIVE' AND c.kind = 'RESIDENTIAL' AND c.partner_id IS NULL AND c.open_order_count = 0 AND c.birth_date < '1990-01-01'
  GROUP BY c.id HAVING MIN(a.rating_type = 'POSTPAID' AND a.payment_status <> 'IN_ARREARS') ORDER BY c.id LIMIT 12`).split('\n')

async function perform(name, type, input) {
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { order { id number items { product { id } } } userErrors { code field message } } }`
  const { body } = await graphql(token, { query, variables: { input: { idempotencyKey: randomUUID(), ...input } } })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data[name]
}

async function read({ id }) {
  const { body } = await graphql(token, { query: `query ($id: ID!) { order: node(id: $id) { ... on ProductOrder { state reason items { reason
    product { id status serviceIdentifier sims(inUse: true) { id iccid msisdn status puk1 { state } } } } } } }`, variables: { id } })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data.order
}

async function settled(order, states) {
  for (let waited = 0; waited < 400; waited++) {
    const now = await read(order)
    if (states.includes(now.state)) return now
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  assert.fail(`order ${order.number} does not move on: ${JSON.stringify(await read(order))}`)
}

// The network does what is ordered next. Some may not have one more line; the first who may gets it.
async function ordered() {
  for (;;) {
    const key = customers.shift()
    assert.ok(key, 'somebody may have a line')
    sql(`UPDATE number_sequence SET next = ${bodyWith(Number(sql("SELECT next FROM number_sequence WHERE name = 'order'")), (number) => fateOf(number, 1) === 'DONE')} WHERE name = 'order'`)
    const { order, userErrors } = await perform('orderProduct', 'OrderProductInput', { customerId: globalId('Customer', key), offeringId })
    if (userErrors.length === 0) return { ...order, key }
  }
}
const prefixOf = (key) => sql(`SELECT LEFT(value, 3) FROM contact_medium WHERE customer_id = ${key} AND kind IN ('MOBILE', 'PHONE') ORDER BY preferred DESC, id LIMIT 1`)
const stock = () => sql('SELECT (SELECT COUNT(*) FROM free_number), (SELECT COUNT(*) FROM spare_sim), (SELECT COUNT(*) FROM spare_sim_secret)').split('\t').map(Number)

test('S1-23 a new mobile line has a number and a SIM card of the stock once it is set up', async () => {
  const before = stock(), order = await ordered()
  const { state, items: [{ product }] } = await settled(order, ['COMPLETED', 'FAILED', 'HELD'])
  assert.deepEqual([state, product.status], ['COMPLETED', 'ACTIVE'])
  assert.ok(product.serviceIdentifier.startsWith(prefixOf(order.key)), `${product.serviceIdentifier} is of the country of the customer's others`)
  const [sim, ...more] = product.sims
  assert.deepEqual([more, sim.status, sim.msisdn, sim.puk1.state], [[], 'ACTIVE', product.serviceIdentifier, 'LOCKED'])
  assert.deepEqual(stock(), [before[0] - 1, before[1] - 1, before[2] - 2], 'both are free no more')
  const { body } = await graphql(token, { query: 'query ($search: String!) { customers(search: $search, first: 3) { nodes { id } } }', variables: { search: sim.iccid } })
  assert.deepEqual(body.data.customers.nodes, [{ id: globalId('Customer', order.key) }], 'found by its card')
})

test('S1-23 S1-27 the codes of its card open for the customer alone, as they were in the stock', async () => {
  const [customer, card] = sql('SELECT customer_id, id FROM sim_card ORDER BY id DESC LIMIT 1').split('\t')
  const answered = async (name, type, answer, input) => (await graphql(token, { query: `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} userErrors { code } } }`, variables: { input: { idempotencyKey: randomUUID(), ...input } } })).body.data[name]
  await answered('verifyCaller', 'VerifyCallerInput', 'interaction { id }', { customerId: globalId('Customer', customer), method: 'QUESTIONS' })
  const { value, userErrors } = await answered('revealSecret', 'RevealSecretInput', 'value', { id: card, reason: 'A new card' })
  assert.deepEqual(userErrors, [])
  assert.match(value, /^\d{8}$/)
  sql(`DELETE FROM secret_reveal WHERE sim_card_id = ${card}`)
})

test('S1-23 without a free number the order waits and says so, takes nothing, and goes on when there is one', async () => {
  sql('UPDATE free_number SET free_from = free_from + INTERVAL 1000 YEAR')
  try {
    const before = stock(), order = await ordered()
    const held = await settled(order, ['HELD', 'COMPLETED'])
    assert.deepEqual([held.state, held.reason, held.items[0].reason, held.items[0].product.serviceIdentifier], ['HELD', 'OUT_OF_STOCK', 'OUT_OF_STOCK', null])
    assert.deepEqual([stock(), held.items[0].product.sims], [before, []])
    sql('UPDATE free_number SET free_from = free_from - INTERVAL 1000 YEAR')
    assert.deepEqual((await perform('amendOrder', 'AmendOrderInput', { id: order.id })).userErrors, [])
    const { state, items: [{ product }] } = await settled(order, ['COMPLETED', 'FAILED'])
    assert.deepEqual([state, product.sims.length], ['COMPLETED', 1])
  } finally {
    sql("UPDATE free_number SET free_from = free_from - INTERVAL 1000 YEAR WHERE free_from > '2900-01-01'")
  }
})

test('S1-23 lines that are set up at once each have a number and a card of their own', async () => {
  const orders = []
  for (let i = 0; i < 3; i++) orders.push(await ordered())
  const lines = await Promise.all(orders.map((order) => settled(order, ['COMPLETED', 'FAILED', 'HELD'])))
  const products = lines.map(({ items: [{ product }] }) => product)
  assert.deepEqual(lines.map(({ state }) => state), ['COMPLETED', 'COMPLETED', 'COMPLETED'])
  assert.equal(new Set(products.map(({ serviceIdentifier }) => serviceIdentifier)).size, 3)
  assert.equal(new Set(products.map(({ sims: [sim] }) => sim.iccid)).size, 3)
})
