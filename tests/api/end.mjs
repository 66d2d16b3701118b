// end: the server is told to end while requests are in flight. Comes last of all: afterwards it is gone.
//
// Only with DOSSIER_PID, the server's process: ./test gives it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { access, post, raw, statusOf, url } from './client.mjs'

const pid = Number(process.env.DOSSIER_PID)
const host = new URL(url).host
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

// A process that has ended may still wait for its parent to notice.
const isAlive = () => {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

if (pid > 0)
  test('what is in flight finishes when the server is told to end, and an idle connection does not hold it', async () => {
    // Signing in takes long enough to be caught in the middle: hashes are computed two at a time.
    const idle = raw(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`, { wait: 20_000 })
    await wait(300)
    const people = access.filter((entry) => entry.username)
    const logins = people.map(({ username, password }) => post('/auth/login', { username, password }, { connection: 'close' }))
    await wait(30)
    const begin = Date.now()
    process.kill(pid, 'SIGTERM')
    const answers = await Promise.all(logins)
    assert.deepEqual(answers.map((answer) => answer.status), people.map(() => 200))
    assert.equal(statusOf(await idle), 200)
    while (isAlive() && Date.now() - begin < 15_000) await wait(50)
    assert.ok(!isAlive(), 'it still runs after fifteen seconds')
    await assert.rejects(fetch(url))
  })
