// interaction_start: whoever begins to help a customer is written down, once for as long as it lasts.
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
const count = () => Number(sql(`SELECT COUNT(*) FROM party_interaction WHERE customer_id = ${key} AND result = 'OPEN'`))
const forget = () => sql(`DELETE FROM party_interaction WHERE customer_id = ${key} AND result = 'OPEN'`)

async function start(input = {}, as = token) {
  const query = `mutation ($input: StartInteractionInput!) { startInteraction(input: $input) {
    interaction { id startedAt channel direction reason result agentName note customer { id } } userErrors { code field } dryRun replayed } }`
  return (await graphql(as, { query, variables: { input: { idempotencyKey: randomUUID(), customerId, ...input } } })).body
}
const begin = async (input, as) => {
  const { data, errors } = await start(input, as)
  assert.equal(errors, undefined, JSON.stringify(errors))
  return data.startInteraction
}

test('S1-16 who begins to help a customer is written down: with whom, how, and since when', async () => {
  forget()
  const { interaction, userErrors } = await begin()
  assert.deepEqual(userErrors, [])
  const { id, startedAt, agentName, ...rest } = interaction
  assert.deepEqual(rest, { channel: 'PHONE', direction: 'INBOUND', reason: 'UNKNOWN', result: 'OPEN', note: '', customer: { id: customerId } })
  assert.equal(agentName, sql("SELECT display_name FROM user_account WHERE login = 'admin'"))
  assert.ok(Math.abs(Date.parse(startedAt) - Date.now()) < 60_000)
  const { body } = await graphql(token, { query: '{ recentInteractions(first: 1) { nodes { id customer { id } } } }' })
  assert.deepEqual(body.data.recentInteractions.nodes, [{ id, customer: { id: customerId } }])
})

test('S1-16 the account opened again goes on with the same contact, also many times at once', async () => {
  const { interaction } = await begin()
  const again = await Promise.all(Array.from({ length: 8 }, () => begin()))
  assert.deepEqual(new Set(again.map((each) => each.interaction.id)), new Set([interaction.id]))
  assert.equal(count(), 1)
})

test('S1-16 another way, another agent, and half an hour later are other contacts', async () => {
  const first = (await begin()).interaction.id
  assert.notEqual((await begin({ channel: 'CHAT' })).interaction.id, first)
  assert.notEqual((await begin({}, await tokenOfAsking('agent'))).interaction.id, first)
  sql(`UPDATE party_interaction SET started_at = started_at - INTERVAL 31 MINUTE WHERE customer_id = ${key} AND result = 'OPEN'`)
  assert.notEqual((await begin()).interaction.id, first)
  assert.equal(count(), 4)
})

test('S1-16 a dry run leaves nothing, and the same key does nothing twice', async () => {
  forget()
  assert.equal((await begin({ dryRun: true })).dryRun, true)
  assert.equal(count(), 0)
  const idempotencyKey = randomUUID()
  const [one, other] = [await begin({ idempotencyKey }), await begin({ idempotencyKey })]
  assert.equal(other.interaction.id, one.interaction.id)
  assert.deepEqual([one.replayed, other.replayed], [false, true])
})

test('S1-16 somebody who is not there cannot be helped', async () => {
  const { interaction, userErrors } = await begin({ customerId: globalId('Customer', '999999999') })
  assert.equal(interaction, null)
  assert.deepEqual(userErrors, [{ code: 'NOT_FOUND', field: ['input', 'customerId'] }])
})

test('S1-16 who may not write notes cannot: neither partners nor customers nor agents without the right', async () => {
  for (const as of [await tokenOf('partner'), await tokenOfAsking('customer'), await tokenWithRights('admin', ['account:read', 'notes:read', 'explorer:read'])])
    assert.match(JSON.stringify((await start({}, as)).errors), /startInteraction|Mutation/)
  endAsking()
  assert.equal(count(), 1)
})

test('the contacts are taken away', () => {
  forget()
  assert.equal(count(), 0)
})
