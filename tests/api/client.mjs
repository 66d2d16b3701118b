// client: what the tests of the running server have in common: signing in, asking, and bytes on a socket.
//
// The server is the one at DOSSIER_URL, with demo data, its data folder being DOSSIER_DATA.
import { execFileSync, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const need = (name) => {
  if (!process.env[name]) throw new Error(`${name} must be set: the tests run against a server, see tests/README.md`)
  return process.env[name]
}

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
export const url = need('DOSSIER_URL').replace(/\/$/, '')
export const data = need('DOSSIER_DATA')
export const access = JSON.parse(readFileSync(join(data, 'demo-access.json'), 'utf8'))

const nameOf = (entry) => entry.username ?? entry.clientId

export function entryOf(name) {
  const entry = access.find((candidate) => nameOf(candidate) === name)
  if (entry === undefined) throw new Error(`${name} is not among the demo's sign-ins: ${access.map(nameOf).join(', ')}`)
  return entry
}

// A connection that idled for long may be closed by the server while something is being sent on it: then once more.
async function fetched(address, options) {
  try {
    return await fetch(address, options)
  } catch (error) {
    if (!['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(error.cause?.code)) throw error
    return fetch(address, options)
  }
}

export const post = (path, body, headers = {}) =>
  fetched(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  })

// A response with the access token and the refresh cookie taken out of it.
export async function signIn(name) {
  const { username, password, clientId, clientSecret } = entryOf(name)
  const response = username
    ? await post('/auth/login', { username, password })
    : await post('/auth/token', { clientId, clientSecret })
  if (response.status !== 200) throw new Error(`${name} cannot sign in: ${response.status} ${await response.text()}`)
  return { token: (await response.json()).accessToken, cookie: cookieOf(response) }
}

export const cookieOf = (response) => (response.headers.get('set-cookie') ?? '').split(';')[0]

const tokens = new Map(), owners = new Map(), begun = new Map()

async function renewed(name) {
  const { token } = await signIn(name)
  tokens.set(name, token)
  owners.set(token, name)
  return token
}

// One sign-in for all tests that only want to be somebody, and another before its token ends; many at once wait for the same one.
export async function tokenOf(name) {
  const known = tokens.get(name)
  if (known !== undefined && claimsOf(known).exp - 300 > Date.now() / 1000) return known
  if (!begun.has(name)) begun.set(name, renewed(name).finally(() => begun.delete(name)))
  return begun.get(name)
}

// The one that stands for a token of tokenOf() by now: all tests together take longer than a token lasts.
const lasting = (token) => (owners.has(token) ? tokenOf(owners.get(token)) : token)

export const graphql = async (given, body, headers = {}) => {
  const token = await lasting(given)
  const response = await post('/graphql', body, {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    accept: 'application/graphql-response+json',
    ...headers,
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

// ---- clients that ask and do not read ----

// The request on a socket of its own, from which nothing is read.
export function unread(path, token, body) {
  const { hostname, port } = new URL(url), text = JSON.stringify(body)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {}) // cut off, as it should be
  socket.pause()
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\n`)
  socket.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  return socket
}

// What the server says of itself.
export async function numbers() {
  const text = await (await fetch(`${url}/metrics`)).text()
  const one = (name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
  return { megabytes: one('process_resident_memory_bytes') / 1e6, connections: one('dossier_http_connections') }
}

// Within half a minute: clients that take nothing are cut off after fifteen seconds.
export async function connectionsAreAtMost(most) {
  for (let waited = 0; (await numbers()).connections > most; waited++) {
    if (waited === 60) throw new Error(`there are still more than ${most} connections`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

// Clients that take nothing are there for fifteen seconds.
export async function connectionsAreAtLeast(least) {
  for (let waited = 0; (await numbers()).connections < least; waited++) {
    if (waited === 40) throw new Error(`there are fewer than ${least} connections`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

// Once no connection has come or gone for three seconds.
export async function settledNumbers() {
  let before = await numbers()
  for (let quiet = 0, waited = 0; quiet < 3 && waited < 40; waited++) {
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const now = await numbers()
    quiet = now.connections === before.connections ? quiet + 1 : 0
    before = now
  }
  return before
}

// ---- the database ----

// The client of MariaDB, with the account that the server of a data folder itself has.
function client(folder, start) {
  const [password] = readFileSync(join(folder, 'mariadb.passwords'), 'utf8').split(' ')
  return start('mariadb', ['--no-defaults', `--socket=${join(folder, 'mariadb', 'run', 'mariadb.sock')}`, '--user=dossier', '--batch',
    '--skip-column-names', "--init-command=SET time_zone = '+00:00'", 'dossier'], { ...process.env, MYSQL_PWD: password })
}

// What a script prints: lines of columns with tabs between them.
export const sqlIn = (folder, text) => client(folder, (program, options, env) => execFileSync(program, options, { input: text, encoding: 'utf8', env })).trim()
export const sql = (text) => sqlIn(data, text)

// A script that runs while the test goes on; ends when it has ended. Who cuts it off wants no words of it.
export function sqlStarted(text, words = 'inherit') {
  const process = client(data, (program, options, env) => spawn(program, options, { stdio: ['pipe', 'ignore', words], env }))
  process.stdin.end(text)
  return new Promise((resolve, reject) => {
    process.on('error', reject)
    process.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`MariaDB's client ended with ${code}`))))
  })
}

// Once nothing of what was ordered is due any more: the provisioner stands still until somebody orders. What waits for the next day does; what
// could not be done is tried again in a minute.
export async function workedOff() {
  const due = 'due_at < NOW(6) + INTERVAL 1 HOUR AND due_at <> CURRENT_DATE + INTERVAL 1 DAY'
  const count = () => sql(`SELECT (SELECT COUNT(*) FROM provisioning_task WHERE ${due}) + (SELECT COUNT(*) FROM port_task WHERE ${due})`)
  for (let waited = 0; count() !== '0'; waited++) {
    if (waited === 1800) throw new Error('orders and ports are not worked off')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

// Of all tables, and of what they were: a line for each, without the sessions of tokenOf(), which may begin at any time.
// What was ordered before, or a number that moves, is worked off first: what workers go on with would be taken for what a mutation did.
// (CHECKSUM TABLE is of no use where there are generated columns: it changes by itself.)
export async function digests() {
  await workedOff()
  const own = [...owners.keys()].map((token) => `'${claimsOf(token).sid}'`).join()
  const rowsOf = (name) => (name === 'user_session' && own !== '' ? ` WHERE family_id NOT IN (${own})` : '')
  const tables = sql(`SELECT t.table_name, IF(t.table_type = 'SYSTEM VERSIONED', ' FOR SYSTEM_TIME ALL', ''),
      GROUP_CONCAT(CONCAT("COALESCE(CAST(\`", c.column_name, "\` AS BINARY), '~')") ORDER BY c.ordinal_position)
    FROM information_schema.tables AS t JOIN information_schema.columns AS c USING (table_schema, table_name)
    WHERE t.table_schema = DATABASE() AND t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') AND c.generation_expression IS NULL
    GROUP BY t.table_name, t.table_type ORDER BY t.table_name`).split('\n').map((line) => line.split('\t'))
  return sql(tables.map(([name, all, columns]) => `SELECT '${name}', COUNT(*), (SELECT COUNT(*) FROM \`${name}\`${rowsOf(name)}), SUM(CRC32(CONCAT_WS('|', ${columns}))) FROM \`${name}\`${all}${rowsOf(name)}`).join(' UNION ALL '))
}

// 2026-11-22 06:28:40.937053 as the API writes it.
export const moment = (text) => `${text.replace(' ', 'T').replace('.000000', '')}Z`

export const globalId = (type, key) => Buffer.from(`${type}:${key}`).toString('base64url')

// ---- tokens of our own making ----

const base64url = (value) => Buffer.from(value).toString('base64url')
export const signingKey = () => readFileSync(join(data, 'keys', 'token.key'))
export const partsOf = (token) => token.split('.')
export const claimsOf = (token) => JSON.parse(Buffer.from(partsOf(token)[1], 'base64url'))

// A token with these claims under a header, by default a real one, signed with a key, by default the real one.
export function forge(claims, { header, key = signingKey() } = {}) {
  const text = `${header}.${base64url(typeof claims === 'string' ? claims : JSON.stringify(claims))}`
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}

const migrations = join(root, 'db/migrations')
const bits = Object.fromEntries(
  readdirSync(migrations).flatMap((name) =>
    [...readFileSync(join(migrations, name), 'utf8').matchAll(/\((\d+), '([a-z]+)',\s+'(READ|WRITE)'/g)]
      .map(([, bit, tab, level]) => [`${tab}:${level.toLowerCase()}`, BigInt(bit)])))

// The token of somebody, with only some of their rights: a viewer has what the token and the database allow.
export async function tokenWithRights(name, rights) {
  const token = await tokenOf(name)
  const mask = rights.reduce((sum, right) => {
    if (bits[right] === undefined) throw new Error(`there is no right ${right}, but ${Object.keys(bits).join(', ')}`)
    return sum | (1n << bits[right])
  }, 0n)
  return forge({ ...claimsOf(token), rights: mask.toString(16).padStart(16, '0') }, { header: partsOf(token)[0] })
}

// ---- bytes ----

// Sends text as it is and gives back everything that comes until the server closes or time is up.
export function raw(text, { wait = 3000 } = {}) {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const chunks = []
    const socket = connect(Number(port), hostname, () => socket.write(text))
    const done = () => {
      socket.destroy()
      resolve(Buffer.concat(chunks).toString('latin1'))
    }
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('end', done)
    socket.on('error', (error) => (error.code === 'ECONNRESET' || error.code === 'EPIPE' ? done() : reject(error)))
    setTimeout(done, wait).unref()
  })
}

export const statusOf = (answer) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])
