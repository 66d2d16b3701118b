// change_undo: what was changed a short while ago is taken back, all of it, once, by whoever may, and not over others' heads.
//
// Which mutations can be taken back is said by their definitions; here each mutation of the schema is done and taken back. Comes
// behind what looks at single customers.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { codes } from './acting.mjs'
import { endAsking, tokenOfAsking } from './asking.mjs'
import { digests, globalId, graphql, sql, tokenOf, tokenWithRights, workedOff } from './client.mjs'
import { changedSince, keyedInput, mutationsOf, perform } from './mutating.mjs'
import { prepareProperInputs, properInputs, someCustomer } from './proper_inputs.mjs'

const admin = await tokenOf('admin')
const mutations = await mutationsOf(admin)
const customer = someCustomer("c.partner_id IS NULL AND EXISTS (SELECT 1 FROM contact_medium AS m WHERE m.customer_id = c.id)")
const language = sql("SELECT language FROM user_account WHERE login = 'admin'")
const reversible = ['addAddress', 'addContactMedium', 'addIdentification', 'assignTicket', 'barLine', 'changeTicketStatus', 'escalateTicket', 'joinDiscountGroup', 'leaveDiscountGroup', 'removeAddress', 'setBillingAddress',
  'setCreditLimit', 'setPrivacyAgreement', 'takeNextTicket', 'takeTicket', 'unbarLine', 'updateAddress', 'updateBillingAccount', 'updateContactMedium', 'updateCustomer', 'verifyIdentification', 'withdrawIdentification']

// Theirs may be ordered about since; somebody has a plan that nobody is changing.
const withIdlePlan = () => someCustomer("c.partner_id IS NULL AND c.status = 'ACTIVE' AND c.open_order_count = 0 AND EXISTS (SELECT 1 FROM product AS p WHERE p.customer_id = c.id AND p.status = 'ACTIVE' AND p.termination_date IS NULL AND p.offering_id IN (SELECT id FROM product_offering WHERE code LIKE 'MOB-_'))")

// Without words to the customer, which cannot be taken back, and with what is different from now.
const inputOf = (mutation) => {
  const { text, ...input } = keyedInput(mutation, mutation.name === 'changePlan' ? withIdlePlan() : customer)
  if (mutation.name === 'setBillingAddress') return { ...input, addressId: null }
  return mutation.name === 'changeTicketStatus' ? input : { ...input, ...(text === undefined ? {} : { text }) }
}
const named = (name) => mutations.find((mutation) => mutation.name === name)
const change = (name, input, as = admin) => perform(as, named(name), { idempotencyKey: randomUUID(), ...input })
const undo = (changeId, as = admin, more = {}) => change('undoChange', { changeId, ...more }, as)
const lastChange = () => globalId('AccountChange', sql('SELECT MAX(id) FROM audit_record'))

// Every row there is now: without versions, what was written down about changes, and how the words for searching are packed.
function rowsNow() {
  const tables = sql(`SELECT t.table_name, GROUP_CONCAT(CONCAT("COALESCE(CAST(\`", c.column_name, "\` AS BINARY), '~')") ORDER BY c.ordinal_position)
    FROM information_schema.tables AS t JOIN information_schema.columns AS c USING (table_schema, table_name)
    WHERE t.table_schema = DATABASE() AND t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') AND c.generation_expression IS NULL
      AND c.column_name NOT IN ('version', 'page') AND t.table_name NOT RLIKE '^customer_search_(?!term$)'
      AND t.table_name NOT IN ('audit_record', 'idempotency_key', 'change_undo', 'ticket_article')
    GROUP BY t.table_name ORDER BY t.table_name`).split('\n').map((line) => line.split('\t'))
  return sql(tables.map(([name, columns]) => `SELECT '${name}', COUNT(*), SUM(CRC32(CONCAT_WS('|', ${columns}))) FROM \`${name}\``).join(' UNION ALL '))
}

test('what proper inputs rest on is there', () => prepareProperInputs())

for (const mutation of mutations.filter(({ name }) => reversible.includes(name))) {
  test(`S1-24 ${mutation.name} is taken back: every row is as it was, and it is taken back once`, async () => {
    await workedOff()
    const input = inputOf(mutation), before = rowsNow()
    const { userErrors } = await perform(admin, mutation, input)
    assert.deepEqual(userErrors, [])
    assert.notEqual(rowsNow(), before, 'it does something')
    const changeId = lastChange()
    assert.deepEqual((await undo(changeId)).userErrors, [])
    assert.equal(rowsNow(), before)
    const again = await undo(changeId)
    assert.deepEqual(codes(again), ['NOT_ALLOWED changeId'])
    assert.match(again.userErrors[0].message, /already/)
    assert.equal(rowsNow(), before)
  })

  test(`${mutation.name} tells by what it can be taken back and until when, also when it is repeated, but not when it was tried`, async () => {
    const input = inputOf(mutation)
    const query = `mutation ($input: ${mutation.args[0].type}) { done: ${mutation.name}(input: $input) { change { id mutation madeAt undoableUntil } userErrors { code } } }`
    const send = async (more) => (await graphql(admin, { query, variables: { input: { ...input, ...more } } })).body.data.done
    assert.deepEqual(await send({ dryRun: true }), { change: null, userErrors: [] })
    const done = await send({})
    assert.equal(done.change.mutation, mutation.name)
    const minutes = (Date.parse(done.change.undoableUntil) - Date.parse(done.change.madeAt)) / 60000
    assert.ok(Math.abs(minutes - 15) < 0.1, `${minutes} minutes`)
    assert.deepEqual(await send({}), done)
    assert.deepEqual((await undo(done.change.id)).userErrors, [])
  })
}

for (const mutation of mutations.filter(({ name }) => ![...reversible, 'undoChange'].includes(name)))
  test(`${mutation.name} cannot be taken back, and it is said why`, async () => {
    assert.deepEqual((await perform(admin, mutation, inputOf(mutation))).userErrors, [])
    const changeId = lastChange()
    const before = await digests()
    const { userErrors } = await undo(changeId)
    assert.deepEqual(userErrors.map(({ code }) => code), ['NOT_ALLOWED'])
    assert.match(userErrors[0].message, /^(It has left the house|Nobody can take back such a change|What came of a contact is said once)/)
    assert.deepEqual(await changedSince(before), [])
  })

test('a status with words to the customer cannot be taken back: they may have been read', async () => {
  const input = keyedInput(named('changeTicketStatus'), customer)
  assert.deepEqual((await perform(admin, named('changeTicketStatus'), input)).userErrors, [])
  const { userErrors } = await undo(lastChange())
  assert.deepEqual(userErrors.map(({ code, message }) => [code, message]), [['NOT_ALLOWED', 'The customer was written to about it; move the ticket on instead.']])
})

// ---- one customer's name ----

const id = globalId('Customer', customer)
const isPerson = sql(`SELECT kind FROM customer WHERE id = ${customer}`) === 'RESIDENTIAL'
const nameMember = isPerson ? 'familyName' : 'organizationName'
const nameNow = () => sql(`SELECT COALESCE(organization_name, family_name) FROM customer WHERE id = ${customer}`)
async function rename(name, as = admin) {
  assert.deepEqual((await change('updateCustomer', { id, [nameMember]: name }, as)).userErrors, [])
  return lastChange()
}

test('a dry run of taking back says what would be, and leaves no row different', async () => {
  const was = nameNow(), changeId = await rename('Versuchsweise')
  const before = await digests()
  const query = 'mutation ($input: UndoChangeInput!) { undoChange(input: $input) { customer { name } userErrors { code } dryRun } }'
  const { body } = await graphql(admin, { query, variables: { input: { idempotencyKey: randomUUID(), changeId, dryRun: true } } })
  assert.match(body.data.undoChange.customer.name, new RegExp(`${was}$`))
  assert.deepEqual(await changedSince(before), [])
  assert.deepEqual((await undo(changeId)).userErrors, [])
  assert.equal(nameNow(), was)
})

test('what others have changed since stays as it is, and it is said who it was', async () => {
  const was = nameNow(), changeId = await rename('Zuerst'), later = await rename('Danach')
  const before = await digests(), refused = await undo(changeId)
  assert.deepEqual(codes(refused), ['CONFLICT changeId'])
  const who = sql("SELECT display_name FROM user_account WHERE login = 'admin'")
  assert.equal(refused.userErrors[0].message, `${who} has changed the same since; nothing was taken back. Look at it again.`)
  assert.deepEqual(await changedSince(before), [])
  assert.deepEqual((await undo(later)).userErrors, [])
  assert.equal(nameNow(), 'Zuerst')
  assert.deepEqual((await undo(changeId)).userErrors, [], 'the last first, then the one before')
  assert.equal(nameNow(), was)
})

test('what others have changed of something else stays, and does not hinder', async () => {
  const was = nameNow(), changeId = await rename('Woanders')
  const language = sql(`SELECT language FROM customer WHERE id = ${customer}`)
  assert.deepEqual((await change('updateCustomer', { id, language: 'fr' })).userErrors, [])
  const other = lastChange()
  sql(`UPDATE customer SET open_order_count = open_order_count + 1, version = version + 1 WHERE id = ${customer}`)
  const orders = sql(`SELECT open_order_count FROM customer WHERE id = ${customer}`)
  assert.deepEqual((await undo(changeId)).userErrors, [])
  assert.deepEqual([nameNow(), sql(`SELECT language, open_order_count FROM customer WHERE id = ${customer}`)], [was, `fr\t${orders}`])
  sql(`UPDATE customer SET open_order_count = open_order_count - 1, version = version + 1 WHERE id = ${customer}`)
  assert.deepEqual((await undo(other)).userErrors, [])
  assert.equal(sql(`SELECT language FROM customer WHERE id = ${customer}`), language)
})

test('the customer is found by the name that came back, no more by the one that was taken back', async () => {
  const changeId = await rename('Kwergelbach')
  const found = async () => (await graphql(admin, { query: '{ customers(search: "kwergelb") { nodes { id } } }' })).body.data.customers.nodes
  assert.deepEqual(await found(), [{ id }])
  await undo(changeId)
  assert.deepEqual(await found(), [])
})

test('of many who take back the same at once one succeeds', async () => {
  const was = nameNow(), changeId = await rename('Gleichzeitig')
  const answers = await Promise.all(Array.from({ length: 8 }, () => undo(changeId)))
  assert.equal(answers.filter(({ userErrors }) => userErrors.length === 0).length, 1)
  assert.equal(nameNow(), was)
})

// ---- what was done since ----

const refusedAs = (message, payload) => assert.deepEqual(payload.userErrors.map((error) => [error.code, error.message]), [['CONFLICT', message]])
const apart = 'It does not go together with what was done since; nothing was taken back. Look at it again.'
const does = async (name, input) => {
  assert.deepEqual((await change(name, input)).userErrors, [])
  return lastChange()
}
const lastRow = (table) => sql(`SELECT MAX(id) FROM ${table} WHERE customer_id = ${customer}`)
const withProducts = () => sql(`SELECT billing_account_id FROM product WHERE customer_id = ${customer} ORDER BY id LIMIT 1`)
const loose = () => properInputs.removeAddress(customer).id

test('S1-24 an address that is used by now is not taken back, and one that is gone does not come back', async () => {
  const added = await does('addAddress', properInputs.addAddress(customer)), account = withProducts()
  const moved = await does('updateBillingAccount', { id: account, billingAddressId: lastRow('geographic_address') })
  const before = await digests()
  refusedAs(apart, await undo(added))
  assert.deepEqual(await changedSince(before), [])
  assert.deepEqual((await undo(moved)).userErrors, [])
  assert.deepEqual((await undo(added)).userErrors, [])
  const [first, second] = [loose(), loose()], productId = globalId('Product', sql(`SELECT MAX(id) FROM product WHERE customer_id = ${customer}`))
  const was = sql(`SELECT billing_address_id FROM product WHERE customer_id = ${customer} ORDER BY id DESC LIMIT 1`)
  await does('setBillingAddress', { productId, addressId: first })
  const away = await does('setBillingAddress', { productId, addressId: second })
  const removed = await does('removeAddress', { id: first })
  refusedAs(apart, await undo(away))
  assert.deepEqual((await undo(removed)).userErrors, [])
  assert.deepEqual((await undo(away)).userErrors, [])
  await does('setBillingAddress', { productId, addressId: was === 'NULL' ? null : was })
})

test('S1-24 what an account is billed by comes back with the products that followed it, but not with one that went elsewhere', async () => {
  const account = withProducts(), [first, second] = [loose(), loose()]
  await does('updateBillingAccount', { id: account, billingAddressId: first })
  const followers = sql(`SELECT GROUP_CONCAT(id ORDER BY id) FROM product WHERE customer_id = ${customer} AND billing_address_id = ${first}`)
  assert.match(followers, /^\d+/)
  const before = rowsNow(), moved = await does('updateBillingAccount', { id: account, billingAddressId: second })
  assert.equal(sql(`SELECT GROUP_CONCAT(id ORDER BY id) FROM product WHERE customer_id = ${customer} AND billing_address_id = ${second}`), followers)
  const one = globalId('Product', followers.split(',')[0])
  const elsewhere = await does('setBillingAddress', { productId: one, addressId: first })
  assert.match((await undo(moved)).userErrors[0].message, /has changed the same since/)
  assert.deepEqual((await undo(elsewhere)).userErrors, [])
  assert.deepEqual((await undo(moved)).userErrors, [])
  assert.equal(rowsNow(), before)
})

test('S1-24 a number that was added anew since does not come back a second time, nor is another one preferred beside it', async () => {
  const { value } = properInputs.addContactMedium(customer), customerId = globalId('Customer', customer), input = { customerId, kind: 'MOBILE', value }
  await does('addContactMedium', input)
  const medium = lastRow('contact_medium')
  const other = await does('updateContactMedium', { id: medium, value: '+49 171 9999999' })
  const anew = await does('addContactMedium', input)
  refusedAs(apart, await undo(other))
  assert.deepEqual((await undo(anew)).userErrors, [])
  await does('updateContactMedium', { id: medium, preferred: true })
  const last = await does('updateContactMedium', { id: medium, preferred: false })
  const beside = await does('addContactMedium', { ...input, preferred: true })
  refusedAs(apart, await undo(last))
  for (const changeId of [beside, last, other]) assert.deepEqual((await undo(changeId)).userErrors, [])
})

test('S1-24 a membership is not prolonged into one that began since, and what was proved is proved as before', async () => {
  const code = properInputs.joinDiscountGroup(customer).code, customerId = globalId('Customer', customer), tomorrow = sql('SELECT CURRENT_DATE + INTERVAL 1 DAY')
  await does('joinDiscountGroup', { customerId, code })
  const left = await does('leaveDiscountGroup', { id: lastRow('customer_discount_group') })
  const anew = await does('joinDiscountGroup', { customerId, code, from: tomorrow })
  refusedAs(apart, await undo(left))
  assert.deepEqual((await undo(anew)).userErrors, [])
  assert.deepEqual((await undo(left)).userErrors, [])
  const proof = () => sql(`SELECT identity_verified, identity_valid_until FROM customer WHERE id = ${customer}`), was = proof()
  const shown = await does('addIdentification', { ...properInputs.addIdentification(customer), validUntil: '2099-01-01' })
  assert.match(proof(), /^1\t(2099-01-01|NULL)$/)
  const looked = await does('verifyIdentification', { id: lastRow('identification') })
  assert.match((await undo(shown)).userErrors[0].message, /has changed the same since/)
  assert.deepEqual((await undo(looked)).userErrors, [])
  assert.deepEqual((await undo(shown)).userErrors, [])
  assert.equal(proof(), was)
})

test('S1-24 a consent that was noted by mistake is as it was said before; that it was noted stays in its history', async () => {
  const input = (agrees) => ({ customerId: globalId('Customer', customer), purpose: 'USAGE_ANALYSIS', channel: 'ANY', agrees })
  const states = (more) => sql(`SELECT state FROM privacy_agreement ${more} WHERE customer_id = ${customer} AND purpose = 'USAGE_ANALYSIS' AND channel = 'ANY'`)
  await does('setPrivacyAgreement', input(false))
  const agreed = await does('setPrivacyAgreement', input(true)), later = await does('setPrivacyAgreement', input(false))
  assert.match((await undo(agreed)).userErrors[0].message, /has changed the same since/)
  for (const changeId of [later, agreed]) assert.deepEqual((await undo(changeId)).userErrors, [])
  assert.equal(states(''), 'REJECTED')
  assert.ok(states('FOR SYSTEM_TIME ALL').split('\n').includes('VALIDATED'))
})

// ---- until when, and who ----

test('after the time that the policy gives it is too late', async () => {
  const changeId = await rename('Verspätet')
  sql('UPDATE audit_record SET undoable_until = NOW(6) - INTERVAL 1 SECOND ORDER BY id DESC LIMIT 1')
  const late = await undo(changeId)
  assert.deepEqual(codes(late), ['NOT_ALLOWED changeId'])
  assert.match(late.userErrors[0].message, /too late/)
  sql('UPDATE audit_record SET undoable_until = NOW(6) + INTERVAL 1 MINUTE WHERE mutation = "updateCustomer" ORDER BY id DESC LIMIT 1')
  assert.deepEqual((await undo(changeId)).userErrors, [])
})

test('a policy of no minutes means that nothing can be taken back', async () => {
  sql("UPDATE policy SET value = 0 WHERE name = 'undo_minutes'")
  const was = nameNow(), changeId = await rename('Endgültig')
  sql("UPDATE policy SET value = 15 WHERE name = 'undo_minutes'")
  assert.match((await undo(changeId)).userErrors[0].message, /too late/)
  await rename(was)
})

test('agents take back what they did themselves, administrators what others did when they say so', async () => {
  const agent = await tokenOfAsking('agent')
  const was = nameNow(), changeId = await rename('Fremd')
  assert.deepEqual(codes(await undo(changeId, agent)), ['NOT_ALLOWED changeId'])
  assert.deepEqual((await undo(changeId)).userErrors, [])
  const theirs = await rename('Vom Kollegen', agent)
  assert.deepEqual(codes(await undo(theirs)), ['NOT_ALLOWED changeId'])
  assert.deepEqual((await undo(theirs, admin, { ofOthers: true })).userErrors, [])
  assert.equal(nameNow(), was)
})

test('who may not do the change any more may not take it back either', async () => {
  const reader = await tokenWithRights('admin', ['account:read', 'customer:read', 'undo:write', 'explorer:read'])
  const changeId = await rename('Rechtlos'), query = 'mutation ($input: UndoChangeInput!) { undoChange(input: $input) { userErrors { code } } }'
  const { body } = await graphql(reader, { query, variables: { input: { idempotencyKey: randomUUID(), changeId } } })
  assert.deepEqual(body.data.undoChange.userErrors, [{ code: 'NOT_ALLOWED' }])
  await undo(changeId)
})

test('changes of customers whom somebody may not see are not there for them', async () => {
  const partner = await tokenOf('nordfunk-shop'), changeId = await rename('Unsichtbar'), before = await digests()
  assert.deepEqual(codes(await change('undoChange', { changeId }, partner)), ['NOT_FOUND changeId'])
  for (const nothing of [globalId('AccountChange', '999999999'), globalId('Customer', customer), 'nonsense', ''])
    assert.deepEqual(codes(await undo(nothing)), ['NOT_FOUND changeId'])
  assert.deepEqual(await changedSince(before), [])
  await undo(changeId)
})

test('taking back is written down as a change of its own, and is not taken back itself', async () => {
  const was = nameNow(), changeId = await rename('Vermerkt')
  await undo(changeId)
  const [mutation, customerId, input] = sql('SELECT mutation, customer_id, input FROM audit_record ORDER BY id DESC LIMIT 1').split('\t')
  assert.deepEqual([mutation, customerId, JSON.parse(input).changeId], ['undoChange', customer, changeId])
  assert.equal(sql(`SELECT CONCAT(customer_id, ' ', COUNT(*)) FROM change_undo WHERE change_id = ${Buffer.from(changeId, 'base64url').toString().split(':')[1]}`), `${customer} 1`)
  assert.deepEqual(codes(await undo(lastChange())), ['NOT_ALLOWED changeId'])
  assert.equal(nameNow(), was)
})

test('the screens of whoever did all this are put back', async () => {
  assert.deepEqual((await change('updateViewer', { language })).userErrors, [])
})

test('who may not ask by themselves may no more', endAsking)
