// ticket_act: tickets are opened and answered: numbers, queues, promises, counters and turns.
//
// It all happens to a customer who has few tickets; the tickets stay.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { act, codes, foundBy } from './acting.mjs'
import { endAsking, tokenOfAsking } from './asking.mjs'
import { globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'

const token = await tokenOf('admin')
const key = sql("SELECT customer_id FROM customer_search_term WHERE term = 'katharina' AND customer_id < 13 LIMIT 1")
const customerId = globalId('Customer', key)
const openCount = () => Number(sql(`SELECT open_ticket_count FROM customer WHERE id = ${key}`))

const ticketFields = `ticket { id number status escalated reopenedCount resolvedAt severity priority open subject nextDueAt queue { name } team { name } turn about { __typename }
  clocks { kind startedAt dueAt stoppedAt state } articles(first: 3) { nodes { kind authorKind authorName subject text } } }`

const perform = (name, input, as = token) => act(as, name, input, ticketFields)
const create = (input, as) => perform('createTicket', { customerId, type: 'FAULT', severity: 'MAJOR', subject: 'No dial tone', text: 'Since this morning.', ...input }, as)
const answer = (input, as) => perform('answerTicket', { text: 'We are looking into it.', ...input }, as)
const minutes = ({ startedAt, dueAt }) => (Date.parse(dueAt) - Date.parse(startedAt)) / 60_000

let opened
test('S1-36 a ticket gets a number, a queue and its promises, and is counted and found', async () => {
  const before = openCount()
  const { ticket, userErrors } = await create({})
  opened = ticket
  assert.deepEqual(userErrors, [])
  assert.match(ticket.number, /^8\d{9}$/)
  assert.deepEqual([ticket.status, ticket.priority, ticket.queue.name, ticket.open], ['ACKNOWLEDGED', 'MEDIUM', 'Faults', true])
  assert.deepEqual(ticket.clocks.map((clock) => [clock.kind, minutes(clock), clock.state]), [['RESPOND', 240, 'RUNNING'], ['RESTORE', 1440, 'RUNNING'], ['FIX', 4320, 'RUNNING']])
  assert.equal(ticket.nextDueAt, ticket.clocks[0].dueAt)
  assert.equal(ticket.articles.nodes[0].authorKind, 'CUSTOMER')
  assert.equal(openCount(), before + 1)
  assert.deepEqual(await foundBy(token, ticket.number), [customerId])
})

test('S1-36 what it is about is a product or an order of the same customer', async () => {
  const [own, foreign] = sql(`(SELECT id FROM product WHERE customer_id = ${key} LIMIT 1) UNION ALL (SELECT id FROM product WHERE customer_id <> ${key} LIMIT 1)`).split('\n')
  assert.equal((await create({ aboutId: globalId('Product', own), dryRun: true })).ticket.about.__typename, 'Product')
  assert.deepEqual(codes(await create({ aboutId: globalId('Product', foreign) })), ['NOT_FOUND aboutId'])
  assert.deepEqual(codes(await create({ aboutId: customerId })), ['NOT_FOUND aboutId'])
})

test('S1-36 sent twice, also at once, it is one ticket', async () => {
  const before = openCount()
  const idempotencyKey = randomUUID()
  const answers = await Promise.all(Array.from({ length: 8 }, () => create({ idempotencyKey, subject: 'Once' })))
  assert.equal(new Set(answers.map(({ ticket }) => ticket.number)).size, 1)
  assert.equal(openCount(), before + 1)
})

test('S1-36 numbers are given out once, whoever asks at once', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => create({ subject: `At once ${i}` })))
  assert.equal(new Set(answers.map(({ ticket }) => ticket.number)).size, 12)
})

test('R6 a ticket that is only tried leaves nothing', async () => {
  const state = () => sql(`SELECT COUNT(*), MAX(id) FROM trouble_ticket; SELECT next FROM number_sequence WHERE name = 'ticket'; SELECT COUNT(*) FROM ticket_article; SELECT COUNT(*) FROM ticket_clock; SELECT COUNT(*) FROM customer_search_term; SELECT SUM(open_ticket_count) FROM customer; SELECT COUNT(*) FROM audit_record`)
  const before = state()
  const { ticket, dryRun } = await create({ dryRun: true, severity: 'CRITICAL' })
  assert.deepEqual([dryRun, ticket.priority, ticket.clocks.length], [true, 'HIGH', 3])
  assert.equal(state(), before)
})

test('S1-36 the first answer of an agent keeps the first promise and takes the ticket up', async () => {
  const { ticket, userErrors } = await answer({ id: opened.id })
  assert.deepEqual(userErrors, [])
  assert.deepEqual([ticket.status, ticket.clocks[0].state, ticket.nextDueAt], ['IN_PROGRESS', 'KEPT', ticket.clocks[1].dueAt])
  assert.equal(ticket.articles.nodes[0].authorKind, 'AGENT')
})

test('S1-36 customers open and answer their own tickets, and no others', async () => {
  const selfCare = await tokenOfAsking('customer')
  const { ticket } = await create({ subject: 'From self-care' }, selfCare)
  assert.equal(ticket.articles.nodes[0].authorKind, 'CUSTOMER')
  assert.equal((await answer({ id: ticket.id, text: 'It is urgent.' }, selfCare)).ticket.status, 'ACKNOWLEDGED')
  const other = sql(`SELECT customer_id, id FROM trouble_ticket WHERE customer_id <> ${key} AND is_open LIMIT 1`).split('\t')
  assert.deepEqual(codes(await create({ customerId: globalId('Customer', other[0]) }, selfCare)), ['NOT_FOUND customerId'])
  assert.deepEqual(codes(await answer({ id: globalId('TroubleTicket', other[1]) }, selfCare)), ['NOT_FOUND id'])
})

// TMF621: what may follow on what.
const followers = {
  ACKNOWLEDGED: ['IN_PROGRESS', 'PENDING', 'HELD', 'RESOLVED', 'REJECTED', 'CANCELLED'],
  IN_PROGRESS: ['PENDING', 'HELD', 'RESOLVED', 'CANCELLED'],
  PENDING: ['IN_PROGRESS', 'HELD', 'RESOLVED', 'CANCELLED'],
  HELD: ['IN_PROGRESS', 'PENDING', 'RESOLVED', 'CANCELLED'],
  RESOLVED: ['IN_PROGRESS', 'CLOSED'],
  REJECTED: [], CLOSED: [], CANCELLED: [],
}
const ways = { ACKNOWLEDGED: [], IN_PROGRESS: ['IN_PROGRESS'], PENDING: ['PENDING'], HELD: ['HELD'], RESOLVED: ['RESOLVED'], REJECTED: ['REJECTED'], CLOSED: ['RESOLVED', 'CLOSED'], CANCELLED: ['CANCELLED'] }
const become = (id, status, more = {}) => perform('changeTicketStatus', { id, status, text: 'Because.', ...more })

test('every status is followed by what may follow and by nothing else, and open tickets are counted', async () => {
  for (const [from, way] of Object.entries(ways)) {
    const { ticket } = await create({ subject: `From ${from}` })
    for (const status of way) assert.deepEqual((await become(ticket.id, status)).userErrors, [], `${from}: ${status}`)
    for (const to of Object.keys(followers)) {
      const tried = await become(ticket.id, to, { dryRun: true })
      assert.deepEqual(codes(tried), followers[from].includes(to) ? [] : [followers[from].length === 0 ? 'NOT_OPEN id' : 'NOT_ALLOWED status'], `${from} to ${to}`)
      if (followers[from].includes(to)) assert.equal(tried.ticket.status, to)
    }
  }
  assert.equal(openCount(), Number(sql(`SELECT COUNT(*) FROM trouble_ticket WHERE customer_id = ${key} AND is_open`)))
})

test('S1-38 a solution stops all clocks; when it is refused the ticket is promised anew', async () => {
  const { ticket } = await create({})
  const resolved = (await become(ticket.id, 'RESOLVED')).ticket
  assert.deepEqual(resolved.clocks.map(({ state }) => state), ['KEPT', 'KEPT', 'KEPT'])
  assert.deepEqual([resolved.nextDueAt, resolved.open, resolved.resolvedAt === null], [null, true, false])
  const reopened = (await become(ticket.id, 'IN_PROGRESS')).ticket
  const fix = reopened.clocks.find(({ kind }) => kind === 'FIX')
  assert.deepEqual([reopened.reopenedCount, reopened.resolvedAt, fix.state, reopened.nextDueAt], [1, null, 'RUNNING', fix.dueAt])
  assert.ok(fix.startedAt > ticket.clocks[0].startedAt)
  assert.deepEqual(codes(await perform('changeTicketStatus', { id: ticket.id, status: 'RESOLVED' })), ['REQUIRED text'])
})

test('S1-37 a ticket is given to another team with the reason; its promises stay', async () => {
  const [team, name] = sql("SELECT id, name FROM team WHERE name = 'Network operations'").split('\t')
  const { ticket } = await create({})
  const escalate = (input, as) => perform('escalateTicket', { id: ticket.id, teamId: team, reason: 'The line is cut at the exchange.', ...input }, as)
  const given = (await escalate({})).ticket
  assert.deepEqual([given.escalated, given.team.name, given.clocks], [true, name, ticket.clocks])
  assert.deepEqual([given.articles.nodes[0].kind, given.articles.nodes[0].text], ['NOTE', 'The line is cut at the exchange.'])
  assert.deepEqual(codes(await escalate({ teamId: '999999' })), ['NOT_FOUND teamId'])
  assert.deepEqual(codes(await escalate({ reason: ' ' })), ['REQUIRED reason'])
  const { body } = await graphql(await tokenOf('nordfunk-shop'), { query: 'mutation { escalateTicket(input: {}) { dryRun } }' })
  assert.equal(body.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED', 'partners do not')
})

test('bad input is refused member by member', async () => {
  const before = openCount()
  for (const [input, code] of [
    [{ subject: '' }, 'REQUIRED subject'], [{ subject: ' \n ' }, 'REQUIRED subject'], [{ subject: 'x'.repeat(201) }, 'INVALID subject'],
    [{ subject: 'two\nlines' }, 'INVALID subject'], [{ text: '' }, 'REQUIRED text'], [{ text: 'x'.repeat(60001) }, 'INVALID text'],
    [{ text: 'bell \u0007' }, 'INVALID text'], [{ customerId: globalId('Customer', '999999999') }, 'NOT_FOUND customerId'], [{ customerId: opened.id }, 'NOT_FOUND customerId'],
  ]) assert.deepEqual(codes(await create(input)), [code], JSON.stringify(input).slice(0, 80))
  assert.equal(openCount(), before)
})

test('nobody answers what is settled', async () => {
  const settled = sql('SELECT id FROM trouble_ticket WHERE NOT is_open LIMIT 1')
  assert.deepEqual(codes(await answer({ id: globalId('TroubleTicket', settled) })), ['NOT_OPEN id'])
})

test('without a queue nobody promises anything', async () => {
  const queue = sql("SELECT queue_id FROM ticket_policy WHERE type = 'SIM' LIMIT 1")
  sql("UPDATE ticket_policy SET queue_id = NULL WHERE type = 'SIM'")
  assert.deepEqual(codes(await create({ type: 'SIM' })), ['NOT_CONFIGURED type'])
  sql(`UPDATE ticket_policy SET queue_id = ${queue} WHERE type = 'SIM'`)
})

test('who may not ask by themselves may no more', endAsking)

test('without the right to write there is no such mutation', async () => {
  const reader = await tokenWithRights('admin', ['account:read', 'tickets:read', 'explorer:read'])
  const { body } = await graphql(reader, { query: 'mutation { createTicket(input: {}) { dryRun } }' })
  assert.equal(body.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED')
})
