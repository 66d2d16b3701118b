// accounts: a server of one data folder, and what painting an account there took.
import { execFileSync, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

const tokenSeconds = 300 // a token is good for longer

const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

const childrenOf = (pid) => readdirSync(`/proc/${pid}/task`).flatMap((task) =>
  readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean))

// Milliseconds of processor time of a process, and how many kB it has read from the disk.
function usedBy(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')
  const [, bytes] = /^read_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))
  return { cpu: ((Number(fields[11]) + Number(fields[12])) * 1000) / ticks, read: Number(bytes) / 1024 }
}

async function start(program, folder) {
  const child = spawn(program, ['serve', '--data', folder, '--port', '0'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  process.on('exit', () => child.kill('SIGTERM')) // also after an error
  const url = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', () => reject(new Error(`${program} did not start with ${folder}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const ready = /^Dossier is ready: (\S+)\/$/.exec(line)
      if (ready) resolve(ready[1])
    })
  })
  return { child, url }
}

async function post(url, body, headers = {}) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  const answer = await response.json()
  if (response.status !== 200 || answer.errors) throw new Error(`${url}: ${response.status} ${JSON.stringify(answer).slice(0, 500)}`)
  return { answer, timing: response.headers.get('server-timing') ?? '' }
}

const idOf = (ordinal) => Buffer.from(`Customer:${ordinal}`).toString('base64url')

// "total;dur=1.234, sql;dur=0.567" as { total, sql }.
const timesOf = (timing) => Object.fromEntries([...timing.matchAll(/(\w+);dur=([\d.]+)/g)].map(([, name, ms]) => [name, Number(ms)]))

class Accounts {
  constructor(server, folder, kind = 'administrator') {
    this.server = server
    this.folder = folder
    this.entry = JSON.parse(readFileSync(join(folder, 'demo-access.json'), 'utf8')).find((entry) => entry.kind === kind)
    this.signedIn = 0
  }

  // The same server, asked by somebody else.
  as(kind) {
    return new Accounts(this.server, this.folder, kind)
  }

  async headers() {
    if (Date.now() - this.signedIn > tokenSeconds * 1000) {
      this.signedIn = Date.now()
      const { username, password } = this.entry
      this.token = post(`${this.server.url}/auth/login`, { username, password }).then(({ answer }) => answer.accessToken)
    }
    return { authorization: `Bearer ${await this.token}` }
  }

  async ask(body) {
    return post(`${this.server.url}/graphql`, body, await this.headers())
  }

  body(ordinal) {
    return { documentId: this.document, variables: { id: idOf(ordinal) } }
  }

  async timed(body) {
    const { answer, timing } = await this.ask(body)
    return { answer, ...timesOf(timing) }
  }

  async paint(ordinal) {
    const { answer, ...times } = await this.timed(this.body(ordinal))
    if (!answer.data.customer) throw new Error(`there is no customer ${ordinal}`)
    return times
  }

  async cost(ordinal) {
    const { answer } = await this.ask({ ...this.body(ordinal), extensions: { cost: true } })
    return answer.extensions.cost
  }

  // What the server and its MariaDB have used so far.
  used() {
    const server = usedBy(this.server.child.pid)
    const database = childrenOf(this.server.child.pid).map(usedBy).reduce((sum, each) => ({ cpu: sum.cpu + each.cpu, read: sum.read + each.read }))
    return { server: server.cpu, database: database.cpu, read: database.read }
  }

  // Ordinals run from 1 without a gap, so the last one is found by halving.
  async open() {
    this.document = (await this.ask({ query: '{ viewer { accountDocument } }' })).answer.data.viewer.accountDocument
    const exists = async (ordinal) => {
      const { answer } = await this.ask({ query: 'query ($id: ID!) { customer(id: $id) { id } }', variables: { id: idOf(ordinal) } })
      return answer.data.customer !== null
    }
    let there = 12, beyond = 1000001
    while (beyond - there > 1) {
      const middle = (there + beyond) >> 1
      if (await exists(middle)) there = middle
      else beyond = middle
    }
    this.customers = there
    return this
  }

  close() {
    this.server.child.kill('SIGTERM')
  }
}

export async function openAccounts(program, folder) {
  return new Accounts(await start(program, folder), folder).open()
}
