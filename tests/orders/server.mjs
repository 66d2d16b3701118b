// server: a Dossier with demo data of its own, on one port, that may be killed and started again.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export class Server {
  constructor(program, folder, options) {
    Object.assign(this, { program, folder, options, port: 0, starts: 0 })
    this.data = join(folder, 'data')
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }

  async start() {
    const log = join(this.folder, `server-${++this.starts}.log`), out = openSync(log, 'w')
    this.process = spawn(this.program, ['serve', '--data', this.data, '--port', String(this.port), ...this.options], { stdio: ['ignore', out, out] })
    this.ended = new Promise((resolve) => this.process.once('exit', (code, signal) => resolve(signal ?? code)))
    for (let waited = 0; waited < 1200; waited++) {
      const url = /^Dossier is ready: (\S+)/m.exec(readFileSync(log, 'utf8'))?.[1]
      if (url) {
        this.port = Number(new URL(url).port)
        return url
      }
      if (this.process.exitCode !== null) break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`the server does not start, see ${log}`)
  }

  async stop(signal = 'SIGTERM') {
    this.process.kill(signal)
    return this.ended
  }

  // What `dossier doctor` prints, and whether it is content.
  doctor() {
    try {
      return { text: execFileSync(this.program, ['doctor', '--data', this.data], { encoding: 'utf8', stdio: 'pipe' }), content: true }
    } catch (error) {
      return { text: `${error.stdout}${error.stderr}`, content: false }
    }
  }
}
