// actions: what a tab offers to do: for whom, by which documents, and that these do it.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'

const admin = await tokenOf('admin')

async function answer(token, body) {
  const { status, body: { data, errors } } = await graphql(token, body)
  assert.equal(errors, undefined, JSON.stringify(errors))
  assert.equal(status, 200)
  return data
}

const actionsOf = async (token) =>
  new Map((await answer(token, { query: '{ viewer { tabs { key actions { key mutation input document choices } } } }' }))
    .viewer.tabs.flatMap(({ key, actions }) => actions.map((action) => [`${key}.${action.key}`, action])))

test('S4-04 S4-05 actions are offered with what they need, and not to those who lack a right they take', async () => {
  const all = await actionsOf(admin)
  const { key, mutation, input, document, choices } = all.get('tickets.escalate')
  assert.deepEqual([key, mutation, input], ['escalate', 'escalateTicket', 'EscalateTicketInput'])
  for (const id of [document, choices]) assert.match(id, /^sha256:[0-9a-f]{64}$/)
  assert.equal(all.get('tickets.answer').choices, null)
  const reader = await actionsOf(await tokenWithRights('admin', ['account:read', 'customer:read', 'tickets:read', 'explorer:read']))
  assert.deepEqual([...reader.keys()], [])
  const writer = await actionsOf(await tokenWithRights('admin', ['account:read', 'customer:read', 'tickets:read', 'tickets:write', 'explorer:read']))
  assert.deepEqual([...writer.keys()], ['tickets.create', 'tickets.answer', 'tickets.status'])
})

test('S1-04 whatever an action asks for says what it is for', async () => {
  const { __schema: { types } } = await answer(admin, { query: '{ __schema { types { name kind inputFields { name description type { name ofType { name ofType { name ofType { name } } } } } } } }' })
  const inputs = new Map(types.filter(({ kind }) => kind === 'INPUT_OBJECT').map(({ name, inputFields }) => [name, inputFields]))
  const named = (type) => (type.ofType ? named(type.ofType) : type.name)
  const walk = (name, seen) => {
    if (!inputs.has(name) || seen.has(name)) return
    seen.add(name)
    for (const member of inputs.get(name)) {
      assert.match(member.description ?? '', /\S+ \S+/, `${name}.${member.name} says what it is for`)
      walk(named(member.type), seen)
    }
  }
  const all = await actionsOf(admin), asked = new Set()
  assert.ok(all.size >= 10, 'tabs offer actions')
  for (const { input } of all.values()) {
    assert.ok(inputs.has(input), input)
    walk(input, asked)
  }
})

test('S1-08 S1-36 its document opens a ticket, also for who may send no document of their own', async () => {
  const { document } = (await actionsOf(admin)).get('tickets.create')
  const rights = ['account:read', 'customer:read', 'tickets:read', 'tickets:write']
  const agent = await tokenWithRights('admin', [...rights, 'subscriptions:read'])
  const key = sql('SELECT customer_id FROM product WHERE status = \'ACTIVE\' ORDER BY customer_id DESC LIMIT 1')
  const product = sql(`SELECT id FROM product WHERE customer_id = ${key} AND status = 'ACTIVE' LIMIT 1`)
  const input = { idempotencyKey: randomUUID(), dryRun: true, customerId: globalId('Customer', key), type: 'FAULT', subject: 'No light', text: 'It is dark.', aboutId: globalId('Product', product) }
  const { createTicket } = await answer(agent, { documentId: document, variables: { input } })
  assert.deepEqual([createTicket.userErrors, createTicket.dryRun], [[], true])
  assert.match(createTicket.ticket.number, /^8\d{9}$/)
  const blind = (await answer(await tokenWithRights('admin', rights), { documentId: document, variables: { input } })).createTicket
  assert.deepEqual(blind.userErrors.map(({ code, field }) => [code, field.at(-1)]), [['NOT_FOUND', 'aboutId']], 'what one may not look at is not there')
  const refused = await graphql(await tokenWithRights('admin', ['account:read', 'tickets:read']), { documentId: document, variables: { input } })
  assert.equal(refused.body.data?.createTicket, undefined, 'without the right nothing is done')
})

test('S1-37 teams can be chosen for an escalation by who may escalate, and by nobody else', async () => {
  const { choices } = (await actionsOf(admin)).get('tickets.escalate')
  const { teams } = await answer(admin, { documentId: choices, variables: {} })
  assert.deepEqual(teams.map(({ name }) => name), sql('SELECT name FROM team ORDER BY name').split('\n'))
  const { body } = await graphql(await tokenOf('nordfunk-shop'), { query: '{ teams { id } }' })
  assert.equal(body.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED')
})

test('S1-38 what may follow on where a ticket stands is told, as it is checked when it is changed', async () => {
  const rows = sql('SELECT status, MIN(id) FROM trouble_ticket GROUP BY status').split('\n').map((line) => line.split('\t'))
  const ids = rows.map(([, id]) => globalId('TroubleTicket', id))
  const { nodes } = await answer(admin, { query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on TroubleTicket { id status nextStatuses } } }', variables: { ids } })
  const change = 'mutation ($input: ChangeTicketStatusInput!) { changeTicketStatus(input: $input) { userErrors { code } } }'
  for (const { id, status, nextStatuses } of nodes)
    for (const to of ['ACKNOWLEDGED', 'REJECTED', 'PENDING', 'HELD', 'IN_PROGRESS', 'RESOLVED', 'CLOSED', 'CANCELLED']) {
      const input = { idempotencyKey: randomUUID(), dryRun: true, id, status: to, text: 'Because.' }
      const { changeTicketStatus } = await answer(admin, { query: change, variables: { input } })
      assert.equal(changeTicketStatus.userErrors.length === 0, nextStatuses.includes(to), `${status} to ${to}`)
    }
})
