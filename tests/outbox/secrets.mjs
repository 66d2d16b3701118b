// secrets: what messages say to their readers alone arrives once, works once, and is nowhere else, wherever the server is
// killed on the way.
//
//   node --test-reporter=tap tests/outbox/secrets.mjs --program build/dev/server/dossier --folder /tmp/somewhere
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parseArgs } from 'node:util'
import { Dossier, Gateway, MailServer, until, wait } from './world.mjs'

const { values } = parseArgs({ options: { program: { type: 'string' }, folder: { type: 'string' } } })
const { program, folder } = values
rmSync(folder, { recursive: true, force: true })
const dossier = new Dossier(program, folder)
const mailServer = await new MailServer().start(), gateway = await new Gateway().start()
const ways = ['--mail-server', `smtp://127.0.0.1:${mailServer.port}`, '--mail-from', 'service@fernklang.example', '--sms-gateway', gateway.url]
await dossier.start('--demo', '--day', '2026-10-01', '--customers', '200')
process.env.DOSSIER_URL = dossier.url
process.env.DOSSIER_DATA = dossier.data
const { globalId, graphql, post, signIn, sql } = await import('../api/client.mjs')
after(async () => {
  mailServer.stop()
  gateway.stop()
  if (dossier.child.exitCode === null && dossier.child.signalCode === null) await dossier.stop()
})

// ---- asking ----

let signedIn
async function token() {
  if (signedIn === undefined || signedIn.at < Date.now() - 300_000) signedIn = { at: Date.now(), token: (await signIn('admin')).token }
  return signedIn.token
}

const answers = { sendPasswordReset: 'login { id }', resetVoicemailPin: 'product { id }', retryMessage: 'message { id }' }
async function perform(name, input) {
  const type = `${name[0].toUpperCase()}${name.slice(1)}Input`
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${answers[name]} userErrors { code message } } }`
  const { body } = await graphql(await token(), { query, variables: { input: { idempotencyKey: randomUUID(), ...input } } })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data[name].userErrors.map(({ code }) => code)
}

// Mailboxes of customers who get their links by e-mail, each used by one test.
const logins = sql(`SELECT l.id, l.customer_id, l.address, m.value FROM email_login AS l
  JOIN contact_medium AS m ON m.customer_id = l.customer_id AND m.kind = 'EMAIL' AND m.preferred AND m.value <> l.address
  WHERE l.status = 'ACTIVE' AND l.customer_id > 12 GROUP BY l.customer_id ORDER BY l.id LIMIT 10`).split('\n').map((row) => row.split('\t')).map(([id, customer, address, to]) => ({ id, customer, address, to }))
const lines = sql(`SELECT p.id, p.customer_id, p.service_identifier FROM product AS p JOIN product_offering AS o ON o.id = p.offering_id
  WHERE p.status = 'ACTIVE' AND o.category = 'MOBILE' AND p.service_identifier IS NOT NULL ORDER BY p.id DESC LIMIT 4`).split('\n').map((row) => row.split('\t')).map(([id, customer, number]) => ({ id: globalId('Product', id), customer, number }))

const deliveryOf = (customer) => {
  const [id, state, problem, secrets] = sql(`SELECT d.message_id, d.state, COALESCE(d.problem, ''), (SELECT COUNT(*) FROM message_secret AS s WHERE s.message_id = d.message_id)
    FROM message_delivery AS d WHERE d.customer_id = ${customer} ORDER BY d.message_id DESC LIMIT 1`).split('\t')
  return { id, state, problem, secrets: Number(secrets) }
}
const becomes = (customer, state) => until(`the message to ${customer} is ${state}`, () => {
  const now = deliveryOf(customer)
  return now.state === state && now
})

// ---- what arrived ----

const plain = (mail) => mail.text.slice(mail.text.indexOf('\r\n\r\n') + 4).replace(/=\r\n/g, '').replace(/(=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString())
const linksTo = (address) => mailServer.mails.filter(({ to }) => to[0] === address).map((mail) => /reset#([\w-]{43})/.exec(plain(mail))?.[1])

// In no file of the data folder, which is all that the database and the logs are, nor in what the server said.
async function isNowhere(secret) {
  assert.ok(await dossier.stop())
  const { status, stdout } = spawnSync('grep', ['-rlaF', '--', secret, folder], { encoding: 'utf8' })
  assert.deepEqual([stdout, status], ['', 1], 'a file has it')
  await dossier.start(...ways)
}

// What the mail server has said is heard between two questions.
const arrived = (address, count = 1) => until(`${count} links for ${address}`, async () => {
  const links = linksTo(address)
  return links.length === count && links
})

const look = async (link) => {
  const response = await post('/auth/reset/look', { token: link })
  return { status: response.status, body: await response.json() }
}
const choose = async (link, password) => {
  const response = await post('/auth/reset', { token: link, password })
  return { status: response.status, fault: response.status === 204 ? null : (await response.json()).error.fault }
}

// ---- a link ----

const password = 'vier Wörter ergeben ein Passwort'

test('S1-28 a link waits sealed until there is a way, and leaves then', async () => {
  const [login] = logins
  assert.deepEqual(await perform('sendPasswordReset', { loginId: login.id }), [])
  assert.deepEqual({ ...deliveryOf(login.customer), id: null }, { id: null, state: 'QUEUED', problem: 'NOT_CONFIGURED', secrets: 1 })
  assert.ok(await dossier.stop())
  await dossier.start(...ways)
  assert.equal((await becomes(login.customer, 'SENT')).secrets, 0, 'it went with its message')
  await arrived(login.to)
})

test('S1-28 a link works once, for the mailbox it was sent for, and is in no table and no log', async () => {
  const [{ id, address, to }] = logins, [link] = linksTo(to)
  const { status, body } = await look(link)
  assert.deepEqual([status, body.characters], [200, 12])
  assert.match(body.mailbox, /•••/)
  assert.ok(!body.mailbox.includes(address.split('@')[0]), body.mailbox)
  assert.deepEqual([await choose(link, 'zu kurz'), await choose(link, 'aaaaaaaaaaaaaaaa'), await choose(link, `x9!${address.split('@')[0]}K2 lang`)].map(({ fault }) => fault), ['SHORT', 'PLAIN', 'PLAIN'])
  assert.equal((await choose(link, 'x'.repeat(129))).fault, 'LONG')
  const before = sql(`SELECT changed_at, version FROM email_login WHERE id = ${id}`)
  assert.deepEqual(await choose(link, password), { status: 204, fault: null })
  assert.notEqual(sql(`SELECT changed_at, version FROM email_login WHERE id = ${id}`), before)
  assert.match(sql(`SELECT hash FROM email_password WHERE email_login_id = ${id}`), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal((await choose(link, password)).status, 404)
  assert.equal((await look(link)).status, 404)
  await isNowhere(link)
  await isNowhere(password)
})

test('S1-28 of several at once with one link, one chooses', async () => {
  const login = logins[1]
  assert.deepEqual(await perform('sendPasswordReset', { loginId: login.id }), [])
  await becomes(login.customer, 'SENT')
  const [link] = await arrived(login.to)
  const all = await Promise.all(Array.from({ length: 6 }, (_, i) => choose(link, `${password} ${i}`)))
  assert.deepEqual(all.map(({ status }) => status).sort(), [204, 404, 404, 404, 404, 404])
})

test('S1-28 links that are over, replaced or made up get one answer', async () => {
  const login = logins[2]
  assert.deepEqual(await perform('sendPasswordReset', { loginId: login.id }), [])
  await becomes(login.customer, 'SENT')
  assert.deepEqual(await perform('sendPasswordReset', { loginId: login.id }), [])
  const [first, second] = await arrived(login.to, 2)
  sql(`UPDATE password_reset SET expires_at = NOW(6) - INTERVAL 1 SECOND WHERE email_login_id = ${login.id} ORDER BY id DESC LIMIT 1`)
  const refusals = await Promise.all([first, second, 'x'.repeat(43), 'short', "' OR 1 = 1 -- "].map(async (link) => JSON.stringify(await look(link))))
  assert.equal(new Set(refusals).size, 1, refusals.join('\n'))
  assert.equal(JSON.parse(refusals[0]).status, 404)
  assert.equal((await choose(second, password)).status, 404)
})

test('S1-28 whoever tries links one after the other has to wait', async () => {
  const madeUp = async () => (await look(randomUUID().replaceAll('-', '') + 'x'.repeat(11))).status
  const statuses = []
  while (!statuses.includes(429) && statuses.length < 400) statuses.push(...await Promise.all(Array.from({ length: 20 }, madeUp)))
  assert.deepEqual([...new Set(statuses)].sort(), [404, 429])
  await wait(6000) // until the next test may ask
})

test('S1-28 what people and files see of the message has dots in its place', async () => {
  const [{ customer }] = logins
  const { body } = await graphql(await token(), { query: 'query ($id: ID!) { node(id: $id) { ... on CommunicationMessage { inputs pdfUrl } } }', variables: { id: globalId('CommunicationMessage', deliveryOf(customer).id) } })
  assert.equal(Object(body.data.node.inputs).token, '••••••')
  const [link] = linksTo(logins[0].to)
  const pdf = await fetch(dossier.url + body.data.node.pdfUrl, { headers: { authorization: `Bearer ${await token()}` } })
  assert.equal(pdf.status, 200)
  const { stdout } = spawnSync('pdftotext', ['-', '-'], { input: Buffer.from(await pdf.arrayBuffer()), encoding: 'utf8' })
  assert.ok(stdout.includes('reset#••••••') && !stdout.includes(link.slice(0, 12)), stdout)
})

// ---- killed on the way ----

test('S1-28 killed before its end was sent, a link leaves once and works', async () => {
  for (const [i, stage] of ['ehlo', 'mail', 'rcpt'].entries()) {
    const login = logins[3 + i]
    await mailServer.behave({ kill: { stage, pid: dossier.pid } })
    await perform('sendPasswordReset', { loginId: login.id })
    await dossier.ended
    await mailServer.behave()
    await dossier.start(...ways)
    assert.equal((await becomes(login.customer, 'SENT')).secrets, 0, stage)
    const links = await arrived(login.to)
    assert.equal((await look(links[0])).status, 200, stage)
  }
})

test('S1-28 killed after its end was sent, a link waits for somebody; tried once more it is the same', async () => {
  const login = logins[6]
  await mailServer.behave({ kill: { stage: 'dot', pid: dossier.pid } })
  await perform('sendPasswordReset', { loginId: login.id })
  await dossier.ended
  await mailServer.behave()
  await dossier.start(...ways)
  const parked = await becomes(login.customer, 'PARKED')
  assert.deepEqual([parked.problem, parked.secrets], ['MAYBE_SENT', 1])
  assert.deepEqual(await perform('retryMessage', { id: globalId('CommunicationMessage', parked.id) }), [])
  assert.equal((await becomes(login.customer, 'SENT')).secrets, 0)
  const links = await arrived(login.to, 2)
  assert.equal(new Set(links).size, 1)
  assert.equal((await choose(links[0], password)).status, 204)
  await isNowhere(links[0])
})

// ---- too late, and not to be opened ----

test('S1-28 what is not good any more is not sent, deleted, and cannot be tried again', async () => {
  const login = logins[7]
  await mailServer.behave({ reply: { rcpt: '451 4.7.1 Later' } })
  await perform('sendPasswordReset', { loginId: login.id })
  await becomes(login.customer, 'FAILED')
  const count = linksTo(login.to).length
  sql(`UPDATE message_delivery SET secret_until = NOW(6) - INTERVAL 1 SECOND WHERE message_id = ${deliveryOf(login.customer).id}`)
  await mailServer.behave()
  const parked = await becomes(login.customer, 'PARKED')
  assert.equal(parked.problem, 'EXPIRED')
  await until('it is deleted', () => deliveryOf(login.customer).secrets === 0)
  assert.deepEqual(await perform('retryMessage', { id: globalId('CommunicationMessage', parked.id) }), ['NOT_ALLOWED'])
  assert.equal(linksTo(login.to).length, count)
})

test('S1-28 what was changed in the database does not open, and nothing is sent', async () => {
  const login = logins[8]
  await mailServer.behave({ reply: { rcpt: '451 4.7.1 Later' } })
  await perform('sendPasswordReset', { loginId: login.id })
  const { id } = await becomes(login.customer, 'FAILED')
  sql(`UPDATE message_secret SET ciphertext = REVERSE(ciphertext) WHERE message_id = ${id}`)
  await mailServer.behave()
  assert.equal((await becomes(login.customer, 'PARKED')).problem, 'NOT_RENDERED')
  assert.equal(linksTo(login.to).length, 0)
})

test('S1-28 without any way to send, what is not good any more is deleted all the same', async () => {
  const login = logins[9]
  assert.ok(await dossier.stop())
  await dossier.start()
  await perform('sendPasswordReset', { loginId: login.id })
  assert.equal(deliveryOf(login.customer).secrets, 1)
  sql(`UPDATE message_delivery SET secret_until = NOW(6) WHERE message_id = ${deliveryOf(login.customer).id}`)
  await until('it is deleted', () => deliveryOf(login.customer).secrets === 0)
  assert.ok(await dossier.stop())
  await dossier.start(...ways)
})

// ---- a PIN ----

test('S1-23 S1-27 a new PIN of a voice mailbox is told to its line, once, and is nowhere else', async () => {
  const [line] = lines, before = gateway.asked.length
  assert.deepEqual(await perform('resetVoicemailPin', { id: line.id }), [])
  assert.equal((await becomes(line.customer, 'SENT')).secrets, 0)
  const [{ body }, ...more] = gateway.asked.slice(before)
  assert.deepEqual([body.to, more], [line.number, []])
  const [pin] = /\b\d{6}\b/.exec(body.text)
  await isNowhere(body.text.replace(/^\D*/, '').slice(0, 12))
  assert.equal(sql(`SELECT COUNT(*) FROM communication_message WHERE customer_id = ${line.customer} AND inputs LIKE '%${pin}%'`), '0')
})

test('S1-23 killed while the gateway has it, a PIN is posted again with the same key and the same words', async () => {
  const line = lines[1], before = gateway.asked.length
  gateway.status = -1
  gateway.onAsked = () => process.kill(dossier.pid, 'SIGKILL')
  await perform('resetVoicemailPin', { id: line.id })
  await dossier.ended
  gateway.onAsked = undefined
  gateway.status = 202
  await dossier.start(...ways)
  await becomes(line.customer, 'SENT')
  const asked = gateway.asked.slice(before)
  assert.ok(asked.length >= 2)
  assert.deepEqual([new Set(asked.map(({ body }) => body.id)).size, new Set(asked.map(({ body }) => body.text)).size], [1, 1])
})
