// customer_create: somebody becomes a customer with an account, is found at once, and is not created twice by mistake.
//
// Everybody who is created here has a name that nobody else has, and stays.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { codes, foundBy } from './acting.mjs'
import { digests, globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'
import { changedSince } from './mutating.mjs'

const token = await tokenOf('admin')
const document = `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) {
  customer { id number name status language customerSince partner { id } contactMedia { kind value preferred verifiedAt } addresses { id role street country }
    billingAccounts { number ratingType paymentStatus paymentMethod balance { minor currency } billingAddress { id } } privacyAgreements { purpose channel state source } }
  userErrors { code field message reasons { code label ruleId ruleVersion customer { id name } } } dryRun replayed } }`
const person = { givenName: 'Ottilie', familyName: 'Quirlebusch', birthDate: '1981-04-05', language: 'de', mobile: '+49 151 99887701', email: 'ottilie.quirlebusch@example.com' }
const address = { street: 'Hafenweg 3', postcode: '24103', city: 'Kiel', country: 'DE' }

async function create(input, as = token) {
  const { status, body } = await graphql(as, { query: document, variables: { input: { idempotencyKey: randomUUID(), ...input } } })
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data.createCustomer
}

const found = (search, as = token) => foundBy(as, search)

let ottilie
test('S1-14 who becomes a customer has a number and an account, and is found at once by all that is known of them', async () => {
  const { customer, userErrors } = await create({ ...person, ...address, phone: '0049 431 998877', agreesTo: ['MARKETING', 'USAGE_ANALYSIS', 'MARKETING'] })
  assert.deepEqual(userErrors, [])
  ottilie = customer
  const { addresses: [home], billingAccounts: [account, ...others] } = customer
  assert.deepEqual([customer.name, customer.status, customer.partner, others], ['Ottilie Quirlebusch', 'INITIALIZED', null, []])
  assert.match(customer.number, /^1\d{9}$/)
  assert.match(account.number, /^5\d{9}$/)
  assert.deepEqual(account, { ...account, ratingType: 'POSTPAID', paymentStatus: 'PAID', paymentMethod: 'BANK_TRANSFER', balance: { minor: '0', currency: 'EUR' }, billingAddress: { id: home.id } })
  assert.deepEqual([home.role, home.street, home.country], ['CONTACT', 'Hafenweg 3', 'DE'])
  assert.deepEqual(customer.contactMedia.map(({ kind, value, preferred }) => [kind, value, preferred]),
    [['MOBILE', '+4915199887701', true], ['EMAIL', person.email, false], ['PHONE', '+49431998877', false]])
  assert.deepEqual(customer.privacyAgreements.map(({ purpose, state, source }) => [purpose, state, source]),
    [['MARKETING', 'VALIDATED', 'AGENT'], ['USAGE_ANALYSIS', 'VALIDATED', 'AGENT']])
  for (const words of ['Quirlebusch', 'ottilie qui', '015199887701', '+49431998877', person.email, customer.number, account.number])
    assert.deepEqual(await found(words), [customer.id], words)
  const { body } = await graphql(token, { query: '{ findCustomers(search: {contact: {name: {value: "%irlebus%"}}}) { nodes { id } } }' })
  assert.deepEqual(body.data.findCustomers.nodes, [{ id: customer.id }], 'and by what is within a word')
})

test('S1-14 an organisation has a name, and pays from credit if it wants to', async () => {
  const { customer, userErrors } = await create({ kind: 'BUSINESS', organizationName: 'Quirlebusch & Töchter KG', language: 'en', ratingType: 'PREPAID', email: 'kontor@quirlebusch.example' })
  assert.deepEqual(userErrors, [])
  assert.deepEqual([customer.name, customer.addresses], ['Quirlebusch & Töchter KG', []])
  assert.deepEqual(customer.contactMedia.map(({ value, preferred }) => [value, preferred]), [['kontor@quirlebusch.example', true]])
  assert.deepEqual(customer.billingAccounts.map(({ ratingType, paymentMethod, billingAddress }) => [ratingType, paymentMethod, billingAddress]), [['PREPAID', 'VOUCHER', null]])
})

test('S1-14 a new customer can order', async () => {
  const offeringId = globalId('ProductOffering', sql("SELECT id FROM product_offering WHERE code = 'CON-FILM'"))
  const { body } = await graphql(token, { query: 'mutation ($input: OrderProductInput!) { orderProduct(input: $input) { order { state } userErrors { code message } } }',
    variables: { input: { idempotencyKey: randomUUID(), dryRun: true, customerId: ottilie.id, offeringId } } })
  assert.deepEqual(body.data.orderProduct, { order: { state: 'ACKNOWLEDGED' }, userErrors: [] })
})

test('S1-14 what cannot be so is refused at its field, and nothing is left', async () => {
  const before = await digests(), someone = { givenName: 'Traugott', familyName: 'Zwickelmayr', language: 'de' }
  const wrong = [
    [{ familyName: null }, ['REQUIRED familyName']],
    [{ familyName: 'Zwickel\u0007mayr' }, ['INVALID familyName']],
    [{ givenName: 'x'.repeat(100), familyName: 'y'.repeat(100) }, ['INVALID familyName']],
    [{ organizationName: 'Zwickelmayr GmbH' }, ['INVALID organizationName']],
    [{ kind: 'BUSINESS' }, ['INVALID givenName', 'INVALID familyName', 'REQUIRED organizationName']],
    [{ birthDate: '2999-01-01' }, ['INVALID birthDate']],
    [{ birthDate: '1820-01-01' }, ['INVALID birthDate']],
    [{ birthDate: new Date(Date.now() - 5 * 365 * 86400000).toISOString().slice(0, 10) }, ['NOT_ALLOWED birthDate']],
    [{ language: 'x' }, ['INVALID language']],
    [{ email: 'traugott@' }, ['INVALID email']],
    [{ mobile: '0151 99887702', phone: 'none' }, ['INVALID mobile', 'INVALID phone']],
    [{ mobile: '+49 151 99887702', phone: '+4915199887702' }, ['INVALID phone']],
    [{ currency: 'XXX' }, ['INVALID currency']],
    [{ ...address, country: 'XX' }, ['INVALID country']],
    [{ street: 'Hafenweg 3' }, ['REQUIRED postcode', 'REQUIRED city', 'REQUIRED country']],
    [{ ...address, postcode: '1'.repeat(17), city: ' ' }, ['INVALID postcode', 'INVALID city']],
    [{ partnerId: globalId('Partner', 999999) }, ['NOT_FOUND partnerId']],
  ]
  for (const [input, expected] of wrong) assert.deepEqual(codes(await create({ ...someone, ...input })), expected, JSON.stringify(input))
  assert.deepEqual(await changedSince(before), [])
  const { customer, userErrors } = await create({ ...someone, ...address, dryRun: true })
  assert.deepEqual([customer.name, userErrors], ['Traugott Zwickelmayr', []], 'what is only tried is answered')
  assert.deepEqual(await changedSince(before), [], 'and leaves nothing')
})

test('S1-14 who may be there already is not created again, unless it is said', async () => {
  const other = { givenName: 'Hadwig', familyName: 'Unterwurzacher', birthDate: '1975-05-05', language: 'de' }
  const alike = [
    [{ givenName: 'OTTILIE', familyName: 'quirlebusch', birthDate: person.birthDate }, 'NAME'],
    [{ email: 'Ottilie.Quirlebusch@Example.com' }, 'EMAIL'],
    [{ mobile: '0049 (151) 998877-01' }, 'TELEPHONE'],
    [{ phone: '+49 151 998877-01' }, 'TELEPHONE'],
  ]
  for (const [input, common] of alike) {
    const { customer, userErrors: [error, ...more] } = await create({ ...other, ...input })
    assert.deepEqual([customer, error.code, error.field, more], [null, 'LIKE_ANOTHER', ['input', 'evenIfLike'], []])
    assert.match(error.message, /^Ottilie Quirlebusch \(1\d{9}\) has the same /)
    assert.deepEqual(error.reasons, [{ code: common, label: `Ottilie Quirlebusch (${ottilie.number})`, ruleId: '0', ruleVersion: 0, customer: { id: ottilie.id, name: ottilie.name } }])
  }
  assert.deepEqual(codes(await create({ kind: 'BUSINESS', organizationName: 'quirlebusch & tochter kg', language: 'de' })), ['LIKE_ANOTHER evenIfLike'])
  assert.deepEqual((await create({ ...other, email: person.email, evenIfLike: true, dryRun: true })).userErrors, [])
  const reasons = (await create({ ...other, givenName: person.givenName, familyName: person.familyName, birthDate: person.birthDate, email: person.email, mobile: person.mobile })).userErrors[0].reasons
  assert.equal(reasons.length, 1, 'each is named once')
})

test('S1-14 R2 of sixteen agents who create the same person at once one does, and the others are told of them', async () => {
  const input = { givenName: 'Gundula', familyName: 'Pfefferminzer', birthDate: '1966-06-06', language: 'de', mobile: '+49 151 99887766' }
  const answers = []
  const once = async (left) => {
    const answer = await create(input)
    return left > 0 && codes(answer).includes('CONFLICT') ? once(left - 1) : answers.push(answer)
  }
  await Promise.all(Array.from({ length: 16 }, () => once(20)))
  assert.equal(answers.filter(({ userErrors }) => userErrors.length === 0).length, 1)
  assert.deepEqual([...new Set(answers.flatMap(codes))], ['LIKE_ANOTHER evenIfLike'])
  assert.equal(sql("SELECT COUNT(*) FROM customer WHERE family_name = 'Pfefferminzer'"), '1')
  assert.equal((await found('Pfefferminzer')).length, 1)
})

test('S1-14 who a partner creates is theirs: seen by them and above, by nobody beside them', async () => {
  const shop = await tokenOf('nordfunk-shop'), own = sql("SELECT partner_id FROM user_account WHERE login = 'nordfunk-shop' OR id = (SELECT user_account_id FROM api_client WHERE client_id = 'nordfunk-shop') LIMIT 1")
  const { customer, userErrors } = await create({ givenName: 'Isolde', familyName: 'Krautwurmbach', birthDate: '1990-01-01', language: 'de' }, shop)
  assert.deepEqual(userErrors, [])
  assert.deepEqual(customer.partner, { id: globalId('Partner', own) })
  assert.deepEqual(await found('Krautwurmbach', shop), [customer.id])
  assert.deepEqual(await found('Krautwurmbach'), [customer.id])
  const stranger = { givenName: 'Ottilie', familyName: 'Quirlebusch', birthDate: person.birthDate, language: 'de', email: person.email }
  assert.deepEqual(codes(await create({ ...stranger, dryRun: true }, shop)), [], 'of customers of others nobody learns so')
  const root = sql('SELECT id FROM partner WHERE parent_id IS NULL')
  assert.deepEqual(codes(await create({ ...stranger, partnerId: globalId('Partner', root) }, shop)), ['NOT_FOUND partnerId'])
})

test('S1-14 who may not change master data does not create customers', async () => {
  const reader = await tokenWithRights('admin', ['account:read', 'customer:read', 'explorer:read'])
  const { body } = await graphql(reader, { query: document, variables: { input: { idempotencyKey: randomUUID(), ...person } } })
  assert.equal(body.errors[0].message, 'Cannot query field "createCustomer" on type "Mutation".')
})
