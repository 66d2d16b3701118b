// worlds: two databases that are equal in all that somebody may see and different in everything else: whatever they ask,
// both servers have to answer the same bytes.
//
//   node tests/truth/worlds.mjs --program build/release/server/dossier [--count 100000] [--seed 1] [--folder DIR] [--stop]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom } from '../conformance/random/random.mjs'
import { Data, differences, insertAll, replaceAll, searchTerms } from './data.mjs'
import { Documents } from './documents.mjs'
import { Dossier } from './dossier.mjs'
import { Lines } from './http.mjs'
import { Model } from './model.mjs'
import { otherWorld, scopeOf } from './outside.mjs'
import { createValues } from './values.mjs'

const lineCount = 24 // requests under way at each server
const variablesEach = 40
const controls = 60 // requests of somebody who sees both worlds whole
const differencesShown = 5

const { values: options } = parseArgs({
  options: {
    program: { type: 'string' }, count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' },
    folder: { type: 'string' }, customers: { type: 'string', default: '120' }, stop: { type: 'boolean', default: false },
  },
})

// ---- who asks ----

const everything = ['account', 'customer', 'subscriptions', 'orders', 'tickets', 'notes', 'entries', 'explorer']

// Everybody with a part of the queries; the same in both worlds.
function addViewers(data, random) {
  const owners = (id) => data.rows('customer').filter(({ partner_id }) => partner_id === id)
  const partners = data.rows('partner').slice(1).filter(({ id }) => owners(id).length > 0)
  data.addViewer('above', 'PARTNER', '11', everything)
  data.addViewer('leaf', 'PARTNER', partners.at(-1).id, everything)
  data.addViewer('narrow', 'PARTNER', partners[0].id, ['account', 'orders', 'tickets', 'explorer'])
  for (let i = 0; i < 2; i++) data.addViewer(`own${i}`, 'CUSTOMER', random.pick(owners(random.pick(partners).id)).id, everything)
  data.addViewer('alone', 'CUSTOMER', data.rows('customer').find(({ partner_id }) => partner_id === null).id, ['account', 'subscriptions', 'explorer'])
  data.addViewer('clerk', 'OPERATOR', null, ['account', 'explorer'])
  data.addViewer('seller', 'OPERATOR', null, ['account', 'orders', 'tickets', 'explorer'])
  data.addViewer('everything', 'OPERATOR', null, everything)
}

const rightsOf = (tabs) => new Set(tabs.map((tab) => `${tab}:READ`))
const tabsOf = (data, viewer) => data.rows('role_right').filter(({ role_id }) => role_id === viewer.id).map(({ bit }) => bit.tab)

// ---- what they ask ----

// The fields of a type that are pages of a list.
const pagesOf = (schema, type) => Object.values(schema.getType(type).getFields()).filter(({ args, type }) => String(type).includes('Connection') && args.some(({ name }) => name === 'after'))

// Cursors of all rows of all lists, as somebody who sees everything is given them.
async function cursorsOf(both, model, here) {
  const tokens = both.tokens(here.rows('user_account').find(({ login }) => login === 'everything'))
  const inner = pagesOf(model.schemaFor(rightsOf(everything)), 'Customer').map(({ name }) => `${name}(first: 20) { edges { cursor } }`)
  const pool = new Map()
  const keep = (coordinate, { edges }) => pool.set(coordinate, [...(pool.get(coordinate) ?? []), ...edges.map(({ cursor }) => cursor)])
  for (const search of ['an', 'be', '49', '10', 'zz', 'me']) {
    const { a, b } = await both.ask(0, tokens, JSON.stringify({ query: `{ customers(search: "${search}") { edges { cursor node { ${inner.join(' ')} } } } }` }))
    for (const { body } of [a, b]) {
      const { customers } = JSON.parse(body).data
      keep('Query.customers', customers)
      for (const { node } of customers.edges) for (const [name, page] of Object.entries(node)) keep(`Customer.${name}`, page)
    }
  }
  return (coordinate) => pool.get(coordinate) ?? [...pool.values()].flat().slice(0, 100)
}

// Half of it is what they may see, half is what is in one of the worlds.
const half = (mine, all) => [...all, ...Array.from({ length: Math.ceil(all.length / Math.max(1, mine.length)) }, () => mine).flat()]

function keysOf(model, here, there, isMine) {
  return new Map([...model.types.values()].filter(({ node, directives }) => node && directives.table !== undefined)
    .map(({ name, directives: { table } }) => {
      const ids = (rows) => rows.map(({ id }) => id)
      return [name, half(ids(here.rows(table.name).filter((row) => isMine(table.name, row))), ids([...here.rows(table.name), ...there.rows(table.name)]))]
    }))
}

const termsOf = (here, scope) =>
  half(here.rows('customer_search_term').filter(({ customer_id }) => scope.customers.has(customer_id)).map(({ term }) => term), searchTerms)

// Different requests, as texts of their bodies: some documents, each with many variables.
function* requests(random, documents, count, each = variablesEach) {
  const seen = new Set()
  while (seen.size < count) {
    const document = documents.next()
    for (let i = 0, tries = 0; i < each && tries < 2 * each && seen.size < count; tries++) {
      const body = JSON.stringify({ query: document.query, variables: document.again() })
      if (seen.has(body)) continue
      seen.add(body)
      i++
      yield body
    }
  }
}

// Whole accounts, by the document that the server composes of the viewer's tabs: of customers of both worlds.
async function accounts(both, tokens, keys) {
  const { a, b, same } = await both.ask(0, tokens, JSON.stringify({ query: '{ viewer { accountDocument } }' }))
  if (!same) throw new Error(`different documents for an account: ${a.body} and ${b.body}`)
  const documentId = JSON.parse(a.body).data.viewer.accountDocument
  return [...new Set(keys)].map((key) => JSON.stringify({ documentId, variables: { id: Buffer.from(`Customer:${key}`).toString('base64url') } }))
}

// ---- both worlds ----

async function open(folder, name, data) {
  const dossier = new Dossier(options.program, join(folder, name))
  rmSync(dossier.folder, { recursive: true, force: true })
  await dossier.start()
  dossier.run(insertAll(data))
  await dossier.stop()
  await dossier.start()
  await dossier.learnHeader(data.rows('user_account').find(({ kind }) => kind === 'PARTNER'))
  return dossier
}

class Both {
  constructor(here, there) {
    this.sides = [here, there].map((dossier) => ({ dossier, lines: new Lines(dossier.url, lineCount) }))
    this.failed = 0
    this.passed = 0
    this.bytes = 0
  }

  tokens(viewer) {
    return this.sides.map(({ dossier }) => dossier.token(viewer))
  }

  async ask(line, tokens, body) {
    const [a, b] = await Promise.all(this.sides.map(({ lines }, i) => lines.ask(line, tokens[i], body)))
    return { a, b, same: a.status === b.status && a.body.equals(b.body) }
  }

  // Takes from the same requests until there are none left.
  async work(line, viewer, tokens, source) {
    for (const body of source) {
      if (options.stop && this.failed > 0) return
      const { a, b, same } = await this.ask(line, tokens, body)
      this.bytes += a.body.length
      if (same) this.passed++
      else if (this.failed++ < differencesShown) {
        const again = await this.ask(line, tokens, body)
        console.log(`not ok - ${viewer.login} can tell the worlds apart, and asked again ${again.same ? 'not' : 'as well'}\n  ${body}\n` +
          [a, b].map((answer) => `  ${answer.status} ${answer.body.toString().slice(0, 2000)}`).join('\n'))
      }
      if (process.env.SHOW && Math.random() < 0.01) console.log(body.slice(0, 500), '\n   ', a.body.toString().slice(0, 400))
    }
  }
}

// ---- the run ----

// That the worlds differ at all: somebody who sees everything has other answers to a good part of what was asked.
async function control(both, here, bodies) {
  const tokens = both.tokens(here.rows('user_account').find(({ login }) => login === 'everything'))
  let different = 0
  for (const body of bodies) if (!(await both.ask(0, tokens, body)).same) different++
  if (different * 20 >= bodies.length) return
  both.failed++
  console.log(`not ok - the worlds differ: only ${different} of ${bodies.length} answers did for somebody who sees everything`)
}

// Both worlds as they were and as they are, for one viewer: what is theirs now was equal then, too. Returns what is known
// of them: the data of now and the moments of then and now.
function makeWorlds(both, model, first, random, viewer, rights) {
  const here = first.copy()
  const change = here.change({ offerings: false })
  const scope = scopeOf(here, viewer)
  // Nothing limits an operator, so those who are gone are seen as of when they were there.
  if (viewer.kind === 'OPERATOR') for (const { id } of first.rows('customer')) scope.customers.add(id)
  const ids = (table) => [...first.rows(table), ...here.rows(table)].map(({ id }) => id)
  const taken = (table) => new Set(ids(table))
  const [before, there] = [[first, 1_000_000], [here, 2_000_000]].map(([data, names]) =>
    otherWorld(random, data, { model, viewer, rights, scope, taken, names }))
  const isMine = (table, row) => (table === 'partner' ? scope.partners.has(row.id) : scope.customers.has(table === 'customer' ? row.id : row.customer_id))
  const [a, b] = both.sides.map(({ dossier }) => dossier)
  // Each statement of a connection is a microsecond later than the one before, so many may be ahead of the clock for a while.
  const moment = () => {
    for (const side of [a, b]) side.run('DO SLEEP(0.1);')
    return `${a.select(['NOW(6)'], '')[0][0].replace(' ', 'T')}Z`
  }
  a.run(replaceAll(first))
  b.run(replaceAll(before))
  const moments = [moment()]
  a.run(change)
  b.run(differences(before.tables, there.tables, (table, row) => !isMine(table, row)))
  moments.push(moment())
  return { here, there, scope, isMine, moments }
}

// Texts that are in one of the worlds, for filters.
function textsOf(random, ...worlds) {
  const rows = worlds.flatMap((data) => ['customer', 'product', 'product_order', 'contact_medium', 'partner'].flatMap((table) => data.rows(table)))
  return random.shuffle(rows).slice(0, 400).flatMap((row) => Object.values(row)).filter((value) => typeof value === 'string' && value !== '')
}

async function round(both, model, first, random, viewer, count) {
  const rights = rightsOf(tabsOf(first, viewer))
  const { here, there, scope, isMine, moments } = makeWorlds(both, model, first, random, viewer, rights)
  const keys = keysOf(model, here, there, isMine)
  const values = createValues(keys, await cursorsOf(both, model, here), (type, field) => !['history', 'changesSince', 'activeSearchDefinitions'].includes(field.name),
    { terms: termsOf(here, scope), moments, texts: textsOf(random, here, there) })
  const documents = new Documents(random, model.schemaFor(rights), values, { size: 14, literals: 0.15, conditions: 0.4 })
  const source = requests(random, documents, count)
  const tokens = both.tokens(viewer)
  const before = both.failed
  await both.work(0, viewer, tokens, await accounts(both, tokens, keys.get('Customer')))
  await Promise.all(Array.from({ length: lineCount }, (_, line) => both.work(line, viewer, tokens, source)))
  const wide = new Documents(random, model.schemaFor(rightsOf(everything)), values, { size: 14 })
  await control(both, here, [...requests(random, wide, controls, 1)])
  console.log(`${viewer.login}: ${scope.customers.size} customers in their scope, ` +
    `${count} requests, ${both.failed - before} told the worlds apart`)
}

async function main() {
  const begin = Date.now()
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'dossier-worlds-'))
  mkdirSync(folder, { recursive: true })
  const random = createRandom(`worlds ${options.seed}`)
  const here = new Data(random, { customers: Number(options.customers), orphans: false })
  addViewers(here, random)
  const model = new Model()
  const both = new Both(await open(folder, 'here', here), await open(folder, 'there', here))
  const viewers = here.rows('user_account').filter(({ login }) => login !== 'everything')
  for (const [i, viewer] of viewers.entries()) {
    const [from, to] = [i, i + 1].map((part) => Math.floor((Number(options.count) * part) / viewers.length))
    if (!options.stop || both.failed === 0) await round(both, model, here, random, viewer, to - from)
  }
  for (const { dossier, lines } of both.sides) {
    lines.close()
    if (!(await dossier.stop())) {
      both.failed++
      console.log('not ok - the server ends in good order')
    }
  }
  if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
  console.log(`seed ${options.seed}, ${(both.bytes / 1e6).toFixed(0)} MB of answers, ${((Date.now() - begin) / 1000).toFixed(1)} s`)
  console.log(`${both.passed} passed, ${both.failed} failed`)
  process.exitCode = both.failed === 0 ? 0 : 1
}

await main()
