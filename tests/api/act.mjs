// act: mutations: done once or not at all, tried without a trace, refused with reasons, and written down.
//
// Everything happens to one customer, who is put back in the end.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { codes, foundBy } from './acting.mjs'
import { digests, globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'

const token = await tokenOf('admin')
const key = sql("SELECT customer_id FROM customer_search_term WHERE term = 'renee' ORDER BY customer_id LIMIT 1")
const id = globalId('Customer', key)
const original = sql(`SELECT given_name, family_name, birth_date, language, display_name, sort_name FROM customer WHERE id = ${key}`).split('\t')
const columns = (list) => sql(`SELECT ${list} FROM customer WHERE id = ${key}`)
const versionNow = () => Number(columns('version'))
const newKey = () => randomUUID()

const mutation = `mutation ($input: UpdateCustomerInput!) {
  updateCustomer(input: $input) { customer { id name version language givenName familyName } userErrors { code field message } dryRun replayed }
}`
const send = (input, as = token) => graphql(as, { query: mutation, variables: { input: { id, idempotencyKey: newKey(), ...input } } })

async function update(input, as) {
  const { status, body } = await send(input, as)
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data.updateCustomer
}


const found = (words) => foundBy(token, words)

test('S1-24 master data is changed, and the customer is found by the new name, no more by the old one', async () => {
  const before = versionNow()
  const { customer, userErrors, replayed } = await update({ givenName: ' Renée-Zoë ', familyName: 'Quastenflosser' })
  assert.deepEqual(userErrors, [])
  assert.deepEqual([customer.name, customer.version, replayed], ['Renée-Zoë Quastenflosser', before + 1, false])
  assert.equal(columns('sort_name'), 'Quastenflosser, Renée-Zoë')
  assert.deepEqual(await found('quastenfl'), [id])
  assert.deepEqual((await found('lefevre renee')).includes(id), false)
  const within = await graphql(token, { query: 'query ($value: String!) { findCustomers(search: { contact: { name: { value: $value } } }) { nodes { id } } }', variables: { value: '%stenfloss%' } })
  assert.deepEqual(within.body.data.findCustomers.nodes, [{ id }])
})

test('S1-24 what is not given stays, null takes away, and nothing new is no change', async () => {
  assert.deepEqual((await update({ givenName: null })).customer.name, 'Quastenflosser')
  const version = versionNow()
  const again = await update({ givenName: null, familyName: 'Quastenflosser' })
  assert.deepEqual([again.userErrors, again.customer.version], [[], version])
})

test('R2 a request that is repeated does nothing twice, and is told so', async () => {
  const input = { idempotencyKey: newKey(), familyName: 'Einmal' }
  const before = versionNow()
  const answers = await Promise.all(Array.from({ length: 16 }, () => update(input)))
  assert.equal(versionNow(), before + 1)
  assert.equal(answers.filter(({ replayed }) => !replayed).length, 1)
  for (const { customer, userErrors } of answers) assert.deepEqual([customer.name, userErrors], ['Einmal', []])
})

test('R2 a key is not good for something else; that of somebody else is another one', async () => {
  const idempotencyKey = newKey()
  await update({ idempotencyKey, familyName: 'Zweimal' })
  assert.deepEqual(codes(await update({ idempotencyKey, familyName: 'Dreimal' })), ['KEY_REUSED idempotencyKey'])
  assert.equal(columns('family_name'), 'Zweimal')
  const partner = await tokenOf('nordfunk-shop')
  const { body } = await graphql(partner, { query: '{ customers(search: "an", first: 1) { nodes { id } } }' })
  const [own] = body.data.customers.nodes
  assert.equal((await update({ id: own.id, idempotencyKey, dryRun: true, language: 'fr' }, partner)).customer.language, 'fr')
  for (const wrong of ['', ' ', 'with blank', 'ä', 'x'.repeat(65)])
    assert.deepEqual(codes(await update({ idempotencyKey: wrong, familyName: 'x' })), ['INVALID idempotencyKey'])
})

test('R6 a dry run says what would be and leaves no row different in any table', async () => {
  const before = await digests()
  const { customer, userErrors, dryRun } = await update({ dryRun: true, givenName: 'Trocken', familyName: 'Lauf' })
  assert.deepEqual([customer.name, userErrors, dryRun], ['Trocken Lauf', [], true])
  assert.equal(await digests(), before)
})

test('R6 what was tried is done with the same key', async () => {
  const input = { idempotencyKey: newKey(), familyName: 'Versucht' }
  await update({ ...input, dryRun: true })
  assert.deepEqual((await update(input)).customer.name, 'Versucht')
})

test('R2 what others changed stays; of the same member each is told what it is now', async () => {
  const expectedVersion = versionNow()
  await update({ familyName: 'Zuerst' })
  assert.deepEqual((await update({ expectedVersion, language: 'en' })).customer, {
    id, name: 'Zuerst', version: expectedVersion + 2, language: 'en', givenName: null, familyName: 'Zuerst' })
  const late = await update({ expectedVersion, familyName: 'Danach', language: 'de' })
  assert.deepEqual(codes(late), ['CONFLICT familyName', 'CONFLICT language'])
  const name = sql("SELECT display_name FROM user_account WHERE login = 'admin'")
  assert.equal(late.userErrors[0].message, `${name} changed it meanwhile: now it is "Zuerst".`)
  assert.deepEqual([late.customer.familyName, late.customer.language], ['Zuerst', 'en'])
  assert.deepEqual(codes(await update({ expectedVersion: 9999, familyName: 'Danach' })), ['CONFLICT expectedVersion'])
  assert.deepEqual(codes(await update({ expectedVersion, familyName: 'Zuerst' })), [], 'both want the same')
})

test('R2 of many who begin from the same version one succeeds, and no word is lost', async () => {
  const expectedVersion = versionNow()
  const answers = await Promise.all(Array.from({ length: 16 }, (_, i) => update({ expectedVersion, familyName: `Name ${String.fromCharCode(65 + i)}` })))
  const [winner, ...others] = answers.filter(({ userErrors }) => userErrors.length === 0)
  assert.deepEqual(others, [])
  assert.equal(columns('display_name'), winner.customer.name)
  assert.equal(versionNow(), expectedVersion + 1)
})

const unusable = [
  [{ familyName: null }, 'REQUIRED familyName'],
  [{ familyName: '' }, 'INVALID familyName'],
  [{ familyName: '   ' }, 'INVALID familyName'],
  [{ familyName: 'x'.repeat(101) }, 'INVALID familyName'],
  [{ familyName: 'line\nbreak' }, 'INVALID familyName'],
  [{ givenName: 'bell\u0007' }, 'INVALID givenName'],
  [{ organizationName: 'Firm' }, 'INVALID organizationName'],
  [{ language: null }, 'REQUIRED language'],
  [{ language: 'd' }, 'INVALID language'],
  [{ language: 'deutsch!' }, 'INVALID language'],
  [{ language: "de'; DROP TABLE customer; --" }, 'INVALID language'],
  [{ birthDate: '2999-01-01' }, 'INVALID birthDate'],
  [{ birthDate: '0001-01-01' }, 'INVALID birthDate'],
  [{ id: globalId('Customer', '999999999999') }, 'NOT_FOUND id'],
  [{ id: globalId('Product', key) }, 'NOT_FOUND id'],
  [{ id: 'nonsense' }, 'NOT_FOUND id'],
  [{ id: '' }, 'NOT_FOUND id'],
]

test('bad input is refused member by member, and nothing is changed', async () => {
  const before = await digests()
  for (const [input, code] of unusable) assert.deepEqual(codes(await update(input)), [code], JSON.stringify(input))
  assert.deepEqual(codes(await update({ givenName: '', language: '', birthDate: '2999-01-01' })), ['INVALID givenName', 'INVALID birthDate', 'INVALID language'])
  for (const input of [{ birthDate: '2026-02-30' }, { expectedVersion: 1.5 }, { nonsense: 1 }, { familyName: 7 }, { idempotencyKey: null }]) {
    const { status, body } = await send(input)
    assert.equal(status, 400, JSON.stringify(input))
    assert.ok(body.errors.length > 0)
  }
  assert.equal(await digests(), before)
})

test('markup and SQL in a name are text', async () => {
  const familyName = `<script>alert(1)</script>'; DROP TABLE customer; --`
  assert.equal((await update({ familyName })).customer.familyName, familyName)
  assert.equal(columns('family_name'), familyName)
})

test('what is not in the scope of a viewer is not there for their changes either', async () => {
  const partner = await tokenOf('nordfunk-shop')
  const foreign = sql('SELECT id FROM customer WHERE partner_id IS NULL ORDER BY id LIMIT 1')
  const before = await digests()
  assert.deepEqual(codes(await update({ id: globalId('Customer', foreign), language: 'fr' }, partner)), ['NOT_FOUND id'])
  assert.equal(await digests(), before)
})

test('without the right a mutation is as unknown as one that does not exist', async () => {
  const reader = await tokenWithRights('admin', ['account:read', 'customer:read', 'explorer:read'])
  const words = async (name) => (await graphql(reader, { query: `mutation { ${name}(input: {}) { dryRun } }` })).body.errors[0].message.replaceAll(name, '…')
  assert.equal(await words('updateCustomer'), await words('updateCustomes'))
})

test('R9 every change leaves a record of who did what to whom; what was tried or refused leaves none', async () => {
  const records = () => sql(`SELECT a.login, r.mutation, r.object_type, r.object_id, r.customer_id, r.input FROM audit_record AS r JOIN user_account AS a ON a.id = r.user_account_id ORDER BY r.id DESC LIMIT 3`)
  await update({ familyName: 'Protokoll' })
  const [last] = records().split('\n').map((line) => line.split('\t'))
  assert.deepEqual(last.slice(0, 5), ['admin', 'updateCustomer', 'Customer', key, key])
  assert.equal(JSON.parse(last[5]).familyName, 'Protokoll')
  const before = records()
  await update({ dryRun: true, familyName: 'Versuch' })
  await update({ familyName: '' })
  assert.equal(records(), before)
})

test('several in one document are done one after the other, each as a whole', async () => {
  const query = `mutation ($a: UpdateCustomerInput!, $b: UpdateCustomerInput!, $c: UpdateCustomerInput!) {
    a: updateCustomer(input: $a) { customer { name } } b: updateCustomer(input: $b) { customer { name } userErrors { code } } c: updateCustomer(input: $c) { customer { name language } } }`
  const input = (more) => ({ id, idempotencyKey: newKey(), ...more })
  const { body } = await graphql(token, { query, variables: { a: input({ familyName: 'Erstens' }), b: input({ familyName: '' }), c: input({ language: 'en' }) } })
  assert.deepEqual(body.data, { a: { customer: { name: 'Erstens' } }, b: { customer: { name: 'Erstens' }, userErrors: [{ code: 'INVALID' }] }, c: { customer: { name: 'Erstens', language: 'en' } } })
})

test('the same asked under two names of one document is not one field: the second is told that it was done', async () => {
  const query = 'mutation ($input: UpdateCustomerInput!) { a: updateCustomer(input: $input) { replayed } b: updateCustomer(input: $input) { replayed } }'
  const { body } = await graphql(token, { query, variables: { input: { id, idempotencyKey: newKey(), familyName: 'Doppelt' } } })
  assert.deepEqual(body.data, { a: { replayed: false }, b: { replayed: true } })
})

test('a selection may be as deep as that of a query, and is of the changed row', async () => {
  const query = `mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { name contactMedia { kind } products(first: 2) { nodes { offering { name } } } orders(first: 1) { nodes { items { offering { name } } } } } } }`
  const { body } = await graphql(token, { query, variables: { input: { id, idempotencyKey: newKey(), familyName: 'Tief' } } })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  const { customer } = body.data.updateCustomer
  assert.equal(customer.name, 'Tief')
  assert.ok(customer.contactMedia.length > 0 && customer.products.nodes.length > 0 && customer.orders.nodes[0].items.length > 0)
})

test('the customer is put back', async () => {
  const [givenName, familyName, birthDate, language] = original
  const { customer } = await update({ givenName, familyName, birthDate: birthDate === 'NULL' ? null : birthDate, language })
  assert.equal(customer.name, original[4])
  assert.equal(columns('sort_name'), original[5])
  assert.deepEqual((await found('lefevre renee')).includes(id), true)
})
