// find_scope: what a partner, or a customer, finds by each criterion of the search definition is what everybody together
// would find and they may see: not one of others', none of theirs left out, nothing counted that they do not see, and
// nobody of others' using up the limit.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../conformance/random/random.mjs'
import { endAsking, tokenOfAsking } from './asking.mjs'
import { globalId, graphql, sql, tokenOf } from './client.mjs'
import { Rows } from './rows.mjs'

const admin = await tokenOf('admin')
const { body } = await graphql(admin, { query: '{ searchDefinition { fields { section criterion operators } } }' })
const { fields } = body.data.searchDefinition

const query = `query ($search: CustomerSearch!, $limit: Int, $after: String) {
  findCustomers(search: $search, limit: $limit, first: 200, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } }
}`

// ---- what there is to look for: a customer's values of each criterion ----

const term = (kind) => `SELECT term FROM customer_search_term WHERE kind = '${kind}' AND customer_id IN (?) ORDER BY LENGTH(term) DESC, term`
const column = (table, name, owner = 'customer_id') => `SELECT DISTINCT ${name} FROM ${table} WHERE ${owner} IN (?) AND ${name} IS NOT NULL ORDER BY ${name}`

const sources = {
  NAME: term('NAME'), PHONE: term('PHONE'), EMAIL: term('EMAIL'), BIRTH_DATE: column('customer', 'birth_date', 'id'),
  ROLE: column('geographic_address', 'role'), STREET: column('geographic_address', 'street'), POSTCODE: column('geographic_address', 'postcode'),
  CITY: column('geographic_address', 'city'), ACCOUNT_NUMBER: term('ACCOUNT'), BALANCE_AT_LEAST: column('billing_account', 'balance_minor'),
  BALANCE_AT_MOST: column('billing_account', 'balance_minor'), PAYMENT_STATUS: column('billing_account', 'payment_status'),
  DUNNING_STATE: column('billing_account', 'dunning_state'), RATING_TYPE: column('billing_account', 'rating_type'),
  PAYMENT_METHOD: column('billing_account', 'payment_method'), IDENTIFIER: term('SERVICE'), STATUS: column('product', 'status'),
  OFFERING: 'SELECT DISTINCT o.code FROM product p JOIN product_offering o ON o.id = p.offering_id WHERE p.customer_id IN (?) ORDER BY o.code',
  CUSTOMER_NUMBER: term('CUSTOMER'), ORDER_NUMBER: term('ORDER'), TICKET_NUMBER: term('TICKET'), EXTERNAL_ID: term('EXTERNAL'), BILL_NUMBER: column('customer_bill', 'number'),
  SIM_CARD: term('SIM'), DEVICE_SERIAL: term('DEVICE'),
  // Stored are fingerprints only; what generated tags and logins are follows from their customer (db/demo/resources.c).
  TOKEN_VALUE: `SELECT IF(kind = 'TAG', CONCAT('04', LPAD(HEX(customer_id), 10, '0'), LPAD(HEX(id - customer_id * 1000 - 1), 2, '0')),
    CONCAT('wlan-', customer_id, '-', id - customer_id * 1000 - 1)) AS value
    FROM access_token WHERE kind <> 'CARD' AND customer_id IN (?) ORDER BY value`,
  KEY: 'SELECT id FROM customer WHERE FALSE AND id IN (?)', // says nothing without a value, which names it
  VALUE: `SELECT DISTINCT s.code, c.value FROM customer_characteristic c JOIN characteristic_specification s ON s.id = c.specification_id
    WHERE s.searchable AND c.customer_id IN (?) ORDER BY c.value`,
}

const camel = (name) => name.toLowerCase().replace(/_(.)/g, (_, letter) => letter.toUpperCase())
function memberOf({ section, criterion }, value) {
  if (section !== 'CHARACTERISTIC') return { [camel(section)]: { [camel(criterion)]: value } }
  const [key, text] = value.split('\t')
  return { characteristic: { key, value: text } }
}

const read = new Map()

// Up to three values of these customers: the first, one of the middle, the last.
function valuesOf({ criterion }, customers) {
  assert.ok(sources[criterion] !== undefined, `say in tests/api/find_scope.mjs where values of ${criterion} are`)
  const text = sources[criterion].replace('?', customers)
  if (!read.has(text)) read.set(text, sql(text).split('\n').filter(Boolean))
  const all = read.get(text)
  return [...new Set([all[0], all[all.length >> 1], all.at(-1)])].filter((value) => value !== undefined)
}

// A value in all forms it can be looked for.
function formsOf(field, value) {
  if (field.operators.length === 0) return [memberOf(field, value)]
  const letters = [...value]
  const like = [letters.slice(0, 2).join(''), `${letters.slice(0, 5).join('')}%`, `%${letters.slice(-4).join('')}`, `%${letters.slice(1, 5).join('')}%`]
  return [memberOf(field, { operator: 'EQUAL', value }), ...like.map((text) => memberOf(field, { operator: 'LIKE', value: text }))]
}

// ---- what is found ----

async function find(token, search, limit = null) {
  const ids = []
  let total, after = null
  do {
    const { body } = await graphql(token, { query, variables: { search, limit, after } })
    if (body.errors !== undefined) return { problem: body.errors[0].message }
    const { nodes, totalCount, pageInfo } = body.data.findCustomers
    ids.push(...nodes.map(({ id }) => id))
    total ??= totalCount
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after !== null)
  return { ids, total }
}

// The customers they see, as ids.
const seenBy = (rows) => new Set(sql(`SELECT id FROM customer WHERE id IN ${rows.customers}`).split('\n').map((key) => globalId('Customer', key)))

async function compare(token, seen, search) {
  const said = JSON.stringify(search)
  const all = await find(admin, search)
  const got = await find(token, search)
  if (all.problem !== undefined) return assert.deepEqual(got, all, said)
  const wanted = all.ids.filter((id) => seen.has(id))
  assert.deepEqual(got, { ids: wanted, total: wanted.length }, said)
  for (const limit of [1, wanted.length].filter((each) => each > 0)) {
    const some = await find(token, search, limit)
    assert.equal(some.ids.length, Math.min(limit, wanted.length), `${said}, of which ${limit}`)
    assert.ok(some.ids.every((id) => seen.has(id)) && some.total === some.ids.length, said)
  }
  return wanted.length
}

async function compareAll(token, seen, searches) {
  await new Promise((resolve) => setTimeout(resolve, 50)) // reading the values held everything up: closed connections are noticed first
  let found = 0
  for (const search of searches) found += (await compare(token, seen, search)) ?? 0
  return found
}

// What the viewer's schema lets them ask; the rest does not exist for them.
async function sees(token, field) {
  const { body } = await graphql(token, { query: '{ __type(name: "CustomerSearch") { inputFields { name type { inputFields { name } } } } }' })
  const section = body.data.__type.inputFields.find(({ name }) => name === camel(field.section))
  return section?.type.inputFields.some(({ name }) => name === camel(field.criterion)) ?? false
}

for (const login of ['partner', 'customer']) {
  let token
  const rows = new Rows(login), seen = seenBy(rows)
  test(`a ${login} may ask`, async () => {
    token = await tokenOfAsking(login)
  })
  const foreign = `SELECT id FROM customer WHERE id NOT IN ${rows.customers}`
  for (const field of fields)
    test(`S1-17a a ${login} finds nobody of others by ${field.section.toLowerCase()} ${field.criterion.toLowerCase()}, and counts nobody`, async (context) => {
      const values = [...valuesOf(field, rows.customers.slice(1, -1)), ...valuesOf(field, foreign)]
      const searches = (values.length > 0 ? values : ['1234']).flatMap((value) => formsOf(field, value))
      if (!(await sees(token, field))) {
        const { problem } = await find(token, searches[0])
        return assert.match(problem, /not defined|unknown field|Unknown|never/, problem)
      }
      const found = await compareAll(token, seen, searches)
      context.diagnostic(`${searches.length} searches, ${found} found`)
      assert.ok(found > 0 || valuesOf(field, rows.customers.slice(1, -1)).length === 0, 'their own are found')
    })

  test(`S1-17a a ${login} finds nobody of others by several criteria together`, async () => {
    const random = createRandom(`find ${login}`)
    const asked = []
    for (const field of fields) if (await sees(token, field)) asked.push(field)
    const one = (field) => random.pick(formsOf(field, random.pick(valuesOf(field, random.chance(0.5) ? rows.customers.slice(1, -1) : foreign))))
    const known = asked.filter((field) => valuesOf(field, rows.customers.slice(1, -1)).length > 0)
    const searches = Array.from({ length: 60 }, () => {
      const [a, b, c] = random.shuffle([...known]).slice(0, random.between(2, 3)).map(one)
      return merged(merged(a, b), c ?? {})
    })
    await compareAll(token, seen, searches)
  })

  test(`S1-17a a ${login} finds nobody of others in the one box for everything`, async () => {
    const ask = async (who, search) => {
      const { body } = await graphql(who, { query: 'query ($search: String!) { customers(search: $search, first: 200) { totalCount nodes { id } } }', variables: { search } })
      return body.errors?.[0].message ?? body.data.customers
    }
    const terms = sql(`SELECT term FROM customer_search_term WHERE customer_id IN ${rows.customers} ORDER BY term`).split('\n')
    for (const search of terms.filter((_, i) => i % Math.ceil(terms.length / 60) === 0).flatMap((text) => [text, [...text].slice(0, 2).join('')])) {
      const all = await ask(admin, search)
      if (all.totalCount > 200) continue // more than a page
      const wanted = all.nodes?.filter(({ id }) => seen.has(id))
      assert.deepEqual(await ask(token, search), wanted === undefined ? all : { totalCount: wanted.length, nodes: wanted }, search)
    }
  })
}

test('who may not ask by themselves may no more', endAsking)

function merged(a, b) {
  const all = { ...a }
  for (const [section, members] of Object.entries(b)) all[section] = { ...all[section], ...members }
  return all
}
