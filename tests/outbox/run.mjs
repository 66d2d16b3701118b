// run: messages leave, once: by a real mail server, an SMS gateway and a print spool, each of which refuses, dawdles and
// breaks off; and e-mails come in. The server is killed at every step.
//
//   node --test-reporter=tap tests/outbox/run.mjs --program build/dev/server/dossier --folder /tmp/somewhere
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parseArgs } from 'node:util'
import { Dossier, Gateway, MailServer, until, wait } from './world.mjs'

const { values } = parseArgs({ options: { program: { type: 'string' }, folder: { type: 'string' } } })
const { program, folder } = values
rmSync(folder, { recursive: true, force: true })
const spool = join(folder, 'spool'), smsKey = join(folder, 'sms.key')
const dossier = new Dossier(program, folder)
const mailServer = await new MailServer().start(), gateway = await new Gateway().start()
writeFileSync(smsKey, 'gateway-secret\n', { mode: 0o600 })
const ways = ['--mail-server', `smtp://127.0.0.1:${mailServer.port}`, '--mail-from', 'Fernklang Kundendienst <service@fernklang.example>',
  '--sms-gateway', gateway.url, '--sms-key', smsKey, '--print-spool', spool]
await dossier.start('--demo', '--day', '2026-10-01', '--customers', '20')
process.env.DOSSIER_URL = dossier.url
process.env.DOSSIER_DATA = dossier.data
const { data, globalId, graphql, signIn, sql, tokenOf } = await import('../api/client.mjs')
after(async () => {
  mailServer.stop()
  gateway.stop()
  if (dossier.child.exitCode === null) await dossier.stop()
})

// ---- asking ----

// A token is good for ten minutes, which all of this together may take.
let signedIn
async function token() {
  if (signedIn === undefined || signedIn.at < Date.now() - 300_000) signedIn = { at: Date.now(), token: (await signIn('admin')).token }
  return signedIn.token
}

// Somebody who can be reached in all ways, with a bill and an open ticket.
const [key, email, number] = sql(`SELECT c.id, m.value, t.number FROM customer AS c JOIN contact_medium AS m ON m.customer_id = c.id AND m.kind = 'EMAIL'
  JOIN trouble_ticket AS t ON t.customer_id = c.id AND t.is_open WHERE c.language = 'de' AND m.preferred
    AND EXISTS (SELECT 1 FROM contact_medium AS p WHERE p.customer_id = c.id AND p.kind = 'MOBILE') AND EXISTS (SELECT 1 FROM customer_bill AS b WHERE b.customer_id = c.id)
  ORDER BY c.id LIMIT 1`).split('\t')
const customerId = globalId('Customer', key)
const ticketKey = sql(`SELECT id FROM trouble_ticket WHERE number = '${number}'`), ticketId = globalId('TroubleTicket', ticketKey)

const fields = `message { id state subject recipient channel pdfUrl delivery { state problem reply attempts dueAt finishedAt reference about { __typename } } } userErrors { code field message } dryRun replayed`
async function perform(name, input) {
  const type = `${name[0].toUpperCase()}${name.slice(1)}Input`
  const { body } = await graphql(await token(), { query: `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`, variables: { input: { idempotencyKey: randomUUID(), ...input } } })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data[name]
}
const send = (input) => perform('sendMessage', { customerId, ...input })

let count = 0
async function sendMail(input = {}) {
  const subject = `Probe ${++count}`
  const { message, userErrors } = await send({ channel: 'EMAIL', subject, text: 'Guten Tag, es geht um Ihren Anschluss.', ...input })
  assert.deepEqual(userErrors, [])
  return { ...message, subject }
}
const read = async (id) => graphql(await token(), { query: `query ($id: ID!) { node(id: $id) { ... on CommunicationMessage { id state delivery { state problem reply attempts dueAt finishedAt reference } documents { sha256 } pdfUrl } } }`, variables: { id } }).then(({ body }) => body.data.node)
const becomes = (message, state, seconds) => until(`${message.subject} is ${state}`, async () => {
  const now = await read(message.id)
  return now.delivery.state === state && now
}, seconds)

const rests = (message) => until(`${message.subject} comes to rest`, async () => {
  const now = await read(message.id)
  return ['SENT', 'PARKED'].includes(now.delivery.state) && now
})

// ---- nothing is set up ----

let early
test('S1-08 what cannot be sent here waits and says why', async () => {
  early = await sendMail()
  assert.deepEqual([early.state, early.delivery.state, early.delivery.problem], ['INITIAL', 'QUEUED', 'NOT_CONFIGURED'])
  await wait(1500)
  assert.deepEqual([(await read(early.id)).delivery.attempts, mailServer.stages.length], [0, 0])
})

test('S1-08 once there is a mail server, what waited leaves', async () => {
  assert.ok(await dossier.stop())
  await dossier.start(...ways)
  const { state, delivery } = await becomes(early, 'SENT')
  assert.deepEqual([state, delivery.problem, delivery.attempts, delivery.dueAt], ['COMPLETED', null, 1, null])
  assert.equal(mailServer.about(early.subject).length, 1)
})

// ---- e-mail ----

const headers = (mail) => mail.text.slice(0, mail.text.indexOf('\r\n\r\n'))
const plain = (mail) => mail.text.slice(mail.text.indexOf('\r\n\r\n') + 4).replace(/=\r\n/g, '').replace(/(=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString())

test('S1-08 an e-mail has its text in UTF-8, its subject encoded, and an id of its own', async () => {
  const text = 'Schöne Grüße – 中文 😀\n.\n\n.Ein Punkt am Anfang\nFrom here on'
  const { message } = await send({ channel: 'EMAIL', subject: 'Größe über alles', text })
  const { delivery } = await becomes(message, 'SENT')
  const mail = mailServer.mails.find(({ text: all }) => all.includes(delivery.reference))
  assert.deepEqual([mail.from, mail.to], ['service@fernklang.example', [email]])
  assert.match(headers(mail), new RegExp(`^Message-Id: <${delivery.reference}@fernklang\\.example>$`, 'mi'))
  assert.match(headers(mail), /^Subject: =\?utf-8\?[QB]\?[!-~]*\?= alles$/mi)
  assert.match(headers(mail), /^MIME-Version: 1\.0$/mi)
  assert.match(headers(mail), /^Content-Type: text\/plain; charset=utf-8$/mi)
  assert.match(headers(mail), /^Date: /mi)
  assert.ok(plain(mail).replaceAll('\r\n', '\n').includes(text), plain(mail))
  assert.ok(mail.text.split('\r\n').every((line) => line.length <= 998 && !/[\r\n]/.test(line)))
  assert.equal(sql(`SELECT address FROM message_delivery WHERE reference = '${delivery.reference}'`), '', 'the address is forgotten')
})

test('S1-08 nothing that is put into a value becomes a header', async () => {
  sql(`INSERT INTO contact_medium (customer_id, kind, value, preferred) VALUES (${key}, 'EMAIL', 'a@b.example>\\r\\nRCPT TO:<evil@x.example', TRUE); UPDATE contact_medium SET preferred = FALSE WHERE customer_id = ${key} AND value = '${email}'`)
  try {
    const { delivery } = await becomes(await sendMail(), 'PARKED')
    assert.equal(delivery.problem, 'BAD_ADDRESS')
    assert.ok(mailServer.mails.every(({ to }) => to.length === 1))
  } finally {
    sql(`DELETE FROM contact_medium WHERE customer_id = ${key} AND value LIKE 'a@b%'; UPDATE contact_medium SET preferred = TRUE WHERE customer_id = ${key} AND value = '${email}'`)
  }
  const { userErrors } = await send({ channel: 'EMAIL', subject: 'Two\r\nBcc: evil@x.example', text: 'x' })
  assert.deepEqual(userErrors.map(({ code }) => code), ['INVALID'])
})

test('S1-08 who asks to try later is tried later, by itself', async () => {
  await mailServer.behave({ reply: { rcpt: '451 4.7.1 Greylisted, try again' } })
  const message = await sendMail()
  const { state, delivery } = await becomes(message, 'FAILED')
  assert.deepEqual([state, delivery.problem, delivery.reply], ['IN_PROGRESS', 'BUSY', '451 4.7.1'])
  assert.ok(delivery.dueAt > new Date().toISOString().slice(0, 10))
  await mailServer.behave()
  assert.ok((await becomes(message, 'SENT')).delivery.attempts >= 2)
  assert.equal(mailServer.about(message.subject).length, 1)
})

test('S1-08 what is refused for good is stopped at once, with the reason and nobody\'s name', async () => {
  for (const [reply, problem, code] of [[{ rcpt: '550 5.1.1 <secret@x.example> unknown' }, 'BAD_ADDRESS', '550 5.1.1'], [{ mail: '552 5.3.4 Too big' }, 'REFUSED', '552 5.3.4'], [{ dot: '554 5.7.1 Spam' }, 'REFUSED', '554 5.7.1']]) {
    await mailServer.behave({ reply })
    const { state, delivery } = await becomes(await sendMail(), 'PARKED')
    assert.deepEqual([state, delivery.problem, delivery.reply, delivery.attempts, delivery.dueAt], ['FAILED', problem, code, 1, null])
  }
})

test('S1-08 a refusal of the whole that is for now is tried again', async () => {
  await mailServer.behave({ reply: { dot: '452 4.3.1 No room' } })
  const message = await sendMail()
  assert.equal((await becomes(message, 'FAILED')).delivery.problem, 'BUSY')
  await mailServer.behave()
  await becomes(message, 'SENT')
  assert.equal(mailServer.about(message.subject).length, 1)
})

test('S1-08 a connection that breaks before the end is tried again; after it nobody knows, and it is not', async () => {
  for (const close of ['mail', 'rcpt']) {
    await mailServer.behave({ close })
    const message = await sendMail()
    assert.equal((await becomes(message, 'FAILED')).delivery.problem, 'UNREACHABLE', close)
    await mailServer.behave()
    await becomes(message, 'SENT')
    assert.equal(mailServer.about(message.subject).length, 1, close)
  }
  await mailServer.behave({ close: 'dot' })
  const message = await sendMail()
  const { state, delivery } = await becomes(message, 'PARKED')
  assert.deepEqual([state, delivery.problem, delivery.attempts], ['IN_PROGRESS', 'MAYBE_SENT', 1])
  await mailServer.behave()
  await wait(3000)
  assert.equal(mailServer.about(message.subject).length, 1)
})

test('S1-08 a connection that breaks while the text is under way leaves one e-mail at most', async () => {
  await mailServer.behave({ close: 'data' })
  const message = await sendMail()
  await until('the connection broke', () => mailServer.stages.includes('data'))
  await mailServer.behave()
  const { delivery } = await rests(message)
  const taken = mailServer.about(message.subject).length
  if (delivery.state === 'SENT') assert.equal(taken, 1)
  else assert.deepEqual([delivery.problem, taken], ['MAYBE_SENT', 0])
})

test('S1-08 a mail server that dawdles is left: before the end it is tried again, after it not', async () => {
  await mailServer.behave({ slow: { stage: 'rcpt', seconds: 4 } })
  const early = await sendMail()
  assert.equal((await becomes(early, 'FAILED')).delivery.problem, 'UNREACHABLE')
  await mailServer.behave()
  await becomes(early, 'SENT')
  await mailServer.behave({ slow: { stage: 'dot', seconds: 4 } })
  const late = await sendMail()
  assert.equal((await becomes(late, 'PARKED')).delivery.problem, 'MAYBE_SENT')
  await mailServer.behave()
  await wait(3000)
  for (const { subject } of [early, late]) assert.equal(mailServer.about(subject).length, 1)
})

test('S1-08 a message that always fails is parked, and leaves when somebody tries it once more', async () => {
  assert.ok(await dossier.stop())
  await dossier.start(...ways, '--outbox-attempts', '2')
  await mailServer.behave({ reply: { mail: '421 4.3.2 Closing' } })
  const message = await sendMail()
  const { state, delivery } = await becomes(message, 'PARKED')
  assert.deepEqual([state, delivery.problem, delivery.attempts], ['FAILED', 'BUSY', 2])
  await mailServer.behave()
  const before = delivery.reference
  const tried = await perform('retryMessage', { id: message.id, dryRun: true })
  assert.deepEqual([tried.message.delivery.state, (await read(message.id)).delivery.state], ['QUEUED', 'PARKED'])
  assert.deepEqual((await perform('retryMessage', { id: message.id })).userErrors, [])
  assert.equal((await becomes(message, 'SENT')).delivery.reference, before)
  assert.deepEqual((await perform('retryMessage', { id: message.id })).userErrors.map(({ code }) => code), ['NOT_ALLOWED'])
  assert.equal(mailServer.about(message.subject).length, 1)
})

// ---- killed ----

// Until the server is killed, which the mail server does; then it is started again.
async function killedAt(stage) {
  await mailServer.behave({ kill: { stage, pid: dossier.pid } })
  const message = await sendMail()
  await dossier.ended
  await mailServer.behave()
  await dossier.start(...ways)
  const { delivery } = await rests(message)
  await wait(1000)
  return { stage, delivery, taken: mailServer.about(message.subject).length }
}

test('S1-08 killed before the end was sent, an e-mail is sent once', async () => {
  for (const stage of ['ehlo', 'mail', 'rcpt']) {
    const { delivery, taken } = await killedAt(stage)
    assert.deepEqual([stage, delivery.state, taken], [stage, 'SENT', 1])
  }
})

test('S1-08 killed after its end was sent, an e-mail is not sent again: somebody has to look', async () => {
  const { delivery, taken } = await killedAt('dot')
  assert.deepEqual([delivery.state, delivery.problem, taken], ['PARKED', 'MAYBE_SENT', 1])
})

test('S1-08 killed while it is sent or while it is answered, an e-mail is there once at most', async () => {
  for (const stage of ['data', 'taken']) {
    const { delivery, taken } = await killedAt(stage)
    assert.ok(taken <= 1, `${stage}: ${taken}`)
    if (delivery.state === 'SENT') assert.equal(taken, 1, stage)
    else assert.equal(delivery.problem, 'MAYBE_SENT', stage)
  }
})

// ---- TLS and passwords ----

test('S1-08 a password is sent under TLS alone, to a mail server whose certificate is trusted', async () => {
  const pem = join(folder, 'cert.pem'), secret = join(folder, 'cert.key'), login = join(folder, 'login')
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', secret, '-out', pem], { stdio: 'ignore' })
  writeFileSync(login, 'dossier\na pass word\n', { mode: 0o600 })
  const sealed = await new MailServer().start(pem, secret)
  const to = (server, ...more) => ['--mail-server', `smtp://127.0.0.1:${server.port}`, '--mail-from', 'service@fernklang.example', '--mail-login', login, ...more]
  try {
    await dossier.stop()
    await dossier.start(...to(sealed, '--mail-certificates', pem))
    const message = await sendMail()
    await becomes(message, 'SENT')
    const [mail] = sealed.about(message.subject)
    assert.deepEqual([mail.user, mail.sealed], ['dossier', true])
    await dossier.stop()
    await dossier.start(...to(sealed))
    assert.equal((await becomes(await sendMail(), 'FAILED')).delivery.problem, 'REFUSED_US', 'the certificate is nobody\'s')
    await dossier.stop()
    await dossier.start(...to(mailServer))
    assert.equal((await becomes(await sendMail(), 'FAILED')).delivery.problem, 'REFUSED_US', 'there is no TLS')
    writeFileSync(login, 'dossier\nwrong\n')
    await dossier.stop()
    await dossier.start(...to(sealed, '--mail-certificates', pem))
    assert.equal((await becomes(await sendMail(), 'FAILED')).delivery.problem, 'REFUSED_US', 'the password is wrong')
  } finally {
    sealed.stop()
  }
})

test('what cannot be used to send keeps the server from starting, and is said', async () => {
  await dossier.stop()
  const refused = (...options) => spawnSync(program, ['serve', '--data', data, '--port', '0', ...options], { encoding: 'utf8', timeout: 60000 }).stderr
  const open = join(folder, 'open.key')
  writeFileSync(open, 'x\n', { mode: 0o644 })
  assert.match(refused('--mail-server', 'smtp://x'), /needs --mail-from/)
  assert.match(refused('--mail-server', 'http://x', '--mail-from', 'a@b.example'), /must be smtp:/)
  assert.match(refused('--mail-server', 'smtp://x', '--mail-from', 'nobody'), /must be an address/)
  assert.match(refused('--sms-gateway', 'ftp://x'), /must be an http/)
  assert.match(refused('--sms-gateway', 'http://x', '--sms-key', open), /chmod 600/)
  assert.match(refused('--print-spool', join(open, 'x')), /cannot make the folder/)
  await mailServer.behave()
  await dossier.start(...ways)
})

// ---- SMS ----

const sendSms = async (text) => {
  const { message, userErrors } = await send({ channel: 'SMS', text })
  assert.deepEqual(userErrors, [])
  return { ...message, subject: text }
}

test('S1-08 an SMS is posted with its key and its reference', async () => {
  const message = await sendSms('Ihr Anschluss geht wieder. ä€😀')
  const { delivery } = await becomes(message, 'SENT')
  const [asked] = gateway.asked.slice(-1)
  assert.deepEqual([asked.method, asked.url, asked.headers.authorization, asked.headers['idempotency-key']], ['POST', '/sms', 'Bearer gateway-secret', delivery.reference])
  assert.deepEqual([asked.body.id, asked.body.text], [delivery.reference, 'Ihr Anschluss geht wieder. ä€😀'])
  assert.match(asked.body.to, /^\+\d+$/)
})

test('S1-08 a gateway that fails is asked again with the same key; one that refuses is not', async () => {
  for (const [status, problem] of [[503, 'BUSY'], [429, 'BUSY'], [401, 'REFUSED_US'], [0, 'UNREACHABLE']]) {
    gateway.status = status
    const before = gateway.asked.length, message = await sendSms(`After ${status}`)
    assert.equal((await becomes(message, 'FAILED')).delivery.problem, problem)
    gateway.status = 200
    const { delivery } = await becomes(message, 'SENT')
    const keys = gateway.asked.slice(before).map(({ headers: sent }) => sent['idempotency-key'])
    assert.ok(keys.length >= 2 && keys.every((sent) => sent === delivery.reference))
  }
  gateway.status = 422
  const { delivery } = await becomes(await sendSms('Refused'), 'PARKED')
  assert.deepEqual([delivery.problem, delivery.reply, delivery.attempts], ['REFUSED', '422', 1])
  gateway.status = 200
})

test('S1-08 killed while the gateway has it, an SMS is posted again with the same key', async () => {
  const before = gateway.asked.length
  gateway.status = -1
  gateway.onAsked = () => process.kill(dossier.pid, 'SIGKILL')
  const message = await sendSms('Killed')
  await dossier.ended
  gateway.onAsked = undefined
  gateway.status = 200
  await dossier.start(...ways)
  await becomes(message, 'SENT')
  assert.equal(new Set(gateway.asked.slice(before).map(({ body }) => body.id)).size, 1)
})

// ---- letters ----

test('S1-45 a letter to be printed has the bytes that people are shown', async () => {
  const { message } = await send({ channel: 'POST', subject: 'Ihr Vertrag', text: 'Alles bleibt, wie es ist.' })
  const { delivery, documents, pdfUrl } = await becomes(message, 'SENT')
  const pdf = readFileSync(join(spool, `${delivery.reference}.pdf`)), manifest = JSON.parse(readFileSync(join(spool, `${delivery.reference}.json`)))
  assert.equal(createHash('sha256').update(pdf).digest('hex'), manifest.sha256)
  assert.deepEqual([manifest.sha256, manifest.pages, manifest.language], [documents[0].sha256, 1, 'de'])
  const shown = await fetch(dossier.url + pdfUrl, { headers: { authorization: `Bearer ${await token()}` } })
  assert.ok(pdf.equals(Buffer.from(await shown.arrayBuffer())))
  assert.deepEqual(readdirSync(spool).filter((name) => name.startsWith('.')), [])
})

test('S1-08 a spool that cannot be written is tried again', async () => {
  rmSync(spool, { recursive: true })
  const { message } = await send({ channel: 'POST', subject: 'Ein Brief', text: 'Text' })
  assert.equal((await becomes(message, 'FAILED')).delivery.problem, 'UNREACHABLE')
  await dossier.stop()
  await dossier.start(...ways)
  await becomes(message, 'SENT')
  assert.equal(readdirSync(spool).length, 2)
})

// ---- many at once ----

test('S1-08 a hundred e-mails leave once each, also when two servers send them', async () => {
  const before = mailServer.mails.length
  const [, password] = readFileSync(join(data, 'mariadb.passwords'), 'utf8').trim().split(' ')
  const socket = encodeURIComponent(join(data, 'mariadb', 'run', 'mariadb.sock'))
  const other = new Dossier(program, join(folder, 'other'))
  await other.start(...ways, '--database', `mariadb://dossier_migration:${password}@/dossier?socket=${socket}`)
  const rows = Array.from({ length: 100 }, (_, i) => send({ channel: 'EMAIL', subject: `Many ${i}`, text: 'x' }))
  await Promise.all(rows)
  await until('all are sent', () => mailServer.mails.length >= before + 100)
  await wait(2000)
  const ids = mailServer.mails.slice(before).map((mail) => /^Message-Id: (.*)$/mi.exec(mail.text)[1])
  assert.deepEqual([ids.length, new Set(ids).size], [100, 100])
  const sent = async ({ url }) => Number(/dossier_outbox_attempts_total\{channel="EMAIL",result="sent"\} (\d+)/.exec(await (await fetch(`${url}/metrics`)).text())[1])
  assert.ok((await sent(other)) > 0 && (await sent(dossier)) > 0, 'both have sent')
  assert.ok(await other.stop(), other.text())
})

// ---- in ----

const receive = (text) => {
  const { status, stderr } = spawnSync(program, ['mail', 'receive', '--data', data], { input: text, encoding: 'utf8' })
  return { status, said: stderr.trim().split('\n').at(-1) }
}
const letterFrom = (from, subject, more = '', text = 'Es geht wieder nicht.\n\n> Zitat\n') =>
  `From: Somebody <${from}>\r\nTo: service@fernklang.example\r\nSubject: ${subject}\r\nMessage-ID: <${randomUUID()}@mail.example>\r\n${more}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}`
const articles = () => sql(`SELECT COUNT(*) FROM ticket_article WHERE ticket_id = ${ticketKey}`)

test('S1-38 what is written about a ticket by e-mail stands in the ticket, and names it', async () => {
  const { message } = await send({ channel: 'EMAIL', aboutId: ticketId, subject: 'Ihr Ticket', text: 'Wir haben den Anschluss gemessen.' })
  assert.equal(message.delivery.about.__typename, 'TroubleTicket')
  assert.equal(message.subject, `Ihr Ticket [${number}]`)
  assert.equal(sql(`SELECT CONCAT(author_kind, ' ', text) FROM ticket_article WHERE ticket_id = ${ticketKey} ORDER BY id DESC LIMIT 1`), 'AGENT Wir haben den Anschluss gemessen.')
  const { delivery } = await becomes(message, 'SENT')
  const before = Number(articles())
  const answer = letterFrom(email.toUpperCase(), 'AW: ohne Nummer', `In-Reply-To: <${delivery.reference}@fernklang.example>\r\n`)
  assert.deepEqual(receive(answer), { status: 0, said: 'it was filed in its ticket' })
  assert.equal(Number(articles()), before + 1)
  assert.equal(sql(`SELECT CONCAT(author_kind, ' ', text) FROM ticket_article WHERE ticket_id = ${ticketKey} ORDER BY id DESC LIMIT 1`), 'CUSTOMER Es geht wieder nicht.\\n\\n> Zitat')
  assert.deepEqual(receive(answer), { status: 0, said: 'it had come before' }, 'the same e-mail comes twice')
  assert.equal(Number(articles()), before + 1)
})

test('S1-38 an e-mail finds its ticket by the number in its subject, in any encoding', () => {
  const before = Number(articles())
  assert.equal(receive(letterFrom(email, `=?utf-8?B?${Buffer.from(`Störung [${number}]`).toString('base64')}?=`)).said, 'it was filed in its ticket')
  assert.equal(Number(articles()), before + 1)
  assert.equal(sql(`SELECT subject FROM ticket_article WHERE ticket_id = ${ticketKey} ORDER BY id DESC LIMIT 1`), `Störung [${number}]`)
})

test('S1-38 what cannot be filed waits with the reason, and nobody\'s ticket changes', async () => {
  const before = articles()
  const settled = sql("SELECT t.number, m.value FROM trouble_ticket AS t JOIN contact_medium AS m ON m.customer_id = t.customer_id AND m.kind = 'EMAIL' WHERE NOT t.is_open LIMIT 1").split('\t')
  for (const [mail, reason] of [
    [letterFrom('stranger@x.example', `Re: [${number}]`), 'UNKNOWN_SENDER'],
    [letterFrom(email, 'No number'), 'NO_TICKET'],
    [letterFrom(email, `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`), 'NO_TICKET'],
    [letterFrom(email, `1${number}`), 'NO_TICKET'],
    [letterFrom(settled[1], `Re: [${settled[0]}]`), 'TICKET_SETTLED'],
    [letterFrom(email, `Re: [${number}]`, 'Auto-Submitted: auto-replied\r\n'), 'AUTOMATIC'],
    [letterFrom(email, `Re: [${number}]`, '', ''), 'NO_TEXT'],
    [letterFrom(`${email}, other@x.example`, `Re: [${number}]`).replace(/<(.*), (.*)>/, '<$1>, $2'), 'UNKNOWN_SENDER'],
  ]) assert.equal(receive(mail).said, `it waits: ${reason}`)
  assert.equal(articles(), before)
  const { body } = await graphql(await token(), { query: '{ receivedMails(state: WAITING, first: 50) { nodes { sender subject state reason ticket { number } } } }' })
  assert.deepEqual([...new Set(body.data.receivedMails.nodes.map(({ reason }) => reason))].sort(), ['AUTOMATIC', 'NO_TEXT', 'NO_TICKET', 'TICKET_SETTLED', 'UNKNOWN_SENDER'])
  const partner = await graphql(await tokenOf('nordfunk-shop'), { query: '{ receivedMails { nodes { id } } }' })
  assert.equal(partner.body.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED', 'partners do not see them')
})

test('S1-38 e-mails that are none, too large, too deep or in bad encodings end in words', () => {
  assert.deepEqual([receive('').status, receive('\0\0\0').status], [1, 1])
  assert.match(receive(`Subject: x\r\n\r\n${'x'.repeat(11 * 1024 * 1024)}`).said, /no e-mail, or one of more than/)
  let deep = 'Content-Type: text/plain\r\n\r\nburied'
  for (let i = 0; i < 300; i++) deep = `Content-Type: multipart/mixed; boundary="b${i}"\r\n\r\n--b${i}\r\n${deep}\r\n--b${i}--\r\n`
  assert.equal(receive(`From: ${email}\r\nSubject: ${number}\r\nMIME-Version: 1.0\r\n${deep}`).said, 'it waits: NO_TEXT')
  assert.equal(receive(letterFrom(email, `[${number}]`, '', 'a\xff\u0000b').replace('utf-8', 'made-up')).status, 0)
  assert.equal(receive(letterFrom(email, `[${number}] <script>`, '', '<script>alert(1)</script>')).said, 'it was filed in its ticket')
})

test('S1-38 the text of an e-mail with attachments and HTML is its plain one', () => {
  const mail = `From: ${email}\r\nSubject: [${number}] Bild\r\nMessage-ID: <${randomUUID()}@x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<b>HTML</b>\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe\r\n--b--\r\n--a\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nattached\r\n--a--\r\n`
  assert.equal(receive(mail).said, 'it was filed in its ticket')
  assert.equal(sql(`SELECT text FROM ticket_article WHERE ticket_id = ${ticketKey} ORDER BY id DESC LIMIT 1`), 'Grüße')
})

test('the server ends in good order', async () => {
  assert.ok(existsSync(spool))
  assert.ok(await dossier.stop(), dossier.text())
})
