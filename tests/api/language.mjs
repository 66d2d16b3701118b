// language: documents and values that are wrong, odd or hostile, as the catalogue of cases names them (G…).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graphql, post, tokenOf } from './client.mjs'

const token = await tokenOf('admin')
const ask = (body) => graphql(token, body)
const codeOf = (body) => body.errors?.[0]?.extensions?.code

// Refused before anything ran: no data, a code, and a status of the client's fault.
async function refused(body, code) {
  const answer = await ask(body)
  assert.equal(answer.status, 400, JSON.stringify(answer.body))
  assert.equal('data' in answer.body, false)
  if (code !== undefined) assert.equal(codeOf(answer.body), code, JSON.stringify(answer.body))
  return answer.body
}

const customers = (argumentsText, variables) => ({ query: `{ customers(${argumentsText}) { nodes { id } } }`, variables })

test('G15 several operations and no name, a wrong one, an empty one, the same name twice', async () => {
  const two = 'query A { __typename } query B { __typename }'
  await refused({ query: two }, 'BAD_USER_INPUT')
  await refused({ query: two, operationName: 'C' }, 'BAD_USER_INPUT')
  await refused({ query: two, operationName: '' }, 'BAD_USER_INPUT')
  await refused({ query: 'query A { __typename } query A { __typename }', operationName: 'A' }, 'GRAPHQL_VALIDATION_FAILED')
  await refused({ query: '{ __typename } query A { __typename }', operationName: 'A' }, 'GRAPHQL_VALIDATION_FAILED')
  assert.deepEqual((await ask({ query: two, operationName: 'B' })).body, { data: { __typename: 'Query' } })
})

test('G17 a subscription is not offered here', () => refused({ query: 'subscription { viewer { name } }' }))

test('G22 pages of impossible size are refused, null means the standard size', async () => {
  for (const size of ['0', '-1', '201', '1000000000']) await refused(customers(`search: "be", first: ${size}`), 'BAD_USER_INPUT')
  for (const size of ['2147483648', '"10"', '1.0', '[1]']) await refused(customers(`search: "be", first: ${size}`), 'GRAPHQL_VALIDATION_FAILED')
  await refused(customers('search: "be", first: 1, last: 1'), 'BAD_USER_INPUT')
  assert.equal((await ask(customers('search: "be", first: null'))).status, 200)
})

test('G24 cursors that are forged, of another list, cut or huge are refused', async () => {
  const first = await ask({ query: '{ customers(search: "be", first: 1) { pageInfo { endCursor } } }' })
  const cursor = first.body.data.customers.pageInfo.endCursor
  const forged = ['', 'AAAA', cursor.slice(0, -3), `${cursor}AAAA`, cursor.replace(/^..../, 'AQAB'), 'x'.repeat(10_000), '\u0000', '%27']
  for (const after of forged)
    await refused({ query: 'query ($after: String) { customers(search: "be", after: $after) { nodes { id } } }', variables: { after } }, 'BAD_USER_INPUT')
})

test('G26 numbers that are no Int are refused', async () => {
  for (const number of ['2147483648', '-2147483649', '1e2', '1.0']) await refused(customers(`search: "be", first: ${number}`))
  for (const number of ['01', '+1', '1x']) await refused(customers(`search: "be", first: ${number}`), 'GRAPHQL_PARSE_FAILED')
})

test('G27 an id as a large number is taken to the last digit or finds nothing', async () => {
  for (const id of ['9007199254740993', '99999999999999999999999'])
    assert.deepEqual((await ask({ query: `{ customer(id: ${id}) { id } }` })).body, { data: { customer: null } })
})

test('G30 strings that are none are refused, odd ones are only text', async () => {
  for (const text of ['"abc', '"ab\nc"', '"\\u12"', '"\\uD800"', '"\\u{110000}"', '"\\u{D800}"', '"\\x"'])
    await refused(customers(`search: ${text}`), 'GRAPHQL_PARSE_FAILED')
  for (const text of ['"ab\\u0000"', '"\\uD83D\\uDE00ab"', '"\\u{1F600}ab"', '"""be"""'])
    assert.equal((await ask(customers(`search: ${text}`))).status, 200, text)
})

test('G31 a body that is not UTF-8 is refused', async () => {
  const bytes = (middle) => Buffer.concat([Buffer.from('{"query":"{ customers(search: \\"'), Buffer.from(middle), Buffer.from('\\") { nodes { id } } }"}')])
  for (const middle of [[0xc0, 0xaf], [0xff, 0xfe], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]]) {
    const response = await post('/graphql', new Uint8Array(bytes(middle)), { authorization: `Bearer ${token}` })
    assert.equal(response.status, 400)
  }
})

test('G34 names that look like others, are reserved or enormous are unknown or no names', async () => {
  await refused({ query: '{ сustomers(search: "be") { nodes { id } } }' }, 'GRAPHQL_PARSE_FAILED')
  await refused({ query: '{ __secret }' }, 'GRAPHQL_VALIDATION_FAILED')
  await refused({ query: `{ ${'a'.repeat(100_000)} }` }, 'GRAPHQL_VALIDATION_FAILED')
})

test('G36 an unknown field similar to a real one is not corrected', async () => {
  const { errors } = await refused({ query: '{ customer(id: "x") { nam } }' })
  assert.doesNotMatch(errors[0].message, /did you mean/i)
})

test('G39 arguments that are unknown, missing or doubled are refused', async () => {
  await refused({ query: '{ customer(id: "x", secret: 1) { id } }' }, 'GRAPHQL_VALIDATION_FAILED')
  await refused({ query: '{ customer { id } }' }, 'GRAPHQL_VALIDATION_FAILED')
  await refused({ query: '{ customer(id: "x", id: "y") { id } }' }, 'GRAPHQL_VALIDATION_FAILED')
})

test('G40 variables that are doubled, unused, undefined, of a wrong type or null are refused', async () => {
  const use = '{ customer(id: $id) { id } }'
  for (const definitions of ['($id: ID!, $id: ID!)', '($id: ID!, $more: Int)', '', '($id: Int!)', '($id: ID)', '($id: Customer!)', '($id: ID! = 1.5)'])
    await refused({ query: `query ${definitions} ${use}`, variables: { id: 'x' } }, 'GRAPHQL_VALIDATION_FAILED')
  await refused({ query: `query ($id: ID!) ${use}`, variables: { id: null } }, 'BAD_USER_INPUT')
  await refused({ query: `query ($id: ID!) ${use}` }, 'BAD_USER_INPUT')
})

test('G51 one id is a list of one, many of the same are one, too many are refused', async () => {
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
  assert.deepEqual((await ask({ query, variables: { ids: 'nothing' } })).body, { data: { nodes: [null] } })
  const id = Buffer.from('Customer:2').toString('base64url')
  const same = await ask({ query, variables: { ids: Array(200).fill(id) } })
  assert.equal(same.body.data.nodes.length, 200)
  await refused({ query, variables: { ids: [null] } }, 'BAD_USER_INPUT')
  await refused({ query, variables: { ids: Array(201).fill(id) } }, 'BAD_USER_INPUT')
})

test('G53 patterns that are wild or enormous find nothing and cost nothing', async () => {
  await refused({ query: 'query ($s: String!) { customers(search: $s) { nodes { id } } }', variables: { s: '%'.repeat(10_000) } }, 'BAD_USER_INPUT')
  const count = async (s) => {
    const answer = await ask({ query: 'query ($s: String!) { customers(search: $s) { totalCount } }', variables: { s } })
    assert.equal(answer.status, 200, s)
    return answer.body.data.customers.totalCount
  }
  for (const s of ['%%%aa', 'kathar_na', '\\%be%zz', "be' OR '1'='1"]) assert.equal(await count(s), 0, s)
  assert.equal(await count('be%'), await count('be')) // a sign between words, not a pattern
})
