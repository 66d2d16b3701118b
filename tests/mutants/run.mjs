// run: one small mistake after the other is made in a copy of the tree; a test has to fail each time.
//
//   node tests/mutants/run.mjs --folder build/test/mutants [--only PATTERN] [--resume] [--figures]
//
// Prints who noticed each mistake, and "N passed, N failed" at the end. With --resume those that were noticed in a run
// before, in the same code, are taken as noticed. With --figures the result goes into docs/figures.md.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { mutations } from './mutations.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const { values: options } = parseArgs({
  options: { folder: { type: 'string' }, only: { type: 'string', default: '' }, resume: { type: 'boolean', default: false }, figures: { type: 'boolean', default: false } },
})
const tree = join(options.folder, 'tree')
const build = join(options.folder, 'build')
const server = join(build, 'server', 'dossier')

// ---- the copy ----

function command(program, args, seconds, environment = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: tree, encoding: 'utf8', maxBuffer: 1 << 28, timeout: seconds * 1000, env: { ...process.env, ...environment } })
  return { ok: status === 0, output: `${stdout}${stderr}${error ?? ''}`, broken: error !== undefined }
}

// Only what is different is written, so that nothing is built twice.
function copyTree() {
  const { stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 })
  for (const file of stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)) && statSync(join(root, name)).isFile())) {
    const [bytes, to] = [readFileSync(join(root, file)), join(tree, file)]
    if (existsSync(to) && readFileSync(to).equals(bytes)) continue
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, bytes)
  }
  const packages = join(tree, 'tests', 'node_modules')
  if (!existsSync(packages)) symlinkSync(join(root, 'tests', 'node_modules'), packages)
}

const units = '^unit/(graphql|plan|run|act|schema)_'

const ninja = (...targets) => command('ninja', ['-C', build, ...new Set(targets)], 2400)

// All unit tests of what is changed.
const compileTests = () =>
  ninja(...(command('ninja', ['-C', build, '-t', 'targets', 'all'], 60).output.match(/^test_(graphql|plan|run|act|schema)_\w+(?=:)/gm) ?? []))

function configure() {
  mkdirSync(tree, { recursive: true })
  copyTree()
  for (const mutation of mutations) restore(mutation) // a run that was broken off may have left one built
  const { ok, output } = command('cmake', ['-S', '.', '-B', build, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=Release', '-DCMAKE_C_FLAGS_RELEASE=-O1 -g',
    ...(spawnSync('ccache', ['--version']).status === 0 ? ['-DCMAKE_C_COMPILER_LAUNCHER=ccache'] : [])], 300)
  if (!ok) throw new Error(output)
}

// ---- a server with the demonstration's data ----

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

// Not whether its process is still there to be waited for: nobody waits for it before the run ends.
function lives(pid) {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

// Where it can be reached once it is ready; undefined: it ended before.
function urlIn(log, pid) {
  for (;;) {
    const url = /^Dossier is ready: (http\S+)\/$/m.exec(readFileSync(log, 'utf8'))
    if (url || !lives(pid)) return url?.[1]
    sleep(100)
  }
}

function serve(data, use) {
  const log = join(options.folder, 'server.log')
  const file = openSync(log, 'w')
  const { pid } = spawn(server, ['serve', '--demo', '--day', '2026-10-01', '--customers', '300', '--network-pace', '20', '--port', '0', '--data', data],
    { cwd: tree, stdio: ['ignore', file, file] })
  closeSync(file)
  const url = urlIn(log, pid)
  if (url === undefined) return { ok: false, output: readFileSync(log, 'utf8') }
  try {
    return use({ DOSSIER_URL: url, DOSSIER_DATA: data })
  } finally {
    process.kill(pid)
    while (lives(pid)) sleep(50)
  }
}

// Each server has the data as they were made first, whatever a test that failed has left behind.
function withServer(use) {
  const [first, data] = ['first', 'data'].map((name) => join(options.folder, name))
  if (!existsSync(first)) {
    const made = serve(first, () => ({ ok: true, output: '' }))
    if (!made.ok) return made
  }
  rmSync(data, { recursive: true, force: true })
  spawnSync('cp', ['-a', first, data])
  return serve(data, use)
}

// Tests of the API, each with a server of its own.
function askApi(...names) {
  for (const name of names) {
    const result = withServer((environment) => command('node', ['--test-reporter=tap', `tests/api/${name}.mjs`], 1500, environment))
    if (!result.ok) return result
  }
  return { ok: true, output: '' }
}

// ---- the tests, the quickest first ----

// Tests that are about a file: most mistakes in it are noticed by them, and few are quickly built.
const nearest = [
  ['server/plan/sql.c', 'plan_verify', 'schema_merge', 'run_shared', 'run_past', 'run_joined', 'run_filters'],
  ['server/plan/needs.c', 'plan_needs'],
  ['server/plan/share.c', 'plan_share', 'plan_identity', 'run_nodes', 'run_kinds', 'api/act'],
  ['server/run/statement.c', 'run_shared', 'run_past', 'run_joined', 'run_strategies', 'run_moments'],
  ['server/run/filter.c', 'run_past', 'run_kinds', 'run_sorts', 'run_filters'],
  ['server/run/predicate.c', 'run_filters'],
  ['server/run/desk.c', 'run_shared', 'run_merged', 'run_versions'],
  ['server/run/trip.c', 'run_shared', 'run_strategies'],
  ['server/run/moment.c', 'run_past', 'run_moments', 'run_shared'],
  ['server/run/merge.c', 'run_merged'],
  ['server/run/batch.c', 'run_nodes', 'run_kinds'],
  ['server/run/narrow.c', 'run_kinds', 'run_shared'],
  ['server/run/history.c', 'run_versions'],
  ['server/run/call.c', 'run_sorts'],
  ['server/graphql/', 'graphql_visibility', 'graphql_introspection'],
  ['server/auth/identity.c', 'api/auth'],
  ['server/base/buf.c', 'run_filters'],
  ['server/order/state.c', 'order_state'],
  ['server/order/port_state.c', 'order_port_state'],
  ['server/order/', 'api/line_end', 'api/port_act'],
  ['resolvers/number_port.c', 'api/port_act'],
  ['db/stock.c', 'api/line_end'],
  ['server/act/', 'act_act', 'api/act', 'api/mutations'],
  ['resolvers/conflict.c', 'api/act'],
  ['schema/rights.c', 'schema_rights', 'schema_loader', 'schema_kinds', 'schema_merge'],
  ['resolvers/tab_choice.c', 'resolvers_tab_choice'],
  ['resolvers/customer_find.c', 'api/find_scope'],
  ['server/http/letters.c', 'api/letters', 'api/bad_input'],
]

const testsOf = (test) => command('ctest', ['--test-dir', build, '-R', test, '--output-on-failure', '--no-tests=error', '--stop-on-failure', '--parallel', '4'], 1200)

function askOne(test) {
  const api = /^api\/(.*)/.exec(test)
  const made = ninja(api ? 'dossier' : `test_${test}`)
  if (!made.ok) return { ...made, broken: true }
  return api ? askApi(api[1]) : testsOf(`^unit/${test}$`)
}

// Compiled and run one by one, so that what the first notices costs no more.
function askNearest({ edits }) {
  for (const test of new Set(edits.flatMap(([file]) => nearest.find(([beginning]) => file.startsWith(beginning))?.slice(1) ?? []))) {
    const result = askOne(test)
    if (!result.ok) return { ...result, by: test.startsWith('api/') ? 'tests of the API' : 'unit tests' }
  }
  return { ok: true, output: '' }
}

function askUnits() {
  const made = compileTests()
  return made.ok ? testsOf(units) : { ...made, broken: true }
}

const random = (name, count, ...more) =>
  command('node', [`tests/truth/${name}.mjs`, '--program', server, '--count', count, '--seed', '5', '--stop', '--folder', join(options.folder, name), ...more], 1500)

const checks = [
  ['the tests nearest to it', askNearest],
  ['the compiler', () => ({ ...ninja('dossier'), broken: true })],
  ['the slow executor', () => random('run', '700', '--quick')],
  ['two worlds', () => random('worlds', '4000')],
  ['tests of the API', () => askApi('find_scope', 'letters', 'bad_input')],
  ['unit tests', askUnits],
]

// Who noticed, with what they said; undefined: nobody. What does not compile, or takes too long, is a problem of its own.
function noticed(mutation) {
  for (const [by, run] of checks) {
    const result = run(mutation)
    if (!result.ok) return result.broken ? { problem: `it broke off:\n${result.output.slice(-2000)}` } : { by: result.by ?? by, output: result.output }
  }
  return undefined
}

// Files as they were when the run began.
const originals = new Map()

function original(file) {
  if (!originals.has(file)) originals.set(file, readFileSync(join(tree, file), 'utf8'))
  return originals.get(file)
}

function change({ edits }) {
  const changed = new Map()
  for (const [file, before, after] of edits) {
    const text = changed.get(file) ?? original(file)
    if (text.split(before).length !== 2) return `${file} has not exactly one ${JSON.stringify(before)}: keep the mutation up`
    changed.set(file, text.replace(before, () => after))
  }
  for (const [file, text] of changed) writeFileSync(join(tree, file), text)
  return undefined
}

function restore({ edits }) {
  for (const [file] of edits) writeFileSync(join(tree, file), original(file))
}

function judge(mutation) {
  const problem = change(mutation)
  if (problem !== undefined) return { problem }
  return noticed(mutation) ?? { problem: 'nobody noticed' }
}

// ---- the result ----

const title = '## Mistakes made on purpose'

function writeFigures(counts, total) {
  const path = join(root, 'docs', 'figures.md')
  const text = readFileSync(path, 'utf8')
  const by = [...counts].map(([name, count]) => `${count} by ${name}`).join(', ')
  const section = `${title}\n\n| what | how | figure |\n| --- | --- | --- |\n` +
    `| small mistakes in the row rule, its verifier, the statements, what calls share, rights, the runner of changes, stock and ports | \`./test mutants\` | ${total} of ${total} noticed: ${by} |\n`
  const at = text.indexOf(title)
  const end = at < 0 ? text.length : (text.indexOf('\n## ', at + 1) + 1 || text.length)
  writeFileSync(path, `${(at < 0 ? `${text.trimEnd()}\n\n` : text.slice(0, at))}${section}${end < text.length ? `\n${text.slice(end)}` : ''}`)
}

configure()
const broken = noticed({ edits: [] })
if (broken !== undefined) throw new Error(`before anything was changed ${broken.problem ?? `${broken.by} fail: mend that first\n${broken.output.slice(-3000)}`}`)

// ---- what is known from a run before ----

const kept = join(options.folder, 'noticed.json')
const known = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {}

// The same mistake in the same code.
const markOf = ({ edits }) =>
  createHash('sha256').update(JSON.stringify([edits, edits.map(([file]) => original(file))])).digest('hex')

function judgeOnce(mutation) {
  const mark = markOf(mutation)
  if (options.resume && known[mutation.name]?.mark === mark) return { by: known[mutation.name].by }
  const verdict = judge(mutation)
  restore(mutation)
  if (verdict.problem === undefined) known[mutation.name] = { mark, by: verdict.by }
  else delete known[mutation.name]
  writeFileSync(kept, JSON.stringify(known, null, 1))
  return verdict
}

const counts = new Map()
let failed = 0
const chosen = mutations.filter(({ name }) => new RegExp(options.only).test(name))
for (const mutation of chosen) {
  const { by, problem } = judgeOnce(mutation)
  if (problem === undefined) {
    counts.set(by, (counts.get(by) ?? 0) + 1)
    console.log(`ok - ${mutation.name} (${by})`)
  } else {
    failed++
    console.log(`not ok - ${mutation.name}: ${problem}`)
  }
}
if (options.figures && failed === 0 && chosen.length === mutations.length) writeFigures(counts, mutations.length)
console.log(`${chosen.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
