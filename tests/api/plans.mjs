// plans: what every document that ships becomes: plan, statements, cost, answer. A change of the planner shows in review.
//
//   plans/partner.txt, plans/customer.txt   dossier schema plan --viewer …, of all documents the server trusts
//   plans/answers.json                      what each of them answers, asked by admin
//   plans/chart.mmd                         one of them as a flowchart
//
// ACCEPT=1 writes them anew: ACCEPT=1 DOSSIER_URL=… DOSSIER_DATA=… node tests/api/plans.mjs
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { data, graphql, root, tokenOf } from './client.mjs'

const program = process.env.DOSSIER_PROGRAM ?? join(root, 'build/dev/server/dossier')
const folder = join(root, 'tests/api/plans')
const id = 'Q3VzdG9tZXI6Mg'
const variables = {
  language: 'de', search: 'anna', known: { contact: { name: { value: 'anna' } } }, first: 3, id, row: id,
  name: 'CreateTicketInput', customer: id, input: { idempotencyKey: 'plans', dryRun: true, customerId: id }, exportCustomer: id, exportFirst: false, exportLanguage: 'de', on: '2026-10-01',
}
// What is not about one customer; the two are the same one, which is refused.
const mail = { idempotencyKey: 'plans', dryRun: true, id: '1' } // there is none
const own = {
  FileReceivedMail: { input: { ...mail, ticketId: id } }, CreateTicketFromMail: { input: { ...mail, customerId: id, type: 'FAULT' } },
  TicketWork: { team: '2', holder: 'NOBODY' }, TakeTicket: { input: { ...mail, id } }, TakeNextTicket: { input: { idempotencyKey: 'plans', dryRun: true, teamId: '77' } }, AssignTicket: { input: { ...mail, id } },
  DiscardReceivedMail: { input: { ...mail, discardedAs: 'SPAM' } }, ReceivedMails: { state: 'WAITING' }, MergeCustomers: { input: { idempotencyKey: 'plans', dryRun: true, survivorId: id, duplicateId: id } },
}

const plan = (...args) =>
  execFileSync(program, ['schema', 'plan', ...args, '--data', data], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

// JSON with whatever fits into a line on one line.
function tidy(value, indent = '') {
  const line = JSON.stringify(value)
  if (line.length + indent.length <= 120 || value === null || typeof value !== 'object') return line
  const inner = `${indent} `
  const parts = Array.isArray(value)
    ? value.map((item) => inner + tidy(item, inner))
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${tidy(item, inner)}`)
  return `${'{['[+Array.isArray(value)]}\n${parts.join(',\n')}\n${indent}${'}]'[+Array.isArray(value)]}`
}

function golden(name, got) {
  if (process.env.ACCEPT === '1') writeFileSync(join(folder, name), got)
  assert.equal(got, readFileSync(join(folder, name), 'utf8'), `${name}; see the top of plans.mjs`)
}

function withDocument(text, use) {
  const spare = mkdtempSync(join(tmpdir(), 'dossier-plan-')), file = join(spare, 'document.graphql')
  writeFileSync(file, text)
  try {
    return use(file)
  } finally {
    rmSync(spare, { recursive: true })
  }
}

for (const viewer of ['partner', 'customer'])
  test(`the plans of all documents that ship, for a ${viewer}`, () => golden(`${viewer}.txt`, plan('--viewer', viewer)))

// Histories begin when the rows were written, and a contact when it is begun, which is another moment each time.
const isHistory = (value) => value?.pageInfo !== undefined && value.nodes?.[0]?.validFrom !== undefined
const begunNow = (value) => ({ ...value, interaction: { ...value.interaction, id: '<new>', startedAt: '<now>' } })
const timeless = (key, value) => (key === 'validFrom' ? '<loaded>' : key === 'startInteraction' ? begunNow(value) : isHistory(value) ? { ...value, pageInfo: { ...value.pageInfo, endCursor: '<loaded>' } } : value)

test('the answers of all documents that ship', async () => {
  const titles = [...plan().matchAll(/^(?:query|mutation) (?!Act,|UndoChange,)\w+, (sha256:[0-9a-f]{64})$/gm)] // what tabs do, and what takes it back, is in tests of its own
  assert.ok(titles.length >= 7, `${titles.length} documents`)
  const answers = {}
  for (const [title, documentId] of titles) {
    const { status, body } = await graphql(await tokenOf('admin'), { documentId, variables: { ...variables, ...own[/ (\w+),/.exec(title)[1]] } })
    assert.equal(status, 200, JSON.stringify(body))
    answers[title] = JSON.parse(JSON.stringify(body), timeless)
  }
  golden('answers.json', `${tidy(answers)}\n`)
})

const document = `query Chosen($first: Int, $all: Boolean!) {
  customers(search: "be", first: $first) { totalCount nodes { name products @include(if: $all) { nodes { offering { name } } } } }
}
query Other { viewer { name } }
`

test('a document of one’s own as a flowchart, with variables of one’s own', () =>
  golden('chart.mmd', withDocument(document, (file) => plan(file, '--operation', 'Chosen', '--mermaid', '--variables', '{"first": 7}'))))

test('all operations of a document are told, and a condition that does not hold leaves out', () => {
  const text = withDocument(document, (file) => plan(file, '--variables', '{"all": false}'))
  assert.match(text, /^query Chosen, .*^query Other, /ms)
  assert.match(text, /Customer\.products: left out with these variables; when \$all/)
})

for (const [what, words, ...args] of [
  ['a file that is not there', /nowhere\.graphql cannot be read/, 'nowhere.graphql'],
  ['a viewer of no kind', /--viewer must be operator, partner or customer/, '--viewer', 'anybody'],
  ['variables that are no object', /--variables must be a JSON object/, '--variables', '[1]'],
])
  test(`${what} is said to be one`, () => assert.throws(() => plan(...args), (error) => words.test(error.stderr)))

test('a document that does not fit the schema is refused with its place', () =>
  assert.throws(() => withDocument('{ customers { nothing } }', (file) => plan(file)), (error) => /line 1, column/.test(error.stderr)))

test('variables that cannot be used are refused', () =>
  assert.throws(() => withDocument(document, (file) => plan(file, '--variables', '{"first": 201}')), (error) => /1 to 200/.test(error.stderr)))

test('an operation that is not there is named', () =>
  assert.throws(() => withDocument(document, (file) => plan(file, '--operation', 'Third')), (error) => /no operation Third/.test(error.stderr)))
