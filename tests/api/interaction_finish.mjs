// interaction_finish: what a contact was about and what came of it is said once, by whoever was in touch.
//
// It all happens to a customer who is seldom in touch; the contacts are taken away at the end.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { endAsking, tokenOfAsking } from './asking.mjs'
import { globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'

const token = await tokenOf('admin')
const key = sql("SELECT customer_id FROM customer_search_term WHERE term = 'werner' AND customer_id < 13 LIMIT 1")
const customerId = globalId('Customer', key)
const mine = `customer_id = ${key} AND user_account_id IS NOT NULL AND started_at > NOW(6) - INTERVAL 1 DAY`
const forget = () => sql(`DELETE FROM party_interaction WHERE ${mine}`)
const stored = (id) => sql(`SELECT reason, result, note, ended_at IS NOT NULL, COALESCE(trouble_ticket_id, '-') FROM party_interaction WHERE id = ${Buffer.from(id, 'base64url').toString().split(':')[1]}`)

async function begin(as = token) {
  const query = `mutation ($input: StartInteractionInput!) { startInteraction(input: $input) { interaction { id own } userErrors { code } } }`
  const { data } = (await graphql(as, { query, variables: { input: { idempotencyKey: randomUUID(), customerId } } })).body
  assert.equal(data.startInteraction.interaction.own, true)
  return data.startInteraction.interaction.id
}

async function send(input, as = token) {
  const query = `mutation ($input: FinishInteractionInput!) { finishInteraction(input: $input) {
    interaction { id startedAt endedAt reason result note about { __typename } } userErrors { code field message } dryRun replayed } }`
  return (await graphql(as, { query, variables: { input: { idempotencyKey: randomUUID(), reason: 'BILLING', result: 'SOLVED', ...input } } })).body
}
const finish = async (input, as) => {
  const { data, errors } = await send(input, as)
  assert.equal(errors, undefined, JSON.stringify(errors))
  return data.finishInteraction
}
const codes = ({ userErrors }) => userErrors.map(({ code, field }) => `${code} ${field?.slice(1).join('.')}`)

test('S1-16 an order is nothing to finish a contact with for somebody who may not look at orders', async () => {
  const as = await tokenWithRights('admin', ['account:read', 'notes:read', 'notes:write', 'explorer:read'])
  const aboutId = globalId('ProductOrder', sql(`SELECT id FROM product_order WHERE customer_id = ${key} LIMIT 1`))
  const query = 'mutation ($input: FinishInteractionInput!) { finishInteraction(input: $input) { userErrors { code field } } }'
  const { body } = await graphql(as, { query, variables: { input: { idempotencyKey: randomUUID(), id: await begin(), reason: 'ORDER', result: 'SOLVED', aboutId } } })
  assert.deepEqual(body.data?.finishInteraction.userErrors, [{ code: 'NOT_FOUND', field: ['input', 'aboutId'] }], JSON.stringify(body))
})

test('S1-16 a contact ends with what it was about, what came of it and a note', async () => {
  forget()
  const id = await begin()
  const note = 'Explained the bill.\nPays by Friday.'
  const { interaction, userErrors } = await finish({ id, note: `  ${note}\n` })
  assert.deepEqual(userErrors, [])
  assert.deepEqual([interaction.id, interaction.reason, interaction.result, interaction.note, interaction.about], [id, 'BILLING', 'SOLVED', note, null])
  assert.ok(Date.parse(interaction.endedAt) >= Date.parse(interaction.startedAt))
  assert.notEqual(await begin(), id, 'whoever opens the account again is in touch anew')
})

test('S1-16 what came of it is said once, also by many at once', async () => {
  const id = await begin()
  const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => finish({ id, note: `Number ${i}` })))
  const done = answers.filter(({ userErrors }) => userErrors.length === 0)
  assert.equal(done.length, 1)
  assert.deepEqual(new Set(answers.flatMap(codes)), new Set(['NOT_ALLOWED id']))
  assert.match(stored(id), new RegExp(done[0].interaction.note))
})

test('S1-16 a dry run leaves it open, and the same key ends it once', async () => {
  const id = await begin(), idempotencyKey = randomUUID()
  const tried = await finish({ id, dryRun: true })
  assert.deepEqual([tried.dryRun, tried.interaction.result], [true, 'SOLVED'])
  assert.match(stored(id), /^UNKNOWN\tOPEN\t\t0/)
  const [one, other] = [await finish({ id, idempotencyKey }), await finish({ id, idempotencyKey })]
  assert.deepEqual([one.replayed, other.replayed], [false, true])
  assert.deepEqual(one.interaction, other.interaction)
})

test('S1-16 it leads to the ticket or order that it was about, of this customer alone', async () => {
  const id = await begin()
  const other = globalId('TroubleTicket', sql(`SELECT MIN(id) FROM trouble_ticket WHERE customer_id <> ${key}`))
  for (const aboutId of [other, customerId, 'nonsense', ''])
    assert.deepEqual(codes(await finish({ id, aboutId })), ['NOT_FOUND aboutId'])
  const ticket = `mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { id } } }`
  const input = { idempotencyKey: randomUUID(), customerId, type: 'COMPLAINT', severity: 'MINOR', subject: 'Waited long', text: 'On the line.', dryRun: false }
  const aboutId = (await graphql(token, { query: ticket, variables: { input } })).body.data.createTicket.ticket.id
  assert.equal((await finish({ id, aboutId, result: 'PASSED_ON' })).interaction.about.__typename, 'TroubleTicket')
})

test('S1-16 nobody has said it yet is no answer, and notes have an end', async () => {
  const id = await begin()
  assert.deepEqual(codes(await finish({ id, reason: 'UNKNOWN', result: 'OPEN' })), ['REQUIRED reason', 'REQUIRED result'])
  assert.deepEqual(codes(await finish({ id, note: 'ü'.repeat(501) })), ['INVALID note'])
  assert.deepEqual(codes(await finish({ id, note: 'a\u0007b' })), ['INVALID note'])
  assert.match(stored(id), /^UNKNOWN\tOPEN\t\t0/)
  assert.deepEqual(codes(await finish({ id, note: 'ü'.repeat(500) })), [])
})

test('S1-16 only who was in touch can say what came of it', async () => {
  const id = await begin(await tokenOfAsking('agent'))
  assert.deepEqual(codes(await finish({ id })), ['NOT_ALLOWED id'])
  const query = '{ customer(id: "' + customerId + '") { interactions(first: 1) { nodes { id own } } } }'
  assert.deepEqual((await graphql(token, { query })).body.data.customer.interactions.nodes, [{ id, own: false }])
})

test('S1-16 another partner\'s contact is as unknown as one that does not exist, and who may not write notes has no such mutation', async () => {
  const id = await begin()
  for (const as of [await tokenOf('partner'), await tokenOfAsking('customer'), await tokenWithRights('admin', ['account:read', 'notes:read', 'explorer:read'])])
    assert.match(JSON.stringify((await send({ id }, as)).errors), /finishInteraction|Mutation/)
  assert.deepEqual(codes(await finish({ id: globalId('PartyInteraction', '999999999999') })), ['NOT_FOUND id'])
  endAsking()
  assert.match(stored(id), /^UNKNOWN\tOPEN/)
})

test('the contacts are taken away', () => {
  sql(`DELETE FROM party_interaction WHERE ${mine}`)
  assert.equal(sql(`SELECT COUNT(*) FROM party_interaction WHERE ${mine}`), '0')
})
