// search: definitions that are activated while the server runs, the viewer's own contacts, and each criterion with how MariaDB
// reads for it.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { data, graphql, root, sql, tokenOf } from './client.mjs'

const definition = '{ activeSearchDefinitions { name hitLimit fields { criterion operators isDefault } } }'

async function ask(login, query, variables) {
  const { body } = await graphql(await tokenOf(login), { query, variables })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data
}

const activeFor = async (login) => (await ask(login, definition)).activeSearchDefinitions

function withDefinition(use) {
  sql(`INSERT INTO search_definition (name, hit_limit) VALUES ('night shift', NULL)`)
  sql(`INSERT INTO search_field (definition, position, section, criterion, operators, enabled, is_default) VALUES
       ('night shift', 1, 'IDENTIFIERS', 'TICKET_NUMBER', 'EQUAL', TRUE, FALSE), ('night shift', 2, 'CONTACT', 'PHONE', 'LIKE,EQUAL', TRUE, TRUE)`)
  return use().finally(() => {
    sql(`UPDATE search_activation SET definition = 'standard'`)
    sql(`DELETE FROM search_field WHERE definition = 'night shift'`)
    sql(`DELETE FROM search_definition WHERE name = 'night shift'`)
  })
}

test('S4-07 S4-09 activating another definition changes the fields of its audience at once, and of no other', () =>
  withDefinition(async () => {
    assert.deepEqual((await activeFor('admin')).map(({ name }) => name), ['standard'])
    sql(`UPDATE search_activation SET definition = 'night shift' WHERE audience = 'OPERATOR'`)
    const [active, ...others] = await activeFor('admin')
    assert.deepEqual(others, [])
    assert.equal(active.hitLimit, null, 'S4-23 all hits, page by page')
    assert.deepEqual(active.fields.map(({ criterion }) => criterion), ['TICKET_NUMBER', 'PHONE'])
    assert.deepEqual(active.fields.find(({ isDefault }) => isDefault).operators, ['LIKE', 'EQUAL'], 'S4-12')
    assert.deepEqual((await activeFor('partner')).map(({ name }) => name), ['standard'])
  }))

for (const [what, statement] of [
  ['no audience has two active definitions', `INSERT INTO search_activation VALUES ('OPERATOR', 'standard')`],
  ['an active definition cannot be taken away', `DELETE FROM search_definition WHERE name = 'standard'`],
  ['nothing can be activated that is not defined', `UPDATE search_activation SET definition = 'nothing'`],
  ['a definition has one default', `UPDATE search_field SET is_default = TRUE WHERE criterion = 'PHONE'`],
  ['the default is enabled', `UPDATE search_field SET enabled = FALSE WHERE is_default`],
])
  test(`S4-07 ${what}`, () => assert.throws(() => sql(statement)))

const mine = '{ recentInteractions(first: 200) { nodes { id startedAt agentName customer { id } } pageInfo { hasNextPage } } }'

// Administrators are in touch with nobody, so some of what the agent did is theirs for a moment.
test('S4-21 my latest interactions, the newest first', async () => {
  const admin = sql(`SELECT id FROM user_account WHERE login = 'admin'`)
  assert.deepEqual((await ask('admin', mine)).recentInteractions.nodes, [])
  sql(`UPDATE party_interaction SET user_account_id = ${admin} WHERE user_account_id = 1`)
  try {
    const { nodes } = (await ask('admin', mine)).recentInteractions
    assert.ok(nodes.length > 100, `${nodes.length} of them`)
    assert.ok(nodes.every(({ agentName, customer }) => agentName === 'Jana Köhler' && customer !== null))
    const moments = nodes.map(({ startedAt }) => startedAt)
    assert.deepEqual(moments, [...moments].sort().reverse())
    const plan = sql(`EXPLAIN SELECT id FROM party_interaction WHERE user_account_id = ${admin} ORDER BY started_at DESC, id DESC LIMIT 26`)
    assert.match(plan, /party_interaction_of_user/)
    assert.doesNotMatch(plan, /filesort/)
  } finally {
    sql(`UPDATE party_interaction SET user_account_id = 1 WHERE user_account_id = ${admin}`)
  }
})

// One customer with all that can be asked for; each criterion is asked, and MariaDB told how it reads for the plan's statement.
const customer = 2
const known = (column, from) => sql(`SELECT ${column} FROM ${from} LIMIT 1`)
const own = (column, table) => known(column, `${table} WHERE customer_id = ${customer} ORDER BY id`)
const term = (kind) => known('term', `customer_search_term WHERE customer_id = ${customer} AND kind = '${kind}'`)
const equal = (value) => ({ operator: 'EQUAL', value })

const criteria = {
  number: () => ({ identifiers: { customerNumber: equal(term('CUSTOMER')) } }),
  name: () => ({ contact: { name: { value: 'katharina' } } }),
  'ending of a name': () => ({ contact: { name: { value: '%tharina' } } }),
  phone: () => ({ contact: { phone: { value: term('PHONE') } } }),
  'e-mail': () => ({ contact: { email: equal(term('EMAIL')) } }),
  'part of an e-mail': () => ({ contact: { email: { value: `%${term('EMAIL').slice(2, 12)}%` } } }),
  street: () => ({ address: { street: { value: own('street', 'geographic_address') } } }),
  postcode: () => ({ address: { postcode: equal(own('postcode', 'geographic_address')) } }),
  city: () => ({ address: { city: equal(own('city', 'geographic_address')) } }),
  'date of birth': () => ({ contact: { birthDate: known('birth_date', `customer WHERE id = ${customer}`) } }),
  account: () => ({ receivables: { accountNumber: equal(term('ACCOUNT')) } }),
  subscription: () => ({ subscription: { identifier: { value: term('SERVICE') } } }),
  'bill no.': () => ({ identifiers: { billNumber: equal(own('number', 'customer_bill').replace(/^(....)/, '$1 ')) } }),
  'beginning of a bill no.': () => ({ identifiers: { billNumber: { value: `${own('number', 'customer_bill').slice(0, 10)}%` } } }),
  'order no.': () => ({ identifiers: { orderNumber: equal(term('ORDER')) } }),
  'ticket no.': () => ({ identifiers: { ticketNumber: equal(term('TICKET')) } }),
}

const find = 'query ($search: CustomerSearch!) { findCustomers(search: $search) { nodes { id } } }'
const program = process.env.DOSSIER_PROGRAM ?? join(root, 'build/dev/server/dossier')

// What customers are found by, with what each question mark stands for.
function candidates(search, text) {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-search-')), file = join(folder, 'find.graphql')
  writeFileSync(file, find)
  const options = ['schema', 'plan', file, '--viewer', 'operator', '--variables', JSON.stringify({ search }), '--data', data]
  const plan = execFileSync(program, options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  rmSync(folder, { recursive: true })
  const [, statement] = /SELECT f\.id FROM \((.*)\) AS f/s.exec(plan)
  const kind = sql(`SELECT kind FROM customer_search_term WHERE customer_id = ${customer} AND term LIKE '%${text}%' LIMIT 1`)
  const stands = (before) => {
    if (before.endsWith('LIMIT ')) return '1000'
    if (before.endsWith('kind = ')) return `'${kind}'`
    if (before.endsWith('< ')) return `'${text}~'`
    return before.endsWith('LIKE ') ? `'${before.includes('terms LIKE') || /term LIKE $/.test(before) ? '%' : ''}${text}%'` : `'${text}'`
  }
  return statement.split('?').reduce((made, part) => made + stands(made) + part)
}

// The one text of a search, as it is stored.
function textOf(search) {
  const [member] = Object.values(Object.values(search)[0])
  return (member.value ?? member).replace(/^(\d+) (\d+)$/, '$1$2').replaceAll('%', '')
}

for (const [criterion, searchOf] of Object.entries(criteria))
  test(`S1-15 a customer is found by ${criterion}, which an index leads to`, async () => {
    const search = searchOf()
    const { nodes } = (await ask('admin', find, { search })).findCustomers
    const id = Buffer.from(`Customer:${customer}`).toString('base64').replace(/=+$/, '')
    assert.ok(nodes.some((node) => node.id === id), JSON.stringify(search))
    const statement = candidates(search, textOf(search))
    const plan = sql(`EXPLAIN ${statement}`).split('\n').map((row) => row.split('\t'))
    const read = plan.filter(([, , table]) => /^[gsv]\d*$/.test(table))
    assert.ok(read.length > 0, statement)
    for (const [, , table, type, , key] of read) assert.ok(type !== 'ALL' && key !== 'NULL', `${table} ${type} ${key}: ${statement}`)
  })

const inCity = `query ($role: AddressRole, $city: String!) {
  findCustomers(search: {address: {role: $role, city: {operator: EQUAL, value: $city}}}) { nodes { number } } }`

test('S4-16 any address, only where something is installed, or only where bills go', async () => {
  const place = 'Nowhere-on-Sea', [service, billing] = [250, 251]
  const add = (id, role) => sql(`INSERT INTO geographic_address (customer_id, role, street, postcode, city, country)
    VALUES (${id}, '${role}', 'Quay 1', '1', '${place}', 'GB')`)
  const numberOf = (id) => known('number', `customer WHERE id = ${id}`)
  const found = async (role) => (await ask('admin', inCity, { role, city: place })).findCustomers.nodes.map(({ number }) => number).sort()
  add(service, 'SERVICE')
  add(billing, 'BILLING')
  try {
    assert.deepEqual(await found(null), [numberOf(service), numberOf(billing)].sort())
    assert.deepEqual(await found('SERVICE'), [numberOf(service)])
    assert.deepEqual(await found('BILLING'), [numberOf(billing)])
    assert.deepEqual(await found('CONTACT'), [])
  } finally {
    sql(`DELETE FROM geographic_address WHERE city = '${place}'`)
  }
})
