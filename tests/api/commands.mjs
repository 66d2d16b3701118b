// commands: what dossier says on the command line, beside the running server and when something is wrong.
//
// Only with DOSSIER_BINARY, the program: ./test gives it.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { data, root, sql, url } from './client.mjs'

const binary = process.env.DOSSIER_BINARY
const port = new URL(url).port

// A data folder of its own, filled by the first test that starts something in it.
const spare = mkdtempSync(join(tmpdir(), 'dossier-spare-'))
chmodSync(spare, 0o755)
process.on('exit', () => rmSync(spare, { recursive: true, force: true }))

function dossier(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { timeout: 60_000 }), said = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr']) child[stream].on('data', (chunk) => { said[stream] += chunk })
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, ...said }))
  })
}

async function fails(words, ...args) {
  const { status, stderr } = await dossier(...args)
  assert.ok(status === 1 || status === 2, `${status}: ${stderr}`)
  assert.match(stderr, words)
}

if (binary) {
  test('the help names every command and every setting', async () => {
    const { status, stdout } = await dossier('--help')
    assert.equal(status, 0)
    for (const word of ['serve', 'migrate', 'sieves', 'demo', 'import', 'tabs', 'schema', 'rule', 'doctor', '--port', '--data', 'DOSSIER_DATABASE'])
      assert.ok(stdout.includes(word), word)
  })
  test('an unknown command is said to be one', () => fails(/no command nothing/, 'nothing'))
  test('an unknown option is said to be one', () => fails(/no option --nothing/, 'serve', '--nothing'))
  test('a port in words is refused', () => fails(/must be a number/, 'serve', '--port', 'http'))
  test('a second server of the same folder is refused', () => fails(/another Dossier uses the data folder/, 'serve', '--data', data))
  test('a host in words is refused', () => fails(/numeric address/, 'serve', '--data', spare, '--host', 'example.org'))
  test('a port that is taken is refused', () => fails(/choose another --port/, 'serve', '--data', spare, '--port', port))
  test('a key that others can read is refused', async () => {
    chmodSync(join(spare, 'keys', 'token.key'), 0o644)
    await fails(/chmod 600/, 'serve', '--data', spare, '--port', '0')
    chmodSync(join(spare, 'keys', 'token.key'), 0o600)
  })
  test('an app that is not there is said to be missing', async () => {
    const share = join(spare, 'share')
    for (const folder of ['schema', 'db']) cpSync(join(root, folder), join(share, folder), { recursive: true })
    await fails(/documents\.json cannot be read.*npm/s, 'serve', '--data', spare, '--share', share, '--port', '0')
  })
  test('a database that does not answer is named', () =>
    fails(/cannot connect/i, 'serve', '--data', spare, '--database', 'mariadb://nobody:secret@127.0.0.1:1/x'))
  test('fields that may turn out to be null are told with the reason, and what tables prove is not among them', async () => {
    const { status, stdout } = await dossier('schema', 'check', '--data', data)
    assert.equal(status, 0)
    assert.match(stdout, /^Viewer\.name: made by C code$/m)
    assert.match(stdout, /^\d+ of \d+ fields with ! can never be null\.$/m)
    assert.doesNotMatch(stdout, /^(Product(?!\.(version|actions):)|Customer(?!\.(tabs|version|verificationState|actions):)|Money)\./m)
  })
  test('the schema is printed beside the running server', async () => {
    const { status, stdout } = await dossier('schema', 'print', '--data', data)
    assert.equal(status, 0)
    assert.match(stdout, /^type Customer implements Node \{/m)
    assert.doesNotMatch(stdout, /@table|@right|@scope/)
  })
  test('the doctor finds nothing wrong but the port that the server has', async () => {
    const { status, stdout } = await dossier('doctor', '--data', data, '--port', port)
    assert.equal(status, 1)
    assert.deepEqual([...stdout.matchAll(/^(\S+).* WRONG /gm)].map(([, what]) => what), ['port'])
    assert.equal((await dossier('doctor', '--data', data, '--port', '0')).status, 0)
  })
  test('S1-27 the doctor says when what is sealed has lost its key', async () => {
    const key = join(data, 'keys/seal.key'), aside = join(data, 'keys/seal.key.aside')
    renameSync(key, aside)
    try {
      const { status, stdout } = await dossier('doctor', '--data', data, '--port', '0')
      assert.equal(status, 1)
      assert.deepEqual([...stdout.matchAll(/^(\S+).* WRONG /gm)].map(([, what]) => what), ['sealed'])
      assert.match(stdout, /bring .*keys back from a backup/)
    } finally {
      renameSync(aside, key)
    }
  })
  test('what an older release wrote for searches within words is made anew, once', async () => {
    const sieves = () => sql('SELECT * FROM customer_search_sieve ORDER BY kind, page')
    const known = sieves(), ofFour = Array.from({ length: 32 }, (_, i) => `s${16 + i}`)
    const unknown = sql(`UPDATE customer_search_sieve SET ${ofFour.map((word) => `${word} = 9223372036854775807`)} WHERE kind IN ('EMAIL', 'SIM'); SELECT ROW_COUNT()`)
    assert.ok(unknown > 2 && sieves() !== known, unknown)
    for (const pages of [unknown, '0']) {
      const { status, stderr } = await dossier('sieves', '--data', data)
      assert.equal(status, 0, stderr)
      assert.match(stderr, new RegExp(`^${pages} pages have got new sieves$`, 'm'))
      assert.equal(sieves(), known)
    }
  })
  test('a server whose MariaDB died and cannot be started again ends, and says why and what to do', { timeout: 120_000 }, async () => {
    const folder = join(spare, 'broken'), child = spawn(binary, ['serve', '--data', folder, '--port', '0'])
    let [stdout, stderr] = ['', '']
    child.stderr.on('data', (chunk) => { stderr += chunk })
    const ended = new Promise((resolve) => child.once('close', resolve))
    await new Promise((resolve) => child.stdout.on('data', (chunk) => {
      stdout += chunk
      if (stdout.includes('Dossier is ready')) resolve()
    }))
    const mariadb = Number(readFileSync(join(folder, 'mariadb/run/mariadb.pid'), 'utf8'))
    process.kill(mariadb, 'SIGSTOP')
    writeFileSync(join(folder, 'mariadb/data/ibdata1'), 'broken')
    process.kill(mariadb, 'SIGKILL')
    assert.equal(await ended, 1)
    assert.match(stderr, /^dossier serve: the private MariaDB does not start; .*\[ERROR\] InnoDB.*docs\/operations\.md/m)
  })
  test('an import without a file says how', () => fails(/dossier import telco FILE/, 'import', '--data', data))
  test('an import of something else loads nothing and says why', async () => {
    const file = join(spare, 'wrong.csv')
    writeFileSync(file, 'name,age\nAnna,7\n')
    await fails(/line 1/, 'import', 'telco', file, '--data', data)
    await fails(/nowhere\.csv/, 'import', 'telco', join(spare, 'nowhere.csv'), '--data', data)
  })
  test('what is kept secret is for its owner only', () => {
    for (const name of ['keys/token.key', 'mariadb.passwords', 'demo-access.json'])
      assert.equal(statSync(join(data, name)).mode & 0o77, 0, name)
  })
}
