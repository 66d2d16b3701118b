// action_state: what is said to be possible is possible, and what is said to be impossible is refused with the same words.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'

const admin = await tokenOf('admin')
const CUSTOMERS = 60

async function answer(token, query, variables) {
  const { status, body } = await graphql(token, { query, variables })
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data
}

const states = 'actions { mutation reasons { code label } }'
const account = `query ($id: ID!, $at: DateTime) { customer(id: $id, asOf: $at) { id ${states} products(first: 60) { nodes { id status offering { id category } ${states} } } orders(first: 30) { nodes { id state ${states} } } } }`
const accountOf = async (token, key, at) => (await answer(token, account, { id: globalId('Customer', key), at })).customer
const stateOf = (thing, mutation) => thing.actions.find((state) => state.mutation === mutation)

// Those with orders under way first, then what is rare, then the rest.
const customers = () => sql(`SELECT id FROM customer ORDER BY open_order_count = 0, status = 'ACTIVE', id LIMIT ${CUSTOMERS}`).split('\n')

const plans = new Map(sql("SELECT o.category, GROUP_CONCAT(o.id) FROM product_offering AS o WHERE o.lifecycle_status = 'ACTIVE' GROUP BY o.category").split('\n')
  .map((line) => line.split('\t')).map(([category, ids]) => [category, ids.split(',').map((id) => globalId('ProductOffering', id))]))
const filmPass = globalId('ProductOffering', sql("SELECT id FROM product_offering WHERE code = 'CON-FILM'"))

// What is asked for when the mutation is tried; null: there is nothing to ask for.
const inputs = {
  orderProduct: (customer) => ({ customerId: customer.id, offeringId: filmPass }),
  changePlan: ({ id, offering }) => {
    const other = plans.get(offering.category)?.find((one) => one !== offering.id)
    return other === undefined ? null : { productId: id, offeringId: other }
  },
  suspendProduct: ({ id }) => ({ productId: id }),
  resumeProduct: ({ id }) => ({ productId: id }),
  terminateProduct: ({ id }) => ({ productId: id }),
  amendOrder: ({ id }) => ({ id }),
  cancelOrder: ({ id }) => ({ id }),
}
// Who is signed in is known half a second at most.
async function inGerman(ask) {
  const before = sql("SELECT language FROM user_account WHERE login = 'admin'")
  const speak = (language) => {
    sql(`UPDATE user_account SET language = '${language}' WHERE login = 'admin'`)
    return new Promise((resolve) => setTimeout(resolve, 700))
  }
  await speak('de')
  try {
    return await ask()
  } finally {
    await speak(before)
  }
}

const typeOf = (mutation) => `${mutation[0].toUpperCase()}${mutation.slice(1)}Input`
const standing = ['NOT_ALLOWED', 'NOT_CONFIGURED']

async function tried(thing, mutation) {
  const input = inputs[mutation](thing)
  if (input === null) return null
  const { done } = await answer(admin, `mutation ($input: ${typeOf(mutation)}!) { done: ${mutation}(input: $input) { userErrors { code field message } } }`,
    { input: { idempotencyKey: randomUUID(), dryRun: true, ...input } })
  return done.userErrors
}

// How many of its actions were refused, and how many were not.
async function walk(thing, counts) {
  for (const { mutation, reasons } of thing.actions) {
    const errors = await tried(thing, mutation)
    if (errors === null) continue
    const about = `${mutation} of ${thing.id}: ${JSON.stringify([reasons, errors])}`
    for (const { code, label } of reasons)
      assert.ok(errors.some((error) => error.code === code && error.message === label), about)
    if (reasons.length === 0) assert.ok(!errors.some(({ code }) => standing.includes(code)), about)
    const way = `${mutation} ${reasons.length > 0 ? 'refused' : 'open'}`
    counts[way] = (counts[way] ?? 0) + 1
  }
}

test('S1-04 what is said to be impossible is refused with the same words, what is said to be possible is not', async (context) => {
  const counts = {}
  for (const key of customers()) {
    const customer = await accountOf(admin, key)
    for (const thing of [customer, ...customer.products.nodes, ...customer.orders.nodes]) await walk(thing, counts)
  }
  context.diagnostic(JSON.stringify(counts))
  for (const mutation of Object.keys(inputs))
    for (const way of ['open', 'refused']) assert.ok(counts[`${mutation} ${way}`] > 0, `${mutation} ${way}`)
})

test('S1-04 each thing says all that can be done with it, once', async () => {
  const customer = await accountOf(admin, customers()[0])
  const names = ({ actions }) => actions.map(({ mutation }) => mutation)
  assert.deepEqual(names(customer), ['orderProduct'])
  for (const product of customer.products.nodes) assert.deepEqual(names(product), ['changePlan', 'suspendProduct', 'resumeProduct', 'terminateProduct'])
  for (const order of customer.orders.nodes) assert.deepEqual(names(order), ['amendOrder', 'cancelOrder'])
})

test('S1-04 an order that is about a product, or about a part of it, is named as the reason', async () => {
  const [key, line, part] = sql(`SELECT l.customer_id, l.id, MIN(p.id) FROM product AS l JOIN customer AS c ON c.id = l.customer_id AND c.status = 'ACTIVE' AND c.open_order_count = 0
    JOIN product AS p ON p.customer_id = l.customer_id AND p.parent_id = l.id AND p.status = 'ACTIVE'
    WHERE l.customer_id BETWEEN 30 AND 250 AND l.status = 'ACTIVE' AND l.parent_id IS NULL GROUP BY l.customer_id, l.id ORDER BY l.customer_id LIMIT 1`).split('\t')
  const later = sql('SELECT CURRENT_DATE + INTERVAL 20 DAY')
  const { done } = await answer(admin, `mutation ($input: SuspendProductInput!) { done: suspendProduct(input: $input) { userErrors { message } order { id number ${states} } } }`,
    { input: { idempotencyKey: randomUUID(), productId: globalId('Product', part), requestedDate: later } })
  assert.deepEqual(done.userErrors, [])
  assert.deepEqual(done.order.actions.map(({ mutation, reasons }) => [mutation, reasons]), [['amendOrder', []], ['cancelOrder', []]], 'also below what the mutation answers')
  const { products } = await accountOf(admin, key)
  const [whole, piece] = [line, part].map((id) => products.nodes.find((one) => one.id === globalId('Product', id)))
  for (const mutation of ['changePlan', 'suspendProduct', 'terminateProduct'])
    assert.match(stateOf(piece, mutation).reasons.map(({ label }) => label).join(), new RegExp(`Order ${done.order.number} is about it`))
  assert.match(stateOf(whole, 'terminateProduct').reasons[0].label, new RegExp(`Order ${done.order.number} is about a part of it`))
  assert.deepEqual(stateOf(whole, 'suspendProduct').reasons, [])
  const german = await inGerman(() => accountOf(admin, key))
  assert.match(stateOf(german.products.nodes.find(({ id }) => id === whole.id), 'terminateProduct').reasons[0].label, /^Bestellung \d+ betrifft einen Teil davon/)
  await answer(admin, 'mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { userErrors { code } } }', { input: { idempotencyKey: randomUUID(), id: done.order.id } })
})

test('S1-04 who is barred orders nothing new, and who has left nothing at all', async () => {
  const key = sql("SELECT id FROM customer WHERE status = 'ACTIVE' AND open_order_count = 0 AND active_product_count > 0 AND id BETWEEN 100 AND 250 ORDER BY id LIMIT 1")
  const labels = async (status) => {
    sql(`UPDATE customer SET status = '${status}' WHERE id = ${key}`)
    const customer = await accountOf(admin, key)
    return [customer, customer.products.nodes.find((product) => product.status === 'ACTIVE')].map((thing) => thing.actions[0].reasons.map(({ code }) => code))
  }
  try {
    assert.deepEqual(await labels('SUSPENDED'), [['NOT_ALLOWED'], []])
    const customer = await accountOf(admin, key)
    for (const thing of [customer, ...customer.products.nodes]) await walk(thing, {})
    assert.deepEqual(await labels('CLOSED'), [['NOT_ALLOWED'], ['NOT_ALLOWED']])
    const closed = await accountOf(admin, key)
    for (const thing of [closed, ...closed.products.nodes]) await walk(thing, {})
  } finally {
    sql(`UPDATE customer SET status = 'ACTIVE' WHERE id = ${key}`)
  }
})

test('S1-04 there is nothing to do without the right, nor with what is of a moment long past', async () => {
  const [key] = customers()
  const reader = await tokenWithRights('admin', ['account:read', 'customer:read', 'orders:read', 'subscriptions:read', 'explorer:read'])
  const seen = await accountOf(reader, key)
  assert.deepEqual([seen.actions, ...seen.products.nodes.map(({ actions }) => actions), ...seen.orders.nodes.map(({ actions }) => actions)].flat(), [])
  const then = await accountOf(admin, key, new Date(Date.now() - 1000).toISOString())
  assert.deepEqual([then.actions, ...then.products.nodes.map(({ actions }) => actions)].flat(), [])
})
