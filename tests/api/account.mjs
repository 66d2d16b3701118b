// account: the one document that opens an account: as it is, as it was, and narrowed to what somebody looks for in it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { globalId, graphql, moment, sql, tokenOf, tokenWithRights } from './client.mjs'

const admin = await tokenOf('admin')

async function documentOf(token) {
  const { body } = await graphql(await token, { query: '{ viewer { accountDocument tabs { key document } } }' })
  return body.data.viewer
}

const { accountDocument, tabs } = await documentOf(admin)

async function open(variables, { token = admin, documentId = accountDocument } = {}) {
  const { body } = await graphql(token, { documentId, variables })
  assert.equal(body.errors, undefined, JSON.stringify(body))
  return body.data.customer
}

const [big] = sql(`SELECT id FROM customer WHERE display_name LIKE 'Hafenlicht%'`).split('\n')
const id = globalId('Customer', big)
const now = () => moment(sql('SELECT NOW(6)'))

// ---- as of a moment ----

test('the document of the account answers as of a moment, and so does that of each tab', async () => {
  const then = now()
  sql(`UPDATE customer SET segment = 'GOLD' WHERE id = ${big}; UPDATE geographic_address SET city = 'Bremen' WHERE customer_id = ${big}`)
  try {
    const [past, present] = [await open({ id, asOf: then }), await open({ id })]
    assert.deepEqual([past.segment, present.segment], ['KEY_ACCOUNT', 'GOLD'])
    assert.ok(past.customer_addresses.every(({ city }) => city !== 'Bremen'))
    assert.ok(present.customer_addresses.every(({ city }) => city === 'Bremen'))
    assert.deepEqual(await open({ id, asOf: null }), present)
    for (const { key, document } of tabs) {
      const tab = await open({ id, asOf: then }, { documentId: document })
      for (const name of Object.keys(tab).filter((each) => each.startsWith(`${key}_`))) assert.deepEqual(tab[name], past[name], name)
    }
    assert.deepEqual(await open({ id, asOf: then }), past)
  } finally {
    sql(`UPDATE customer SET segment = 'KEY_ACCOUNT' WHERE id = ${big}; UPDATE geographic_address SET city = 'Hamburg' WHERE customer_id = ${big}`)
  }
})

test('before there was a customer there is null, and a moment to come is refused', async () => {
  assert.equal(await open({ id, asOf: '2001-01-01T00:00:00Z' }), null)
  const { status, body } = await graphql(admin, { documentId: accountDocument, variables: { id, asOf: '2199-01-01T00:00:00Z' } })
  assert.equal(status, 400)
  assert.match(body.errors[0].message, /"asOf" lies in the future/)
})

test('what follows from the day or the moment follows from those that the account is as of', async () => {
  const query = `query ($id: ID!, $asOf: DateTime, $on: Date!, $at: DateTime!) { customer(id: $id, asOf: $asOf) {
    age ageThen: age(on: $on)
    products { nodes { nextExpiry { daysLeft } then: nextExpiry(on: $on) { daysLeft } } }
    tickets { nodes { turn turnThen: turn(at: $at) clocks { dueInSeconds then: dueInSeconds(at: $at) } } } } }`
  const [somebody] = sql(`SELECT c.id FROM customer c JOIN product p ON p.customer_id = c.id AND p.binding_until > '2027-01-01'
    JOIN trouble_ticket t ON t.customer_id = c.id AND t.is_open WHERE c.birth_date IS NOT NULL LIMIT 1`).split('\n')
  const asOf = now()
  const { body } = await graphql(admin, { query, variables: { id: globalId('Customer', somebody), asOf, on: asOf.slice(0, 10), at: asOf } })
  const { age, ageThen, products, tickets } = body.data.customer
  assert.equal(age, ageThen)
  for (const { nextExpiry, then } of products.nodes) assert.deepEqual(nextExpiry, then)
  assert.ok(tickets.nodes.some(({ clocks }) => clocks.length > 0))
  for (const { turn, turnThen, clocks } of tickets.nodes) {
    assert.equal(turn, turnThen)
    for (const { dueInSeconds, then } of clocks) assert.equal(dueInSeconds, then)
  }
})

// ---- what ends next ----

const bound = sql('SELECT customer_id FROM product GROUP BY customer_id ORDER BY COUNT(*) DESC LIMIT 1')

// Ids of a customer's products, the one that ends next first: all pages, of so many each.
async function byExpiry({ direction = 'ASCENDING', where = null, first = 7 } = {}) {
  const query = `query ($id: ID!, $first: Int, $after: String, $where: ProductFilter, $direction: SortDirection!) { customer(id: $id) {
    products(first: $first, after: $after, where: $where, orderBy: [{ field: NEXT_EXPIRY, direction: $direction }]) {
      nodes { id nextExpiry { date } } pageInfo { hasNextPage endCursor } } } }`
  const found = []
  for (let after = null, more = true; more;) {
    const { body } = await graphql(admin, { query, variables: { id: globalId('Customer', bound), first, after, where, direction } })
    assert.equal(body.errors, undefined, JSON.stringify(body))
    const { nodes, pageInfo } = body.data.customer.products
    found.push(...nodes)
    after = pageInfo.endCursor
    more = pageInfo.hasNextPage
  }
  return found
}

const keyOf = (node) => Number(Buffer.from(node.id, 'base64url').toString().split(':')[1])

// The same, looked at row by row.
function expected(where = 'TRUE') {
  const today = now().slice(0, 10)
  const rows = sql(`SELECT id, COALESCE(binding_until, ''), COALESCE(termination_date, '') FROM product WHERE customer_id = ${bound} AND ${where}`)
  const ends = rows.split('\n').map((row) => row.split('\t')).map(([key, ...days]) => ({ key: Number(key), day: days.filter((day) => day >= today).sort()[0] ?? null }))
  return ends.sort((a, b) => ((a.day ?? '~') < (b.day ?? '~') ? -1 : (a.day ?? '~') > (b.day ?? '~') ? 1 : a.key - b.key))
}

test('S1-31 products come by what ends next, over several pages, among all that the customer holds', async () => {
  const all = expected(), ending = all.filter(({ day }) => day !== null).length
  assert.ok(all.length > 3 * 7 && ending > 7 && ending < all.length - 7, `${ending} of ${all.length}`)
  for (const first of [7, 100]) {
    const found = await byExpiry({ first })
    assert.deepEqual(found.map((node) => ({ key: keyOf(node), day: node.nextExpiry?.date ?? null })), all)
  }
  assert.deepEqual((await byExpiry({ direction: 'DESCENDING' })).map(keyOf), all.map(({ key }) => key).reverse())
  const active = await byExpiry({ where: { status: { equal: 'ACTIVE' } }, first: 5 })
  assert.deepEqual(active.map(keyOf), expected("status = 'ACTIVE'").map(({ key }) => key))
})

test('S1-31 a day that has passed ends nothing any more, that of today does', async () => {
  const last = expected().at(-1).key
  const ends = (days) => sql(`UPDATE product SET start_date = LEAST(start_date, '2020-01-01'), binding_until = CURRENT_DATE + INTERVAL ${days} DAY WHERE id = ${last}`)
  const [[start, until]] = sql(`SELECT start_date, COALESCE(binding_until, 'NULL') FROM product WHERE id = ${last}`).split('\n').map((row) => row.split('\t'))
  try {
    ends(0)
    assert.equal(keyOf((await byExpiry())[0]), last)
    ends(-1)
    assert.equal(keyOf((await byExpiry()).at(-1)), last)
  } finally {
    sql(`UPDATE product SET start_date = '${start}', binding_until = ${until === 'NULL' ? until : `'${until}'`} WHERE id = ${last}`)
  }
})

test('one address, one way to reach a customer, one billing account is asked for by its id, of its customer only', async () => {
  const query = `query ($id: ID!, $one: ID) { customer(id: $id) { addresses(id: $one) { id } contactMedia(id: $one) { id } billingAccounts(id: $one) { id } } }`
  for (const [field, table] of [['addresses', 'geographic_address'], ['contactMedia', 'contact_medium'], ['billingAccounts', 'billing_account']]) {
    const [own, foreign] = ['=', '<>'].map((how) => sql(`SELECT id FROM ${table} WHERE customer_id ${how} ${big} LIMIT 1`))
    const answer = async (one) => (await graphql(admin, { query, variables: { id, one } })).body.data.customer[field]
    assert.deepEqual(await answer(own), [{ id: own }])
    assert.deepEqual(await answer(foreign), [])
    assert.deepEqual(await answer('nothing'), [])
  }
})

// ---- finding ----

const nothing = { or: [] }
const none = { subscriptions_where: nothing, orders_where: nothing, tickets_where: nothing, entries_where: nothing, entries_whereBill: nothing, letters_where: nothing }
const find = async (variables, options) => open({ id, ...none, ...variables }, options)
const keyed = (type, key) => globalId(type, key)

test('S1-07 a bill is found by its number, its amount and its day, however many there are', async () => {
  const [key, number, minor, day] = sql(`SELECT id, number, amount_minor, bill_date FROM customer_bill WHERE customer_id = ${big} ORDER BY bill_date LIMIT 1`).split('\t')
  for (const where of [{ number: { startsWith: number } }, { amount: { minor: { in: [minor, `-${minor}`] } } }, { billDate: { from: day, until: day } }]) {
    const { entries_bills: bills, orders_orders: orders } = await find({ entries_whereBill: { or: [where] } })
    assert.ok(bills.nodes.some((bill) => bill.id === keyed('CustomerBill', key)), JSON.stringify(where))
    assert.equal(orders.nodes.length, 0)
  }
})

test('S1-07 an order is found by its number, its moment and by what was ordered', async () => {
  const [key, number, at, name] = sql(`SELECT o.id, o.number, o.ordered_at, f.name FROM product_order o JOIN product_order_item i ON i.product_order_id = o.id
    JOIN product_offering f ON f.id = i.offering_id WHERE o.customer_id = ${big} ORDER BY o.ordered_at LIMIT 1`).split('\t')
  const placed = moment(at)
  const words = { items: { some: { offering: { name: { contains: name.slice(1, -1).toUpperCase() } } } } }
  for (const where of [{ number: { startsWith: number } }, { orderedAt: { from: placed, until: placed } }, words]) {
    const { orders_orders: orders } = await find({ orders_where: { or: [where] } })
    assert.ok(orders.nodes.some((order) => order.id === keyed('ProductOrder', key)), JSON.stringify(where))
  }
})

test('S1-07 a ticket is found by its number and a word, a letter by words, a line by the end of its number', async () => {
  const [ticket, number, subject] = sql(`SELECT id, number, subject FROM trouble_ticket WHERE customer_id = ${big} LIMIT 1`).split('\t')
  for (const where of [{ number: { startsWith: number } }, { subject: { contains: subject.split(' ').at(-1).toUpperCase() } }])
    assert.ok((await find({ tickets_where: where })).tickets_tickets.nodes.some(({ id }) => id === keyed('TroubleTicket', ticket)))
  const [title] = sql(`SELECT t.title FROM communication_message m JOIN message_template t ON t.id = m.message_template_id WHERE m.customer_id = ${big} LIMIT 1`).split('\n')
  const letters = (await find({ letters_where: { template: { title: { contains: title.slice(1).toUpperCase() } } } })).letters_messages.nodes
  assert.ok(letters.length > 0 && letters.every(({ template }) => template.title === title))
  const [product, line] = sql(`SELECT id, service_identifier FROM product WHERE customer_id = ${big} AND service_identifier LIKE '+49%' ORDER BY id DESC LIMIT 1`).split('\t')
  const products = (await find({ subscriptions_where: { serviceIdentifier: { contains: line.slice(5) } } })).subscriptions_products.nodes
  assert.ok(products.some(({ id }) => id === keyed('Product', product)))
})

test('S1-07 what belongs to somebody else is not found, by whatever it is', async () => {
  const [number, minor] = sql(`SELECT number, amount_minor FROM customer_bill WHERE customer_id <> ${big} LIMIT 1`).split('\t')
  assert.deepEqual((await find({ entries_whereBill: { number: { startsWith: number } } })).entries_bills.nodes, [])
  const token = await tokenOf('partner')
  const { accountDocument: documentId } = await documentOf(token)
  const [foreign] = sql('SELECT id FROM customer WHERE partner_id IS NULL LIMIT 1').split('\n')
  const variables = { id: globalId('Customer', foreign), entries_whereBill: { amount: { minor: { in: [minor] } } } }
  assert.equal((await graphql(token, { documentId, variables })).body.data.customer, null)
})

test('S1-07 what was found then is looked for as of then', async () => {
  const then = now()
  const subject = `zzyzx ${Date.now()}`
  const [ticket, before] = sql(`SELECT id, subject FROM trouble_ticket WHERE customer_id = ${big} LIMIT 1`).split('\t')
  sql(`UPDATE trouble_ticket SET subject = '${subject}' WHERE id = ${ticket}`)
  try {
    const where = { tickets_where: { subject: { contains: 'zzyzx' } } }
    assert.equal((await find(where)).tickets_tickets.nodes.length, 1)
    assert.equal((await find({ ...where, asOf: then })).tickets_tickets.nodes.length, 0)
  } finally {
    sql(`UPDATE trouble_ticket SET subject = '${before}' WHERE id = ${ticket}`)
  }
})

test('S1-07 who may see less finds less: without the right there is no such list to look in', async () => {
  const token = await tokenWithRights('admin', ['account:read', 'orders:read', 'explorer:read'])
  const { accountDocument: documentId } = await documentOf(token)
  const answer = await open({ id }, { token, documentId })
  assert.equal(answer.entries_bills, undefined)
  assert.ok(answer.orders_orders.nodes.length > 0)
})

// ---- how many statements ----

// Where there is something, however much of it: paths of objects, alone and in lists, and of their fields, which tell types apart.
function placesOf(value, path = '', places = new Set()) {
  if (Array.isArray(value)) for (const item of value) placesOf(item, path, places)
  else if (value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) {
      if (inner === null || typeof inner !== 'object') places.add(`${path}.${name}`)
      placesOf(inner, `${path}.${name}`, places)
    }
  }
  return places
}

async function paint(key) {
  const { body } = await graphql(admin, { documentId: accountDocument, variables: { id: globalId('Customer', key) }, extensions: { cost: true } })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return { key, places: placesOf(body.data), ...body.extensions.cost }
}

test('the number of statements follows from what there is, not from how much there is of it', async () => {
  const keys = sql('SELECT id FROM customer WHERE id <= 300 ORDER BY id').split('\n')
  const paints = []
  for (const key of keys) paints.push(await paint(key))
  let compared = 0, differing = 0
  for (const more of paints)
    for (const less of paints) {
      if (less === more || ![...less.places].every((place) => more.places.has(place))) continue
      compared++
      differing += less.rows !== more.rows
      const fits = less.places.size === more.places.size ? less.statements === more.statements : less.statements <= more.statements
      assert.ok(fits, `customer ${less.key}: ${less.statements} statements; customer ${more.key} has that and more, with ${more.statements}`)
    }
  assert.ok(compared > 300 && differing > 200, `${compared} pairs, ${differing} of different size`)
})
