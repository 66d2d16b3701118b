// run: random documents over random data, asked of the server and of the slow executor: the answers have to be equal.
//
//   node tests/truth/run.mjs --program build/release/server/dossier [--count 5000] [--seed 1] [--folder DIR] [--quick] [--stop]
//
// Prints each difference with the smallest document that still shows it, and "N passed, N failed" at the end. A quick
// run does not care whether everything was reached; --stop ends it at the first difference, as it is.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildClientSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema } from 'graphql'
import { createRandom } from '../conformance/random/random.mjs'
import { shrink } from '../conformance/random/shrink.mjs'
import { differs } from './compare.mjs'
import { Cursors } from './cursors.mjs'
import { Data, insertAll } from './data.mjs'
import { Documents } from './documents.mjs'
import { Dossier } from './dossier.mjs'
import { Executor, World, listOf } from './executor.mjs'
import { Lines } from './http.mjs'
import { Model } from './model.mjs'
import { Reached } from './reached.mjs'
import { createValues } from './values.mjs'
import { rightsOf } from './viewer.mjs'

const together = 48 // requests in flight: enough for statements to leave together
const differencesShown = 5

const { values: options } = parseArgs({
  options: {
    program: { type: 'string' }, count: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' },
    folder: { type: 'string' }, customers: { type: 'string', default: '60' }, quick: { type: 'boolean', default: false },
    stop: { type: 'boolean', default: false },
  },
})

const reached = new Reached()
// Hashes of documents that the server composes; what has no second making here: tests/api/search holds it.
const unknowable = new Set(['Customer.changesSince', 'Viewer.accountDocument', 'Query.qualify', 'OrderQualification.items', 'Tab.document', 'Tab.actions', 'Query.explainAccess', 'Query.findCustomers', 'Query.searchDefinition', 'Query.activeSearchDefinitions', 'Query.externalCustomers'])
let passed = 0
let failed = 0

function report(ok, sentence, details = '') {
  if (ok) passed++
  else {
    failed++
    console.log(`not ok - ${sentence}\n${details}`)
  }
}

// ---- who asks ----

const all = ['account', 'customer', 'subscriptions', 'orders', 'tickets', 'notes', 'entries', 'explorer']

function addViewers(data, random) {
  const customers = data.rows('customer')
  const owned = customers.filter(({ partner_id }) => partner_id !== null && partner_id !== 999999)
  data.addViewer('all', 'OPERATOR', null, all)
  data.addViewer('few', 'OPERATOR', null, all, { language: 'de', claims: ['account', 'orders', 'tickets', 'explorer', 'administration'] })
  data.addViewer('least', 'OPERATOR', null, ['explorer'])
  data.addViewer('root', 'PARTNER', '1', all)
  data.addViewer('above', 'PARTNER', '11', all, { language: 'de-AT' })
  data.addViewer('leaf', 'PARTNER', random.pick(owned).partner_id, ['account', 'subscriptions', 'explorer'])
  for (let i = 0; i < 3; i++) data.addViewer(`own${i}`, 'CUSTOMER', random.pick(owned).id, all)
  data.addViewer('alone', 'CUSTOMER', (customers.find(({ partner_id }) => partner_id === null) ?? customers[0]).id, ['account', 'customer', 'explorer'])
}

// ---- everything that a run needs ----

async function prepare(random, folder) {
  const dossier = new Dossier(options.program, folder)
  const data = new Data(random, { customers: Number(options.customers) })
  addViewers(data, random)
  await dossier.start('--threads', '1') // one loop, on which all requests meet
  const moments = []
  const note = () => moments.push(...dossier.select(['NOW(6)'], '').flat())
  dossier.run(insertAll(data))
  for (let i = 0; i < 3; i++) {
    note()
    dossier.run(data.change())
  }
  note()
  await dossier.stop() // whatever it keeps in memory is read again
  await dossier.start('--threads', '1') // one loop, on which all requests meet
  await dossier.learnHeader(data.rows('user_account').find(({ kind }) => kind === 'PARTNER'))
  return { dossier, data, moments: moments.map((text) => `${text.replace(' ', 'T')}Z`) }
}

function knownKeys(model, world) {
  return new Map([...model.types.values()].filter(({ node, directives }) => node && directives.table !== undefined)
    .map((type) => [type.name, world.table(type.directives.table.name).rows.map((row) => row.cells.get(type.directives.table.key ?? 'id'))]))
}

// The cursors of one list, or of all, oldest dropped.
function cursorPool(model, cursors) {
  return (coordinate) => {
    const texts = cursors.all()
    if (coordinate === undefined) return texts.slice(-200)
    const [typeName, fieldName] = coordinate.split('.')
    const field = model.types.get(typeName).fields.get(fieldName)
    const list = listOf(field.directives, model.types.get(model.elements.get(field.type)), {})
    return texts.filter((text) => cursors.find(text).list === list).slice(-200)
  }
}

// ---- asking and comparing ----

async function compareOne({ executor, cursors, lines, token }, line, question) {
  const { status, body } = await lines.ask(line, token, JSON.stringify(question))
  const got = JSON.parse(body)
  const expected = cursors.settle(JSON.parse(JSON.stringify(executor.answer(question))), got)
  return { difference: status === 200 || got.errors !== undefined ? differs(expected, got) : `status ${status}`, expected, got }
}

async function showDifference(asker, question, { difference, expected, got }) {
  const smallest = await shrink({ query: question.query, variables: JSON.stringify(question.variables) }, async (candidate) => {
    try {
      const smaller = { query: candidate.query, variables: JSON.parse(candidate.variables ?? '{}') }
      const again = await compareOne(asker, 0, smaller)
      return again.difference === difference && !/^GRAPHQL_/.test(again.got.errors?.[0]?.extensions?.code)
    } catch {
      return false
    }
  })
  const question2 = { query: smallest.query, variables: JSON.parse(smallest.variables ?? '{}') }
  const last = await compareOne(asker, 0, question2).catch(() => ({ expected, got }))
  report(false, `${asker.viewer.login}: ${difference} of the same document`, `  as it was: ${JSON.stringify(question)}\n` +
    `  document:  ${smallest.query.replaceAll('\n', ' ')}\n  variables: ${JSON.stringify(question2.variables)}\n` +
    `  expected:  ${JSON.stringify(last.expected).slice(0, 1500)}\n  got:       ${JSON.stringify(last.got).slice(0, 1500)}`)
}

// One line for each thing that a schema shows, without what is built in and without descriptions.
function linesOf(schema) {
  const text = printSchema(lexicographicSortSchema(schema)).replace(/"""[^]*?"""/g, '')
  const lines = new Set()
  for (const [, head, body] of text.matchAll(/^((?:type|interface|enum|input|union|scalar) [^{\n]*)(?:\{([^}]*)\})?/gm)) {
    lines.add(head.trim())
    for (const part of (body ?? '').replace(/\(\s*([^)]*?)\s*\)/g, (_, args) => `(${args.replace(/\s+/g, ' ')})`).split('\n'))
      if (part.trim() !== '') lines.add(`${head.split(' ')[1]}.${part.trim()}`)
  }
  return lines
}

// By name, too, there is what there is.
async function compareTypes({ executor, lines, token, viewer }, names) {
  const query = `{ ${names.map((name) => `${name}: __type(name: "${name}") { name }`).join(' ')} }`
  const { data } = JSON.parse((await lines.ask(0, token, JSON.stringify({ query }))).body)
  const wrong = names.filter((name) => (data[name] !== null) !== (executor.schema.getType(name) !== undefined))
  report(wrong.length === 0, `${viewer.login} finds the types that their rights show`, `  not so: ${wrong.join(', ')}`)
}

async function compareIntrospection({ executor, lines, token, viewer }) {
  const { body } = await lines.ask(0, token, JSON.stringify({ query: getIntrospectionQuery({ specifiedByUrl: true }) }))
  const [expected, got] = [linesOf(executor.schema), linesOf(buildClientSchema(JSON.parse(body).data))]
  const less = (a, b) => [...a].filter((line) => !b.has(line)).map((line) => `    ${line}`).join('\n')
  report([...expected].every((line) => got.has(line)) && got.size === expected.size, `${viewer.login} sees the schema that their rights show`,
    `  not shown:\n${less(expected, got)}\n  shown besides:\n${less(got, expected)}`)
}

// Those of the same kind, who share plans and texts of statements but no rows.
const alikeTo = ({ viewer }, askers) => askers.filter((other) => other.viewer.kind === viewer.kind)

// Some at once, of several viewers; half of them ask what another one asks, with other variables.
async function compareSome(askers, random) {
  const questions = []
  while (questions.length < together) {
    const asker = random.pick(askers)
    const document = asker.documents.next()
    questions.push({ asker, query: document.query, variables: document.variables })
    const alike = random.chance(0.4) ? random.between(1, 4) : 0
    for (let i = 0; i < alike; i++) questions.push({ asker: random.pick(random.pick([[asker], alikeTo(asker, askers), askers])), query: document.query, variables: document.again() })
  }
  const bodies = await Promise.all(questions.map(({ asker, query, variables }, i) => asker.lines.ask(i, asker.token, JSON.stringify({ query, variables }))))
  for (const [i, { asker, query, variables }] of questions.entries()) {
    const got = JSON.parse(bodies[i].body)
    reached.answer({ query }, got)
    const question = { query, variables }
    const expected = asker.cursors.settle(JSON.parse(JSON.stringify(asker.executor.answer(question))), got)
    const difference = differs(expected, got)
    if (difference === undefined) passed++
    else if (failed < differencesShown && !options.stop) await showDifference(asker, question, { difference, expected, got })
    else failed++
  }
  return questions.length
}

async function main() {
  const begin = Date.now()
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'dossier-truth-'))
  rmSync(join(folder, 'data'), { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const random = createRandom(options.seed)
  const { dossier, data, moments } = await prepare(random, join(folder, 'data'))
  const model = new Model()
  const world = new World(dossier)
  const cursors = new Cursors()
  const lines = new Lines(dossier.url, together + 5)
  const values = createValues(knownKeys(model, world), cursorPool(model, cursors), (type, field) => !unknowable.has(`${type.name}.${field.name}`), { moments })
  const askers = data.rows('user_account').map((viewer) => {
    const claims = data.claims.get(viewer.login)
    const rights = [...rightsOf(world, { id: String(viewer.id) })].filter((right) => claims === undefined || claims.includes(right.split(':')[0]))
    const executor = new Executor(model, world, cursors, viewer, new Set(rights))
    return { viewer, executor, cursors, lines, token: dossier.token(viewer, claims), documents: new Documents(random, executor.schema, values) }
  })
  const names = model.served.definitions.map(({ name }) => name.value)
  for (const asker of askers) {
    await compareIntrospection(asker)
    await compareTypes(asker, names)
  }
  dossier.keepStatements()
  for (let asked = 0; asked < Number(options.count) && !(options.stop && failed > 0); ) asked += await compareSome(askers, random)
  reached.statements(dossier.keptStatements())
  reached.metrics(await (await fetch(`${dossier.url}/metrics`)).text())
  if (!options.quick) report(reached.missing().length === 0, 'everything there is was reached', `  never: ${reached.missing().join(', ')}`)
  lines.close()
  report(await dossier.stop(), 'the server ends in good order', '')
  if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
  console.log(String(reached))
  console.log(`seed ${options.seed}, ${((Date.now() - begin) / 1000).toFixed(1)} s`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

await main()
