// received_mail: e-mails that wait are filed in a ticket, become one, or are discarded; each once, whoever is quicker.
//
// The e-mails are made here, since none comes without a mail server; they and what became of them are one customer's.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { endAsking, tokenOfAsking } from './asking.mjs'
import { globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'

const token = await tokenOf('admin')
const key = sql("SELECT customer_id FROM customer_search_term WHERE term = 'werner' AND customer_id < 13 LIMIT 1")
const customerId = globalId('Customer', key)
const arrived = ({ subject = 'My line', text = 'It is down again.', reason = 'NO_TICKET' } = {}) =>
  sql(`INSERT INTO received_mail (digest, sender, subject, text, state, reason) VALUES (SHA2(UUID(), 256), 'werner@example.org', '${subject}', '${text}', 'WAITING', '${reason}'); SELECT LAST_INSERT_ID()`)

async function send(name, input, as = token) {
  const type = `${name[0].toUpperCase()}${name.slice(1)}Input!`
  const query = `mutation ($input: ${type}) { result: ${name}(input: $input) { mail { id state reason discardedAs settledAt settledBy ticket { id number subject status open } }
    userErrors { code field message } dryRun replayed } }`
  return (await graphql(as, { query, variables: { input: { idempotencyKey: randomUUID(), ...input } } })).body
}
const perform = async (...given) => {
  const { data, errors } = await send(...given)
  assert.equal(errors, undefined, JSON.stringify(errors))
  return data.result
}
const codes = ({ userErrors }) => userErrors.map(({ code, field }) => `${code} ${field?.slice(1).join('.')}`)
const newTicket = async () => (await perform('createTicketFromMail', { id: arrived(), customerId, type: 'FAULT' })).mail.ticket
const openTickets = () => Number(sql(`SELECT open_ticket_count FROM customer WHERE id = ${key}`))

test('S5-10 S1-36 a ticket is made of an e-mail: its words, its sender’s account, clocks and number', async () => {
  const before = openTickets(), id = arrived()
  const { mail, userErrors } = await perform('createTicketFromMail', { id, customerId, type: 'COMPLAINT', severity: 'MAJOR' })
  assert.deepEqual(userErrors, [])
  assert.deepEqual([mail.state, mail.reason, mail.settledBy, mail.ticket.subject, mail.ticket.status], ['FILED', 'NO_TICKET', sql("SELECT display_name FROM user_account WHERE login = 'admin'"), 'My line', 'ACKNOWLEDGED'])
  assert.equal(openTickets(), before + 1)
  assert.equal(sql(`SELECT a.kind, a.author_kind, a.text FROM ticket_article AS a JOIN trouble_ticket AS t ON t.id = a.ticket_id WHERE t.number = '${mail.ticket.number}'`), 'MESSAGE\tCUSTOMER\tIt is down again.')
})

test('S1-36 an e-mail without a usable subject needs one, and one of its own counts', async () => {
  const id = arrived({ subject: 'x'.repeat(201) })
  assert.deepEqual(codes(await perform('createTicketFromMail', { id, customerId, type: 'FAULT' })), ['REQUIRED subject'])
  assert.equal((await perform('createTicketFromMail', { id, customerId, type: 'FAULT', subject: 'No dial tone' })).mail.ticket.subject, 'No dial tone')
})

test('S1-39 filed in a ticket it is what the customer wrote last', async () => {
  const { id: ticketId, number } = await newTicket()
  const { mail, userErrors } = await perform('fileReceivedMail', { id: arrived({ text: 'And still.', reason: 'UNKNOWN_SENDER' }), ticketId })
  assert.deepEqual([userErrors, mail.state, mail.ticket.number], [[], 'FILED', number])
  assert.equal(sql(`SELECT COUNT(*), MAX(a.text = 'And still.') FROM ticket_article AS a JOIN trouble_ticket AS t ON t.id = a.ticket_id WHERE t.number = '${number}'`), '2\t1')
})

test('S1-39 in a ticket that is settled nothing is filed, and what says nothing is discarded', async () => {
  const settled = globalId('TroubleTicket', sql('SELECT MIN(id) FROM trouble_ticket WHERE NOT is_open'))
  const id = arrived(), silent = arrived({ text: ' ', reason: 'NO_TEXT' })
  assert.deepEqual(codes(await perform('fileReceivedMail', { id, ticketId: settled })), ['NOT_OPEN ticketId'])
  assert.deepEqual(codes(await perform('fileReceivedMail', { id, ticketId: customerId })), ['NOT_FOUND ticketId'])
  assert.deepEqual(codes(await perform('createTicketFromMail', { id: silent, customerId, type: 'FAULT' })), ['INVALID id'])
  const { mail } = await perform('discardReceivedMail', { id: silent, discardedAs: 'NO_ACTION' })
  assert.deepEqual([mail.state, mail.discardedAs, mail.ticket], ['DISCARDED', 'NO_ACTION', null])
  assert.ok(Math.abs(Date.parse(mail.settledAt) - Date.now()) < 60_000)
})

test('two who take the same e-mail: one has it, the other is told who was first, and nothing is done twice', async () => {
  const id = arrived(), before = openTickets()
  const answers = await Promise.all([
    ...Array.from({ length: 4 }, () => perform('createTicketFromMail', { id, customerId, type: 'FAULT' })),
    ...Array.from({ length: 4 }, () => perform('discardReceivedMail', { id, discardedAs: 'SPAM' })),
  ])
  const done = answers.filter(({ userErrors }) => userErrors.length === 0)
  assert.equal(done.length, 1)
  assert.deepEqual(new Set(answers.flatMap(codes)), new Set(['CONFLICT id']))
  assert.match(answers.find(({ userErrors }) => userErrors.length > 0).userErrors[0].message, /has settled it meanwhile/)
  assert.equal(openTickets(), before + (done[0].mail.state === 'FILED' ? 1 : 0))
})

test('what was filed when it came is not to be settled', async () => {
  const { id: ticketId } = await newTicket()
  const ticket = Buffer.from(ticketId, 'base64url').toString().split(':')[1]
  const id = sql(`INSERT INTO received_mail (digest, sender, subject, text, state, customer_id, ticket_id) VALUES (SHA2(UUID(), 256), '', '', 'x', 'FILED', ${key}, ${ticket}); SELECT LAST_INSERT_ID()`)
  assert.deepEqual(codes(await perform('discardReceivedMail', { id, discardedAs: 'SPAM' })), ['CONFLICT id'])
})

test('a dry run leaves it waiting, and the same key settles it once', async () => {
  const id = arrived(), idempotencyKey = randomUUID()
  assert.equal((await perform('discardReceivedMail', { id, discardedAs: 'SPAM', dryRun: true })).mail.state, 'DISCARDED')
  assert.equal(sql(`SELECT state FROM received_mail WHERE id = ${id}`), 'WAITING')
  const [one, other] = [await perform('discardReceivedMail', { id, discardedAs: 'SPAM', idempotencyKey }), await perform('discardReceivedMail', { id, discardedAs: 'SPAM', idempotencyKey })]
  assert.deepEqual([one.replayed, other.replayed, one.mail], [false, true, other.mail])
})

test('the list of those that wait is paged, and has nothing that is settled', async () => {
  for (let i = 0; i < 3; i++) arrived()
  const query = 'query ($after: String) { receivedMails(state: WAITING, first: 2, after: $after) { nodes { id state sender subject text receivedAt } pageInfo { hasNextPage endCursor } } }'
  const page = async (after) => (await graphql(token, { query, variables: { after } })).body.data.receivedMails
  const first = await page(null), second = await page(first.pageInfo.endCursor)
  assert.equal(first.pageInfo.hasNextPage, true)
  const all = [...first.nodes, ...second.nodes]
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length)
  assert.deepEqual(new Set(all.map(({ state }) => state)), new Set(['WAITING']))
})

test('neither partners nor customers nor who may not write notes settle e-mails', async () => {
  const id = arrived()
  for (const as of [await tokenOf('partner'), await tokenOfAsking('customer'), await tokenWithRights('admin', ['account:read', 'notes:read', 'tickets:read', 'explorer:read'])])
    assert.match(JSON.stringify((await send('discardReceivedMail', { id, discardedAs: 'SPAM' }, as)).errors), /discardReceivedMail|Mutation/)
  endAsking()
  assert.equal(sql(`SELECT state FROM received_mail WHERE id = ${id}`), 'WAITING')
  sql("UPDATE received_mail SET state = 'DISCARDED', discarded_as = 'DUPLICATE', settled_at = NOW(6), settled_by = 'tests' WHERE state = 'WAITING'")
})
