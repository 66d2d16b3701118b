// tabs: the tabs of an account follow from what the customer holds now, from rights, and from nothing else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'

const admin = await tokenOf('admin')
const kinds = ['mobile', 'voice', 'broadband', 'fibre', 'tv', 'content']
const counts = (held) => kinds.map((kind) => `${kind}_count ${held.includes(kind) ? '>' : '='} 0`).join(' AND ')
const customerWith = (...held) => sql(`SELECT id FROM customer WHERE ${counts(held)} ORDER BY id LIMIT 1`)

async function answer(token, body) {
  const { status, body: { data, errors } } = await graphql(token, body)
  assert.equal(errors, undefined, JSON.stringify(errors))
  assert.equal(status, 200)
  return data
}

const tabsOf = async (customer, token = admin) =>
  (await answer(token, { query: 'query ($id: ID!) { customer(id: $id) { tabs { key } } }', variables: { id: globalId('Customer', customer) } }))
    .customer.tabs.map(({ key }) => key)

const ofProducts = (tabs) => tabs.filter((key) => ['mobile', 'fibre', 'tv'].includes(key))

async function accountDocument(token) {
  return (await answer(token, { query: '{ viewer { accountDocument } }' })).viewer.accountDocument
}

for (const [held, tabs] of [[['mobile'], ['mobile']], [['fibre'], ['fibre']], [['mobile', 'fibre', 'tv'], ['mobile', 'fibre', 'tv']], [['broadband'], []]])
  test(`S1-18 who holds ${held.join(', ')} and nothing else has the tabs ${tabs.join(', ') || 'that everybody has'}`, async () =>
    assert.deepEqual(ofProducts(await tabsOf(customerWith(...held))), tabs))

test('S1-18 a line that becomes active makes its tab appear at the next request, and its end takes it away', async () => {
  const customer = customerWith('mobile'), id = globalId('Customer', customer)
  const offering = sql("SELECT id FROM product_offering WHERE category = 'FIBRE' ORDER BY id LIMIT 1")
  const documentId = await accountDocument(admin)
  const paint = async () => (await answer(admin, { documentId, variables: { id } })).customer
  const before = await paint()
  assert.deepEqual(ofProducts(before.tabs.map(({ key }) => key)), ['mobile'])
  sql(`START TRANSACTION;
    INSERT INTO product (customer_id, billing_account_id, offering_id, status, service_identifier, start_date)
    SELECT ${customer}, MIN(id), ${offering}, 'ACTIVE', 'L7654321-9', '2026-10-01' FROM billing_account WHERE customer_id = ${customer};
    UPDATE customer SET fibre_count = fibre_count + 1, active_product_count = active_product_count + 1 WHERE id = ${customer};
    COMMIT`)
  const after = await paint()
  sql(`START TRANSACTION;
    DELETE FROM product WHERE customer_id = ${customer} AND service_identifier = 'L7654321-9';
    UPDATE customer SET fibre_count = fibre_count - 1, active_product_count = active_product_count - 1 WHERE id = ${customer};
    COMMIT`)
  assert.deepEqual(ofProducts(after.tabs.map(({ key }) => key)), ['mobile', 'fibre'])
  assert.equal(after.fibre_lines.nodes[0].serviceIdentifier, 'L7654321-9')
  assert.equal(before.fibre_lines.nodes.length, 0)
  assert.deepEqual(ofProducts(await tabsOf(customer)), ['mobile'])
})

test('S1-10 the tabs of a customer are tabs of the viewer, in the same order, and the account’s document asks for them', async () => {
  for (const login of ['admin', 'partner', 'customer']) {
    const token = await tokenOf(login)
    const { viewer } = await answer(token, { query: '{ viewer { accountDocument tabs { key } } }' }).catch(() => ({}))
    if (viewer === undefined) continue // may send trusted documents only
    const own = viewer.tabs.map(({ key }) => key)
    const customer = login === 'customer' ? sql("SELECT customer_id FROM user_account WHERE login = 'customer'") : sql(`SELECT id FROM customer WHERE ${counts(['mobile'])} AND partner_id IN (SELECT id FROM partner WHERE path LIKE (
      SELECT CONCAT(p.path, '%') FROM user_account u JOIN partner p ON p.id = u.partner_id WHERE u.login = 'partner')) ORDER BY id LIMIT 1`)
    const painted = await answer(token, { documentId: viewer.accountDocument, variables: { id: globalId('Customer', customer) } })
    const tabs = painted.customer.tabs.map(({ key }) => key)
    assert.deepEqual(tabs, own.filter((key) => tabs.includes(key)))
    for (const key of tabs) assert.ok(Object.keys(painted.customer).some((name) => name.startsWith(`${key}_`)), `${key} is asked for`)
  }
})

test('S1-21 a tab shows what its viewer may see of it: without the right to usage a line has no allowances', async () => {
  const token = await tokenWithRights('admin', ['account:read', 'subscriptions:read', 'explorer:read'])
  const customer = customerWith('mobile')
  assert.deepEqual(await tabsOf(customer, token), ['overview', 'subscriptions', 'mobile'])
  const { customer: seen } = await answer(token, { documentId: await accountDocument(token), variables: { id: globalId('Customer', customer) } })
  assert.ok(seen.mobile_lines.nodes.length > 0)
  assert.equal('allowances' in seen.mobile_lines.nodes[0], false)
  assert.equal('overview_bills' in seen, false)
  assert.ok('overview_products' in seen)
})

test('S1-21 a list of a tab is read on by a document of the same rights', async () => {
  const token = await tokenWithRights('admin', ['account:read', 'subscriptions:read', 'explorer:read'])
  const { viewer } = await answer(token, { query: '{ viewer { tabs { key document } } }' })
  const { document } = viewer.tabs.find(({ key }) => key === 'mobile')
  const { customer } = await answer(token, { documentId: document, variables: { id: globalId('Customer', 5), mobile_first: 3 } })
  assert.equal(customer.mobile_lines.nodes.length, 3)
  assert.equal(customer.mobile_lines.pageInfo.hasNextPage, true)
})
