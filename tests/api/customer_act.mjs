// customer_act: addresses, identifications, discount groups, consents and accounts of a customer are changed.
//
// It all happens to customers who are made for it.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { digests, globalId, graphql, sql, tokenOf } from './client.mjs'
import { changedSince } from './mutating.mjs'

const token = await tokenOf('admin')
const today = () => sql('SELECT UTC_DATE()')
const fields = {
  createCustomer: 'customer { id addresses { id } billingAccounts { id } }',
  addAddress: 'address { id version role street postcode city country }',
  addIdentification: 'identification { id version kind numberEnd issuedBy country validFor { from until } verifiedAt }',
  removeAddress: 'customer { id addresses { id } }',
  withdrawIdentification: 'customer { id verificationState identifications { id } }',
  joinDiscountGroup: 'discountGroup { id version code percent validFor { from until } } from monthlyBefore { minor currency } monthlyAfter { minor currency }',
  updateBillingAccount: 'billingAccount { id version paymentMethod billingAddress { id } }',
  setPrivacyAgreement: 'privacyAgreement { id purpose channel state source }',
}
Object.assign(fields, { updateAddress: fields.addAddress, verifyIdentification: fields.addIdentification, leaveDiscountGroup: fields.joinDiscountGroup })

async function perform(name, input, as = token) {
  const query = `mutation ($input: ${name[0].toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields[name]} userErrors { code field message } dryRun replayed } }`
  const { status, body } = await graphql(as, { query, variables: { input: { idempotencyKey: randomUUID(), ...input } } })
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data[name]
}

const codes = ({ userErrors }) => userErrors.map(({ code, field }) => [code, ...(field ?? []).slice(1)].join(' '))
const address = { street: 'Kaistraße 1', postcode: '24103', city: 'Kiel', country: 'DE' }
const nobody = await tokenOf('nordfunk-shop')

let customer, customerId, key
test('there is a customer for all of this', async () => {
  const made = await perform('createCustomer', { familyName: `Ackermann ${randomUUID()}`, language: 'de', ...address })
  assert.deepEqual(made.userErrors, [])
  customer = made.customer
  customerId = customer.id
  key = Buffer.from(customerId, 'base64url').toString().split(':')[1]
})

test('S1-24 an address is added, changed from the version that was seen, and removed when nothing goes there', async () => {
  const { address: added, userErrors } = await perform('addAddress', { customerId, ...address, street: ' Postfach 12 ' })
  assert.deepEqual([userErrors, added.role, added.street, added.version], [[], 'BILLING', 'Postfach 12', 1])
  const { address: moved } = await perform('updateAddress', { id: added.id, expectedVersion: 1, city: 'Lübeck', role: 'CONTACT' })
  assert.deepEqual([moved.city, moved.street, moved.role, moved.version], ['Lübeck', 'Postfach 12', 'CONTACT', 2])
  assert.deepEqual(codes(await perform('updateAddress', { id: added.id, expectedVersion: 1, city: 'Bremen' })), ['CONFLICT city'])
  assert.deepEqual(codes(await perform('updateAddress', { id: added.id, country: 'Germany', city: '' })), ['INVALID city', 'INVALID country'])
  assert.deepEqual(codes(await perform('removeAddress', { id: customer.addresses[0].id })), ['NOT_ALLOWED id'], 'bills go there')
  const { customer: left } = await perform('removeAddress', { id: added.id, expectedVersion: 2 })
  assert.deepEqual(left.addresses, customer.addresses)
  assert.equal(sql(`SELECT COUNT(*) FROM geographic_address FOR SYSTEM_TIME ALL WHERE id = ${added.id}`), '2', 'what was there is not forgotten')
  for (const [name, input] of [['addAddress', { customerId, ...address }], ['updateAddress', { id: customer.addresses[0].id, city: 'X' }], ['removeAddress', { id: customer.addresses[0].id }]])
    assert.match(codes(await perform(name, input, nobody))[0], /^NOT_FOUND/, name)
})

test('S1-26 the bills of an account go elsewhere, and with them the products that have no address of their own', async () => {
  const [id] = customer.billingAccounts.map((account) => account.id)
  const { address: elsewhere } = await perform('addAddress', { customerId, ...address, street: 'Elsewhere 2' })
  const { address: own } = await perform('addAddress', { customerId, ...address, street: 'Own 3' })
  const offering = sql("SELECT id FROM product_offering WHERE code = 'CON-FILM'")
  sql(`INSERT INTO product (customer_id, billing_account_id, billing_address_id, offering_id, status, start_date)
    VALUES (${key}, ${id}, ${customer.addresses[0].id}, ${offering}, 'CREATED', UTC_DATE()), (${key}, ${id}, ${own.id}, ${offering}, 'CREATED', UTC_DATE())`)
  const { billingAccount, userErrors } = await perform('updateBillingAccount', { id, billingAddressId: elsewhere.id, paymentMethod: 'CARD' })
  assert.deepEqual([userErrors, billingAccount.billingAddress.id, billingAccount.paymentMethod], [[], elsewhere.id, 'CARD'])
  assert.equal(sql(`SELECT GROUP_CONCAT(billing_address_id ORDER BY id) FROM product WHERE customer_id = ${key}`), `${elsewhere.id},${own.id}`)
  const foreign = sql(`SELECT MIN(id) FROM geographic_address WHERE customer_id <> ${key}`)
  assert.deepEqual(codes(await perform('updateBillingAccount', { id, billingAddressId: foreign })), ['NOT_FOUND billingAddressId'])
  assert.deepEqual(codes(await perform('updateBillingAccount', { id, expectedVersion: 1, paymentMethod: 'CASH' })), ['CONFLICT paymentMethod'])
})

const state = async () => {
  const { body } = await graphql(token, { query: 'query ($id: ID!) { customer(id: $id) { verificationState } }', variables: { id: customerId } })
  return body.data.customer.verificationState
}
const passport = { kind: 'PASSPORT', numberEnd: 'X7K2', issuedBy: 'Stadt Kiel', country: 'DE', validFrom: '2021-05-01', validUntil: '2090-04-30' }

test('S1-24 a document proves who the customer is once somebody has looked at it, and no more when it is withdrawn', async () => {
  assert.equal(await state(), 'UNVERIFIED')
  const { identification, userErrors } = await perform('addIdentification', { customerId, ...passport })
  assert.deepEqual([userErrors, identification.numberEnd, identification.verifiedAt], [[], 'X7K2', null])
  assert.equal(await state(), 'UNVERIFIED')
  const { identification: verified } = await perform('verifyIdentification', { id: identification.id, expectedVersion: 1 })
  assert.notEqual(verified.verifiedAt, null)
  assert.equal(await state(), 'VERIFIED')
  assert.equal(sql(`SELECT identity_valid_until FROM customer WHERE id = ${key}`), '2090-04-30')
  const { customer: withdrawn } = await perform('withdrawIdentification', { id: identification.id, expectedVersion: 2 })
  assert.deepEqual([withdrawn.verificationState, withdrawn.identifications], ['UNVERIFIED', []])
  await perform('addIdentification', { customerId, ...passport, validUntil: '2022-01-01', verified: true })
  assert.equal(await state(), 'EXPIRED')
  const expired = sql(`SELECT id FROM identification WHERE customer_id = ${key}`)
  assert.deepEqual(codes(await perform('verifyIdentification', { id: expired })), ['NOT_ALLOWED id'])
})

test('S1-24 of the number of a document nobody gives more than its end', async () => {
  const wrong = [[{ numberEnd: 'L01X00T47' }, 'numberEnd'], [{ numberEnd: 'x7' }, 'numberEnd'], [{ numberEnd: '' }, 'numberEnd'], [{ country: 'XX' }, 'country'],
    [{ validFrom: '2999-01-01', validUntil: null }, 'validFrom'], [{ validUntil: '2020-01-01' }, 'validUntil']]
  for (const [input, field] of wrong) assert.deepEqual(codes(await perform('addIdentification', { customerId, ...passport, ...input })), [`INVALID ${field}`], field)
  assert.deepEqual(codes(await perform('addIdentification', { customerId, ...passport, issuedBy: ' ' })), ['REQUIRED issuedBy'])
  assert.deepEqual(codes(await perform('addIdentification', { customerId, ...passport }, nobody)), ['NOT_FOUND customerId'])
})

// Of somebody who holds products and belongs to no group.
const payer = sql(`SELECT p.customer_id FROM product AS p JOIN product_price AS q ON q.product_id = p.id JOIN customer AS c ON c.id = p.customer_id
  WHERE p.status = 'ACTIVE' AND q.type = 'RECURRING' AND q.period = 'MONTH' AND q.net_minor > 1000 AND c.id BETWEEN 30 AND 290 AND p.termination_date IS NULL
    AND NOT EXISTS (SELECT 1 FROM customer_discount_group AS g WHERE g.customer_id = c.id) ORDER BY c.id LIMIT 1`)
const monthly = (percent) => sql(`SELECT CAST(SUM(ROUND(q.net_minor / IF(q.period = 'YEAR', 12, 1) * (100 - ${percent}) / 100)) AS SIGNED) FROM product AS p JOIN product_price AS q ON q.product_id = p.id
  WHERE p.customer_id = ${payer} AND q.type = 'RECURRING' AND p.status IN ('ACTIVE', 'SUSPENDED', 'PENDING_TERMINATE') AND p.start_date <= UTC_DATE() AND (p.termination_date IS NULL OR p.termination_date >= UTC_DATE())`)
const group = () => sql("SELECT code, percent FROM discount_group ORDER BY percent DESC LIMIT 1").split('\t')

test('S1-25 a dry run of joining a group says what becomes of a month, and leaves nothing', async () => {
  const before = await digests(), [code, percent] = group()
  const tried = await perform('joinDiscountGroup', { customerId: globalId('Customer', payer), code, dryRun: true })
  assert.deepEqual([tried.userErrors, tried.from, tried.discountGroup.code], [[], today(), code])
  assert.deepEqual(tried.monthlyBefore, { minor: monthly(0), currency: 'EUR' })
  assert.deepEqual(tried.monthlyAfter, { minor: monthly(percent), currency: 'EUR' })
  assert.ok(Number(tried.monthlyAfter.minor) < Number(tried.monthlyBefore.minor))
  assert.deepEqual(await changedSince(before), [])
})

test('S1-25 a customer joins a group once at a time, and leaves it on a day', async () => {
  const [code, percent] = group(), payerId = globalId('Customer', payer)
  const { discountGroup, userErrors } = await perform('joinDiscountGroup', { customerId: payerId, code })
  assert.deepEqual([userErrors, discountGroup.validFor], [[], { from: today(), until: null }])
  assert.deepEqual(codes(await perform('joinDiscountGroup', { customerId: payerId, code, from: '2090-01-01' })), ['INVALID code'])
  const id = discountGroup.id, tomorrow = sql('SELECT UTC_DATE() + INTERVAL 1 DAY')
  assert.deepEqual(codes(await perform('leaveDiscountGroup', { id, until: '2001-01-01' })), ['INVALID until'])
  assert.deepEqual(codes(await perform('leaveDiscountGroup', { id, expectedVersion: 7 })), ['CONFLICT expectedVersion'])
  assert.equal((await perform('leaveDiscountGroup', { id, until: '9999-12-31', dryRun: true })).from, '9999-12-31', 'after the last day there is none')
  assert.deepEqual(codes(await perform('leaveDiscountGroup', { id }, nobody)), ['NOT_FOUND id'])
  const tried = await perform('leaveDiscountGroup', { id, expectedVersion: 1, dryRun: true })
  assert.equal(tried.from, tomorrow)
  assert.ok(Number(tried.monthlyAfter.minor) > Number(tried.monthlyBefore.minor), `without ${percent} % it is more again`)
  const left = await perform('leaveDiscountGroup', { id, expectedVersion: 1 })
  assert.deepEqual([left.userErrors, left.discountGroup.validFor.until], [[], today()])
  const later = await perform('joinDiscountGroup', { customerId: payerId, code, from: tomorrow, until: tomorrow, dryRun: true })
  assert.deepEqual([later.userErrors, later.from], [[], tomorrow])
  sql(`DELETE FROM customer_discount_group WHERE customer_id = ${payer}`)
})

test('S1-25 a group that there is not, or not then, cannot be joined', async () => {
  const [code] = group(), began = sql(`SELECT valid_from - INTERVAL 1 DAY FROM discount_group WHERE code = '${code}'`)
  assert.deepEqual(codes(await perform('joinDiscountGroup', { customerId, code: 'NOBODY' })), ['NOT_FOUND code'])
  assert.deepEqual(codes(await perform('joinDiscountGroup', { customerId, code, from: began })), ['INVALID from'])
  assert.deepEqual(codes(await perform('joinDiscountGroup', { customerId, code, until: '2001-01-01' })), ['INVALID until'])
  assert.deepEqual(codes(await perform('joinDiscountGroup', { customerId, code }, nobody)), ['NOT_FOUND customerId'])
})

test('S1-24 what a customer agrees to is what they said last', async () => {
  const say = (agrees, more) => perform('setPrivacyAgreement', { customerId, purpose: 'MARKETING', channel: 'EMAIL', agrees, ...more })
  const { privacyAgreement: first } = await say(true)
  assert.deepEqual([first.state, first.channel, first.source], ['VALIDATED', 'EMAIL', 'AGENT'])
  const { privacyAgreement: second } = await say(false)
  assert.deepEqual([second.id, second.state], [first.id, 'REJECTED'])
  assert.deepEqual(codes(await perform('setPrivacyAgreement', { customerId, purpose: 'MARKETING', agrees: true }, nobody)), ['NOT_FOUND customerId'])
})
