// mutations: what each mutation of the schema keeps to, whoever wrote it: tried without a trace, done once however often it is
// sent, and whatever else it is given, refused with reasons, and nothing is changed.
//
// Mutations and their members come from the introspection of each viewer, an input that is done from proper_inputs.mjs, values
// that are wrong from bad_values.mjs. Comes behind what looks at single customers: what is done stays done.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { createRandom } from '../conformance/random/random.mjs'
import { collectIds, problemOf } from './answers.mjs'
import { endAsking, tokenOfAsking } from './asking.mjs'
import { leafValues, misfits, placesIn } from './bad_values.mjs'
import { digests, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'
import { changedSince, inputType, keyedInput, mutationsOf, perform, send } from './mutating.mjs'
import { prepareProperInputs, properInputs, someCustomer } from './proper_inputs.mjs'
import { Rows } from './rows.mjs'

const together = 8
const combinations = 30
const problemsShown = 10
const random = createRandom('mutations')
const enormous = ['x'.repeat(200_000), '👩‍👩‍👧'.repeat(10_000), '\n'.repeat(100_000)]

// ---- proper input: tried, then done once ----

const mutations = await mutationsOf(await tokenOf('admin'))
const language = sql("SELECT language FROM user_account WHERE login = 'admin'")
const customer = someCustomer('c.partner_id IS NULL')

test('what proper inputs rest on is there', () => prepareProperInputs())

test('each mutation has an input in tests/api/proper_inputs.mjs; add one that is done', () => {
  assert.deepEqual(Object.keys(properInputs).toSorted(), mutations.map(({ name }) => name).toSorted())
})

for (const mutation of mutations.filter(({ name }) => name in properInputs)) {
  test(`R6 a dry run of ${mutation.name} leaves no row different in any table`, async () => {
    const admin = await tokenOf('admin'), input = keyedInput(mutation, customer), before = await digests()
    const { userErrors, dryRun } = await perform(admin, mutation, { ...input, dryRun: true })
    assert.deepEqual([userErrors, dryRun], [[], true])
    assert.deepEqual(await changedSince(before), [])
  })

  test(`R2 R9 ${mutation.name} sent again and again with one key is done once, and one record says so`, async () => {
    const records = () => Number(sql(`SELECT COUNT(*) FROM audit_record WHERE mutation = '${mutation.name}'`))
    const admin = await tokenOf('admin'), input = keyedInput(mutation, customer), recorded = records(), atFirst = await digests()
    const answers = await Promise.all(Array.from({ length: together }, () => perform(admin, mutation, input)))
    assert.deepEqual(answers.flatMap(({ userErrors }) => userErrors), [])
    assert.equal(answers.filter(({ replayed }) => !replayed).length, 1)
    assert.equal(new Set(answers.map(({ replayed, ...rest }) => JSON.stringify(rest))).size, 1, 'all are told the same')
    assert.equal(records(), recorded + 1)
    assert.notDeepEqual((await changedSince(atFirst)).filter((line) => !/audit_record|idempotency_key/.test(line)), [], 'it does something')
    const before = await digests()
    assert.equal((await perform(admin, mutation, input)).replayed, true)
    const [{ code }] = (await perform(admin, mutation, { ...input, dryRun: true })).userErrors
    assert.equal(code, 'KEY_REUSED')
    assert.deepEqual(await changedSince(before), [])
  })
}

test('every input has a key and a dry run, each described in the same words', () => {
  const said = (name) => new Set(mutations.map((mutation) => { const { type, description } = inputType(mutation).getFields()[name] ?? {}; return `${type} ${description}` }))
  assert.deepEqual([...said('idempotencyKey')], ['String! 1 to 64 letters, digits or signs, made anew for each change: a request that is repeated with it does nothing twice.'])
  assert.deepEqual([...said('dryRun')], ['Boolean! Whether only to say what would be: everything is done, answered and undone.'])
})

test('without its right each mutation is as unknown as one that does not exist', async () => {
  const reader = await tokenWithRights('admin', ['account:read', 'explorer:read'])
  const left = (await mutationsOf(reader)).map(({ name }) => name)
  assert.deepEqual(left, ['updateViewer'])
  const words = async (name, written) => (await graphql(reader, { query: `mutation { ${name}(input: {}) { dryRun } }` })).body.errors[0].message.replaceAll(written, '…')
  for (const { name } of mutations.filter((each) => !left.includes(each.name)))
    assert.equal(await words(name, name), await words(`${name}Xyz`, `${name}Xyz`))
})

// ---- wrong input ----

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)

// A proper input with one place in it changed.
function changed(below, above) {
  if (Array.isArray(below) && Array.isArray(above)) return above.map((value, i) => changed(below[i], value))
  if (!isObject(below) || !isObject(above)) return above
  return { ...below, ...Object.fromEntries(Object.entries(above).map(([name, value]) => [name, name in below ? changed(below[name], value) : value])) }
}

const without = (input, left) => Object.fromEntries(Object.entries(input).filter(([name]) => name !== left))

// Something missing, something wrong in each place, in several at once, and what is no such input at all.
function* wrongInputs(mutation, proper, rows, share) {
  const type = inputType(mutation), places = placesIn(type).filter(({ place }) => !('dryRun' in place(null)))
  const valuesOf = (leaf) => [...leafValues(leaf, rows), ...(leaf.name === 'String' ? enormous : [])]
  let turn = random.below(share)
  for (const name of Object.keys(proper)) yield without(proper, name)
  for (const { name } of Object.values(type.getFields()).filter((member) => member.name !== 'dryRun'))
    for (const value of misfits.filter(() => turn++ % share === 0)) yield { ...proper, [name]: value }
  for (const { type: leaf, place } of places)
    for (const value of valuesOf(leaf).filter(() => turn++ % share === 0)) yield changed(proper, place(value))
  for (let i = 0; i < combinations; i++)
    yield random.shuffle(places).slice(0, random.between(2, places.length))
      .reduce((input, { type: leaf, place }) => changed(input, place(random.pick(valuesOf(leaf)))), proper)
  yield { ...proper, nothing: 1 }
  yield { ...proper, idempotencyKey: undefined } // which is not sent
  for (const value of misfits) yield value
}

// What is wrong with the reasons; undefined: nothing.
function reasonsProblem(mutation, userErrors) {
  const members = inputType(mutation).getFields()
  for (const { field, message } of userErrors) {
    if (field !== null && (field[0] !== 'input' || members[field[1]] === undefined)) return `a reason is about ${field}`
    if (message.length < 15 || message.length > 500) return `a reason of ${message.length} characters: ${message.slice(0, 100)}`
    if (/MariaDB|mysql|SQL syntax|FROM `|0x[0-9a-f]{6}|\.c:\d/i.test(message)) return `too much is said: ${message}`
  }
  return undefined
}

async function inParallel(items, use) {
  const left = items[Symbol.iterator]()
  const work = async () => {
    for (let { value, done } = left.next(); !done; { value, done } = left.next()) await use(value)
  }
  await Promise.all(Array.from({ length: together }, work))
}

const everybodys = new Rows()

// Everything is tried first: what is accepted then is not wrong, and must be about what the viewer sees. The rest is sent to be
// done.
async function sendWrong(token, rows, inputs) {
  const refused = [], problems = [], ids = new Set()
  let accepted = 0
  const report = (what, mutation, input) => problems.push(`${mutation.name}: ${what.slice(0, 200)}\n    ${JSON.stringify(input).slice(0, 300)}`)
  const ask = async (mutation, input, times = 1) => {
    const answer = await send(token, mutation, input).catch((error) => ({ status: 0, body: { problem: String(error) } }))
    const done = answer.body.data?.done
    const problem = problemOf(answer, JSON.stringify(input) ?? '') ?? reasonsProblem(mutation, done?.userErrors ?? [])
    if (problem !== undefined) report(problem, mutation, input)
    const inTheWay = done?.userErrors.some(({ code, field }) => code === 'CONFLICT' && field === null)
    if (inTheWay && times < 10) return ask(mutation, input, times + 1) // as the message says
    collectIds(answer.body.data, ids)
    return { is: done?.userErrors.length === 0 ? 'accepted' : 'refused', codes: JSON.stringify(done?.userErrors.map(({ code }) => code) ?? answer.status) }
  }
  await inParallel(inputs, async ({ mutation, input }) => {
    const tried = await ask(mutation, isObject(input) ? { ...input, dryRun: true } : input)
    if (tried.is === 'accepted') accepted++
    else refused.push({ mutation, input, tried })
  })
  await inParallel(refused, async ({ mutation, input, tried }) => {
    const sent = await ask(mutation, input)
    if (sent.is === 'accepted' || sent.codes !== tried.codes) report(`tried it is ${tried.is} ${tried.codes}, sent ${sent.is} ${sent.codes}`, mutation, input)
  })
  const gone = new Set(everybodys.foreignAmong(ids)) // rows that were tried
  return { problems, accepted, refused: refused.length, foreign: rows.foreignAmong(ids).filter((row) => !gone.has(row)) }
}

// Made at once: what an input is about may have to be made first.
const properOf = (list, owner) => list.filter(({ name }) => name in properInputs).map((mutation) => ({ mutation, proper: keyedInput(mutation, owner) }))

function* wrongOf(inputs, rows, share) {
  for (const { mutation, proper } of inputs)
    for (const input of wrongInputs(mutation, without(proper, 'idempotencyKey'), rows, share))
      yield { mutation, input: isObject(input) && !('idempotencyKey' in input) ? { ...input, idempotencyKey: randomUUID() } : input }
}

const owners = {
  admin: customer,
  partner: someCustomer("c.partner_id IN (SELECT partner_id FROM user_account WHERE login = 'partner')"),
  customer: sql("SELECT customer_id FROM user_account WHERE login = 'customer'"),
}

for (const [login, owner] of Object.entries(owners))
  test(`whatever wrong input ${login} gives to every mutation, it is refused with reasons, and nothing is changed`, async (context) => {
    const token = await tokenOfAsking(login), rows = new Rows(login === 'admin' ? undefined : login)
    const list = await mutationsOf(token), inputs = properOf(list, owner), before = await digests()
    const { problems, accepted, refused, foreign } = await sendWrong(token, rows, wrongOf(inputs, rows, login === 'admin' ? 3 : 7))
    context.diagnostic(`${list.length} mutations, ${refused} inputs refused, ${accepted} would have been done`)
    assert.deepEqual([problems.length, ...problems.slice(0, problemsShown)], [0])
    assert.deepEqual(foreign.slice(0, problemsShown), [])
    assert.deepEqual(await changedSince(before), [])
    assert.ok(refused > 50 && accepted > 0, 'some is refused, some is not')
  })

for (const login of ['partner', 'customer'])
  test(`what is proper for somebody else’s customer is not for ${login}`, async () => {
    const token = await tokenOfAsking(login), inputs = properOf(await mutationsOf(token), customer), before = await digests()
    for (const { mutation, proper } of inputs.filter((each) => each.mutation.name !== 'updateViewer')) {
      const { userErrors } = await perform(token, mutation, proper)
      assert.equal(userErrors[0]?.code, 'NOT_FOUND', mutation.name)
    }
    assert.deepEqual(await changedSince(before), [])
  })

test('who may not ask by themselves may no more', endAsking)

test('the screens of whoever did all this are put back', async () => {
  const admin = await tokenOf('admin'), [updateViewer] = mutations.filter(({ name }) => name === 'updateViewer')
  assert.deepEqual((await perform(admin, updateViewer, { idempotencyKey: randomUUID(), language })).userErrors, [])
})
