// action_state: what is said to be possible is possible, and what is said to be impossible is refused with the same words.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'

const admin = await tokenOf('admin')
const CUSTOMERS = 60
const FEWER = 12 // of whom all else is walked

async function answer(token, query, variables) {
  const { status, body } = await graphql(token, { query, variables })
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data
}

const states = 'actions { mutation reasons { code label } }'
const account = `query ($id: ID!, $at: DateTime) { customer(id: $id, asOf: $at) { id ${states} products(first: 60) { nodes { id status offering { id category } ${states} } } orders(first: 30) { nodes { id state ${states} } } } }`
const rest = `query ($id: ID!, $at: DateTime) { customer(id: $id, asOf: $at) { addresses { id ${states} } contactMedia { id ${states} } identifications { id ${states} } emailLogins { id ${states} } discountGroups { id ${states} } billingAccounts { id ${states} }
  lines: products(first: 20, where: { offering: { category: { in: [MOBILE] } } }) { nodes { numberPorts { id status ${states} } } } sims(first: 50) { nodes { id ${states} } } messages(first: 50) { nodes { id ${states} } } tickets(first: 50) { nodes { id nextStatuses ${states} } } } }`
const accountOf = async (token, key, at) => (await answer(token, account, { id: globalId('Customer', key), at })).customer
// All other things of theirs that something can be done with.
async function restOf(token, key, at) {
  const { customer } = await answer(token, token === admin ? rest : rest.replace('nextStatuses', ''), { id: globalId('Customer', key), at })
  const { lines, ...things } = customer
  return [...Object.values(things).flatMap((each) => each.nodes ?? each), ...lines.nodes.flatMap(({ numberPorts }) => numberPorts)]
}
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
  barLine: ({ id }) => ({ id, kinds: ['DATA'], reason: 'Tried' }),
  unbarLine: ({ id }) => ({ id, kinds: ['DATA'] }),
  changeNumber: ({ id }) => ({ id }),
  resetVoicemailPin: ({ id }) => ({ id }),
  portIn: ({ id }) => ({ id, number: '+4915900000077', donor: 'Vela Telecom', wantedOn: tomorrow }),
  portOut: ({ id }) => ({ id, recipient: 'Vela Telecom', wantedOn: tomorrow }),
  sendPasswordReset: ({ id }) => ({ loginId: id }),
  setCreditLimit: ({ id }) => ({ id, limitMinor: 0 }),
  topUp: ({ id }) => ({ id, amountMinor: 1500, method: 'CARD' }),
  updateBillingAccount: ({ id }) => ({ id, paymentMethod: 'CARD' }),
  updateAddress: ({ id }) => ({ id, city: 'Kiel' }),
  removeAddress: ({ id }) => ({ id }),
  updateContactMedium: ({ id }) => ({ id, preferred: true }),
  verifyIdentification: ({ id }) => ({ id }),
  withdrawIdentification: ({ id }) => ({ id }),
  leaveDiscountGroup: ({ id }) => ({ id }),
  answerPort: ({ id }) => ({ id, status: 'REFUSED', reason: 'Tried' }),
  cancelPort: ({ id }) => ({ id, reason: 'Tried' }),
  changeSim: ({ id }) => ({ id, iccid: spare, reason: 'DEFECTIVE' }),
  retryMessage: ({ id }) => ({ id }),
  answerTicket: ({ id }) => ({ id, text: 'Tried' }),
  changeTicketStatus: ({ id, nextStatuses }) => ({ id, status: nextStatuses[0] ?? 'CLOSED', text: 'Tried' }),
  takeTicket: ({ id }) => ({ id }),
  assignTicket: ({ id }) => ({ id }),
  escalateTicket: ({ id }) => ({ id, teamId: team, reason: 'Tried' }),
}
// Whatever stands where.
const alwaysPossible = ['updateBillingAccount', 'updateAddress', 'updateContactMedium', 'withdrawIdentification']
const tomorrow = sql('SELECT CURRENT_DATE + INTERVAL 1 DAY')
const spare = sql('SELECT MIN(iccid) FROM spare_sim'), team = sql('SELECT MIN(id) FROM team')

// What the customers of the demo rarely have; it is taken away in the end.
async function withRarities(key, ask) {
  sql(`INSERT INTO geographic_address (customer_id, role, street, postcode, city, country) VALUES (${key}, 'BILLING', 'Rarer Weg 1', '24103', 'Kiel', 'DE');
    INSERT INTO identification (customer_id, kind, number_end, issued_by, country, valid_from, valid_until) VALUES
      (${key}, 'PASSPORT', 'RARE', 'Kiel', 'DE', '2000-01-01', '2010-01-01'), (${key}, 'PASSPORT', 'RARE', 'Kiel', 'DE', '2000-01-01', NULL);
    INSERT INTO email_login (customer_id, product_id, address, status, quota_bytes, created_on, changed_at) SELECT ${key}, MIN(id), 'rare@rare.example', 'CLOSED', 1, '2000-01-01', NOW(6) FROM product WHERE customer_id = ${key};
    INSERT IGNORE INTO discount_group (code, label, percent, valid_from) VALUES ('RARE', 'Rare', 5, '2000-01-01');
    INSERT INTO customer_discount_group (customer_id, discount_group_id, valid_from, valid_until) SELECT ${key}, id, '2000-01-01', '2010-01-01' FROM discount_group WHERE code = 'RARE';
    INSERT INTO customer_discount_group (customer_id, discount_group_id, valid_from) SELECT ${key}, id, '2011-01-01' FROM discount_group WHERE code = 'RARE';`)
  const message = (delivery, more) => sql(`INSERT INTO communication_message (customer_id, kind, channel, direction, message_template_id, state, sent_at, subject, recipient, inputs)
    SELECT ${key}, 'LETTER', 'POST', 'OUTBOUND', MIN(id), 'FAILED', NOW(6), 'Rare', 'Kiel', '{}' FROM message_template WHERE code = 'MESSAGE' AND kind = 'LETTER';
    INSERT INTO message_delivery (message_id, customer_id, channel, state, address, reference, problem${delivery}) VALUES (LAST_INSERT_ID(), ${key}, 'POST', 'PARKED', '', LOWER(HEX(RANDOM_BYTES(16))), 'REFUSED'${more});
    SELECT LAST_INSERT_ID()`)
  const messages = [message('', ''), message(', secret_until', ', NOW(6) - INTERVAL 1 DAY')]
  try {
    await ask()
  } finally {
    sql(`DELETE FROM geographic_address WHERE customer_id = ${key} AND street = 'Rarer Weg 1'; DELETE FROM identification WHERE customer_id = ${key} AND number_end = 'RARE'; DELETE FROM email_login WHERE customer_id = ${key} AND address = 'rare@rare.example';
      DELETE FROM customer_discount_group WHERE customer_id = ${key} AND discount_group_id = (SELECT id FROM discount_group WHERE code = 'RARE'); DELETE FROM discount_group WHERE code = 'RARE';
      DELETE FROM message_delivery WHERE message_id IN (${messages}); DELETE FROM communication_message WHERE id IN (${messages})`)
  }
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
const standing = ['NOT_ALLOWED', 'NOT_CONFIGURED', 'NOT_OPEN']

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
  for (const key of customers().slice(0, FEWER)) for (const thing of await restOf(admin, key)) await walk(thing, counts)
  for (const status of ['= \'DONE\'', '= \'REQUESTED\''])
    for (const thing of await restOf(admin, sql(`SELECT MIN(customer_id) FROM number_port WHERE status ${status}`))) await walk(thing, counts)
  const [rare] = customers()
  await withRarities(rare, async () => {
    for (const thing of await restOf(admin, rare)) await walk(thing, counts)
  })
  context.diagnostic(JSON.stringify(counts))
  for (const mutation of Object.keys(inputs))
    for (const way of alwaysPossible.includes(mutation) ? ['open'] : ['open', 'refused']) assert.ok(counts[`${mutation} ${way}`] > 0, `${mutation} ${way}`)
})

test('S1-04 each thing says all that can be done with it, once', async () => {
  const customer = await accountOf(admin, customers()[0])
  const names = ({ actions }) => actions.map(({ mutation }) => mutation)
  assert.deepEqual(names(customer), ['orderProduct'])
  const ordered = ['changePlan', 'suspendProduct', 'resumeProduct', 'terminateProduct'], line = ['barLine', 'unbarLine', 'changeNumber', 'resetVoicemailPin', 'portIn', 'portOut']
  for (const product of customer.products.nodes) assert.deepEqual(names(product), product.offering.category === 'MOBILE' ? [...ordered, ...line] : ordered)
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
  const reader = await tokenWithRights('admin', ['account:read', 'customer:read', 'orders:read', 'subscriptions:read', 'explorer:read', 'letters:read', 'tickets:read'])
  const seen = await accountOf(reader, key)
  assert.deepEqual([seen.actions, ...seen.products.nodes.map(({ actions }) => actions), ...seen.orders.nodes.map(({ actions }) => actions)].flat(), [])
  assert.deepEqual((await restOf(reader, key)).flatMap(({ actions }) => actions), [])
  const then = await accountOf(admin, key, new Date(Date.now() - 1000).toISOString())
  assert.deepEqual([then.actions, ...then.products.nodes.map(({ actions }) => actions)].flat(), [])
  assert.deepEqual((await restOf(admin, key, new Date(Date.now() - 1000).toISOString())).flatMap(({ actions }) => actions), [])
})

test('S1-04 why something cannot be done is said in the language of who reads it, by the mutation as well', async () => {
  const [key, ticket] = sql("SELECT customer_id, id FROM trouble_ticket WHERE status = 'CLOSED' AND customer_id > 12 ORDER BY id LIMIT 1").split('\t')
  await inGerman(async () => {
    const things = await restOf(admin, key), settled = things.find(({ id }) => id === globalId('TroubleTicket', ticket))
    const [reason] = stateOf(settled, 'answerTicket').reasons
    assert.deepEqual(reason, { code: 'NOT_OPEN', label: 'Das Ticket ist erledigt; eröffnen Sie ein neues und nennen Sie es darin.' })
    const [error] = await tried(settled, 'answerTicket')
    assert.deepEqual([error.code, error.message, error.field], [reason.code, reason.label, ['input', 'id']])
  })
})
