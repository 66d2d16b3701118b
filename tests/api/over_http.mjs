// over_http: the audits of graphql-http against the running server, and the statuses of the newest draft
// against a second one that was told to use them.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { root, tokenOf, url } from './client.mjs'
import { OwnServer } from './own_server.mjs'

const { serverAudits } = createRequire(join(root, 'tests', 'package.json'))('graphql-http')

const token = await tokenOf('admin')
const fetchFn = (address, init = {}) => {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${token}`)
  return fetch(address, { ...init, headers })
}

for (const audit of serverAudits({ url: `${url}/graphql`, fetchFn })) {
  test(`audit ${audit.id}: ${audit.name}`, async () => {
    const { status, reason } = await audit.fn()
    assert.equal(status, 'ok', reason)
  })
}

// What each kind of request is answered with, by the draft.
const drafts = [
  ['a document that is fine', { query: '{ viewer { name } }' }, 200],
  ['no JSON', '{', 400],
  ['JSON that is no request', { nothing: true }, 422],
  ['an array of requests', [{ query: '{ __typename }' }], 422],
  ['a document that is no GraphQL', { query: '{' }, 400],
  ['a field that there is not', { query: '{ nothing }' }, 422],
  ['a variable of the wrong type', { query: 'query ($n: Int) { customers(search: "be", first: $n) { nodes { id } } }', variables: { n: 'x' } }, 422],
  ['an operation that there is not', { query: 'query A { __typename }', operationName: 'B' }, 422],
  ['a document nobody knows', { documentId: `sha256:${'0'.repeat(64)}` }, 422],
]

describe('with --status-profile draft', () => {
  const own = new OwnServer()
  before(() => own.start('--status-profile', 'draft'))
  after(() => own.end())

  const ask = async (body, accept) =>
    fetch(`${own.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await own.tokenOf('admin')}`, accept },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  for (const [what, body, status] of drafts) {
    test(`${what} is answered ${status}`, async () => {
      assert.equal((await ask(body, 'application/graphql-response+json')).status, status)
    })
  }

  test('application/json keeps the older statuses', async () => {
    assert.equal((await ask({ query: '{ nothing }' }, 'application/json')).status, 200)
  })
})
