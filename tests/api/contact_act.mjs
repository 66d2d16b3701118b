// contact_act: how customers are reached is added, changed and ended, and they are found by it, or no more; where parts of bills go.
//
// It all happens to one customer, who is put back in the end.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { act, codes, foundBy } from './acting.mjs'
import { globalId, sql, tokenOf } from './client.mjs'

const token = await tokenOf('admin')
const key = sql("SELECT customer_id FROM customer_search_term WHERE term = 'katharina' AND customer_id < 13 LIMIT 1")
const customerId = globalId('Customer', key)
const fields = { addContactMedium: 'contactMedium { id kind value preferred verifiedAt validFor { from until } }', setBillingAddress: 'product { id billingAddress { id city } }' }
fields.updateContactMedium = fields.addContactMedium
const terms = () => sql(`SELECT kind, term FROM customer_search_term WHERE customer_id = ${key} AND kind IN ('PHONE', 'EMAIL') ORDER BY 1, 2`)
const media = () => sql(`SELECT id, kind, value, preferred, verified_at, valid_from, valid_until FROM contact_medium WHERE customer_id = ${key} ORDER BY id`)
const before = { terms: terms(), media: media(), preferred: sql(`SELECT id FROM contact_medium WHERE customer_id = ${key} AND preferred`) }

const perform = (name, input, as = token) => act(as, name, input, fields[name])
const add = (input, as) => perform('addContactMedium', { customerId, kind: 'MOBILE', value: '+49 170 55 66 778', ...input }, as)
const change = (input, as) => perform('updateContactMedium', input, as)
const bill = (input, as) => perform('setBillingAddress', input, as)

const found = (search) => foundBy(token, search)

let added
test('S1-24 S4-03 a number that is added is kept as E.164, and the customer is found by it', async () => {
  const { contactMedium, userErrors } = await add({ value: '0049 (170) 55-66.778' })
  assert.deepEqual(userErrors, [])
  added = contactMedium
  assert.deepEqual([added.value, added.preferred, added.verifiedAt], ['+491705566778', false, null])
  assert.deepEqual(await found('0170 5566778'), [customerId])
  assert.deepEqual(codes(await add({})), ['INVALID value'], 'it is there already')
})

test('S4-03 the customer is found by what it is changed to, and no more by what it was', async () => {
  const { contactMedium } = await change({ id: added.id, value: '+49 170 5566 779', preferred: true })
  assert.deepEqual([contactMedium.value, contactMedium.preferred], ['+491705566779', true])
  assert.deepEqual([await found('01705566778'), await found('01705566779')], [[], [customerId]])
  assert.equal(sql(`SELECT COUNT(*) FROM contact_medium WHERE customer_id = ${key} AND preferred`), '1', 'one is reached first')
})

test('S4-03 what has ended finds nobody any more', async () => {
  const until = new Date().toISOString().slice(0, 10)
  const { contactMedium } = await change({ id: added.id, until, preferred: false })
  assert.equal(contactMedium.validFor.until, until)
  assert.deepEqual(await found('01705566779'), [])
  assert.deepEqual(codes(await change({ id: added.id, until: '2001-01-01' })), ['INVALID until'])
  assert.equal((await change({ id: added.id, until: null })).contactMedium.validFor.until, null)
  assert.deepEqual(await found('01705566779'), [customerId])
})

test('R6 what is only tried changes nothing, and what is sent twice is done once', async () => {
  const state = () => [media(), terms()]
  const unchanged = state()
  assert.equal((await add({ value: '+49 170 9988776', dryRun: true })).contactMedium.value, '+491709988776')
  assert.deepEqual(state(), unchanged)
  const input = { value: 'katharina.neu@example.com', kind: 'EMAIL', idempotencyKey: randomUUID() }
  const answers = await Promise.all(Array.from({ length: 8 }, () => add(input)))
  assert.equal(new Set(answers.map(({ contactMedium }) => contactMedium.id)).size, 1)
  assert.deepEqual(await found('katharina.neu@example.com'), [customerId])
})

test('what is no number and no address is refused; what is somebody else’s is not there', async () => {
  for (const value of ['', '12', '0170 5566778', '+0170556677', 'call me', '+49 170 x', `+${'1'.repeat(16)}`]) assert.deepEqual(codes(await add({ value })), ['INVALID value'], value)
  for (const value of ['', '@', 'a@b', 'a b@example.com', 'a@b@c.de', 'a@.de', 'a@de.', `${'x'.repeat(250)}@example.com`, 'a@exa\nmple.com'])
    assert.deepEqual(codes(await add({ kind: 'EMAIL', value })), ['INVALID value'], value)
  const shop = await tokenOf('nordfunk-shop')
  assert.deepEqual(codes(await add({ value: '+4917012345678' }, shop)), ['NOT_FOUND customerId'])
  assert.deepEqual(codes(await change({ id: added.id, preferred: true }, shop)), ['NOT_FOUND id'])
})

test('S1-26 the part of a bill for one product goes elsewhere, to an address of the same customer', async () => {
  const [product, was] = sql(`SELECT id, COALESCE(billing_address_id, '') FROM product WHERE customer_id = ${key} ORDER BY id LIMIT 1`).split('\t')
  const [own, city] = sql(`SELECT id, city FROM geographic_address WHERE customer_id = ${key} ORDER BY id DESC LIMIT 1`).split('\t')
  const foreign = sql(`SELECT id FROM geographic_address WHERE customer_id <> ${key} LIMIT 1`)
  const productId = globalId('Product', product)
  const others = () => sql(`SELECT COUNT(*), SUM(billing_address_id) FROM product WHERE customer_id = ${key} AND id <> ${product}`)
  const unchanged = others()
  assert.equal((await bill({ productId, addressId: own })).product.billingAddress.city, city)
  assert.equal(others(), unchanged, 'of that product alone')
  assert.deepEqual(codes(await bill({ productId, addressId: foreign })), ['NOT_FOUND addressId'])
  assert.deepEqual(codes(await bill({ productId: customerId, addressId: own })), ['NOT_FOUND productId'])
  assert.equal((await bill({ productId, addressId: null })).product.billingAddress, null)
  sql(`UPDATE product SET billing_address_id = ${was || 'NULL'} WHERE id = ${product}`)
})

test('the customer is reached as before', async () => {
  for (const id of sql(`SELECT id FROM contact_medium WHERE customer_id = ${key} AND value IN ('+491705566779', 'katharina.neu@example.com')`).split('\n'))
    await change({ id, until: new Date().toISOString().slice(0, 10), preferred: false })
  assert.equal(terms(), before.terms)
  sql(`DELETE FROM contact_medium WHERE customer_id = ${key} AND value IN ('+491705566779', 'katharina.neu@example.com');
    UPDATE contact_medium SET preferred = TRUE WHERE customer_id = ${key} AND id IN (${before.preferred.split('\n').join()})`)
  assert.equal(media(), before.media)
})
