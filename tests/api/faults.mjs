// faults: rights taken away, users disabled and the database killed while the server runs. Comes last.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { data, entryOf, graphql, post, signIn, sql, url } from './client.mjs'

const query = { query: '{ viewer { login rights } }' }
const run = join(data, 'mariadb', 'run')
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

const idOf = (login) => sql(`SELECT id FROM user_account WHERE login = '${login}'`)

test('T23 a role that is taken away is gone within a second', async () => {
  const { token } = await signIn('partner')
  const before = await graphql(token, query)
  assert.ok(before.body.data.viewer.rights.includes('orders:read'), JSON.stringify(before.body))
  const id = idOf('partner'), roles = sql(`SELECT role_id FROM user_role WHERE user_account_id = ${id}`)
  sql(`DELETE FROM user_role WHERE user_account_id = ${id}`)
  try {
    await wait(1000)
    const after = await graphql(token, query)
    assert.equal(after.status, 403, JSON.stringify(after.body))
  } finally {
    for (const role of roles.split('\n')) sql(`INSERT INTO user_role VALUES (${id}, ${role})`)
  }
})

test('T24 a user who is disabled is out within a second', async () => {
  const { token, cookie } = await signIn('partner')
  const { username, password } = entryOf('partner')
  assert.equal((await graphql(token, query)).status, 200)
  sql(`UPDATE user_account SET state = 'DISABLED' WHERE login = 'partner'`)
  try {
    await wait(1000)
    assert.equal((await graphql(token, query)).status, 401)
    assert.equal((await post('/auth/refresh', '', { cookie })).status, 401)
    assert.equal((await post('/auth/login', { username, password })).status, 401)
  } finally {
    sql(`UPDATE user_account SET state = 'ACTIVE' WHERE login = 'partner'`)
  }
})

test('T24 a change of rights_version ends older tokens', async () => {
  const { token } = await signIn('partner')
  assert.equal((await graphql(token, query)).status, 200)
  sql(`UPDATE user_account SET rights_version = rights_version + 1 WHERE login = 'partner'`)
  await wait(1000)
  assert.equal((await graphql(token, query)).status, 401)
  assert.equal((await graphql((await signIn('partner')).token, query)).status, 200)
})

test('a client program that is disabled is out within a second', async () => {
  const { token } = await signIn('nordfunk-shop')
  assert.equal((await graphql(token, query)).status, 200)
  sql(`UPDATE api_client SET state = 'DISABLED' WHERE client_id = 'nordfunk-shop'`)
  try {
    await wait(1000)
    assert.equal((await graphql(token, query)).status, 401)
  } finally {
    sql(`UPDATE api_client SET state = 'ACTIVE' WHERE client_id = 'nordfunk-shop'`)
  }
})

test('a killed MariaDB comes back by itself, and so does service', async () => {
  const pidFile = join(run, 'mariadb.pid')
  assert.ok(existsSync(pidFile), 'only a private MariaDB can be killed here')
  const { token } = await signIn('admin')
  const statuses = new Set()
  process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL')
  const begin = Date.now()
  while (Date.now() - begin < 30_000) {
    const health = await fetch(`${url}/healthz`)
    await health.text()
    const { status, body } = await graphql(token, { query: '{ customers(search: "be") { nodes { name } } }' })
    statuses.add(status)
    if (health.status === 200 && status === 200 && !body.errors) break
    await wait(100)
  }
  assert.ok(Date.now() - begin < 15_000, `it took ${Date.now() - begin} ms; statuses ${[...statuses]}`)
  for (const status of statuses) assert.ok(status === 200 || status === 503, `${status}`)
  assert.equal((await fetch(`${url}/healthz`)).status, 200)
  await signIn('admin')
})
