// secret_act: codes are read once, by few, for known callers; what opens something goes to the customer alone.
import assert from 'node:assert/strict'
import { createDecipheriv, createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { act, codes, done } from './acting.mjs'
import { data, globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'

const token = await tokenOf('admin')
const answers = {
  verifyCaller: 'interaction { id }', revealSecret: 'simCard { id puk1 { state masked } } value hideAfterSeconds',
  sendPasswordReset: 'login { id address }', resetVoicemailPin: 'product { id }',
}

const perform = (name, input, as = token) => act(as, name, input, answers[name])

// What the server itself would read, with the key of the data folder.
function opened(place, [nonce, ciphertext, tag]) {
  const [iv, text, seal] = [nonce, ciphertext, tag].map((hex) => Buffer.from(hex, 'hex'))
  const decipher = createDecipheriv('aes-256-gcm', readFileSync(join(data, 'keys', 'seal.key')), iv)
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(seal)
  return decipher.update(text, undefined, 'utf8') + decipher.final('utf8')
}

let cards, used = 0
// Of customers whom nobody has verified until they are needed.
function anotherCard() {
  cards ??= sql(`SELECT customer_id, MIN(id) AS id FROM sim_card WHERE status = 'ACTIVE' AND customer_id > 30
    AND customer_id NOT IN (SELECT customer_id FROM caller_verification) GROUP BY customer_id ORDER BY id LIMIT 20`).split('\n').map((row) => row.split('\t'))
    .map(([customer, id]) => ({ customer, id, customerId: globalId('Customer', customer) }))
  return cards[used++]
}
const verify = (card, as) => perform('verifyCaller', { customerId: card.customerId, method: 'QUESTIONS' }, as).then(done)
const reveal = (card, more = {}, as) => perform('revealSecret', { id: card.id, reason: 'Three wrong PINs', ...more }, as)
const puk = (card, kind) => opened(`sim_secret|${kind}|${card.customer}|${card.id}`,
  sql(`SELECT HEX(nonce), HEX(ciphertext), HEX(tag) FROM sim_secret WHERE sim_card_id = ${card.id} AND kind = '${kind}'`).split('\t'))
const forget = () => sql('DELETE FROM secret_reveal')

// ---- a code of a SIM card ----

test('S1-27 a code is read by who may, with a reason, for a verified caller, and it is the right one', async () => {
  const card = anotherCard()
  assert.deepEqual(codes(await reveal(card)), ['NOT_VERIFIED'])
  const { interaction } = await verify(card)
  assert.deepEqual(codes(await reveal(card, { reason: ' ' })), ['REQUIRED reason'])
  const first = done(await reveal(card))
  assert.deepEqual([first.value, first.hideAfterSeconds, first.simCard.puk1.state], [puk(card, 'PUK1'), 60, 'LOCKED'])
  assert.match(first.value, /^\d{8}$/)
  assert.equal(done(await reveal(card, { code: 'PUK2' })).value, puk(card, 'PUK2'))
  const interactionKey = Buffer.from(interaction.id, 'base64url').toString().split(':')[1]
  assert.equal(sql(`SELECT r.kind, a.login, r.reason, r.interaction_id FROM secret_reveal AS r JOIN user_account AS a ON a.id = r.user_account_id WHERE r.sim_card_id = ${card.id} ORDER BY r.id`),
    `PUK1\tadmin\tThree wrong PINs\t${interactionKey}\nPUK2\tadmin\tThree wrong PINs\t${interactionKey}`)
})

test('S1-27 the same request again is told that it was done, and not the code', async () => {
  const card = anotherCard(), idempotencyKey = randomUUID()
  await verify(card)
  const all = await Promise.all(Array.from({ length: 6 }, () => reveal(card, { idempotencyKey })))
  assert.deepEqual(all.map(({ value }) => value).filter((value) => value !== null), [puk(card, 'PUK1')])
  assert.equal(all.filter(({ replayed }) => replayed).length, 5)
  assert.equal((await reveal(card, { idempotencyKey })).value, null)
  assert.equal(sql(`SELECT COUNT(*) FROM secret_reveal WHERE sim_card_id = ${card.id}`), '1')
})

test('S1-27 a dry run says whether it could be, never the code, and leaves nothing', async () => {
  const card = anotherCard()
  await verify(card)
  const tried = await reveal(card, { dryRun: true })
  assert.deepEqual([tried.userErrors, tried.value, tried.hideAfterSeconds], [[], null, null])
  assert.equal(sql(`SELECT COUNT(*) FROM secret_reveal WHERE sim_card_id = ${card.id}`), '0')
})

test('S1-27 one user reads so many codes in an hour, also at once', async () => {
  const most = Number(sql("SELECT value FROM policy WHERE name = 'reveals_per_hour'")), card = anotherCard()
  forget()
  await verify(card)
  const all = []
  for (let i = 0; i < 4; i++) all.push(...await Promise.all(Array.from({ length: 4 }, () => reveal(card))))
  const read = all.filter(({ value }) => value !== null).length
  assert.ok(read <= most && read > 0, `${read} were read`)
  while ((await reveal(card)).value !== null);
  assert.equal(sql(`SELECT COUNT(*) FROM secret_reveal WHERE sim_card_id = ${card.id}`), String(most))
  assert.deepEqual(codes(await reveal(card)), ['TOO_OFTEN'])
  sql(`UPDATE secret_reveal SET revealed_at = revealed_at - INTERVAL 61 MINUTE WHERE sim_card_id = ${card.id} LIMIT 1`)
  assert.equal((await reveal(card)).value, puk(card, 'PUK1'), 'an hour later')
  forget()
})

test('S1-27 who may not read codes is not told that it can be done; another owner is not there', async () => {
  const refused = async (as) => (await graphql(as, { query: 'mutation { revealSecret(input: {}) { value } }' })).body.errors[0].extensions.code
  assert.equal(await refused(await tokenOf('nordfunk-shop')), 'GRAPHQL_VALIDATION_FAILED')
  assert.equal(await refused(await tokenWithRights('admin', ['account:read', 'mobile:write', 'explorer:read'])), 'GRAPHQL_VALIDATION_FAILED')
  assert.deepEqual(codes(await reveal({ id: '999999999999' })), ['NOT_FOUND id'])
})

test('S1-27 the code is in no table, no log and no metric', async () => {
  const card = anotherCard()
  await verify(card)
  const { value } = done(await reveal(card))
  const columns = sql(`SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name IN
    ('audit_record', 'secret_reveal', 'idempotency_key', 'party_interaction', 'caller_verification', 'reveal_meter') AND data_type IN ('varchar', 'char', 'text', 'mediumtext', 'longtext')`)
  for (const [table, column] of columns.split('\n').map((row) => row.split('\t')))
    assert.equal(sql(`SELECT COUNT(*) FROM \`${table}\` WHERE \`${column}\` LIKE '%${value}%'`), '0', `${table}.${column}`)
  const log = process.env.DOSSIER_LOG
  if (log !== undefined && existsSync(log)) assert.ok(!readFileSync(log, 'utf8').includes(value))
  const metrics = await (await fetch(`${process.env.DOSSIER_URL}/metrics`)).text()
  assert.ok(!metrics.includes(value))
})

test('S1-27 a card that was exchanged has its own codes still, and the new one those of the stock', async () => {
  const card = anotherCard(), [spare, iccid] = sql('SELECT id, iccid FROM spare_sim ORDER BY id DESC LIMIT 1').split('\t')
  const inStock = opened(`spare_sim_secret|PUK1|${spare}`, sql(`SELECT HEX(nonce), HEX(ciphertext), HEX(tag) FROM spare_sim_secret WHERE spare_sim_id = ${spare} AND kind = 'PUK1'`).split('\t'))
  const before = puk(card, 'PUK1')
  await verify(card)
  const query = 'mutation ($input: ChangeSimInput!) { changeSim(input: $input) { simCard { id } userErrors { code } } }'
  const { body } = await graphql(token, { query, variables: { input: { id: card.id, iccid, reason: 'DEFECTIVE', idempotencyKey: randomUUID() } } })
  assert.deepEqual(body.data.changeSim.userErrors, [])
  assert.equal(done(await reveal({ id: body.data.changeSim.simCard.id })).value, inStock)
  assert.equal(done(await reveal(card)).value, before)
})

// ---- what goes to the customer alone ----

const secretOf = (customer, message, name) => opened(`message_secret|${name}|${customer}|${message}`,
  sql(`SELECT HEX(nonce), HEX(ciphertext), HEX(tag) FROM message_secret WHERE message_id = ${message} AND name = '${name}'`).split('\t'))
const lastMessage = (customer) => sql(`SELECT m.id, t.code, m.kind, m.state, m.recipient, m.inputs FROM communication_message AS m
  JOIN message_template AS t ON t.id = m.message_template_id WHERE m.customer_id = ${customer} ORDER BY m.id DESC LIMIT 1`).split('\t')

const logins = sql("SELECT customer_id, id, address FROM email_login WHERE status = 'ACTIVE' AND customer_id > 12 ORDER BY id LIMIT 5").split('\n').map((row) => row.split('\t'))

test('S1-28 a link to choose a new password goes to the customer, once, and its token is stored as a hash', async () => {
  const [customer, id, address] = logins[0]
  assert.equal(done(await perform('sendPasswordReset', { loginId: id })).login.address, address)
  const [message, code, kind, state, recipient, inputs] = lastMessage(customer)
  assert.deepEqual([code, state, JSON.parse(inputs).mailbox, JSON.parse(inputs).token], ['PASSWORD_RESET', 'INITIAL', address, '••••••'])
  assert.ok(kind === 'EMAIL' || kind === 'SMS')
  assert.match(recipient, /•••/)
  const link = secretOf(customer, message, 'token')
  assert.match(link, /^[\w-]{43}$/)
  const stored = () => sql(`SELECT token_hash, used_at IS NULL, ROUND(TIMESTAMPDIFF(SECOND, NOW(), expires_at) / 60) FROM password_reset WHERE email_login_id = ${id} ORDER BY id`).split('\n')
  assert.deepEqual(stored(), [`${createHash('sha256').update(link).digest('hex')}\t1\t60`])
  done(await perform('sendPasswordReset', { loginId: id }))
  const [first, second] = stored().map((row) => Number(row.split('\t')[2]))
  assert.deepEqual([first <= 0, second], [true, 60], 'the link before ends')
})

test('S1-28 it is sent to another address than that of the mailbox, so many times a day, once for one key', async () => {
  const [customer, id, address] = logins[1], idempotencyKey = randomUUID()
  const count = () => Number(sql(`SELECT COUNT(*) FROM password_reset WHERE email_login_id = ${id}`))
  const both = [await perform('sendPasswordReset', { loginId: id, idempotencyKey }), await perform('sendPasswordReset', { loginId: id, idempotencyKey })]
  assert.deepEqual([both.map(({ replayed }) => replayed), count()], [[false, true], 1])
  for (let i = 0; i < 4; i++) done(await perform('sendPasswordReset', { loginId: id }))
  assert.deepEqual(codes(await perform('sendPasswordReset', { loginId: id })), ['TOO_OFTEN loginId'])
  const other = logins[2]
  const contacts = sql(`SELECT id FROM contact_medium WHERE customer_id = ${other[0]}`).split('\n').join(', ')
  sql(`UPDATE contact_medium SET valid_from = '2001-01-01', valid_until = '2001-01-02' WHERE customer_id = ${other[0]}`)
  assert.deepEqual(codes(await perform('sendPasswordReset', { loginId: other[1] })), ['NOT_ALLOWED loginId'])
  sql(`UPDATE contact_medium SET valid_from = NULL, valid_until = NULL WHERE id IN (${contacts})`)
  assert.ok(customer && address)
})

test('S1-28 closed mailboxes and those of others get no link', async () => {
  const closed = sql("SELECT id FROM email_login WHERE status = 'CLOSED' LIMIT 1")
  assert.deepEqual(codes(await perform('sendPasswordReset', { loginId: closed })), ['NOT_ALLOWED loginId'])
  const foreign = sql('SELECT e.id FROM email_login AS e JOIN customer AS c ON c.id = e.customer_id WHERE c.partner_id IS NULL LIMIT 1')
  assert.deepEqual(codes(await perform('sendPasswordReset', { loginId: foreign }, await tokenOf('nordfunk-shop'))), ['NOT_FOUND loginId'])
})

test('S1-23 S1-27 a new PIN of the voice mailbox goes to the line, and nobody else reads it', async () => {
  const [customer, id, number] = sql(`SELECT p.customer_id, p.id, p.service_identifier FROM product AS p JOIN product_offering AS o ON o.id = p.offering_id
    WHERE p.status = 'ACTIVE' AND o.category = 'MOBILE' AND p.customer_id > 40 ORDER BY p.id LIMIT 1`).split('\t')
  done(await perform('resetVoicemailPin', { id: globalId('Product', id) }))
  const [message, code, kind, state, recipient, inputs] = lastMessage(customer)
  assert.deepEqual([code, kind, state, JSON.parse(inputs).pin], ['VOICEMAIL_PIN', 'SMS', 'INITIAL', '••••••'])
  assert.equal(recipient.slice(-2), number.slice(-2))
  assert.ok(!recipient.includes(number.slice(3)))
  assert.match(secretOf(customer, message, 'pin'), /^\d{6}$/)
  assert.equal(sql(`SELECT LENGTH(fingerprint) FROM voicemail_pin WHERE product_id = ${id}`), '32')
  for (let i = 0; i < 4; i++) done(await perform('resetVoicemailPin', { id: globalId('Product', id) }))
  assert.deepEqual(codes(await perform('resetVoicemailPin', { id: globalId('Product', id) })), ['TOO_OFTEN id'])
})
