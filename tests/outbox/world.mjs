// world: what messages go to: a mail server, an SMS gateway and a print spool of the tests' own; and a Dossier that is
// killed and started again over the same data.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

// Ends with what `look` gives once that is true.
export async function until(what, look, seconds = 60) {
  for (let i = 0; i < seconds * 20; i++) {
    const found = await look()
    if (found) return found
    await wait(50)
  }
  throw new Error(`it did not happen within ${seconds} seconds: ${what}`)
}

const children = new Set()
process.once('exit', () => { for (const child of children) child.kill('SIGKILL') })

// ---- a mail server ----

export class MailServer {
  mails = []
  stages = []
  replies = 0

  async start(...options) {
    this.child = spawn('/usr/bin/python3', [join(import.meta.dirname, 'mail_server.py'), ...options], { stdio: ['pipe', 'pipe', 'inherit'] })
    children.add(this.child)
    createInterface(this.child.stdout).on('line', (line) => this.hear(JSON.parse(line)))
    await until('the mail server is ready', () => this.port)
    return this
  }

  hear(said) {
    if (said.ready) this.port = said.ready
    if (said.said) this.stages.push(said.said)
    if (said.mail) this.mails.push(said.mail)
    if (said.manners) this.replies++
  }

  // How it behaves from now on; with nothing, well.
  async behave(manners = {}) {
    const before = this.replies
    this.child.stdin.write(`${JSON.stringify(manners)}\n`)
    this.stages.length = 0
    await until('the mail server has heard how to behave', () => this.replies > before)
  }

  // E-mails about this that it has taken.
  about(subject) {
    return this.mails.filter(({ text }) => text.includes(`Subject: ${subject}\r\n`))
  }

  stop() {
    this.child.kill()
    children.delete(this.child)
  }
}

// ---- an SMS gateway ----

export class Gateway {
  asked = []
  status = 202 // or none: it hangs up once it has heard everything

  async start() {
    this.server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      this.asked.push({ headers: request.headers, body: JSON.parse(body), method: request.method, url: request.url })
      this.onAsked?.()
      if (this.status === 0) return response.destroy()
      if (this.status > 0) response.writeHead(this.status).end('{}')
    })
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${this.server.address().port}/sms`
    return this
  }

  stop() {
    this.server.closeAllConnections()
    this.server.close()
  }
}

// ---- a Dossier ----

const leaks = join(import.meta.dirname, '..', 'sanitizers', 'leaks.txt')
const env = { LSAN_OPTIONS: `suppressions=${leaks}:print_suppressions=0`, ...process.env }

export class Dossier {
  constructor(program, folder) {
    Object.assign(this, { program, folder, data: join(folder, 'data'), log: join(folder, 'server.log'), port: 0, seen: 0 })
    mkdirSync(folder, { recursive: true })
  }

  text() {
    return readFileSync(this.log, 'utf8').slice(this.seen)
  }

  async start(...options) {
    const file = openSync(this.log, 'a')
    this.seen = readFileSync(this.log, 'utf8').length
    this.child = spawn(this.program, ['serve', '--port', String(this.port), '--data', this.data,
      '--outbox-pause', '1', '--outbox-timeout', '2', ...options], { stdio: ['ignore', file, file], env })
    children.add(this.child)
    this.ended = new Promise((resolve) => this.child.once('exit', resolve))
    this.url = await until('the server is ready', () => {
      if (this.child.exitCode !== null) throw new Error(this.text())
      return /^Dossier is ready: (http\S+)\/$/m.exec(this.text())?.[1]
    })
    this.port = Number(new URL(this.url).port)
  }

  get pid() {
    return this.child.pid
  }

  async stop() {
    this.child.kill('SIGTERM')
    const code = await this.ended
    children.delete(this.child)
    return code === 0 && !/Sanitizer|runtime error/.test(this.text())
  }
}
