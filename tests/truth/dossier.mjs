// dossier: a server over a data folder of the tests' own: started, filled by SQL, signed in to, ended.
import { spawn, spawnSync } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { post } from './http.mjs'

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

// Limits are what other tests are about.
const settings = ['--port', '0', '--limit-aliases', '10000', '--limit-directives', '1000', '--limit-depth', '100',
  '--limit-root-fields', '1000', '--limit-fields', '100000', '--limit-tokens', '100000', '--limit-fetches', '5000',
  '--limit-filter', '10000', '--limit-filter-depth', '100', '--limit-errors', '200', ...['operator', 'partner', 'customer'].flatMap((kind) => [`--budget-${kind}`, '1000000000'])]

// ---- SQL ----

// The client of MariaDB, on the socket of the folder's private MariaDB; what it prints.
function client(folder, sql, user = 'dossier_migration') {
  const [, password] = readFileSync(join(folder, 'mariadb.passwords'), 'utf8').trim().split(' ')
  const { status, stdout, stderr } = spawnSync(
    'mariadb',
    ['--no-defaults', '--default-character-set=utf8mb4', `--user=${user}`, `--socket=${socketOf(folder)}`,
      '--batch', '--skip-column-names', 'dossier'],
    { input: sql, encoding: 'utf8', maxBuffer: 1 << 30, env: { ...process.env, MYSQL_PWD: password } })
  if (status !== 0) throw new Error(`MariaDB refuses: ${stderr.trim().split('\n').at(-1)}`)
  return stdout
}

// A deep folder has its socket elsewhere; MariaDB's own file of its process says where.
function socketOf(folder) {
  const near = join(folder, 'mariadb', 'run', 'mariadb.sock')
  if (existsSync(near)) return near
  const pid = readFileSync(join(folder, 'mariadb', 'run', 'mariadb.pid'), 'utf8').trim()
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  return words.find((word) => word.startsWith('--socket=')).slice('--socket='.length)
}

export const quote = (value) =>
  value === null || value === undefined ? 'NULL'
    : typeof value === 'string' ? `_utf8mb4 x'${Buffer.from(value).toString('hex')}'`
      : String(value)

const text = (expression) => `HEX(CAST(${expression} AS CHAR CHARACTER SET utf8mb4))`
const textOf = (hex) => (hex === 'NULL' ? null : Buffer.from(hex, 'hex').toString('utf8'))

// ---- the server ----

async function ready(server, log) {
  for (let i = 0; i < 1200; i++) {
    const url = /^Dossier is ready: (http\S+)\/$/m.exec(readFileSync(log, 'utf8'))
    if (url) return url[1]
    if (server.child.exitCode !== null) break
    await wait(50)
  }
  throw new Error(`the server does not start:\n${readFileSync(log, 'utf8').split('\n').slice(-20).join('\n')}`)
}

export class Dossier {
  constructor(program, folder) {
    this.program = program
    this.folder = folder
    mkdirSync(folder, { recursive: true })
  }

  async start(...more) {
    const log = join(this.folder, '..', `${this.folder.split('/').at(-1)}.log`)
    const file = openSync(log, 'w')
    this.child = spawn(this.program, ['serve', '--data', this.folder, ...settings, ...more], { stdio: ['ignore', file, file] })
    closeSync(file)
    this.log = log
    process.once('exit', () => this.child.kill())
    this.url = await ready(this, log)
    this.header = undefined
  }

  // True when it ended in good order.
  async stop() {
    const ended = new Promise((resolve) => this.child.once('exit', resolve))
    if (this.child.exitCode === null) {
      this.child.kill()
      await ended
    }
    return this.child.exitCode === 0 && !/Sanitizer|runtime error/.test(readFileSync(this.log, 'utf8'))
  }

  run(sql) {
    client(this.folder, sql)
  }

  // Rows as arrays of texts and nulls.
  select(expressions, rest) {
    return client(this.folder, `SELECT ${expressions.map(text).join(', ')} ${rest};`)
      .split('\n').slice(0, -1).map((line) => line.split('\t').map(textOf))
  }

  // All statements from now on are kept by MariaDB; whoever started it may ask that of it.
  keepStatements() {
    client(this.folder, "SET GLOBAL log_output = 'TABLE'; SET GLOBAL general_log = ON;", 'root')
  }

  keptStatements() {
    const sql = "SELECT REPLACE(argument, '\\n', ' ') FROM mysql.general_log WHERE command_type IN ('Query', 'Execute') AND (argument LIKE '%SELECT%' OR argument LIKE 'START%');"
    return client(this.folder, `SET GLOBAL general_log = OFF; ${sql}`, 'root').split('\n')
  }

  // ---- tokens ----

  // The server writes one for a client program; its first part is that of all others. The program is of `user`.
  async learnHeader(user) {
    const secret = 'truth-and-nothing-but-the-truth-0'
    const hash = createHash('sha256').update(secret).digest('hex')
    this.run(`INSERT INTO api_client (client_id, secret_hash, partner_id, user_account_id)
      VALUES ('truth', '${hash}', ${user.partner_id}, ${user.id}) ON DUPLICATE KEY UPDATE secret_hash = secret_hash`)
    const answer = await post(this.url, '/auth/token', { clientId: 'truth', clientSecret: secret })
    if (answer.status !== 200) throw new Error(`no token: ${answer.status} ${answer.body}`)
    this.header = JSON.parse(answer.body).accessToken.split('.')[0]
  }

  // With all rights there are, or with those of these tabs: what somebody has in the end is what they hold, too.
  token(viewer, tabs) {
    const bits = tabs === undefined ? undefined : this.select(['bit'], `FROM right_definition WHERE tab IN (${tabs.map(quote).join(', ')})`).flat()
    const mask = bits === undefined ? 2n ** 63n - 1n : bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n)
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: 'dossier', aud: viewer.kind.toLowerCase(), use: 'access', sub: String(viewer.id), iat: now, nbf: now,
      exp: now + 86400, rights: mask.toString(16).padStart(16, '0'), rv: 1, scope: 'SCOPE', sid: '', client: '' }
    const json = JSON.stringify(claims).replace('"SCOPE"', String(viewer.customer_id ?? viewer.partner_id ?? 0))
    const text = `${this.header}.${Buffer.from(json).toString('base64url')}`
    const key = readFileSync(join(this.folder, 'keys', 'token.key'))
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
  }
}
