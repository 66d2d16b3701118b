// http: requests that are not as they should be, and what every answer carries. Case ids are those of the
// catalogue of attacks (G: GraphQL, H: HTTP).
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { connectionsAreAtLeast, connectionsAreAtMost, data, globalId, graphql, numbers, post, raw, settledNumbers, statusOf, tokenOf, unread, url } from './client.mjs'

const host = new URL(url).host
const who = await tokenOf('admin')
const auth = { authorization: `Bearer ${who}` }
const query = { query: '{ __typename }' }

const isProblem = (body) => assert.ok(body.errors?.[0]?.message && body.errors[0].extensions?.code, JSON.stringify(body))

async function graphqlRefuses(status, body, headers = {}) {
  const response = await post('/graphql', body, { ...auth, ...headers })
  assert.equal(response.status, status)
  isProblem(await response.json())
}

// ---- what every answer carries ----

const secured = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}
for (const path of ['/', '/healthz', '/graphql', '/nothing.js', '/auth/login', '/c/1/orders']) {
  test(`H the answer of ${path} carries the security headers`, async () => {
    const response = await fetch(url + path)
    for (const [name, value] of Object.entries(secured)) assert.equal(response.headers.get(name), value, name)
    assert.match(response.headers.get('content-security-policy'), /default-src 'self'/)
    assert.match(response.headers.get('content-security-policy'), /require-trusted-types-for 'script'/)
    assert.match(response.headers.get('content-security-policy'), /frame-ancestors 'none'/)
    assert.equal(response.headers.get('access-control-allow-origin'), null)
  })
}

test('H21 answers of the API are not stored', async () => {
  const { headers } = await graphql(who, query)
  assert.equal(headers.get('cache-control'), 'no-store')
})

test('H26 a foreign origin gets no permission', async () => {
  const response = await fetch(`${url}/graphql`, { method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } })
  assert.equal(response.status, 405)
  assert.equal(response.headers.get('access-control-allow-origin'), null)
})

// ---- health ----

test('healthz says that everything answers', async () => {
  const response = await fetch(`${url}/healthz`)
  assert.equal(response.status, 200)
  assert.deepEqual(await response.json(), { status: 'ok', database: 'ok', schema: 'ok' })
})

// ---- the app ----

test('the app is served compressed, to be asked for again', async () => {
  const response = await fetch(`${url}/`, { headers: { 'accept-encoding': 'br' } })
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('content-encoding'), 'br')
  assert.equal(response.headers.get('cache-control'), 'no-cache')
  assert.match(await response.text(), /<!doctype html>/i)
})

test('what the app loads is kept for ever', async () => {
  const page = await (await fetch(`${url}/`)).text()
  const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path)
  assert.ok(files.length > 0, page)
  for (const path of files) {
    const response = await fetch(url + path)
    assert.equal(response.status, 200, path)
    assert.match(response.headers.get('cache-control'), /immutable/)
    const again = await fetch(url + path, { headers: { 'if-none-match': response.headers.get('etag') } })
    assert.equal(again.status, 304, path)
  }
})

test('an address of the app is answered with its page', async () => {
  const response = await fetch(`${url}/c/some-id/orders`)
  assert.equal(response.status, 200)
  assert.match(response.headers.get('content-type'), /^text\/html/)
})

for (const path of ['/missing.js', '/.git/config', '/.env', '/documents.json', '/assets/', '/graphql/x', '/auth/x', '/metrics/x', '/index.html.br'])
  test(`H19 ${path} is not there`, async () => {
    const response = await fetch(url + path)
    assert.ok(response.status === 404 || (path === '/assets/' && /html/.test(response.headers.get('content-type'))), `${response.status}`)
  })

for (const path of ['/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd', '//etc/passwd', '/assets/..%5c..%5cetc/passwd', '/%00', '/..;/etc/passwd'])
  test(`H17 ${path} leads nowhere`, async () => {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    assert.doesNotMatch(answer, /root:/)
    assert.ok([200, 400, 404].includes(statusOf(answer)), answer.slice(0, 80))
  })

test('H20 ranges are ignored', async () => {
  const response = await fetch(`${url}/`, { headers: { range: 'bytes=0-1,2-3,4-5' } })
  assert.equal(response.status, 200)
})

// ---- GraphQL over HTTP ----

test('a query is answered', async () => {
  const { status, headers, body } = await graphql(who, query)
  assert.equal(status, 200)
  assert.equal(headers.get('content-type'), 'application/graphql-response+json; charset=utf-8')
  assert.deepEqual(body, { data: { __typename: 'Query' } })
})

test('G48 without Accept it is JSON', async () => {
  const response = await post('/graphql', query, { ...auth, accept: '*/*' })
  assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8')
})

test('a query by GET is answered', async () => {
  const response = await fetch(`${url}/graphql?query=${encodeURIComponent('{ __typename }')}`, { headers: auth })
  assert.deepEqual(await response.json(), { data: { __typename: 'Query' } })
})

test('G47 a mutation by GET is refused', async () => {
  const response = await fetch(`${url}/graphql?query=${encodeURIComponent('mutation { anything }')}`, { headers: { ...auth, accept: 'application/graphql-response+json' } })
  assert.ok([400, 405].includes(response.status), `${response.status}`)
})

test('G48 HTML cannot be made of it', () => graphqlRefuses(406, query, { accept: 'text/html' }))
test('G14 an array is refused', () => graphqlRefuses(400, [query, query]))
test('G42 garbage is refused', () => graphqlRefuses(400, 'garbage'))
test('G42 bytes are refused', () => graphqlRefuses(400, new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0])))
test('G42 nothing is refused', () => graphqlRefuses(400, ''))
test('G42 deep nesting is refused', () => graphqlRefuses(400, '{"query":"{a}","variables":{"a":'.concat('['.repeat(5000))))
test('G42 two objects are refused', () => graphqlRefuses(400, '{"query":"{ __typename }"}{}'))
test('G42 a byte order mark is refused', () => graphqlRefuses(400, '\ufeff{"query":"{ __typename }"}'))
test('G41 a doubled key is refused', () => graphqlRefuses(400, '{"query":"{ __typename }","query":"{ x }"}'))
test('G43 a query that is a number is refused', () => graphqlRefuses(400, { query: 1 }))
test('G45 a query and an id are refused', () => graphqlRefuses(400, { query: '{ __typename }', documentId: 'sha256:00' }))
test('G44 an unknown document is refused', () => graphqlRefuses(400, { documentId: `sha256:${'0'.repeat(64)}` }, { accept: 'application/graphql-response+json' }))
test('G33 a syntax error is told', () => graphqlRefuses(400, { query: '{' }, { accept: 'application/graphql-response+json' }))
test('G33 a syntax error is told in a 200 where only JSON is accepted', () => graphqlRefuses(200, { query: '{' }, { accept: 'application/json' }))

for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/graphql', 'application/json; charset=utf-16', 'application/json,text/plain'])
  test(`G46 ${type} is refused`, () => graphqlRefuses(415, '{"query":"{ __typename }"}', { 'content-type': type }))
test('H29 a compressed body is refused', () => graphqlRefuses(415, '{}', { 'content-encoding': 'gzip' }))
for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
  test(`G47 ${method} is refused`, async () => {
    const response = await fetch(`${url}/graphql`, { method, headers: auth })
    assert.equal(response.status, 405)
    assert.match(response.headers.get('allow'), /POST/)
  })

// ---- sizes ----

test('H05 300 kB are refused', () => graphqlRefuses(413, `{"query":"${' '.repeat(300_000)}"}`))
test('H05 10 MB are refused before they are read', async () => {
  const answer = await raw(`POST /graphql HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 10485760\r\n\r\n`)
  assert.equal(statusOf(answer), 413)
  assert.match(answer, /"code":"LIMIT"/)
  assert.match(answer, /nosniff/)
})
test('H05 endless chunks are refused', async () => {
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
  const answer = await raw(`POST /graphql HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(20)}`)
  assert.equal(statusOf(answer), 413)
})
test('H13 a hundred and one headers are refused', async () => {
  const answer = await raw(`GET / HTTP/1.1\r\nHost: ${host}\r\n${'a: b\r\n'.repeat(100)}\r\n`)
  assert.ok([400, 431].includes(statusOf(answer)), answer.slice(0, 60))
})
test('H13 a header of 400 kB is refused', async () => {
  const answer = await raw(`GET / HTTP/1.1\r\nHost: ${host}\r\na: ${'b'.repeat(400_000)}\r\n\r\n`)
  assert.ok([400, 431].includes(statusOf(answer)), answer.slice(0, 60))
})
test('H13 a URL of 20 kB is refused', async () => {
  const answer = await raw(`GET /graphql?${'x'.repeat(20_000)} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  assert.ok([400, 413, 414, 431].includes(statusOf(answer)), answer.slice(0, 60))
})

// ---- framing: what two readers could understand differently ----

const head = `POST /graphql HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`
const framings = {
  'H06 two lengths': `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
  'H06 a length with a sign': `${head}Content-Length: +2\r\n\r\n{}`,
  'H06 a list of lengths': `${head}Content-Length: 2, 2\r\n\r\n{}`,
  'H07 a length and chunks': `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  'H07 chunks and a length': `${head}Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n`,
  'H08 an unknown encoding': `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
  'H08 a list of encodings': `${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
  'H08 a blank before the colon': `${head}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
  'H09 a broken chunk': `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
  'H10 bare line feeds': `GET / HTTP/1.1\nHost: ${host}\n\n`,
  'H10 a folded header': `GET / HTTP/1.1\r\nHost: ${host}\r\na: b\r\n c\r\n\r\n`,
  'H10 a NUL in a header': `GET / HTTP/1.1\r\nHost: ${host}\r\na: b\0c\r\n\r\n`,
  'H14 no Host': 'GET / HTTP/1.1\r\n\r\n',
  'H14 two Hosts': `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: other\r\n\r\n`,
  'H16 two tokens': `GET /graphql?query=%7Ba%7D HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${who}\r\nAuthorization: Bearer ${who}\r\n\r\n`,
  'H22 a method of 64 kB': `${'A'.repeat(65536)} / HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
  'H24 HTTP/2 unasked': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'garbage': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03garbage\r\n\r\n',
}
for (const [name, text] of Object.entries(framings))
  test(`${name} is refused, and the connection ends`, async () => {
    const answer = await raw(`${text}`)
    assert.ok(answer === '' || (statusOf(answer) >= 400 && statusOf(answer) < 500), answer.slice(0, 120))
    assert.doesNotMatch(answer, /HTTP\/1\.1 2/)
  })

test('H24 an upgrade to HTTP/2 is not taken', async () => {
  const answer = await raw(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n`, { wait: 500 })
  assert.equal(statusOf(answer), 200)
})

test('H12 pipelined requests are answered in order', async () => {
  const one = (body) => `${head}Authorization: Bearer ${who}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const answer = await raw(names.map((name) => one(`{"query":"{ ${name}: __typename }"}`)).join(''), { wait: 1000 })
  assert.deepEqual([...answer.matchAll(/\{"data":\{"([a-f])"/g)].map(([, name]) => name), names)
})

test('G56 clients that leave do no harm', async () => {
  const body = '{"query":"{ customers(search: \\"a b\\") { nodes { name } } }"}'
  await Promise.all(Array.from({ length: 50 }, () =>
    raw(`${head}Authorization: Bearer ${who}\r\nContent-Length: ${body.length}\r\n\r\n${body}`, { wait: 1 })))
  assert.equal((await graphql(who, query)).status, 200)
})

test('G55 who reads nothing of a long answer holds nobody up, and is cut off', async () => {
  const many = Array.from({ length: 20 }, (_, i) => `e${i}: events(first: 200) { nodes { id type startedAt recordedAt quantity unit status otherPartyMasked
    amount { minor currency } product { id serviceIdentifier offering { name } } } }`)
  const long = { query: `{ customer(id: "${globalId('Customer', 2)}") { usagePeriods(startDate: "2026-09-01") { nodes { ${many.join(' ')} } } } }` }
  const whole = JSON.stringify((await graphql(who, long)).body)
  assert.ok(whole.length > 1e6, `${whole.length} bytes`)
  const before = await settledNumbers()
  const sockets = Array.from({ length: 10 }, () => unread('/graphql', who, long))
  await new Promise((resolve) => setTimeout(resolve, 3000))
  const begun = performance.now()
  assert.equal((await graphql(who, query)).status, 200)
  assert.ok(performance.now() - begun < 5000, 'others are answered')
  await connectionsAreAtLeast(sockets.length)
  await connectionsAreAtMost(before.connections + 2)
  assert.ok((await numbers()).megabytes - before.megabytes < 100, 'and what they cost is given back')
  sockets.forEach((socket) => socket.destroy())
})

// ---- slowness: begun here, looked at by the last test, for it takes its time ----

async function closedAfter(begin) {
  const started = Date.now(), answer = await raw(begin, { wait: 15_000 })
  return { seconds: (Date.now() - started) / 1000, answer }
}
const slow = {
  'H01 a head that does not end': closedAfter(`GET / HTTP/1.1\r\nHost: ${host}\r\n`),
  'H02 a body that does not come': closedAfter(`${head}Content-Length: 100\r\n\r\n{`),
  'H04 a connection on which nothing is said': closedAfter(''),
}
export function testSlowConnections() {
  for (const [name, connection] of Object.entries(slow))
    test(`${name} is given up after ten seconds`, async () => {
      const { seconds, answer } = await connection
      assert.ok(seconds > 8 && seconds < 13, `${seconds} s`)
      assert.doesNotMatch(answer, /HTTP\/1\.1 2/)
    })
}

// ---- the log ----

test('the access log names no person', async () => {
  await fetch(`${url}/c/secret-customer?phone=4930123`, { headers: auth })
  await new Promise((resolve) => setTimeout(resolve, 600))
  const lines = readFileSync(join(data, 'access.log'), 'utf8').trim().split('\n')
  for (const line of lines) {
    const entry = JSON.parse(line)
    assert.deepEqual(Object.keys(entry), ['at', 'method', 'route', 'status', 'bytes', 'ms'])
  }
  assert.doesNotMatch(lines.join('\n'), /secret-customer|4930123|127\.0\.0\.1/)
})
