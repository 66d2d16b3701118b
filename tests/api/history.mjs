// history: the versions of a row: what changed, when, as far as the viewer sees it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { globalId, graphql, moment, sql, tokenOf, tokenWithRights } from './client.mjs'

const admin = await tokenOf('admin')

async function ask(query, variables, token = admin) {
  const { body } = await graphql(token, { query, variables })
  assert.equal(body.errors, undefined, JSON.stringify(body))
  return body.data
}

// A customer nobody knows, with a life of their own: began, was renamed, opened an order, moved, all seen one by one.
const key = sql(`INSERT INTO customer (number, kind, status, given_name, family_name, display_name, sort_name, language, customer_since)
  VALUES ('HISTORY', 'RESIDENTIAL', 'ACTIVE', 'Zoe', 'Muller', 'Zoe Muller', 'Muller Zoe', 'en', '2026-01-01') RETURNING id`)
const id = globalId('Customer', key)
const began = () => sql(`SELECT row_start FROM customer WHERE id = ${key}`)
const change = (assignments) => {
  sql(`UPDATE customer SET ${assignments} WHERE id = ${key}`)
  return began()
}
const ownPartner = sql(`SELECT partner_id FROM user_account WHERE login = 'partner'`)
const times = [
  began(),
  change(`family_name = 'Müller', display_name = 'Zoe Müller'`), // equal to what it was, as the collation sees it
  change(`open_order_count = 1`),
  change(`sort_name = 'Mueller Zoe'`), // nobody sees that
  change(`segment = 'GOLD', language = 'de'`),
  change(`partner_id = ${ownPartner}`),
]

const historyQuery = `query ($id: ID!, $asOf: DateTime, $first: Int, $after: String, $last: Int, $before: String) {
  customer(id: $id, asOf: $asOf) { history(first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { validFrom validUntil changes name segment }
  } } }`
const historyOf = async (variables, token) => (await ask(historyQuery, { id, ...variables }, token)).customer.history
const changesOf = (history) => history.nodes.map((node) => node.changes.join())

test('every change is a version, the newest first, with what was different', async () => {
  const history = await historyOf({})
  assert.deepEqual(changesOf(history), ['partner', 'language,segment', 'openOrderCount', 'name,familyName', ''])
  assert.deepEqual(history.nodes.map((node) => node.name), ['Zoe Müller', 'Zoe Müller', 'Zoe Müller', 'Zoe Müller', 'Zoe Muller'])
  assert.deepEqual(history.nodes.map((node) => node.segment), ['GOLD', 'GOLD', 'STANDARD', 'STANDARD', 'STANDARD'])
  assert.equal(history.totalCount, 5)
})

test('each version holds until the next begins, the last one still', async () => {
  const history = await historyOf({})
  assert.deepEqual(history.nodes.map((node) => node.validFrom), [5, 4, 2, 1, 0].map((i) => moment(times[i])))
  assert.deepEqual(history.nodes.map((node) => node.validUntil), [null, ...[5, 4, 2, 1].map((i) => moment(times[i]))])
})

test('pages go through the versions in both directions', async () => {
  const first = await historyOf({ first: 2 })
  const second = await historyOf({ first: 2, after: first.pageInfo.endCursor })
  const third = await historyOf({ first: 2, after: second.pageInfo.endCursor })
  assert.deepEqual([first, second, third].flatMap(changesOf), changesOf(await historyOf({})))
  assert.deepEqual([first, second, third].map((page) => page.pageInfo.hasNextPage), [true, true, false])
  assert.deepEqual(changesOf(await historyOf({ last: 2 })), ['name,familyName', ''])
  assert.deepEqual(changesOf(await historyOf({ last: 2, before: third.pageInfo.startCursor })), changesOf(second))
})

test('as of a moment there are the versions until then', async () => {
  const history = await historyOf({ asOf: moment(times[4]) })
  assert.deepEqual(changesOf(history), ['language,segment', 'openOrderCount', 'name,familyName', ''])
  assert.equal(history.nodes[0].validUntil, null)
  assert.equal(history.nodes[1].validUntil, moment(times[4]))
  assert.equal(history.totalCount, 4)
})

test('what a viewer does not see has not changed for them, nor ended a version', async () => {
  const token = await tokenWithRights('admin', ['account:read', 'explorer:read'])
  const history = await historyOf({}, token)
  assert.deepEqual(changesOf(history), ['partner', 'language,segment', 'name', ''])
  assert.deepEqual(history.nodes.map((node) => node.validUntil), [null, ...[5, 4, 1].map((i) => moment(times[i]))])
  assert.equal(history.totalCount, 4)
  const asOf = moment(times[3])
  assert.deepEqual((await historyOf({ asOf }, token)).nodes.map((node) => node.validUntil), [null, moment(times[1])])
})

test('viewers with different rights, at the same time, see each their own', async () => {
  const tokens = [admin, await tokenWithRights('admin', ['account:read', 'explorer:read'])]
  const counts = await Promise.all(Array.from({ length: 60 }, async (_, i) => (await historyOf({}, tokens[i % 2])).totalCount))
  assert.deepEqual(counts, Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 5 : 4)))
})

test('a partner sees the whole history of a customer who is theirs now', async () => {
  const token = await tokenOf('partner')
  assert.equal((await historyOf({}, token)).nodes.at(-1).validFrom, moment(times[0]))
  sql(`UPDATE customer SET partner_id = NULL WHERE id = ${key}`)
  try {
    assert.equal((await ask(historyQuery, { id }, token)).customer, null)
  } finally {
    sql(`UPDATE customer SET partner_id = ${ownPartner} WHERE id = ${key}`)
  }
})

test('what was gone for a time began again', async () => {
  const contact = sql(`INSERT INTO contact_medium (customer_id, kind, value) VALUES (${key}, 'EMAIL', 'a@example.org') RETURNING id`)
  sql(`UPDATE contact_medium SET version = 2 WHERE id = ${contact}; DELETE FROM contact_medium WHERE id = ${contact}`)
  const gone = sql(`SELECT MAX(row_end) FROM contact_medium FOR SYSTEM_TIME ALL WHERE id = ${contact}`)
  sql(`INSERT INTO contact_medium (id, customer_id, kind, value) VALUES (${contact}, ${key}, 'EMAIL', 'a@example.org');
       UPDATE contact_medium SET value = 'b@example.org' WHERE id = ${contact}`)
  const { customer } = await ask('query ($id: ID!) { customer(id: $id) { contactMedia { history { nodes { id changes value validUntil } } } } }', { id })
  const versions = customer.contactMedia[0].history.nodes
  assert.deepEqual(versions.map((node) => [node.id, node.changes.join(), node.value]),
    [[contact, 'value', 'b@example.org'], [contact, '', 'a@example.org'], [contact, '', 'a@example.org']])
  assert.equal(versions[2].validUntil, moment(gone))
})

test('what moves to another owner begins there anew, and what it was before stays with the first', async () => {
  const contact = sql(`INSERT INTO contact_medium (customer_id, kind, value) VALUES (1, 'EMAIL', 'moving@example.org') RETURNING id`)
  const asOf = moment(sql('SELECT NOW(6)'))
  sql(`UPDATE contact_medium SET customer_id = ${key}, value = 'moved@example.org' WHERE id = ${contact}`)
  const query = 'query ($id: ID!, $asOf: DateTime) { customer(id: $id, asOf: $asOf) { contactMedia { value history { nodes { changes value } } } } }'
  const find = ({ customer }, value) => customer.contactMedia.find((each) => each.value === value)?.history.nodes
  const token = await tokenOf('partner')
  assert.deepEqual(find(await ask(query, { id }, token), 'moved@example.org'), [{ changes: [], value: 'moved@example.org' }])
  assert.deepEqual(find(await ask(query, { id: globalId('Customer', 1), asOf }), 'moving@example.org'), [{ changes: [], value: 'moving@example.org' }])
  sql(`DELETE FROM contact_medium WHERE id = ${contact}`)
})

// Not a hook: those of a file that another one imports run when the server has been ended.
test('the rows are taken away', () => sql(`DELETE FROM contact_medium WHERE customer_id = ${key}; DELETE FROM customer WHERE id = ${key}`))
