// moments: answers as of a moment in the past: what was true then, for who may see it now.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { globalId, graphql, moment, sql, tokenOf } from './client.mjs'

const admin = await tokenOf('admin')

async function ask(query, variables, token = admin) {
  const { body } = await graphql(token, { query, variables })
  assert.equal(body.errors, undefined, JSON.stringify(body))
  return body.data
}

const shifted = (microseconds, text) => moment(sql(`SELECT TIMESTAMP'${text}' + INTERVAL ${microseconds} MICROSECOND`))
const now = () => sql('SELECT NOW(6)')

// Somebody with products, of a partner below the demo's partner user.
const partnerPath = sql(`SELECT p.path FROM user_account u JOIN partner p ON p.id = u.partner_id WHERE u.login = 'partner'`)
const [customer, partner] = sql(`SELECT c.id, c.partner_id FROM customer c JOIN partner p ON p.id = c.partner_id
  WHERE p.path LIKE '${partnerPath}%' AND c.active_product_count > 1 ORDER BY c.id LIMIT 1`).split('\t')
const id = globalId('Customer', customer)
const before = sql(`SELECT display_name, segment FROM customer WHERE id = ${customer}`).split('\t')
const start = now()

// Two versions of the row more: the segment BRONZE, then SILVER. When each began.
const began = ['BRONZE', 'SILVER'].map((segment) => {
  sql(`UPDATE customer SET segment = '${segment}' WHERE id = ${customer}`)
  return sql(`SELECT row_start FROM customer WHERE id = ${customer}`)
})

const segmentQuery = 'query ($id: ID!, $asOf: DateTime) { customer(id: $id, asOf: $asOf) { segment } }'
const segmentAt = async (asOf, token) => (await ask(segmentQuery, { id, asOf }, token)).customer?.segment

test('a row is as it was at each moment, to the microsecond', async () => {
  assert.equal(await segmentAt(shifted(-1, began[0])), before[1])
  assert.equal(await segmentAt(moment(began[0])), 'BRONZE')
  assert.equal(await segmentAt(shifted(-1, began[1])), 'BRONZE')
  assert.equal(await segmentAt(moment(began[1])), 'SILVER')
})

test('null and nothing are now', async () => {
  assert.equal(await segmentAt(null), 'SILVER')
  assert.equal(await segmentAt(undefined), 'SILVER')
})

test('a moment may be written in any offset from UTC', async () => {
  const [day, time] = sql(`SELECT TIMESTAMP'${began[0]}' + INTERVAL 330 MINUTE`).split(' ')
  assert.equal(await segmentAt(`${day}T${time}+05:30`), 'BRONZE')
})

test('before its first version a row is not there', async () => {
  assert.equal(await segmentAt('1999-12-31T23:59:59.999999Z'), undefined)
  assert.equal(await segmentAt('0001-01-01T00:00:00Z'), undefined)
})

test('a moment in the future is refused with advice', async () => {
  const { status, body } = await graphql(admin, { query: segmentQuery, variables: { id, asOf: '2037-01-01T00:00:00Z' } })
  assert.equal(status, 400)
  assert.equal(body.errors[0].extensions.code, 'BAD_USER_INPUT')
  assert.match(body.errors[0].message, /lies in the future/)
  assert.equal('data' in body, false)
})

test('several fields of one request have a moment each', async () => {
  const data = await ask('query ($id: ID!, $then: DateTime) { now: customer(id: $id) { segment } then: customer(id: $id, asOf: $then) { segment } }',
    { id, then: moment(began[0]) })
  assert.deepEqual([data.now.segment, data.then.segment], ['SILVER', 'BRONZE'])
})

test('node and nodes are as of a moment, too', async () => {
  const data = await ask(`query ($id: ID!, $asOf: DateTime) {
    node(id: $id, asOf: $asOf) { ... on Customer { segment } }
    nodes(ids: [$id], asOf: $asOf) { ... on Customer { segment } }
  }`, { id, asOf: moment(began[0]) })
  assert.deepEqual(data, { node: { segment: 'BRONZE' }, nodes: [{ segment: 'BRONZE' }] })
})

test('requests for different moments at the same time get what each asked for', async () => {
  const moments = [moment(start), moment(began[0]), moment(began[1]), null]
  const wanted = [before[1], 'BRONZE', 'SILVER', 'SILVER']
  const got = await Promise.all(Array.from({ length: 80 }, (_, i) => segmentAt(moments[i % 4])))
  assert.deepEqual(got, Array.from({ length: 80 }, (_, i) => wanted[i % 4]))
})

test('lists, counts and pages below are of that moment', async () => {
  const query = `query ($id: ID!, $asOf: DateTime, $after: String) { customer(id: $id, asOf: $asOf) {
    contactMedia { value }
    products(first: 1, after: $after) { totalCount nodes { id status offering { name } prices { amount { minor } } } pageInfo { endCursor hasNextPage } }
  } }`
  const contacts = sql(`SELECT id FROM contact_medium WHERE customer_id = ${customer}`).split('\n')
  const products = sql(`SELECT id, status FROM product WHERE customer_id = ${customer} ORDER BY start_date DESC, id DESC`).split('\n').map((line) => line.split('\t'))
  const prices = sql(`SELECT id, amount_minor FROM product_price WHERE customer_id = ${customer}`)
  const asOf = moment(now())
  const then = await ask(query, { id, asOf })
  assert.equal(then.customer.products.totalCount, products.length)
  sql(`INSERT INTO contact_medium (customer_id, kind, value) VALUES (${customer}, 'MOBILE', '+4915112345678');
       UPDATE product_price SET amount_minor = amount_minor + 1, net_minor = net_minor + 1 WHERE customer_id = ${customer};
       UPDATE product SET status = 'SUSPENDED' WHERE customer_id = ${customer} AND status = 'ACTIVE'`)
  try {
    assert.equal((await ask(query, { id })).customer.contactMedia.length, contacts.length + 1)
    assert.deepEqual(await ask(query, { id, asOf }), then)
    const second = await ask(query, { id, asOf, after: then.customer.products.pageInfo.endCursor })
    assert.equal(second.customer.products.nodes[0].status, products[1][1])
    assert.equal(second.customer.products.nodes[0].id, globalId('Product', products[1][0]))
  } finally {
    sql(`DELETE FROM contact_medium WHERE customer_id = ${customer} AND value = '+4915112345678';
         UPDATE product_price SET amount_minor = amount_minor - 1, net_minor = net_minor - 1 WHERE customer_id = ${customer}`)
    for (const [product, status] of products) sql(`UPDATE product SET status = '${status}' WHERE id = ${product}`)
  }
  assert.equal(sql(`SELECT id, amount_minor FROM product_price WHERE customer_id = ${customer}`), prices)
})

test('what was deleted is there as of before', async () => {
  sql(`INSERT INTO contact_medium (customer_id, kind, value) VALUES (${customer}, 'EMAIL', 'gone@example.org')`)
  const asOf = moment(now())
  sql(`DELETE FROM contact_medium WHERE customer_id = ${customer} AND value = 'gone@example.org'`)
  const query = 'query ($id: ID!, $asOf: DateTime) { customer(id: $id, asOf: $asOf) { contactMedia { value } } }'
  const valuesAt = async (variables) => (await ask(query, variables)).customer.contactMedia.map((each) => each.value)
  assert.ok((await valuesAt({ id, asOf })).includes('gone@example.org'))
  assert.ok(!(await valuesAt({ id })).includes('gone@example.org'))
})

test('a partner sees the past of a customer who is theirs now, and of nobody else', async () => {
  const token = await tokenOf('partner'), query = `query ($id: ID!, $asOf: DateTime) {
    customer(id: $id, asOf: $asOf) { segment products { totalCount nodes { status } } }
    node(id: $id, asOf: $asOf) { id } }`
  const whileTheirs = moment(now())
  assert.equal((await ask(query, { id, asOf: whileTheirs }, token)).customer.segment, 'SILVER')
  sql(`UPDATE customer SET partner_id = NULL WHERE id = ${customer}`)
  const whileNobodys = moment(now())
  try {
    for (const asOf of [null, whileNobodys, whileTheirs, moment(began[0])])
      assert.deepEqual(await ask(query, { id, asOf }, token), { customer: null, node: null })
  } finally {
    sql(`UPDATE customer SET partner_id = ${partner} WHERE id = ${customer}`)
  }
  const again = await ask(query, { id, asOf: whileNobodys }, token)
  assert.equal(again.customer.segment, 'SILVER')
  assert.equal(String(again.customer.products.totalCount), sql(`SELECT COUNT(*) FROM product WHERE customer_id = ${customer}`))
})

// Not a hook: those of a file that another one imports run when the server has been ended.
test('the row is put back', () => sql(`UPDATE customer SET segment = '${before[1]}', partner_id = ${partner} WHERE id = ${customer}`))
