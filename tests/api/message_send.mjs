// message_send: messages are made of texts and of what is known of the account, and put into the outbox.
//
// The server is set up for no way of sending: whatever is made waits. tests/outbox has what becomes of it elsewhere.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { act, codes } from './acting.mjs'
import { globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'

const token = await tokenOf('admin')
const find = (language, more = 'TRUE') => sql(`SELECT c.id FROM customer AS c WHERE c.language = '${language}' AND c.id > 12 AND ${more}
  AND EXISTS (SELECT 1 FROM contact_medium AS m WHERE m.customer_id = c.id AND m.kind = 'EMAIL')
  AND EXISTS (SELECT 1 FROM contact_medium AS m WHERE m.customer_id = c.id AND m.kind = 'MOBILE')
  AND EXISTS (SELECT 1 FROM customer_bill AS b WHERE b.customer_id = c.id)
  AND EXISTS (SELECT 1 FROM product_order AS o WHERE o.customer_id = c.id) ORDER BY c.id LIMIT 1`)
const key = find('en'), customerId = globalId('Customer', key)
const of = (table, type) => globalId(type, sql(`SELECT id FROM ${table} WHERE customer_id = ${key} ORDER BY id LIMIT 1`))
const orderId = of('product_order', 'ProductOrder'), billId = of('customer_bill', 'CustomerBill')

const fields = `message { id kind channel direction state subject recipient inputs template { code locale }
  delivery { state problem reply attempts dueAt finishedAt reference about { ... on ProductOrder { number } ... on CustomerBill { number } ... on TroubleTicket { number } } } }`
const perform = (name, input, as = token) => act(as, name, input, fields)
const send = (input, as) => perform('sendMessage', { customerId, channel: 'EMAIL', ...input }, as)
const own = { subject: 'About your line', text: 'It works again.' }

test('S1-08 words of an agent\'s own go into the outbox, and wait while nothing is set up to send them', async () => {
  const { message, userErrors } = await send(own)
  assert.deepEqual(userErrors, [])
  assert.deepEqual([message.kind, message.channel, message.direction, message.state, message.subject, message.template.code, message.template.locale],
    ['EMAIL', 'EMAIL', 'OUTBOUND', 'INITIAL', own.subject, 'MESSAGE', 'en'])
  assert.match(message.recipient, /^.•••@/)
  const { state, problem, attempts, dueAt, finishedAt, about } = message.delivery
  assert.deepEqual([state, problem, attempts, dueAt === null, finishedAt, about], ['QUEUED', 'NOT_CONFIGURED', 0, false, null, null])
})

test('S1-08 a message and its place in the outbox are there together or not at all', async () => {
  const counts = () => sql('SELECT (SELECT COUNT(*) FROM communication_message), (SELECT COUNT(*) FROM message_delivery), (SELECT COUNT(*) FROM audit_record)')
  const before = counts()
  assert.equal((await send({ ...own, dryRun: true })).message.delivery.state, 'QUEUED')
  assert.equal(counts(), before)
  const idempotencyKey = randomUUID()
  const answers = await Promise.all(Array.from({ length: 8 }, () => send({ ...own, idempotencyKey })))
  assert.equal(new Set(answers.map(({ message }) => message.id)).size, 1)
  assert.equal(counts(), before.split('\t').map((count) => Number(count) + 1).join('\t'))
})

test('S1-08 texts are filled with what is known of the account and of what they are about', async () => {
  const bill = (await send({ template: 'BILL', aboutId: billId })).message
  assert.match(bill.subject, /^Your bill for (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}$/)
  assert.match(bill.inputs.amount, /^EUR \d+\.\d{2}$/)
  assert.ok(bill.delivery.about.number)
  const order = (await send({ template: 'ORDER', aboutId: orderId })).message
  assert.equal(order.subject, `Your order ${order.delivery.about.number}`)
  assert.equal(order.delivery.about.number, sql(`SELECT number FROM product_order WHERE customer_id = ${key} ORDER BY id LIMIT 1`))
  assert.match(order.inputs.products, /^– /)
  const letter = (await send({ template: 'WELCOME', channel: 'POST' })).message
  assert.deepEqual([letter.kind, letter.inputs.number], ['LETTER', sql(`SELECT number FROM customer WHERE id = ${key}`)])
  assert.deepEqual(letter.inputs.address.split('\n')[0], sql(`SELECT display_name FROM customer WHERE id = ${key}`))
})

test('S1-08 who may write letters, but not look at bills or orders, learns nothing of them by writing about one', async () => {
  const as = await tokenWithRights('admin', ['account:read', 'letters:read', 'letters:write', 'explorer:read'])
  const asked = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { subject inputs } userErrors { code field } } }'
  for (const [template, aboutId] of [['BILL', billId], ['ORDER', orderId]]) {
    const { body } = await graphql(as, { query: asked, variables: { input: { idempotencyKey: randomUUID(), dryRun: true, customerId, channel: 'EMAIL', template, aboutId } } })
    const { message, userErrors } = body.data.sendMessage
    assert.deepEqual([message, userErrors[0]], [null, { code: 'NOT_FOUND', field: ['input', 'aboutId'] }], template)
  }
})

test('S1-08 nothing is sent with a hole: what is missing is said at the member that would fill it', async () => {
  for (const [input, code] of [
    [{ template: 'BILL' }, 'REQUIRED aboutId'], [{ template: 'BILL', aboutId: orderId }, 'REQUIRED aboutId'], [{ template: 'ORDER' }, 'REQUIRED aboutId'],
    [{ template: 'REPLY', text: 'x' }, 'REQUIRED subject'], [{ template: 'REPLY', subject: 'x' }, 'REQUIRED text'], [{ subject: 'x' }, 'REQUIRED text'], [{ text: 'x' }, 'REQUIRED subject'],
    [{ template: 'TERMINATION', channel: 'POST' }, 'INVALID template'], [{ template: 'ROAMING', channel: 'SMS' }, 'INVALID template'], [{ template: 'SERVICE', channel: 'SMS' }, 'INVALID template'],
  ]) assert.deepEqual(codes(await send(input)), [code], JSON.stringify(input))
})

test('S1-08 what somebody types is never a placeholder', async () => {
  const { message } = await send({ subject: '{{number}}', text: 'Dear {{name}}, {{nothing}}' })
  assert.deepEqual([message.subject, message.inputs.text], ['{{number}}', 'Dear {{name}}, {{nothing}}'])
})

test('S5-22 messages are in the language of the customer, or in the one that is chosen', async () => {
  const french = globalId('Customer', find('fr'))
  assert.equal((await send({ ...own, customerId: french })).message.template.locale, 'fr')
  assert.equal((await send({ ...own, language: 'de-AT' })).message.template.locale, 'de')
  assert.deepEqual(codes(await send({ template: 'BILL', aboutId: billId, language: 'ja' })), ['NOT_FOUND template'])
  assert.deepEqual(codes(await send({ ...own, language: 'ja' })), ['NOT_CONFIGURED language'])
})

test('S1-08 bad input is refused member by member', async () => {
  const foreign = globalId('CustomerBill', sql(`SELECT id FROM customer_bill WHERE customer_id <> ${key} LIMIT 1`))
  for (const [input, wanted] of [
    [{ ...own, subject: 'x'.repeat(201) }, ['INVALID subject']], [{ ...own, subject: 'two\nlines' }, ['INVALID subject']], [{ ...own, text: 'x'.repeat(20001) }, ['INVALID text']],
    [{ ...own, text: 'bell \u0007' }, ['INVALID text']], [{ channel: 'SMS', ...own }, ['INVALID subject']], [{ channel: 'SMS', text: 'x'.repeat(1001) }, ['INVALID text']],
    [{ ...own, language: 'not a tag!' }, ['INVALID language', 'NOT_CONFIGURED language']], [{ ...own, template: 'NOTHING' }, ['NOT_FOUND template']], [{ template: 'BILL', aboutId: billId, text: 'x' }, ['INVALID text']],
    [{ template: 'BILL', aboutId: billId, subject: 'x' }, ['INVALID subject']], [{ ...own, aboutId: foreign }, ['NOT_FOUND aboutId']], [{ ...own, aboutId: customerId }, ['NOT_FOUND aboutId']],
    [{ ...own, customerId: globalId('Customer', '999999999') }, ['NOT_FOUND customerId']],
  ]) assert.deepEqual(codes(await send(input)), wanted, JSON.stringify(input).slice(0, 90))
})

test('S1-08 who cannot be reached that way is not written to', async () => {
  const silent = sql("SELECT c.id FROM customer AS c WHERE NOT EXISTS (SELECT 1 FROM contact_medium AS m WHERE m.customer_id = c.id AND m.kind = 'EMAIL') ORDER BY c.id LIMIT 1")
  assert.deepEqual(codes(await send({ ...own, customerId: globalId('Customer', silent) })), ['NOT_FOUND channel'])
})

test('S1-44 what goes into self-care is there at once', async () => {
  const { message } = await send({ ...own, channel: 'PORTAL' })
  assert.deepEqual([message.kind, message.state, message.delivery], ['LETTER', 'COMPLETED', null])
})

test('S1-38 about a ticket it stands in the ticket, too, and answers it', async () => {
  const { body } = await graphql(token, { query: 'mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { id number } } }', variables: { input: { idempotencyKey: randomUUID(), customerId, type: 'FAULT', subject: 'No tone', text: 'None.' } } })
  const { id, number } = body.data.createTicket.ticket
  const { message } = await send({ ...own, aboutId: id })
  assert.deepEqual([message.subject, message.delivery.about.number], [`${own.subject} [${number}]`, number])
  const ticket = (await graphql(token, { query: 'query ($id: ID!) { node(id: $id) { ... on TroubleTicket { status articles(first: 1) { nodes { kind authorKind text } } } } }', variables: { id } })).body.data.node
  assert.deepEqual([ticket.status, ticket.articles.nodes[0]], ['IN_PROGRESS', { kind: 'MESSAGE', authorKind: 'AGENT', text: own.text }])
  const reader = await tokenWithRights('admin', ['account:read', 'letters:read', 'letters:write', 'tickets:read', 'explorer:read'])
  const query = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { userErrors { code } } }'
  const answer = await graphql(reader, { query, variables: { input: { idempotencyKey: randomUUID(), customerId, channel: 'EMAIL', ...own, aboutId: id } } })
  assert.deepEqual(answer.body.data.sendMessage.userErrors, [{ code: 'NOT_ALLOWED' }])
})

test('S1-08 partners write to their own customers and to no others', async () => {
  const partner = await tokenOf('nordfunk-shop')
  const mine = globalId('Customer', sql("SELECT c.id FROM customer AS c JOIN partner AS p ON p.id = c.partner_id JOIN api_client AS a JOIN partner AS o ON o.id = a.partner_id AND p.path LIKE CONCAT(o.path, '%') WHERE a.client_id = 'nordfunk-shop' ORDER BY c.id LIMIT 1"))
  assert.deepEqual(codes(await send({ ...own, channel: 'PORTAL', customerId: mine }, partner)), [])
  const theirs = sql('SELECT id FROM customer WHERE partner_id IS NULL LIMIT 1')
  assert.deepEqual(codes(await send({ ...own, customerId: globalId('Customer', theirs) }, partner)), ['NOT_FOUND customerId'])
  const { body } = await graphql(await tokenWithRights('admin', ['account:read', 'letters:read', 'explorer:read']), { query: 'mutation { sendMessage(input: {}) { dryRun } }' })
  assert.equal(body.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED')
})

test('S2-18 only what failed or was stopped is tried once more', async () => {
  const { message } = await send(own)
  assert.deepEqual(codes(await perform('retryMessage', { id: message.id })), ['NOT_ALLOWED id'])
  const old = sql(`SELECT id FROM communication_message WHERE customer_id = ${key} ORDER BY id LIMIT 1`)
  assert.deepEqual(codes(await perform('retryMessage', { id: globalId('CommunicationMessage', old) })), ['NOT_ALLOWED id'])
  assert.deepEqual(codes(await perform('retryMessage', { id: customerId })), ['NOT_FOUND id'])
  sql(`UPDATE message_delivery SET state = 'PARKED', due_at = NULL, problem = 'REFUSED' WHERE reference = '${message.delivery.reference}'`)
  const again = (await perform('retryMessage', { id: message.id })).message
  assert.deepEqual([again.state, again.delivery.state, again.delivery.problem, again.delivery.reference], ['INITIAL', 'QUEUED', 'NOT_CONFIGURED', message.delivery.reference])
})
