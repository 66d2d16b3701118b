// cost: what a document costs, with random ones: never more rows are read than the formula says can be.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { createRandom } from '../conformance/random/random.mjs'
import { graphql, root, tokenOf } from './client.mjs'

const { buildClientSchema, getIntrospectionQuery, getNamedType, isCompositeType } =
  createRequire(join(root, 'tests', 'package.json'))('graphql')

const documents = Number(process.env.DOSSIER_COST_DOCUMENTS ?? 300)
const token = await tokenOf('admin')
const { body } = await graphql(token, { query: getIntrospectionQuery() })
const schema = buildClientSchema(body.data)

// Of every argument the test knows what to say to; a field with others that must be given is left out.
const values = {
  search: (random) => JSON.stringify(random.pick(['an', 'be', 'ma', 'st', '10'])),
  first: (random) => random.pick([1, 2, 5, 30, 200]),
  language: () => '"en"',
  holder: () => 'NOBODY',
}

// Of a type with many fields only some, or documents get longer than the server takes.
const fieldsMost = 15

const isOpen = (field) => field.name !== 'findCustomers' && field.args.every((argument) => values[argument.name] || !/!$/.test(String(argument.type)))

function argumentsOf(random, field) {
  const given = field.args.filter((argument) => values[argument.name] && (/!$/.test(String(argument.type)) || argument.name === 'holder' || random.chance(0.6)))
  return given.length === 0 ? '' : `(${given.map((argument) => `${argument.name}: ${values[argument.name](random)}`).join(', ')})`
}

function selection(random, type, depth) {
  const fields = random.shuffle(Object.values(type.getFields?.() ?? {}).filter(isOpen)).slice(0, fieldsMost)
  const chosen = fields.filter((field) => (isCompositeType(getNamedType(field.type)) ? depth > 1 && random.chance(0.6) : random.chance(0.3)))
  const texts = chosen.map((field) => {
    const inner = getNamedType(field.type)
    return field.name + argumentsOf(random, field) + (isCompositeType(inner) ? ` ${selection(random, inner, depth - 1)}` : '')
  })
  return `{ __typename ${texts.join(' ')} }`
}

test(`${documents} random documents read no more rows than their cost says they can`, async () => {
  const random = createRandom('cost')
  let answered = 0, rows = 0
  for (let i = 0; i < documents; i++) {
    const query = selection(random, schema.getQueryType(), 7)
    const answer = await graphql(token, { query, extensions: { cost: true } })
    if (answer.body.errors?.[0].extensions?.code === 'LIMIT') continue // longer than any document may be
    const cost = answer.body.extensions?.cost
    assert.ok(cost, `${query}\n${JSON.stringify(answer.body.errors)}`)
    assert.ok(cost.rows <= cost.rowsAtMost, `${cost.rows} rows, but at most ${cost.rowsAtMost}: ${query}`)
    assert.equal(cost.requested > cost.budget, answer.body.data === undefined, query)
    answered += answer.body.data !== undefined
    rows += cost.rows
  }
  assert.ok(answered > documents / 2 && rows > documents, `${answered} answered with ${rows} rows`)
})

// Documents of the app, with what it asks with.
const app = Object.entries(JSON.parse(readFileSync(join(root, 'webapp/dist/documents.json'), 'utf8')))
const variables = { language: 'en', search: 'be', known: { contact: { name: { value: 'be' } } }, first: 20, id: 'Q3VzdG9tZXI6Mg', customer: 'Q3VzdG9tZXI6Mg',
  name: 'rental', state: 'WAITING', team: '2', holder: 'NOBODY' }
const inputs = {
  startInteraction: { customerId: 'Q3VzdG9tZXI6Mg' },
  mergeCustomers: { survivorId: 'Q3VzdG9tZXI6Mg', duplicateId: 'Q3VzdG9tZXI6NQ' },
  fileReceivedMail: { id: '1', ticketId: 'VHJvdWJsZVRpY2tldDox' },
  createTicketFromMail: { id: '1', customerId: 'Q3VzdG9tZXI6Mg', type: 'FAULT' },
  takeTicket: { id: 'VHJvdWJsZVRpY2tldDox' },
  takeNextTicket: { teamId: '2' },
  assignTicket: { id: 'VHJvdWJsZVRpY2tldDox' },
  discardReceivedMail: { id: '1', discardedAs: 'SPAM' },
  undoChange: { changeId: 'QWNjb3VudENoYW5nZTox' },
}
const variablesOf = (text) => {
  const [, mutation] = /^mutation[^{]*\{\s*(\w+)/m.exec(text) ?? []
  assert.ok(mutation === undefined || inputs[mutation] !== undefined, `say in tests/api/cost.mjs what ${mutation} is asked with`)
  return mutation === undefined ? variables : { input: { idempotencyKey: 'cost', dryRun: true, ...inputs[mutation] } }
}

for (const who of ['agent', 'agent.basic', 'partner', 'customer']) {
  test(`what the app asks for costs ${who} less than half of the budget`, async () => {
    const own = await tokenOf(who)
    const started = await Promise.all(app.map(([documentId, text]) => graphql(own, { documentId, variables: variablesOf(text), extensions: { cost: true } })))
    const account = started.map(({ body }) => body.data?.viewer?.accountDocument).find(Boolean)
    const answers = [...started, await graphql(own, { documentId: account, variables, extensions: { cost: true } })]
    assert.equal(answers.length, app.length + 1)
    // What takes a right that they lack they cannot ask; the app offers it to nobody without the tab that has it.
    const asked = answers.filter(({ body }) => !body.errors?.every(({ message }) => /^(Cannot query field|Unknown type)/.test(message)))
    assert.ok(asked.length > app.length / 3)
    for (const { body } of asked) assert.ok(body.extensions.cost.requested < body.extensions.cost.budget / 2, JSON.stringify(body.extensions))
  })
}
