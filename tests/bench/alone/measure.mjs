// measure: Dossier by itself on its demo data: requests per second, and what one costs, as a table.
//
//   node tests/bench/alone/measure.mjs URL PID demo-access.json CONNECTIONS,… ROUNDS SECONDS
//
// The load is wrk's, one thread; CPU is read from /proc, of the server and of its MariaDB, which is its child.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { aligned, medianOf, number } from '../report.mjs'

const [url, pid, accessFile, connectionList, rounds, seconds] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'dossier-bench-'))
const script = join(dirname(fileURLToPath(import.meta.url)), 'load.lua')
const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

// ---- asking ----

async function post(path, body, headers = {}) {
  const response = await fetch(url + path, {
    method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  const answer = await response.json()
  if (response.status !== 200 || answer.errors) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`)
  return answer
}

async function signIn() {
  const { username, password } = JSON.parse(readFileSync(accessFile, 'utf8')).find((entry) => entry.kind === 'administrator')
  return (await post('auth/login', { username, password })).accessToken
}

const query = (text, variables) => ({ query: text, ...(variables ? { variables } : {}) })

// What the app asks when an account is opened, whom a call centre looks up, what it finds, and nothing.
async function workloads(token) {
  const ask = async (body) => (await post('graphql', body, { authorization: `Bearer ${token}` })).data
  const { viewer } = await ask(query('{ viewer { accountDocument } }'))
  const page = 'query ($after: String) { customers(search: "ma", first: 200, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }'
  const ids = []
  for (let after = null, more = true; more && ids.length < 1000;) {
    const { customers } = await ask(query(page, { after }))
    ids.push(...customers.nodes.map((customer) => customer.id))
    after = customers.pageInfo.endCursor
    more = customers.pageInfo.hasNextPage
  }
  if (ids.length === 0) throw new Error('the demo data has no customer to ask for')
  writeFileSync(join(folder, 'ids'), `${ids.join('\n')}\n`)
  return [
    ['account, as the app opens it', { documentId: viewer.accountDocument, variables: { id: '@ID@' } }],
    ['point lookup', query('query ($id: ID!) { customer(id: $id) { id number name status } }', { id: '@ID@' })],
    ['list of 50', query('{ customers(search: "ma", first: 50) { nodes { id number name status } pageInfo { hasNextPage endCursor } } }')],
    ['{ __typename }', query('{ __typename }')],
  ]
}

// ---- measuring ----

const childrenOf = (process) => readdirSync(`/proc/${process}/task`).flatMap((task) =>
  readFileSync(`/proc/${process}/task/${task}/children`, 'utf8').split(' ').filter(Boolean))

function cpuSeconds(process) {
  const fields = readFileSync(`/proc/${process}/stat`, 'utf8').split(') ').at(-1).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticks
}

function memoryMb(process) {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${process}/status`, 'utf8'))[1]) / 1024
}

function load(token, connections) {
  const words = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, `${url}graphql`, '--', join(folder, 'body'), join(folder, 'ids'), token]
  return new Promise((resolve, reject) => {
    const child = spawn('wrk', words, { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (chunk) => { said += chunk })
    child.on('error', reject)
    child.on('close', () => {
      const line = /^RESULT (.*)$/m.exec(said)
      if (line) resolve(JSON.parse(line[1]))
      else reject(new Error(`wrk failed: ${said}`))
    })
  })
}

// An answer with errors is fast, too.
async function answers(token, body) {
  const [id] = readFileSync(join(folder, 'ids'), 'utf8').split('\n')
  await post('graphql', JSON.parse(JSON.stringify(body).replace('@ID@', id)), { authorization: `Bearer ${token}` })
}

async function measure(token, body, connections) {
  writeFileSync(join(folder, 'body'), `${JSON.stringify(body)}\n`)
  const databases = childrenOf(pid), sum = () => databases.reduce((total, each) => total + cpuSeconds(each), 0)
  const server = cpuSeconds(pid), database = sum()
  const run = await load(token, connections)
  if (run.errors > 0) throw new Error(`${run.errors} of ${run.requests} requests failed`)
  return { ...run, server: ((cpuSeconds(pid) - server) * 1e6) / run.requests, database: ((sum() - database) * 1e6) / run.requests }
}

const rows = [['workload', 'connections', 'requests/s', 'p50 ms', 'p99 ms', 'server µs', 'MariaDB µs']]
for (const [name, body] of await workloads(await signIn())) {
  const token = await signIn() // good for ten minutes, which all may take longer than
  await answers(token, body)
  for (const connections of connectionList.split(',')) {
    const runs = []
    for (let round = 0; round < Number(rounds); round++) runs.push(await measure(token, body, connections))
    const median = (of) => number(medianOf(runs.map(of)))
    rows.push([name, connections, median((run) => (run.requests * 1e6) / run.duration_us), median((run) => run.p50_us / 1e3),
      median((run) => run.p99_us / 1e3), median((run) => run.server), median((run) => run.database)])
  }
}
console.log(`\n${aligned(rows)}\n\nµs: CPU per request, medians of ${rounds}. Resident at most: ${memoryMb(pid).toFixed(0)} MB.`)
