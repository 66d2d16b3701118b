// auth: signing in, staying signed in, tokens that are not ours. Case ids are those of the catalogue of
// attacks (T: tokens, login, sessions).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claimsOf, cookieOf, entryOf, forge, graphql, partsOf, post, signIn, signingKey, tokenOf, url } from './client.mjs'

const query = { query: '{ viewer { login } }' }
const login = (username, password, headers) => post('/auth/login', { username, password }, headers)
const refresh = (cookie) => post('/auth/refresh', '', { cookie })

async function refuses(response, status, code) {
  assert.equal(response.status, status)
  assert.equal((await response.json()).error.code, code)
}

// ---- passwords ----

test('a right password gives a token and a cookie that scripts cannot read', async () => {
  const { username, password } = entryOf('agent')
  const response = await login(username, password)
  assert.equal(response.status, 200)
  const body = await response.json()
  assert.deepEqual([body.tokenType, body.expiresIn], ['Bearer', 600])
  const cookie = response.headers.get('set-cookie')
  for (const part of ['__Host-dossier-refresh=', 'Path=/', 'Secure', 'HttpOnly', 'SameSite=Strict', 'Max-Age='])
    assert.ok(cookie.includes(part), `${part} in ${cookie}`)
  assert.ok(body.accessToken.length < 1024)
})

test('a login in capitals is the same login', async () => {
  const { username, password } = entryOf('agent')
  assert.equal((await login(username.toUpperCase(), password)).status, 200)
})

test('T36 a wrong password and an unknown name are answered alike', async () => {
  const wrong = await login('admin', 'wrong'), unknown = await login('nobody-here', 'wrong')
  assert.equal(wrong.status, 401)
  assert.equal(unknown.status, 401)
  assert.equal(await wrong.text(), await unknown.text())
})

test('T36 they take the same time', async () => {
  const time = async (name) => {
    const times = []
    for (let i = 0; i < 3; i++) {
      const begin = process.hrtime.bigint()
      await (await login(`${name}${i}`, 'wrong')).text()
      times.push(Number(process.hrtime.bigint() - begin) / 1e6)
    }
    return Math.min(...times)
  }
  const unknown = await time('nobody-'), begin = process.hrtime.bigint()
  await (await login('agent.basic', 'wrong')).text()
  const known = Number(process.hrtime.bigint() - begin) / 1e6
  assert.ok(unknown > 5, `an unknown name is refused after ${unknown} ms, without hashing`)
  assert.ok(known > 5, `${known}`)
})

test('T34 guessing gets slow', async () => {
  const statuses = []
  for (let i = 0; i < 8; i++) statuses.push((await login('guessed', `wrong${i}`)).status)
  assert.deepEqual(statuses.slice(0, 6), [401, 401, 401, 401, 401, 401])
  const response = await login('guessed', 'wrong')
  assert.equal(response.status, 429)
  assert.ok(Number(response.headers.get('retry-after')) >= 1)
})

test('T40 a password of 10 kB is refused', async () => refuses(await login('agent', 'x'.repeat(10_000)), 413, 'LIMIT'))
test('T40 an empty password is refused', async () => refuses(await login('agent', ''), 400, 'BAD_USER_INPUT'))
test('T40 a password with a NUL is refused', async () =>
  refuses(await post('/auth/login', '{"username":"agent","password":"a\\u0000b"}'), 400, 'BAD_USER_INPUT'))
test('a login without a password is refused', async () => refuses(await post('/auth/login', { username: 'agent' }), 400, 'BAD_USER_INPUT'))
test('a login by GET is refused', async () => assert.equal((await fetch(`${url}/auth/login`)).status, 405))
test('a login as a form is refused', async () =>
  refuses(await post('/auth/login', 'username=a&password=b', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'BAD_USER_INPUT'))
for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { origin: `${url}.evil.example` }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }])
  test(`T33 a login from elsewhere is refused: ${Object.entries(headers)}`, async () =>
    refuses(await login('agent', 'x', headers), 403, 'FORBIDDEN'))
test('a login from our own page is taken', async () => {
  const { username, password } = entryOf('agent')
  assert.equal((await login(username, password, { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin' })).status, 200)
})

// ---- clients ----

test('a client program signs in with its secret, without a cookie', async () => {
  const { token, cookie } = await signIn('nordfunk-shop')
  assert.equal(cookie, '')
  assert.equal((await graphql(token, { query: '{ viewer { kind } }' })).body.data.viewer.kind, 'PARTNER')
})
test('a wrong client secret is refused', async () =>
  refuses(await post('/auth/token', { clientId: 'nordfunk-shop', clientSecret: 'wrong' }), 401, 'UNAUTHENTICATED'))
test('a user is not a client', async () => {
  const { username, password } = entryOf('agent')
  await refuses(await post('/auth/token', { clientId: username, clientSecret: password }), 401, 'UNAUTHENTICATED')
})

// ---- sessions ----

test('T29 a refresh token used twice at once gives the same successor', async () => {
  const { cookie } = await signIn('agent')
  const [first, second] = await Promise.all([refresh(cookie), refresh(cookie)])
  assert.deepEqual([first.status, second.status], [200, 200])
  assert.equal(cookieOf(first), cookieOf(second))
  assert.notEqual(cookieOf(first), cookie)
})

test('T28 an old refresh token ends the whole session', async () => {
  const { cookie } = await signIn('agent')
  const second = cookieOf(await refresh(cookie))
  const third = cookieOf(await refresh(second))
  assert.equal((await refresh(cookie)).status, 401)
  assert.equal((await refresh(third)).status, 401)
})

test('T02 an invented refresh token is refused', async () => {
  const { cookie } = await signIn('agent')
  const invented = Buffer.alloc(48, 7).toString('base64url')
  for (const value of ['', 'x', invented, `${cookie.split('=')[1]}A`])
    assert.equal((await refresh(`__Host-dossier-refresh=${value}`)).status, 401)
  assert.equal((await refresh('other=1')).status, 401)
  assert.equal((await refresh(cookie)).status, 200)
})

test('signing out ends the session and its access token within a second', async () => {
  const { token, cookie } = await signIn('admin')
  assert.equal((await graphql(token, query)).status, 200)
  const response = await post('/auth/logout', '', { cookie })
  assert.equal(response.status, 204)
  assert.match(response.headers.get('set-cookie'), /Max-Age=0/)
  assert.equal((await refresh(cookie)).status, 401)
  await new Promise((resolve) => setTimeout(resolve, 1000))
  assert.equal((await graphql(token, query)).status, 401)
})

test('signing out without a session is fine', async () => assert.equal((await post('/auth/logout', '')).status, 204))

// ---- access tokens ----

const good = await tokenOf('admin')
const [header, payload, signature] = partsOf(good)
const claims = claimsOf(good)
const encoded = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const now = Math.floor(Date.now() / 1000)
const kid = JSON.parse(Buffer.from(header, 'base64url')).kid
const flip = (text, at) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)

test('a token that we forge in the right way passes, so the others fail for their own reasons', async () =>
  assert.equal((await graphql(forge(claims, { header }), query)).status, 200))

const bad = {
  'T01 alg none': `${encoded({ alg: 'none' })}.${payload}.`,
  'T01 alg nOnE': `${encoded({ alg: 'nOnE', typ: 'JWT', kid })}.${payload}.${signature}`,
  'T02 no signature': `${header}.${payload}.`,
  'T03 the signature of another token': `${header}.${encoded({ ...claims, sub: '1' })}.${signature}`,
  'T04 a changed header': `${flip(header, 5)}.${payload}.${signature}`,
  'T04 changed claims': `${header}.${flip(payload, 9)}.${signature}`,
  'T04 a changed signature': `${header}.${payload}.${flip(signature, 9)}`,
  'T06 an empty key': forge(claims, { header, key: Buffer.alloc(0) }),
  'T07 a common secret': forge(claims, { header, key: 'secret' }),
  'T08 HS512': forge(claims, { header: encoded({ alg: 'HS512', typ: 'JWT', kid }) }),
  'T09 an empty kid': forge(claims, { header: encoded({ alg: 'HS256', typ: 'JWT', kid: '' }) }),
  'T09 a kid with a path': forge(claims, { header: encoded({ alg: 'HS256', typ: 'JWT', kid: '../../dev/null' }) }),
  'T10 a key of their own': forge(claims, { header: encoded({ alg: 'HS256', kid, jwk: { kty: 'oct', k: 'AA' } }) }),
  'T11 crit': forge(claims, { header: encoded({ alg: 'HS256', typ: 'JWT', kid, crit: ['exp'] }) }),
  'T12 another typ': forge(claims, { header: encoded({ alg: 'HS256', typ: 'at+jwt', kid }) }),
  'T13 the same header in another order': forge(claims, { header: encoded({ typ: 'JWT', kid, alg: 'HS256' }) }),
  'T15 one that is over': forge({ ...claims, exp: now - 1 }, { header }),
  'T15 one without an end': forge({ ...claims, exp: undefined }, { header }),
  'T15 an end in a string': forge({ ...claims, exp: `${claims.exp}` }, { header }),
  'T15 an end of 1e30': forge(JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e30'), { header }),
  'T16 one that begins later': forge({ ...claims, nbf: now + 3600 }, { header }),
  'T17 another issuer': forge({ ...claims, iss: 'other' }, { header }),
  'T17 a list of audiences': forge({ ...claims, aud: ['operator'] }, { header }),
  'T17 another audience': forge({ ...claims, aud: 'partner' }, { header }),
  'T18 a doubled claim': forge(JSON.stringify(claims).replace('{', '{"sub":"1",'), { header }),
  'T19 nobody': forge({ ...claims, sub: '999999999' }, { header }),
  'T20 a refresh token': forge({ ...claims, use: 'refresh' }, { header }),
  'T23 rights of yesterday': forge({ ...claims, rv: claims.rv + 1 }, { header }),
  "somebody else's session": forge({ ...claims, sid: '0'.repeat(32) }, { header }),
  "a foreign scope": forge({ ...claims, scope: 7 }, { header }),
  'T21 5,000 bytes': `${header}.${'A'.repeat(5000)}.${signature}`,
  'T21 one dot': `${header}.${payload}`,
  'T21 three dots': `${good}.x`,
  'T21 nothing but dots': '..',
  'T21 an empty header': '.e30.',
  'T21 padding': `${good}=`,
  'T21 percent signs': good.replace('.', '%2e'),
}
const refusals = new Set()
for (const [name, token] of Object.entries(bad))
  test(`${name} does not pass`, async () => {
    const { status, headers, body } = await graphql(token, query)
    assert.equal(status, 401)
    assert.match(headers.get('www-authenticate'), /^Bearer /)
    refusals.add(JSON.stringify(body))
  })
test('T14 all of them are answered with the same words', () => assert.equal(refusals.size, 1))

test('T25 rights that the token does not have are not given, and those that the user does not have neither', async () => {
  const basic = await tokenOf('agent.basic')
  const all = forge({ ...claimsOf(basic), rights: 'ffffffffffffffff' }, { header })
  assert.equal((await graphql(all, query)).status, 403)
})

for (const [name, value] of Object.entries({ none: undefined, 'another scheme': `Basic ${good}`, 'no scheme': good, 'two blanks': `Bearer  ${good}`, 'a token in the query': '' }))
  test(`H16 ${name} is no authorization`, async () => {
    const path = name === 'a token in the query' ? `/graphql?access_token=${good}` : '/graphql'
    const response = await post(path, query, value ? { authorization: value } : {})
    assert.equal(response.status, 401)
  })
test('H16 the scheme may be in any case', async () =>
  assert.equal((await post('/graphql', query, { authorization: `bEaReR ${good}` })).status, 200))

test('the key never leaves the server', async () => {
  const key = signingKey().toString('latin1')
  for (const path of ['/', '/keys/token.key', '/../keys/token.key'])
    assert.ok(!(await (await fetch(url + path)).text()).includes(key))
})
