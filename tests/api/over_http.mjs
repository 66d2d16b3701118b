// over_http: the audits of graphql-http against the running server, and the statuses of the newest draft
// against a second one that was told to use them.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { root, tokenOf, url } from './client.mjs'

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
  let folder, child, address, bearer

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dossier-draft-'))
    const program = process.env.DOSSIER_PROGRAM ?? join(root, 'build/dev/server/dossier')
    child = spawn(program, ['serve', '--demo', '--customers', '12', '--port', '0', '--data', folder, '--status-profile', 'draft'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    address = await new Promise((resolve, reject) => {
      let said = ''
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)))
      child.stdout.on('data', (chunk) => {
        said += chunk
        const ready = /ready: (http:\/\/[^/\s]+)\//.exec(said)
        if (ready) resolve(ready[1])
      })
    })
    const { username, password } = JSON.parse(readFileSync(join(folder, 'demo-access.json'), 'utf8')).find((entry) => entry.username === 'admin')
    const login = await fetch(`${address}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    })
    bearer = (await login.json()).accessToken
  })

  after(async () => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
    }
    rmSync(folder, { recursive: true, force: true })
  })

  const ask = (body, accept) =>
    fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}`, accept },
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
