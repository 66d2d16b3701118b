// feasibility: what a customer can have, held against a slow evaluator under random rules; who may ask; rules on trial.
//
// Rules of the tests are valid in years that nobody else asks about.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { endAsking, tokenOfAsking } from './asking.mjs'
import { data, globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'
import { alternatives, judge, readCatalogue, readFacts, readRules } from './feasibility_slow.mjs'

const admin = await tokenOf('admin')
const document = `query ($customerId: ID!, $offeringIds: [ID!], $category: ProductCategory, $together: Boolean! = false, $on: Date, $placeId: ID) {
  qualify(customerId: $customerId, offeringIds: $offeringIds, category: $category, together: $together, on: $on, placeId: $placeId) {
    day
    items { offering { id name category } result reasons { ruleCode ruleVersion result label change { kind date offering { id } } } alternatives { offering { id } result } }
  }
}`

async function ask(variables, as = admin) {
  const { body } = await graphql(as, { query: document, variables })
  return body
}

async function qualify(variables, as) {
  const body = await ask(variables, as)
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data.qualify
}

const customerOf = (term) => sql(`SELECT customer_id FROM customer_search_term WHERE term = '${term}' ORDER BY customer_id LIMIT 1`)
const keyOf = (id) => (id === null ? null : Buffer.from(id, 'base64url').toString().split(':')[1])
const plain = ({ result, reasons, alternatives: instead }) => ({
  result,
  reasons: reasons.map(({ ruleCode, result: of, change }) => ({
    ruleCode, result: of, change: change && { kind: change.kind, offering: keyOf(change.offering?.id ?? null), date: change.date } })),
  alternatives: instead.map(({ offering }) => keyOf(offering.id)),
})

// ---- random rules ----

function randomOf(seed) {
  let state = seed
  return (count) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * count)
  }
}

const categories = ['MOBILE', 'VOICE', 'BROADBAND', 'FIBRE', 'TV', 'CONTENT', 'ADD_ON', 'DEVICE', 'FIBRE,BROADBAND', 'MOBILE,ADD_ON']
const kinds = ['ON_SALE', 'CUSTOMER_KIND', 'MINIMUM_AGE', 'MAXIMUM_AGE', 'IDENTITY', 'CREDIT_CLASS', 'ARREARS', 'TECHNOLOGY', 'REQUIRES',
  'EXCLUDES', 'REPLACES', 'BINDING', 'LINES', 'HOUSEHOLD', 'STOCK']

function randomMatch(random, offerings, mayBeAll) {
  const which = random(mayBeAll ? 4 : 3)
  if (which === 0) return [1 + random(offerings), 'NULL', 'NULL']
  if (which === 1) return ['NULL', 1 + random(12), 'NULL']
  return which === 2 ? ['NULL', 'NULL', `'${categories[random(categories.length)]}'`] : ['NULL', 'NULL', 'NULL']
}

function randomRule(random, code, day, offerings) {
  const kind = kinds[random(kinds.length)]
  const needsTarget = ['REQUIRES', 'EXCLUDES', 'REPLACES'].includes(kind)
  const target = needsTarget || random(3) === 0 ? randomMatch(random, offerings, false) : ['NULL', 'NULL', 'NULL']
  const number = kind.endsWith('_AGE') ? 10 + random(60) : random(5)
  const word = { CUSTOMER_KIND: ['RESIDENTIAL', 'BUSINESS', 'RESIDENTIAL,CALL_SHOP'], CREDIT_CLASS: ['A', 'B', 'D'], TECHNOLOGY: ['FTTH', 'VDSL', 'LTE'] }[kind]
  const said = word === undefined || (kind === 'TECHNOLOGY' && random(2) === 0) ? 'NULL' : `'${word[random(word.length)]}'`
  const result = random(3) === 0 ? 'CONDITIONAL' : 'UNQUALIFIED'
  const match = randomMatch(random, offerings, true)
  return `('${code}', 1, 'ACTIVE', '${day}', '${day}', '${kind}', '${result}', ${[...match, ...target].join(', ')}, ${number}, ${said}, '{"en":{"refused":"no"}}')`
}

function insertRules(rules) {
  sql(`INSERT INTO feasibility_rule (code, version, state, valid_from, valid_until, kind, result, offering_id, specification_id, category,
    target_offering_id, target_specification_id, target_category, number, word, texts) VALUES ${rules.join(',\n')}`)
}

const withoutTests = () => sql("DELETE FROM feasibility_rule WHERE code LIKE 'TEST-%'")

const customers = sql('SELECT id FROM customer WHERE id <= 12 UNION SELECT id FROM customer WHERE id > 12 AND id % 97 = 0 ORDER BY 1 LIMIT 14').split('\n')

function holdToTheSlowOne(world, answer) {
  const got = answer.items.map(plain)
  const wanted = answer.items.map(({ offering }, at) => {
    const one = world.catalogue.find(({ id }) => id === keyOf(offering.id))
    const place = world.offerings === null ? { ...world, offerings: [one] } : world
    const judged = judge(place, world.offerings === null ? 0 : at)
    return { ...judged, alternatives: judged.result === 'UNQUALIFIED' ? alternatives(world, one) : [] }
  })
  assert.deepEqual(got, wanted)
}

test('S1-06 under random rules every offering is judged as a slow evaluator judges it, alone and together', async () => {
  const random = randomOf(7), catalogue = readCatalogue()
  let reasons = 0
  for (let round = 0; round < 5; round++) {
    const day = `20${40 + round}-02-28`
    insertRules(Array.from({ length: 25 }, (_, at) => randomRule(random, `TEST-${round}-${at}`, day, catalogue.length)))
    const rules = readRules(day)
    for (const customer of customers) {
      const facts = readFacts(customer, day)
      const alone = await qualify({ customerId: globalId('Customer', customer), on: day })
      holdToTheSlowOne({ facts, rules, catalogue, offerings: null }, alone)
      const some = [...new Set(Array.from({ length: 5 }, () => random(catalogue.length)))].map((at) => catalogue[at])
      const together = await qualify({ customerId: globalId('Customer', customer), on: day, together: true,
        offeringIds: some.map(({ id }) => globalId('ProductOffering', id)) })
      holdToTheSlowOne({ facts, rules, catalogue, offerings: some }, together)
      reasons += alone.items.flatMap((item) => item.reasons).length
    }
  }
  withoutTests()
  assert.ok(reasons > 2000, `only ${reasons} reasons: the rules ask too little`)
})

// ---- who may ask ----

test('S1-06 agents, partners and customers receive the same', async () => {
  const customerId = globalId('Customer', sql("SELECT customer_id FROM user_account WHERE login = 'customer'"))
  const wanted = await qualify({ customerId, on: '2030-01-01' })
  assert.ok(wanted.items.length > 20)
  const label = ({ items }) => items.flatMap(({ reasons }) => reasons).find(({ ruleCode }) => ruleCode === 'YOUNG-ONLY').label
  const others = await qualify({ customerId, on: '2030-01-01' }, await tokenOfAsking('customer'))
  assert.match(label(wanted), /^It is for customers of at most 27 years/)
  assert.match(label(others), /^Es ist für Kunden bis 27 Jahre/, 'in their language')
  assert.deepEqual(others.items.map(plain), wanted.items.map(plain))
  endAsking()
  const partner = sql(`SELECT c.id FROM customer AS c JOIN partner AS p ON p.id = c.partner_id
    JOIN user_account AS u ON u.login = 'nordfunk-shop' JOIN partner AS o ON o.id = u.partner_id WHERE p.path LIKE CONCAT(o.path, '%') ORDER BY c.id LIMIT 1`)
  const own = { customerId: globalId('Customer', partner), on: '2030-01-01' }
  assert.deepEqual(await qualify(own, await tokenOf('nordfunk-shop')), await qualify(own))
})

test('S1-06 whose customer it is not, learns nothing; without the right the question does not exist', async () => {
  const foreign = sql(`SELECT id FROM customer WHERE partner_id IS NULL ORDER BY id LIMIT 1`)
  assert.equal(await qualify({ customerId: globalId('Customer', foreign) }, await tokenOf('nordfunk-shop')), null)
  assert.equal(await qualify({ customerId: globalId('Customer', 999999999) }), null)
  assert.equal(await qualify({ customerId: 'nothing' }), null)
  const body = await ask({ customerId: globalId('Customer', foreign) }, await tokenWithRights('admin', ['account:read', 'explorer:read']))
  assert.match(body.errors[0].message, /qualify/)
})

test('S1-06 addresses and offerings that are not there are said to be none', async () => {
  const customerId = globalId('Customer', 1)
  const place = sql('SELECT id FROM geographic_address WHERE customer_id = 2 LIMIT 1')
  assert.match((await ask({ customerId, placeId: place })).errors[0].message, /placeId/)
  assert.match((await ask({ customerId, placeId: 'x' })).errors[0].message, /placeId/)
  assert.match((await ask({ customerId, offeringIds: [globalId('ProductOffering', 987654)] })).errors[0].message, /offeringIds/)
  assert.match((await ask({ customerId, offeringIds: [globalId('Customer', 1)] })).errors[0].message, /offeringIds/)
  assert.match((await ask({ customerId, offeringIds: Array(501).fill(globalId('ProductOffering', 1)) })).errors[0].message, /500/)
  assert.deepEqual((await qualify({ customerId, offeringIds: [] })).items, [])
  const one = globalId('ProductOffering', 1)
  assert.equal((await qualify({ customerId, offeringIds: [one, one] })).items.length, 1)
})

// ---- what the demonstration's rules say ----

const itemOf = ({ items }, name) => items.find((item) => item.offering.name === name)
const said = (item) => item.reasons.map(({ ruleCode }) => ruleCode)

test('S1-06 who is sixteen cannot have a line by bill, learns from when on, and what there is instead', async () => {
  const customer = customerOf('mila'), birth = sql(`SELECT birth_date FROM customer WHERE id = ${customer}`)
  const [year, ...rest] = birth.split('-'), adult = [Number(year) + 18, ...rest].join('-')
  const before = new Date(Date.parse(`${adult}T00:00:00Z`) - 86400000).toISOString().slice(0, 10)
  const ask16 = (on) => qualify({ customerId: globalId('Customer', customer), category: 'MOBILE', on })
  const young = itemOf(await ask16(before), 'Mobile Young 30 GB')
  assert.equal(young.result, 'UNQUALIFIED')
  const [reason] = young.reasons.filter(({ ruleCode }) => ruleCode === 'ADULT-MOBILE')
  assert.equal(reason.label, 'A line by bill is sold from the age of 18; the customer is 17.')
  assert.deepEqual([reason.change.kind, reason.change.date], ['WAIT_UNTIL', adult])
  assert.ok(young.alternatives.length > 0)
  assert.ok(!said(itemOf(await ask16(adult), 'Mobile Young 30 GB')).includes('ADULT-MOBILE'))
})

test('S1-06 who is in arrears pays first; what the address lacks is said; a company may have more', async () => {
  const martin = await qualify({ customerId: globalId('Customer', customerOf('kowalczyk')), on: '2030-01-01' })
  assert.ok(martin.items.every((item) => item.result === 'UNQUALIFIED' && said(item).includes('NO-ARREARS')))
  const hafenlicht = await qualify({ customerId: globalId('Customer', customerOf('hafenlicht')), on: '2030-01-01' })
  assert.ok(!said(itemOf(hafenlicht, 'Fibre Business 1000')).includes('BUSINESS-FIBRE'))
  assert.ok(said(itemOf(martin, 'Fibre Business 1000')).includes('BUSINESS-FIBRE'))
})

test('S1-06 two offerings that need each other are feasible together', async () => {
  const customerId = globalId('Customer', customerOf('linh'))
  const ids = sql("SELECT id FROM product_offering WHERE code IN ('DSL-50', 'TV-START') ORDER BY code").split('\n').map((id) => globalId('ProductOffering', id))
  const alone = await qualify({ customerId, offeringIds: ids, on: '2030-01-01' })
  assert.deepEqual(itemOf(alone, 'TV Start').reasons.map(({ change }) => change.kind), ['ADD_OFFERING'])
  const together = await qualify({ customerId, offeringIds: ids, together: true, on: '2030-01-01' })
  assert.deepEqual(together.items.map(({ result }) => result), ['QUALIFIED', 'QUALIFIED'])
})

test('S1-06 a rule is in force from its first day to its last; a draft and a rule on trial are not', async () => {
  const rule = (code, state, from, until) =>
    `('${code}', 1, '${state}', '${from}', '${until}', 'CUSTOMER_KIND', 'UNQUALIFIED', NULL, NULL, 'CONTENT', NULL, NULL, NULL, NULL, 'NOBODY', '{"en":{"refused":"no"},"de":{"refused":"nein"}}')`
  insertRules([rule('TEST-ACTIVE', 'ACTIVE', '2060-03-02', '2060-03-04'), rule('TEST-TRIAL', 'TRIAL', '2060-03-01', '2060-03-09'),
    rule('TEST-DRAFT', 'DRAFT', '2060-03-01', '2060-03-09')])
  const codes = async (on) => [...new Set((await qualify({ customerId: globalId('Customer', 2), category: 'CONTENT', on })).items.flatMap(said))].filter((code) => code.startsWith('TEST-'))
  assert.deepEqual(await codes('2060-03-01'), [])
  assert.deepEqual(await codes('2060-03-02'), ['TEST-ACTIVE'])
  assert.deepEqual(await codes('2060-03-04'), ['TEST-ACTIVE'])
  assert.deepEqual(await codes('2060-03-05'), [])
  withoutTests()
})

// ---- what was kept with an order ----

const kept = {
  day: '2026-09-01', kind: 'RESIDENTIAL', birthDate: '1980-02-29', identityVerified: true, creditClass: 'C', inArrears: false, place: 0, coverage: [],
  neighbours: [], holdings: [], items: [{ action: 'ADD', offering: 38, quantity: 1, product: 0 }],
  offerings: [{ id: 38, code: 'DEV-PHONE', name: 'Smartphone', category: 'DEVICE', specification: 12, technology: '', downloadMbit: 0, monthlyMinor: 2499, onSale: true }],
}
const reason = (code, trial) => ({ kind: 'IDENTITY', ruleId: 17, ruleCode: code, ruleVersion: 4, trial, result: 'CONDITIONAL',
  words: { en: 'As it was said then.', de: 'Wie es damals hieß.' }, change: 'WAIT_UNTIL', offering: 38, product: 0, date: '2026-09-30' })
const results = [{ offering: 38, result: 'CONDITIONAL', reasons: [reason('OF-THEN', false), reason('ON-TRIAL', true)] }]

// For as long as it takes, an order of Mila Sommer was judged so.
async function withKept(use) {
  const [order, number] = sql('SELECT id, number FROM product_order WHERE customer_id = 1 ORDER BY id LIMIT 1').split('\t')
  sql(`INSERT INTO order_qualification (customer_id, product_order_id, evaluated_at, inputs, results)
    VALUES (1, ${order}, '2026-09-01 10:00:00', '${JSON.stringify(kept)}', '${JSON.stringify(results)}')`)
  try {
    await use(order, number)
  } finally {
    sql(`DELETE FROM order_qualification WHERE product_order_id = ${order}`)
  }
}

const ofOrder = `query ($id: ID!) { node(id: $id) { ... on ProductOrder { qualification { evaluatedAt inputs
  items { offering { code } result reasons { ruleId ruleCode ruleVersion label change { kind date offering { code } product { id } } } alternatives { result } } } } } }`

test('S1-06 a year later an order says what was known, by which rules, and in the words of then', () =>
  withKept(async (order) => {
    const variables = { id: globalId('ProductOrder', order) }
    const { body } = await graphql(admin, { query: ofOrder, variables })
    const { inputs, evaluatedAt, items } = body.data.node.qualification
    assert.deepEqual([inputs, evaluatedAt], [kept, '2026-09-01T10:00:00Z'])
    assert.deepEqual(items, [{ offering: { code: 'DEV-PHONE' }, result: 'CONDITIONAL', alternatives: [], reasons: [{ ruleId: '17', ruleCode: 'OF-THEN',
      ruleVersion: 4, label: 'As it was said then.', change: { kind: 'WAIT_UNTIL', date: '2026-09-30', offering: { code: 'DEV-PHONE' }, product: null } }] }])
    const foreign = await graphql(await tokenOf('partner'), { query: ofOrder.replace('inputs', ''), variables })
    assert.equal(foreign.body.data.node, null, 'of somebody else')
    const few = await graphql(await tokenWithRights('admin', ['account:read', 'customer:read', 'orders:read', 'subscriptions:read', 'explorer:read']), { query: ofOrder, variables })
    assert.match(few.body.errors[0].message, /inputs/, 'what others at the place have is for administrators')
  }))

// ---- what is ordered ----

const submitted = `mutation ($input: SubmitOrderInput!) { submitOrder(input: $input) {
  order { id qualification { inputs items { offering { id } result reasons { ruleCode } } } } userErrors { code field reasons { code label ruleId ruleVersion } } } }`

async function submit(customerId, offeringIds, more = {}) {
  const input = { idempotencyKey: randomUUID(), customerId, items: offeringIds.map((offeringId) => ({ action: 'ADD', offeringId })), ...more }
  const { body } = await graphql(admin, { query: submitted, variables: { input } })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data.submitOrder
}

test('S1-06 submitOrder refuses with the reasons that qualify gives, and what it lets pass qualify lets pass', async () => {
  const query = `query ($customerId: ID!, $offeringIds: [ID!]) { qualify(customerId: $customerId, offeringIds: $offeringIds, together: true) {
    items { result reasons { kind result label ruleId ruleVersion } } } }`
  const ids = ['TV-START', 'MOB-B-M', 'DEV-TVBOX', 'CON-MUSIC', 'OPT-STATIC'].map((code) => globalId('ProductOffering', sql(`SELECT id FROM product_offering WHERE code = '${code}'`)))
  let refused = 0
  // What is not known leaves a question open for who looks, and refuses who orders: of these everything is known.
  const known = sql(`SELECT c.id FROM customer AS c JOIN credit_profile AS p ON p.customer_id = c.id WHERE c.id IN (${customers.join(', ')}) AND c.id <> 1
    AND (c.birth_date IS NOT NULL OR c.kind <> 'RESIDENTIAL') ORDER BY c.id`).split('\n')
  for (const customer of known) {
    const customerId = globalId('Customer', customer)
    for (const offeringIds of [ids.slice(0, 3), [ids[3]], ids.slice(3)]) {
      const { body } = await graphql(admin, { query, variables: { customerId, offeringIds } })
      const wanted = body.data.qualify.items.flatMap(({ reasons }, at) => {
        const grave = reasons.filter(({ result }) => result === 'UNQUALIFIED').map(({ kind, label, ruleId, ruleVersion }) => ({ code: kind, label, ruleId, ruleVersion }))
        return grave.length === 0 ? [] : [{ code: 'NOT_FEASIBLE', field: ['input', 'items', String(at), 'offeringId'], reasons: grave }]
      })
      const { order, userErrors } = await submit(customerId, offeringIds, { dryRun: true })
      if (userErrors.some(({ code }) => code !== 'NOT_FEASIBLE')) continue // another rule than those of feasibility
      assert.deepEqual(userErrors, wanted)
      assert.equal(order === null, wanted.length > 0)
      refused += wanted.length
    }
  }
  assert.ok(refused > 10, `${refused} were refused`)
})

test('S1-06 a rule on trial refuses nothing; what it would have said is kept with the order', async () => {
  insertRules([`('TEST-TRIAL', 7, 'TRIAL', '2026-01-01', NULL, 'CUSTOMER_KIND', 'UNQUALIFIED', NULL, NULL, 'CONTENT', NULL, NULL, NULL, NULL, 'NOBODY', '{"en":{"refused":"Not for you."}}')`])
  const customer = sql(`SELECT c.id FROM customer AS c JOIN billing_account AS a ON a.customer_id = c.id WHERE c.id > 12 AND c.status = 'ACTIVE' AND c.kind = 'RESIDENTIAL'
    GROUP BY c.id HAVING MAX(a.payment_status = 'IN_ARREARS') = 0 ORDER BY c.id DESC LIMIT 1`)
  const film = globalId('ProductOffering', sql("SELECT id FROM product_offering WHERE code = 'CON-FILM'"))
  const { order, userErrors } = await submit(globalId('Customer', customer), [film])
  withoutTests()
  assert.deepEqual(userErrors, [])
  assert.deepEqual(order.qualification.items, [{ offering: { id: film }, result: 'QUALIFIED', reasons: [] }])
  assert.equal(order.qualification.inputs.items[0].action, 'ADD')
  const results = JSON.parse(sql(`SELECT results FROM order_qualification WHERE product_order_id = ${keyOf(order.id)}`))
  assert.deepEqual(results[0].reasons.map(({ ruleCode, ruleVersion, trial, words }) => [ruleCode, ruleVersion, trial, words.en]), [['TEST-TRIAL', 7, true, 'Not for you.']])
})

if (process.env.DOSSIER_BINARY)
  test('S1-06 a rule is tried against orders of the past before it is switched on', () =>
    withKept((order, number) => {
      insertRules([`('TEST-DRAFT', 1, 'DRAFT', '2026-01-01', NULL, 'CREDIT_CLASS', 'UNQUALIFIED', NULL, NULL, 'DEVICE', NULL, NULL, NULL, NULL, 'B', '{"en":{"refused":"Class B at least."}}')`,
        `('TEST-DRAFT', 2, 'DRAFT', '2026-01-01', NULL, 'CREDIT_CLASS', 'UNQUALIFIED', NULL, NULL, 'DEVICE', NULL, NULL, NULL, NULL, 'C', '{"en":{"refused":"Class C at least."}}')`])
      const tried = (...words) => spawnSync(process.env.DOSSIER_BINARY, ['rule', 'try', ...words, '--data', data], { encoding: 'utf8' })
      const first = tried('TEST-DRAFT', '1'), newest = tried('TEST-DRAFT')
      withoutTests()
      assert.ok(first.stdout.split('\n').includes(`order ${number}, Smartphone: Class B at least.`), first.stdout + first.stderr)
      assert.match(first.stderr, /TEST-DRAFT 1 would have refused [1-9]/)
      assert.doesNotMatch(newest.stdout, new RegExp(number))
      assert.match(newest.stderr, /TEST-DRAFT 2 would have refused 0 of the newest/)
      assert.match(tried('TEST-NOTHING').stderr, /there is no rule of that code and version/)
      assert.match(tried('TEST-DRAFT', 'first').stderr, /say which rule/)
      assert.equal(tried().status, 1)
    }))
