// own_server: a server of a test's own, with a few demo customers and options that the server of all others has not.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, sqlIn } from './client.mjs'

export class OwnServer {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'dossier-own-'))
  }

  async start(...options) {
    const program = process.env.DOSSIER_PROGRAM ?? join(root, 'build/dev/server/dossier')
    this.child = spawn(program, ['serve', '--demo', '--customers', '12', '--port', '0', '--data', this.folder, ...options], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    this.url = await new Promise((resolve, reject) => {
      let said = ''
      this.child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)))
      this.child.stdout.on('data', (chunk) => {
        said += chunk
        const ready = /ready: (http:\/\/[^/\s]+)\//.exec(said)
        if (ready) resolve(ready[1])
      })
    })
    this.tokens = new Map()
  }

  async stop() {
    if (this.child === undefined || this.child.exitCode !== null) return
    const ended = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.kill()
    await ended
  }

  async end() {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  sql(text) {
    return sqlIn(this.folder, text)
  }

  async tokenOf(name) {
    if (this.tokens.has(name)) return this.tokens.get(name)
    const entry = JSON.parse(readFileSync(join(this.folder, 'demo-access.json'), 'utf8')).find(({ username, clientId }) => [username, clientId].includes(name))
    const [path, body] = entry.username === undefined ? ['/auth/token', { clientId: entry.clientId, clientSecret: entry.clientSecret }]
      : ['/auth/login', { username: entry.username, password: entry.password }]
    const response = await fetch(this.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    this.tokens.set(name, (await response.json()).accessToken)
    return this.tokens.get(name)
  }

  // The data of the answer, which has no errors.
  async ask(query, variables = {}, name = 'admin') {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await this.tokenOf(name)}` },
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = await response.json()
    if (errors !== undefined) throw new Error(JSON.stringify(errors))
    return data
  }
}
