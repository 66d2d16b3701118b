// accounts: a server of one data folder, and what painting an account there took.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

const tokenSeconds = 300 // a token is good for longer

async function start(program, folder) {
  const child = spawn(program, ['serve', '--data', folder, '--port', '0'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
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
  constructor(server, folder) {
    this.server = server
    this.entry = JSON.parse(readFileSync(join(folder, 'demo-access.json'), 'utf8')).find((entry) => entry.kind === 'administrator')
    this.signedIn = 0
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

  async paint(ordinal) {
    const { answer, timing } = await this.ask(this.body(ordinal))
    if (!answer.data.customer) throw new Error(`there is no customer ${ordinal}`)
    return timesOf(timing)
  }

  async cost(ordinal) {
    const { answer } = await this.ask({ ...this.body(ordinal), extensions: { cost: true } })
    return answer.extensions.cost
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
