// ticket_work: whoever works on tickets finds them by team, the most urgent first, and takes each once.
//
// Jana Köhler and the administrator work off the tickets of the first line, Sven Lüders those of network operations.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act, codes, done } from './acting.mjs'
import { endAsking, tokenOfAsking } from './asking.mjs'
import { globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'

const admin = await tokenOf('admin')
let jana, sven // who may ask what they like for now
const teamOf = (name) => sql(`SELECT id FROM team WHERE name = '${name}'`)
const [firstLine, network] = ['First line', 'Network operations'].map(teamOf)
const userOf = (login) => sql(`SELECT id FROM user_account WHERE login = '${login}'`)
const key = sql("SELECT customer_id FROM customer_search_term WHERE term = 'katharina' AND customer_id < 13 LIMIT 1")
const customerId = globalId('Customer', key)

const fields = 'ticket { id number own assigneeName escalated status team { id name } turn } change { id }'
const perform = (name, input, as = jana) => act(as, name, input, fields)
const create = async (input = {}) => (await act(admin, 'createTicket', { customerId, type: 'FAULT', severity: 'CRITICAL', subject: 'To be taken', text: 'Nothing works.', ...input }, 'ticket { id number }')).ticket

const list = `query ($team: ID, $holder: TicketHolder, $status: TroubleTicketStatus, $priority: TicketPriority, $queue: ID, $overdue: Boolean, $first: Int, $after: String) {
  tickets(teamId: $team, holder: $holder, status: $status, priority: $priority, queueId: $queue, overdue: $overdue, first: $first, after: $after) {
    nodes { id number status priority nextDueAt openedAt own assigneeName team { id } queue { id } customer { id } } pageInfo { hasNextPage endCursor } } }`
async function listed(variables, as = admin) {
  const { body } = await graphql(as, { query: list, variables: { first: 200, ...variables } })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data.tickets.nodes
}
const numbers = (nodes) => nodes.map(({ number }) => number)
// What is work, by what people write; in the order of urgency.
const work = (condition) => sql(`SELECT number FROM trouble_ticket WHERE is_open AND status <> 'RESOLVED' AND NOT sub_status <=> 'DRAFT' AND ${condition}
  ORDER BY next_due_at IS NULL, next_due_at, FIELD(priority, 'HIGH', 'MEDIUM', 'LOW'), opened_at, id`).split('\n').filter(Boolean)

test('S2-42 a team’s tickets come with what is promised first, then by priority and age, page by page', async () => {
  [jana, sven] = [await tokenOfAsking('agent'), await tokenOfAsking('agent.de')]
  for (const severity of ['MINOR', 'CRITICAL', 'MAJOR', 'CRITICAL', 'MINOR', 'MAJOR']) await create({ severity })
  const wanted = work(`team_id = ${firstLine}`)
  assert.ok(wanted.length > 8, `${wanted.length} tickets`)
  const got = []
  for (let after = null, more = true; more;) {
    const { body } = await graphql(admin, { query: list, variables: { team: firstLine, first: 4, after } })
    got.push(...numbers(body.data.tickets.nodes))
    more = body.data.tickets.pageInfo.hasNextPage
    after = body.data.tickets.pageInfo.endCursor
  }
  assert.deepEqual(got, wanted)
})

test('S2-42 S2-02 they are nobody’s, or mine, and narrowed by status, priority, queue and what is overdue', async () => {
  const own = userOf('agent')
  const queue = sql(`SELECT queue_id FROM trouble_ticket WHERE work_team_id = ${firstLine} LIMIT 1`)
  for (const [variables, condition] of [
    [{ team: firstLine, holder: 'NOBODY' }, `team_id = ${firstLine} AND assignee_name IS NULL`],
    [{ holder: 'NOBODY' }, 'assignee_name IS NULL'],
    [{ holder: 'VIEWER' }, `assignee_id = ${own}`],
    [{ team: firstLine, holder: 'VIEWER' }, `team_id = ${firstLine} AND assignee_id = ${own}`],
    [{ team: firstLine, status: 'IN_PROGRESS' }, `team_id = ${firstLine} AND status = 'IN_PROGRESS'`],
    [{ team: firstLine, priority: 'HIGH' }, `team_id = ${firstLine} AND priority = 'HIGH'`],
    [{ team: firstLine, queue }, `team_id = ${firstLine} AND queue_id = ${queue}`],
    [{ team: firstLine, overdue: true }, `team_id = ${firstLine} AND next_due_at < NOW(6)`],
    [{ team: firstLine, overdue: false }, `team_id = ${firstLine} AND NOT COALESCE(next_due_at < NOW(6), FALSE)`],
  ]) assert.deepEqual(numbers(await listed(variables, jana)), work(condition).slice(0, 200), JSON.stringify(variables))
  assert.ok((await listed({ holder: 'VIEWER' }, jana)).every(({ own: mine }) => mine))
})

test('S2-42 what cannot be a list of work is refused, and says why', async () => {
  for (const [variables, words] of [
    [{}, /Say whose tickets/], [{ status: 'PENDING' }, /Say whose tickets/], [{ team: 'first line' }, /takes the id of a team/],
    [{ team: firstLine, status: 'RESOLVED' }, /in the account of its customer/], [{ holder: 'NOBODY', status: 'CLOSED' }, /in the account of its customer/],
  ]) {
    const { body } = await graphql(admin, { query: list, variables })
    assert.match(body.errors[0].message, words, JSON.stringify(variables))
    assert.equal(body.errors[0].extensions.code, 'BAD_USER_INPUT')
  }
})

test('S2-42 partners see their own customers’ tickets, customers their own, and who has no right none', async () => {
  const partner = await tokenOf('partner')
  const below = "customer_id IN (SELECT c.id FROM customer AS c JOIN partner AS p ON p.id = c.partner_id JOIN partner AS own ON p.path LIKE CONCAT(own.path, '%') JOIN user_account AS u ON u.partner_id = own.id WHERE u.login = 'partner')"
  const seen = await listed({ holder: 'NOBODY' }, partner)
  assert.deepEqual(numbers(seen), work(`assignee_name IS NULL AND ${below}`))
  const others = work(`assignee_name IS NULL AND NOT COALESCE(${below}, FALSE)`)
  assert.ok(others.length > 0 && seen.every(({ number }) => !others.includes(number)))
  await create()
  const selfCare = await listed({ holder: 'NOBODY' }, await tokenOfAsking('customer'))
  assert.deepEqual(numbers(selfCare), work(`assignee_name IS NULL AND customer_id = ${key}`))
  assert.ok(selfCare.length > 0 && selfCare.every(({ customer }) => customer.id === customerId))
  const without = await tokenWithRights('admin', ['account:read', 'explorer:read'])
  assert.equal((await graphql(without, { query: list })).body.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED')
})

test('S2-42 each list of work is read from its beginning by an index in its order', () => {
  const order = 'ORDER BY t.due_order, t.priority_order, t.opened_at, t.id LIMIT 51'
  for (const [condition, index] of [
    [`t.work_team_id = ${firstLine}`, 'trouble_ticket_work'],
    ['t.work_user_id = 0', 'trouble_ticket_work_of_user'],
    [`t.work_team_id = ${firstLine} AND t.work_user_id = 0`, 'trouble_ticket_work_of_both'],
  ]) {
    const plan = sql(`EXPLAIN SELECT t.id FROM trouble_ticket AS t WHERE ${condition} ${order}`)
    assert.equal(plan.split('\t')[5], index, plan)
    assert.doesNotMatch(plan, /filesort|temporary/, plan)
  }
})

test('S1-37 the team that got a ticket finds it among what is nobody’s, and who had it does not any more', async () => {
  const { id, number } = await create()
  done(await perform('takeTicket', { id }))
  assert.ok(numbers(await listed({ holder: 'VIEWER' }, jana)).includes(number))
  done(await act(jana, 'escalateTicket', { id, teamId: network, reason: 'The line is cut at the exchange.' }, 'ticket { id }'))
  assert.ok(!numbers(await listed({ holder: 'VIEWER' }, jana)).includes(number))
  assert.ok(!numbers(await listed({ team: firstLine }, jana)).includes(number))
  const [there] = (await listed({ team: network, holder: 'NOBODY' }, sven)).filter((ticket) => ticket.number === number)
  assert.deepEqual([there.assigneeName, there.own], [null, false])
  done(await perform('takeTicket', { id }, sven))
  done(await act(sven, 'changeTicketStatus', { id, status: 'RESOLVED', text: 'The line is mended.' }, 'ticket { id }'))
  assert.ok(!numbers(await listed({ holder: 'VIEWER' }, sven)).includes(number), 'resolved is no work')
})

test('S2-42 a ticket that is nobody’s is taken; who comes second is told who was first', async () => {
  const { id } = await create()
  const { ticket } = done(await perform('takeTicket', { id }))
  assert.deepEqual([ticket.own, ticket.assigneeName, ticket.turn], [true, 'Jana Köhler', 'WAITING'])
  const again = await perform('takeTicket', { id }), second = await perform('takeTicket', { id }, admin)
  assert.deepEqual([codes(again), again.userErrors[0].message], [['NOT_ALLOWED id'], 'You work on it already.'])
  assert.deepEqual([codes(second), second.ticket.assigneeName], [['NOT_ALLOWED id'], 'Jana Köhler'])
  assert.match(second.userErrors[0].message, /^Jana Köhler works on it/)
  const settled = globalId('TroubleTicket', sql('SELECT MIN(id) FROM trouble_ticket WHERE NOT is_open'))
  assert.deepEqual(codes(await perform('takeTicket', { id: settled })), ['NOT_OPEN id'])
})

test('S2-42 a ticket is given to somebody of its team, or back, and to nobody of another team', async () => {
  const { id, number } = await create()
  done(await perform('takeTicket', { id }))
  const query = 'query ($id: ID!) { ticketAssignees(ticketId: $id) { id name } }'
  const { ticketAssignees } = (await graphql(jana, { query, variables: { id } })).body.data
  assert.deepEqual(ticketAssignees, sql(`SELECT id, display_name FROM user_account WHERE team_id = ${firstLine} ORDER BY display_name, id`).split('\n').map((row) => row.split('\t')).map(([one, name]) => ({ id: one, name })))
  const given = done(await perform('assignTicket', { id, assigneeId: userOf('admin') })).ticket
  assert.deepEqual([given.own, given.assigneeName, given.turn], [false, 'Ruth Albers', 'NEW'])
  for (const assigneeId of [userOf('agent.de'), userOf('partner'), '999999', 'x']) {
    const refused = await perform('assignTicket', { id, assigneeId })
    assert.deepEqual(codes(refused), ['NOT_FOUND assigneeId'], assigneeId)
    assert.match(refused.userErrors[0].message, /the team First line/)
  }
  assert.equal(done(await perform('assignTicket', { id })).ticket.assigneeName, null)
  assert.ok(numbers(await listed({ team: firstLine, holder: 'NOBODY' })).includes(number))
})

test('S2-42 what was taken by mistake is taken back', async () => {
  const { id } = await create()
  const { change } = done(await perform('takeTicket', { id }))
  done(await act(jana, 'undoChange', { changeId: change.id }, 'customer { id }'))
  assert.equal(sql(`SELECT assignee_id IS NULL AND assignee_name IS NULL AND work_user_id = 0 FROM trouble_ticket WHERE id = ${Buffer.from(id, 'base64url').toString().split(':')[1]}`), '1')
})

test('S2-42 the next ticket is the most urgent that is nobody’s, of the own team unless told', async () => {
  await create()
  const [next] = work(`team_id = ${firstLine} AND assignee_name IS NULL`)
  assert.equal(done(await perform('takeNextTicket', { dryRun: true })).ticket.number, next)
  const { ticket } = done(await perform('takeNextTicket', {}))
  assert.deepEqual([ticket.number, ticket.own], [next, true])
  const { id } = await create()
  done(await act(jana, 'escalateTicket', { id, teamId: network, reason: 'The line is cut at the exchange.' }, 'ticket { id }'))
  const [other] = work(`team_id = ${network} AND assignee_name IS NULL`)
  assert.equal(done(await perform('takeNextTicket', { teamId: network, dryRun: true })).ticket.number, other)
  assert.deepEqual(codes(await perform('takeNextTicket', { teamId: '999999' })), ['NOT_FOUND'])
  assert.deepEqual(codes(await perform('takeNextTicket', { teamId: 'x' })), ['NOT_FOUND teamId'])
  sql("UPDATE user_account SET team_id = NULL WHERE login = 'admin'")
  try {
    await new Promise((resolve) => setTimeout(resolve, 1000)) // what is known of who asks is that old at most
    assert.deepEqual(codes(await perform('takeNextTicket', {}, admin)), ['REQUIRED teamId'])
  } finally {
    sql(`UPDATE user_account SET team_id = ${firstLine} WHERE login = 'admin'`)
  }
})

test('S2-42 of many who take the next one at once each gets another one', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => create()))
  const answers = await Promise.all(made.map((_, i) => perform('takeNextTicket', { teamId: firstLine }, [jana, sven][i % 2])))
  const taken = answers.map((answer) => done(answer).ticket.number)
  assert.equal(new Set(taken).size, made.length)
})

test('S2-42 of two who take the same ticket at once exactly one gets it', async () => {
  for (let i = 0; i < 5; i++) {
    const { id } = await create()
    const both = await Promise.all([perform('takeTicket', { id }, jana), perform('takeTicket', { id }, sven)])
    assert.deepEqual(both.map((answer) => codes(answer).join()).sort(), ['', 'NOT_ALLOWED id'])
    assert.equal(new Set(both.map(({ ticket }) => ticket.assigneeName)).size, 1)
  }
})

test('who may not ask by themselves may no more', endAsking)

test('partners and customers take nothing', async () => {
  for (const mutation of ['takeTicket', 'takeNextTicket', 'assignTicket']) {
    const { body } = await graphql(await tokenOf('nordfunk-shop'), { query: `mutation { ${mutation}(input: {}) { dryRun } }` })
    assert.equal(body.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED')
  }
})
