// foreign: a second server, whose schema and tables are not Dossier's: a shop in a database of its own on the same MariaDB.
//
// Only with DOSSIER_BINARY, the program: ./test gives it. Before the database is killed.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { data, root } from './client.mjs'

const binary = process.env.DOSSIER_BINARY
const socket = join(data, 'mariadb', 'run', 'mariadb.sock')

const tables = `
  CREATE OR REPLACE DATABASE foreign_dossier CHARACTER SET utf8mb4;
  CREATE OR REPLACE DATABASE foreign_shop CHARACTER SET utf8mb4;
  CREATE OR REPLACE USER foreign_user@localhost IDENTIFIED BY 'only-here';
  GRANT ALL ON foreign_dossier.* TO foreign_user@localhost;
  USE foreign_shop;
  CREATE TABLE customer (nr INT UNSIGNED NOT NULL PRIMARY KEY, label VARCHAR(40) NOT NULL, seller BIGINT NOT NULL);
  CREATE TABLE purchase (customer_nr INT UNSIGNED NOT NULL, line INT NOT NULL, day DATE NOT NULL, PRIMARY KEY (customer_nr, line));
  CREATE TABLE secret (id INT NOT NULL PRIMARY KEY);
  INSERT INTO customer VALUES (7, 'Ada', 1), (8, 'Brahms & Söhne', 2), (9, 'Cem', 3);
  INSERT INTO purchase VALUES (7, 1, '2026-10-01'), (8, 1, '2026-09-30'), (8, 2, '2026-10-01');
  GRANT SELECT ON foreign_shop.customer TO foreign_user@localhost;
  GRANT SELECT ON foreign_shop.purchase TO foreign_user@localhost`

const partners = `
  INSERT INTO foreign_dossier.partner (id, parent_id, path, name, kind) VALUES
    (2, 1, '/1/2/', 'North', 'RESELLER'), (3, 2, '/1/2/3/', 'Harbour', 'AGENCY')`

const schema = `
  scalar Date
  type Query {
    "One customer." customer("Its number." id: ID!): Customer @one
    "All of them." customers: [Customer!]! @many(order: "nr")
  }
  "A company that sells."
  type Partner @table(name: "partner") @scope(partner: "id") @right(tab: "account") { "Its key." id: ID! }
  "Somebody who buys."
  type Customer @table(name: "customer", database: "foreign_shop", key: "nr")
    @scope(customer: "nr", partner: "seller") @right(tab: "account") {
    "The number." id: ID! @column(name: "nr")
    "The name." label: String!
    "What was bought." purchases: [Purchase!]! @many(key: "customer_nr", order: "line") @right(tab: "orders")
  }
  "Something bought."
  type Purchase @table(name: "purchase", database: "foreign_shop", key: "line")
    @scope(customer: "customer_nr") @right(tab: "orders") {
    "When." day: Date!
  }`

const folder = mkdtempSync(join(tmpdir(), 'dossier-foreign-'))
const schemas = join(folder, 'schema'), own = join(folder, 'data')
const options = ['--data', own, '--database', `mariadb://foreign_user:only-here@localhost/foreign_dossier?socket=${socket}`]
let server, url, said = ''

const sql = (text) => execFileSync('mariadb', ['--no-defaults', `--socket=${socket}`, `--user=${userInfo().username}`], { input: text })
const say = (...words) => execFileSync(binary, [...words, ...options], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()

function complaint(...words) {
  try {
    execFileSync(binary, [...words, ...options], { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], timeout: 20_000 })
  } catch (error) {
    return error.stderr
  }
  throw new Error(`${words.join(' ')} was taken`)
}

function start() {
  server = spawn(binary, ['serve', '--schema', schemas, '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LSAN_OPTIONS: `suppressions=${join(root, 'tests/sanitizers/leaks.txt')}:print_suppressions=0` },
  })
  return new Promise((resolve, reject) => {
    server.stderr.on('data', (chunk) => { said += chunk })
    server.stdout.on('data', (chunk) => {
      said += chunk
      const ready = /^Dossier is ready: (\S+)/m.exec(said)
      if (ready) resolve(ready[1])
    })
    server.on('exit', () => reject(new Error(said)))
  })
}

async function post(path, body, token) {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

async function tokenFor(...user) {
  const { body } = await post('auth/login', { username: user[0], password: say('user', ...user) })
  return body.accessToken
}

const ask = async (token, query) => (await post('graphql', { query }, token)).body

describe('a foreign schema', { skip: !binary }, () => {
  before(async () => {
    mkdirSync(schemas)
    writeFileSync(join(schemas, 'shop.graphql'), schema)
    sql(tables)
    say('migrate')
    sql(partners)
    url = await start()
  })
  after(async () => {
    const ended = new Promise((resolve) => server.on('exit', resolve))
    server.kill()
    assert.equal(await ended, 0, said)
    sql('DROP DATABASE foreign_shop; DROP DATABASE foreign_dossier; DROP USER foreign_user@localhost')
    rmSync(folder, { recursive: true, force: true })
  })

  test('a foreign schema answers from the tables of another database', async () => {
    const token = await tokenFor('clerk', 'agent')
    assert.deepEqual(await ask(await tokenFor('root', 'administrator'), '{ customer(id: 8) { id label purchases { day } } }'), {
      data: { customer: { id: '8', label: 'Brahms & Söhne', purchases: [{ day: '2026-09-30' }, { day: '2026-10-01' }] } } })
    const refused = await post('graphql', { query: '{ customers { id } }' }, token)
    assert.equal(refused.status, 403, 'who lacks the right to ask anything has no trusted documents here')
  })
  test('partners see the rows of their own subtree, in whatever database they are', async () => {
    const query = '{ customers { id purchases { day } } customer(id: 7) { id } }'
    const seen = async (partner) => (await ask(await tokenFor(`seller${partner}`, 'partner', `${partner}`), query)).data
    assert.deepEqual(await seen(2), { customers: [{ id: '8', purchases: [{ day: '2026-09-30' }, { day: '2026-10-01' }] }, { id: '9', purchases: [] }], customer: null })
    assert.deepEqual(await seen(3), { customers: [{ id: '9', purchases: [] }], customer: null })
  })
  test('nothing of Dossier\'s own schema is there', async () => {
    const token = await tokenFor('root', 'administrator')
    const answer = await ask(token, '{ __schema { queryType { fields { name } } } __type(name: "Tab") { name } }')
    assert.deepEqual(answer.data, { __schema: { queryType: { fields: [{ name: 'customer' }, { name: 'customers' }] } }, __type: null })
    assert.match(say('schema', 'print', '--schema', schemas), /^type Purchase \{/m)
  })
  test('a new password ends what somebody was signed in to', async () => {
    const token = await tokenFor('guest', 'administrator')
    assert.equal((await post('graphql', { query: '{ __typename }' }, token)).status, 200)
    await tokenFor('guest', 'administrator')
    await new Promise((resolve) => setTimeout(resolve, 1000))
    assert.equal((await post('graphql', { query: '{ __typename }' }, token)).status, 401)
  })
  test('a table that Dossier\'s user may not read keeps the server from starting', () => {
    const other = join(folder, 'other')
    mkdirSync(other)
    writeFileSync(join(other, 'secret.graphql'), 'type Query { all: [Secret!]! @many(order: "id") }\ntype Secret @table(name: "secret", database: "foreign_shop") @public { id: ID! }')
    assert.match(complaint('serve', '--schema', other), /Secret: database foreign_shop has no table secret that Dossier's user may read/)
  })
  test('a folder without a schema is said to be one', () => {
    mkdirSync(join(folder, 'empty'))
    assert.match(complaint('serve', '--schema', join(folder, 'empty')), /holds no file that ends in \.graphql/)
  })
  test('a user without a role that is there is refused', () => {
    assert.match(complaint('user', 'somebody', 'king'), /no role king; there are agent, /)
    assert.match(complaint('user', 'Somebody', 'agent'), /none a space or an upper-case letter/)
    assert.match(complaint('user', 'somebody', 'partner', '99'), /no partner 99/)
    assert.match(complaint('user', 'somebody'), /dossier user LOGIN ROLE \[PARTNER\]/)
  })
})
