// search: what is not said by goldens: definitions that are activated while the server runs, and the viewer's own contacts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graphql, sql, tokenOf } from './client.mjs'

const definition = '{ activeSearchDefinitions { name hitLimit fields { criterion operators isDefault } } }'

async function ask(login, query, variables) {
  const { body } = await graphql(await tokenOf(login), { query, variables })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data
}

const activeFor = async (login) => (await ask(login, definition)).activeSearchDefinitions

function withDefinition(use) {
  sql(`INSERT INTO search_definition (name, hit_limit) VALUES ('night shift', NULL)`)
  sql(`INSERT INTO search_field (definition, position, section, criterion, operators, enabled, is_default) VALUES
       ('night shift', 1, 'IDENTIFIERS', 'TICKET_NUMBER', 'EQUAL', TRUE, FALSE), ('night shift', 2, 'CONTACT', 'PHONE', 'LIKE,EQUAL', TRUE, TRUE)`)
  return use().finally(() => {
    sql(`UPDATE search_activation SET definition = 'standard'`)
    sql(`DELETE FROM search_field WHERE definition = 'night shift'`)
    sql(`DELETE FROM search_definition WHERE name = 'night shift'`)
  })
}

test('S4-07 activating another definition changes the fields of its audience at once, and of no other', () =>
  withDefinition(async () => {
    assert.deepEqual((await activeFor('admin')).map(({ name }) => name), ['standard'])
    sql(`UPDATE search_activation SET definition = 'night shift' WHERE audience = 'OPERATOR'`)
    const [active, ...others] = await activeFor('admin')
    assert.deepEqual(others, [])
    assert.equal(active.hitLimit, null, 'S4-23 all hits, page by page')
    assert.deepEqual(active.fields.map(({ criterion }) => criterion), ['TICKET_NUMBER', 'PHONE'])
    assert.deepEqual(active.fields.find(({ isDefault }) => isDefault).operators, ['LIKE', 'EQUAL'], 'S4-12')
    assert.deepEqual((await activeFor('partner')).map(({ name }) => name), ['standard'])
  }))

for (const [what, statement] of [
  ['no audience has two active definitions', `INSERT INTO search_activation VALUES ('OPERATOR', 'standard')`],
  ['an active definition cannot be taken away', `DELETE FROM search_definition WHERE name = 'standard'`],
  ['nothing can be activated that is not defined', `UPDATE search_activation SET definition = 'nothing'`],
  ['a definition has one default', `UPDATE search_field SET is_default = TRUE WHERE criterion = 'PHONE'`],
  ['the default is enabled', `UPDATE search_field SET enabled = FALSE WHERE is_default`],
])
  test(`S4-07 ${what}`, () => assert.throws(() => sql(statement)))

const mine = '{ recentInteractions(first: 200) { nodes { id startedAt agentName customer { id } } pageInfo { hasNextPage } } }'

// Administrators are in touch with nobody, so some of what the agent did is theirs for a moment.
test('S4-21 my latest interactions, the newest first', async () => {
  const admin = sql(`SELECT id FROM user_account WHERE login = 'admin'`)
  assert.deepEqual((await ask('admin', mine)).recentInteractions.nodes, [])
  sql(`UPDATE party_interaction SET user_account_id = ${admin} WHERE user_account_id = 1`)
  try {
    const { nodes } = (await ask('admin', mine)).recentInteractions
    assert.ok(nodes.length > 100, `${nodes.length} of them`)
    assert.ok(nodes.every(({ agentName, customer }) => agentName === 'Jana Köhler' && customer !== null))
    const moments = nodes.map(({ startedAt }) => startedAt)
    assert.deepEqual(moments, [...moments].sort().reverse())
    const plan = sql(`EXPLAIN SELECT id FROM party_interaction WHERE user_account_id = ${admin} ORDER BY started_at DESC, id DESC LIMIT 26`)
    assert.match(plan, /party_interaction_of_user/)
    assert.doesNotMatch(plan, /filesort/)
  } finally {
    sql(`UPDATE party_interaction SET user_account_id = 1 WHERE user_account_id = ${admin}`)
  }
})
