// letters: messages as PDF (S1-45): the same bytes each time, the bytes that are on record, and nobody else's.
//
// Needs pdftotext and pdfinfo, of poppler-utils.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { globalId, graphql, raw, sql, statusOf, tokenOf, tokenWithRights, url } from './client.mjs'

const admin = await tokenOf('admin')

const get = (path, token, headers = {}) =>
  fetch(url + path, { headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers } })
const bytesOf = async (response) => Buffer.from(await response.arrayBuffer())
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
// Without the marks that say which way the next words go.
const textOf = (pdf, ...options) =>
  execFileSync('pdftotext', [...options, '-', '-'], { input: pdf, encoding: 'utf8' }).replace(/[\u200e\u200f\u202a-\u202e]/g, '')
  .replace(/[\u200e\u200f\u202a-\u202e]/g, '')

async function ask(query, variables, token = admin) {
  const { body } = await graphql(token, { query, variables })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data
}

const messagesOf = (customer, arguments_ = 'first: 100') =>
  ask(`query ($id: ID!) { customer(id: $id) { messages(${arguments_}) { nodes { id kind subject pdfUrl template { code locale } } } } }`,
    { id: globalId('Customer', customer) }).then(({ customer: { messages } }) => messages.nodes)

const documentsOf = (id) =>
  ask('query ($id: ID!) { node(id: $id) { ... on CommunicationMessage { documents { sha256 bytes pages renderer renderedAt } } } }', { id })
    .then(({ node }) => node.documents)

const callShop = 6, family = 2
let all, arabic, japanese

before(async () => {
  all = await messagesOf(callShop)
  arabic = all.find(({ template }) => template.locale === 'ar')
  japanese = all.find(({ template }) => template.locale === 'ja')
})

describe('S1-45 a message is shown as a PDF', () => {
  test('S1-45 of every kind, with the hash of its bytes', async () => {
    for (const kind of ['LETTER', 'EMAIL', 'SMS']) {
      const message = all.find((each) => each.kind === kind)
      const response = await get(message.pdfUrl, admin)
      const pdf = await bytesOf(response)
      assert.equal(response.status, 200)
      assert.equal(response.headers.get('content-type'), 'application/pdf')
      assert.match(response.headers.get('content-disposition'), /^inline; filename="[\w-]+\.pdf"$/)
      assert.equal(response.headers.get('etag'), `"${sha256(pdf)}"`)
      assert.equal(response.headers.get('cache-control'), 'no-store')
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
      assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
    }
  })

  test('S1-45 the same bytes at each call, however many at once', async () => {
    const once = sha256(await bytesOf(await get(arabic.pdfUrl, admin)))
    const many = await Promise.all(Array.from({ length: 24 }, async (_, i) =>
      sha256(await bytesOf(await get((i % 2 ? arabic : japanese).pdfUrl, admin)))))
    assert.equal(new Set(many).size, 2)
    assert.ok(many.filter((_, i) => i % 2).every((hash) => hash === once))
  })

  test('S1-45 the hash that is stored is that of what is served', async () => {
    const pdf = await bytesOf(await get(arabic.pdfUrl, admin))
    const [document, ...others] = await documentsOf(arabic.id)
    assert.deepEqual(others, [])
    assert.equal(document.sha256, sha256(pdf))
    assert.equal(document.bytes, pdf.length)
    assert.equal(document.pages, 1)
  })

  test('S1-45 what is no longer what was recorded is not shown', async () => {
    const { id, pdfUrl } = all.find(({ kind }) => kind === 'SMS')
    const key = Buffer.from(id, 'base64url').toString().split(':')[1]
    assert.equal((await get(pdfUrl, admin)).status, 200)
    const [{ sha256: kept }] = await documentsOf(id)
    sql(`UPDATE message_document SET sha256 = REPEAT('0', 64) WHERE message_id = ${key}`)
    const refused = await get(pdfUrl, admin)
    assert.equal(refused.status, 500)
    assert.match((await refused.json()).error.message, /not what it was/)
    sql(`UPDATE message_document SET sha256 = '${kept}' WHERE message_id = ${key}`)
    assert.equal((await get(pdfUrl, admin)).status, 200)
  })

  test('S1-45 who has the bytes already is told so', async () => {
    const { headers } = await get(arabic.pdfUrl, admin)
    const again = await get(arabic.pdfUrl, admin, { 'if-none-match': headers.get('etag') })
    assert.equal(again.status, 304)
    assert.equal((await bytesOf(again)).length, 0)
  })

  test('S1-45 a letter in Arabic reads from right to left', async () => {
    const text = textOf(await bytesOf(await get(arabic.pdfUrl, admin)))
    assert.match(text, /أسعار المكالمات الدولية/)
    assert.match(text, /يرجى تعليق هذا/)
    assert.match(text, /Zum Anker Call & Copy/)
  })

  test('S1-45 letters in Greek, Hebrew and Japanese', async () => {
    for (const [locale, words] of [['el', 'Τιμές διεθνών κλήσεων'], ['he', 'מחירי שיחות בינלאומיות'], ['ja', 'からの国際通話料金']]) {
      const message = all.find(({ template }) => template.locale === locale)
      const pdf = await bytesOf(await get(message.pdfUrl, admin))
      assert.ok(textOf(pdf).includes(words), `${locale}: ${textOf(pdf)}`)
      assert.doesNotMatch(execFileSync('pdffonts', ['-'], { input: pdf, encoding: 'utf8' }), / no  +(yes|no) +(yes|no) +\d/, 'all fonts are inside')
    }
  })

  test('S1-45 an e-mail has its headers', async () => {
    const mail = all.find(({ kind }) => kind === 'EMAIL')
    const text = textOf(await bytesOf(await get(mail.pdfUrl, admin)), '-layout')
    assert.match(text, /Von +Fernklang/)
    assert.match(text, /An +\S•••@/)
    assert.match(text, /Zeit +\d{4}-\d\d-\d\d \d\d:\d\d UTC/)
    assert.ok(text.includes(mail.subject))
  })

  test('S1-45 markup in a name is text', async () => {
    const [{ pdfUrl }] = await messagesOf(9, 'kinds: [EMAIL], first: 1')
    assert.ok(textOf(await bytesOf(await get(pdfUrl, admin))).includes('<script>alert("Dossier")</script> & Söhne'))
  })
})

describe('S1-45 a PDF is for those who may see the message', () => {
  test('nobody without a token, who is not told either which there are', async () => {
    for (const path of [arabic.pdfUrl, '/letters/x.pdf', '/letters/x', '/letters/.pdf']) assert.equal((await get(path)).status, 401, path)
  })
  test('nobody with a broken one', async () => assert.equal((await get(arabic.pdfUrl, 'x.y.z')).status, 401))

  test('what is somebody else’s, what does not exist and what is no message have the same answer', async () => {
    const partner = await tokenOf('partner')
    assert.equal((await get(arabic.pdfUrl, partner)).status, 200) // its own customer
    const [{ pdfUrl: foreign }] = await messagesOf(family, 'first: 1')
    assert.equal((await get(foreign, admin)).status, 200)
    const answers = []
    for (const path of [foreign, ...[
      globalId('CommunicationMessage', 999999999), globalId('CommunicationMessage', '6001x'), globalId('Customer', callShop),
      'x', '..%2f..%2fetc%2fpasswd', '%00', 'a'.repeat(300)].map((id) => `/letters/${id}.pdf`), '/letters/', '/letters', '/letters/x', '/letters/.pdf']) {
      const response = await get(path, partner)
      assert.equal(response.status, 404, path)
      answers.push((await response.json()).error.code)
    }
    assert.deepEqual([...new Set(answers)], ['NOT_FOUND'])
    const [foreignAnswer, unknownAnswer] = await Promise.all([foreign, `/letters/${globalId('CommunicationMessage', 999999999)}.pdf`]
      .map(async (path) => (await get(path, partner)).text()))
    assert.equal(foreignAnswer, unknownAnswer)
  })

  test('a customer sees their own letters only', async () => {
    const customer = await tokenOf('customer')
    const [{ pdfUrl: own }] = await messagesOf(family, 'first: 1')
    assert.equal((await get(own, customer)).status, 200)
    assert.equal((await get(arabic.pdfUrl, customer)).status, 404)
  })

  test('who lacks the right gets what who asks for nothing gets', async () => {
    const lacking = await tokenWithRights('admin', ['account:read', 'customer:read', 'explorer:read'])
    assert.equal((await get(arabic.pdfUrl, lacking)).status, 404)
  })

  test('only GET and HEAD', async () => {
    const response = await fetch(url + arabic.pdfUrl, { method: 'POST', headers: { authorization: `Bearer ${admin}` } })
    assert.equal(response.status, 405)
    assert.equal(response.headers.get('allow'), 'GET, HEAD')
    const head = await fetch(url + arabic.pdfUrl, { method: 'HEAD', headers: { authorization: `Bearer ${admin}` } })
    assert.equal(head.status, 200)
    assert.ok(Number(head.headers.get('content-length')) > 1000)
    assert.equal((await bytesOf(head)).length, 0)
  })

  test('who leaves while it is rendered harms nobody', async () => {
    const { host } = new URL(url)
    const text = `GET ${arabic.pdfUrl} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${admin}\r\n\r\n`
    await Promise.all(Array.from({ length: 20 }, () => raw(text, { wait: 2 })))
    assert.equal(statusOf(await raw(text.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))), 200)
  })
})
