// bad_input: whatever is said to any argument of the schema, the answer is data that may be seen or a clear refusal.
//
// Arguments come from the introspection of each viewer, values from bad_values.mjs. Nothing but 200 and 4xx, nothing of
// anybody else's, no word of the database, nothing in the server's log (only with DOSSIER_LOG).
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { collectIds, problemOf } from './answers.mjs'
import { endAsking, tokenOfAsking } from './asking.mjs'
import { badCursors, badFilters, badIds, badPages, badValues } from './bad_values.mjs'
import { graphql, root, tokenOf, url } from './client.mjs'
import { Rows } from './rows.mjs'

const { buildClientSchema, getIntrospectionQuery, getNamedType, getNullableType, isCompositeType, isInputObjectType, isRequiredArgument } =
  createRequire(join(root, 'tests', 'package.json'))('graphql')

const log = process.env.DOSSIER_LOG
const logged = () => (log === undefined ? [] : readFileSync(log, 'utf8').split('\n'))
let linesBefore = 0
test('what is in the log already is others’', () => {
  linesBefore = logged().length
})
const together = 16
const problemsShown = 10

// What arguments must be given besides the one that is tried.
const proper = { search: 'be', language: 'en', expiresAfterDays: 30, name: 'standard', coordinate: 'Customer', ids: [] }

async function schemaOf(token) {
  const { body } = await graphql(token, { query: getIntrospectionQuery() })
  return buildClientSchema(body.data)
}

// ---- the way to a field ----

// From each type to a text with a hole in it: by the id of one of the viewer's own rows, else through fields of types on the way.
function waysTo(schema, rows) {
  const ways = new Map([[schema.getQueryType().name, (inner) => `{ ${inner} }`]])
  for (const { name } of schema.getPossibleTypes(schema.getType('Node'))) {
    const id = rows.own(name)
    if (id !== undefined) ways.set(name, (inner) => `{ node(id: "${id}") { ... on ${name} { ${inner} } } }`)
  }
  const waiting = [...ways.keys()]
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    for (const field of Object.values(schema.getType(name).getFields?.() ?? {})) {
      const next = getNamedType(field.type)
      if (name === 'Query' || ways.has(next.name) || next.getFields === undefined || field.args.some(isRequiredArgument)) continue
      const way = ways.get(name)
      ways.set(next.name, (inner) => way(`${field.name} { ${inner} }`))
      waiting.push(next.name)
    }
  }
  return ways
}

// Enough to see whose it is: ids, of connections those of the nodes; a few leaves otherwise.
function seen(type, depth = 2) {
  const fields = Object.values(type.getFields?.() ?? {})
  if (type.name.endsWith('Connection')) return `{ nodes ${seen(getNamedType(type.getFields().nodes.type))} edges { cursor } pageInfo { endCursor } }`
  const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)) && field.args.length === 0).slice(0, 3).map(({ name }) => name)
  const inner = fields.filter((field) => depth > 1 && getNullableType(field.type) === getNamedType(field.type) && field.args.length === 0 && getNamedType(field.type).getFields?.().id)
  return `{ __typename ${type.getFields?.().id ? 'id' : ''} ${leaves.join(' ')} ${inner.slice(0, 4).map((field) => `${field.name} ${seen(getNamedType(field.type), 1)}`).join(' ')} }`
}

// ---- requests ----

const otherArguments = (field, given, rows) =>
  field.args.filter((argument) => isRequiredArgument(argument) && !(argument.name in given)).map((argument) => {
    if (argument.name === 'search' && isInputObjectType(getNamedType(argument.type))) return 'search: {contact: {name: {value: "be"}}}'
    const value = argument.name === 'id' ? rows.own(getNamedType(field.type).name) ?? rows.own('Customer') : argument.name === 'customerId' ? rows.own('Customer') : proper[argument.name]
    assert.ok(value !== undefined, `say something proper of ${field.name}(${argument.name}:) in tests/api/bad_input.mjs`)
    return `${argument.name}: ${JSON.stringify(value)}`
  })

// A request that says these values of a field's arguments.
function request(way, field, given, rows) {
  const used = field.args.filter(({ name }) => name in given)
  const all = [...used.map(({ name }) => `${name}: $${name}`), ...otherArguments(field, given, rows)]
  const type = getNamedType(field.type)
  const head = `query (${used.map((argument) => `$${argument.name}: ${argument.type}`).join(', ')})`
  return {
    query: `${head} ${way(`${field.name}${all.length > 0 ? `(${all.join(', ')})` : ''}${isCompositeType(type) ? ` ${seen(type)}` : ''}`)}`,
    variables: given,
    extensions: { cost: true },
  }
}

const valuesOf = (argument, coordinate, rows, cursors, thorough) => {
  const type = getNamedType(argument.type)
  if (argument.name === 'after' || argument.name === 'before') return badCursors(cursors, coordinate)
  if (isInputObjectType(type)) return badFilters(type, rows, thorough)
  return type.name === 'ID' ? badIds(rows) : badValues(type)
}

// Who is not asked thoroughly gets half as many of the values, another one at each argument.
function* requestsTo(schema, rows, cursors, thorough) {
  let turn = 0
  for (const [name, way] of waysTo(schema, rows)) {
    for (const field of Object.values(schema.getType(name).getFields())) {
      const coordinate = `${name}.${field.name}`
      for (const argument of field.args)
        for (const value of valuesOf(argument, coordinate, rows, cursors, thorough).filter(() => turn++ % (thorough ? 2 : 4) === 0))
          yield { coordinate: `${coordinate}(${argument.name}:)`, body: request(way, field, { [argument.name]: value }, rows) }
      if (field.args.some(({ name }) => name === 'last'))
        for (const given of badPages(cursors.get(coordinate) ?? [])) yield { coordinate, body: request(way, field, given, rows) }
    }
  }
}

// Cursors of all lists that are reached, as somebody is given them.
async function cursorsOf(token, schema, rows) {
  const cursors = new Map()
  for (const [name, way] of waysTo(schema, rows)) {
    for (const field of Object.values(schema.getType(name).getFields())) {
      if (!field.args.some((argument) => argument.name === 'after')) continue
      const { body } = await graphql(token, request(way, field, { first: 3 }, rows))
      const found = [...JSON.stringify(body.data ?? null).matchAll(/"cursor":"([\w-]+)"/g)].map(([, cursor]) => cursor)
      cursors.set(`${name}.${field.name}`, found)
    }
  }
  return cursors
}

async function askAll(token, requests) {
  const ids = new Set(), problems = []
  let count = 0, answered = 0
  const work = async () => {
    for (const { coordinate, body } of requests) {
      const text = JSON.stringify(body)
      const answer = await graphql(token, text).catch((error) => ({ status: 0, body: { errors: [], problem: String(error) } }))
      const problem = problemOf(answer, text)
      if (problem !== undefined) problems.push(`${coordinate} ${problem.slice(0, 200)}\n    ${text.slice(0, 400)}`)
      count++
      answered += answer.body.data !== undefined && answer.body.data !== null
      collectIds(answer.body.data, ids)
    }
  }
  await Promise.all(Array.from({ length: together }, work))
  return { ids, problems, count, answered }
}

const admin = await tokenOf('admin')
const everything = await schemaOf(admin)
const allCursors = await cursorsOf(admin, everything, new Rows())

for (const login of ['admin', 'partner', 'customer'])
  test(`bad input to every argument is answered or refused, and shows ${login} nothing of others`, async (context) => {
    const token = await tokenOfAsking(login)
    const schema = login === 'admin' ? everything : await schemaOf(token)
    const rows = new Rows(login === 'admin' ? undefined : login)
    const own = login === 'admin' ? allCursors : await cursorsOf(token, schema, rows)
    const cursors = new Map([...own].map(([list, texts]) => [list, [...texts, ...(allCursors.get(list) ?? [])]]))
    const { ids, problems, count, answered } = await askAll(token, requestsTo(schema, rows, cursors, login === 'partner'))
    context.diagnostic(`${count} requests, ${answered} with data, ${ids.size} ids`)
    const foreign = rows.foreignAmong(ids)
    assert.deepEqual(foreign.slice(0, problemsShown), [])
    assert.deepEqual([problems.length, ...problems.slice(0, problemsShown)], [0])
    assert.ok(answered > 20 && answered < count && ids.size > 0, 'some is answered, some is not')
  })

test('S1-45 a letter by a bad id, or one of somebody else’s, is not there', async () => {
  for (const login of ['admin', 'partner', 'customer']) {
    const token = await tokenOf(login), rows = new Rows(login === 'admin' ? undefined : login)
    for (const id of badIds(rows).filter((value) => typeof value === 'string' && !/[\ud800-\udfff]/.test(value))) {
      const response = await fetch(`${url}/letters/${encodeURIComponent(id)}.pdf`, { headers: { authorization: `Bearer ${token}` } })
      assert.ok(rows.has('CommunicationMessage', id) ? response.status === 200 : response.status >= 400 && response.status < 500, `${login} ${id}: ${response.status}`)
    }
  }
})

test('who may not ask by themselves may no more', endAsking)

if (log !== undefined)
  test('bad input is no news for the log', () => {
    const lines = logged().slice(linesBefore - 1).filter((line) => line !== '' && !line.includes('"slow request"'))
    assert.deepEqual(lines.slice(0, problemsShown), [])
  })
