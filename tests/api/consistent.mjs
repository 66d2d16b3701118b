// consistent: a query with @consistent sees one state of the database, whatever is written meanwhile.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { globalId, graphql, sql, sqlStarted, tokenOf } from './client.mjs'

const token = await tokenOf('admin')

// Two accounts of different customers, with money in one of them that goes to and fro.
const accounts = sql('SELECT id, customer_id, balance_minor FROM billing_account GROUP BY customer_id ORDER BY id LIMIT 2').split('\n').map((line) => line.split('\t'))
const [[from, one], [to, other]] = accounts

const query = (directive) => `query ($one: ID!, $other: ID!) ${directive} {
  one: customer(id: $one) { products(first: 1) { nodes { offering { name } } } billingAccounts { id balance { minor } } }
  other: node(id: $other) { ... on Customer { orders(first: 1) { nodes { items { offering { name } } } } billingAccounts { id balance { minor } } } }
}`
const balanceOf = (customer, id) => BigInt(customer.billingAccounts.find((each) => each.id === id).balance.minor)

async function balances(directive) {
  const { body } = await graphql(token, { query: query(directive), variables: { one: globalId('Customer', one), other: globalId('Customer', other) } })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return [balanceOf(body.data.one, from), balanceOf(body.data.other, to)]
}

// What several readers see until the writer has ended.
async function readWhileWritten(directive, transfers) {
  const sum = accounts.reduce((total, [, , balance]) => total + BigInt(balance), 0n)
  const seen = { reads: 0, torn: 0, balances: new Set() }
  let ended = false
  const transfer = (amount) => `START TRANSACTION; UPDATE billing_account SET balance_minor = balance_minor - ${amount} WHERE id = ${from};
    UPDATE billing_account SET balance_minor = balance_minor + ${amount} WHERE id = ${to}; COMMIT;`
  const writer = sqlStarted(Array.from({ length: transfers }, (_, i) => transfer(i % 3 === 2 ? -200 : 100)).join('\n')).finally(() => (ended = true))
  const reader = async () => {
    while (!ended) {
      const [first, second] = await balances(directive)
      seen.reads++
      seen.balances.add(first)
      if (first + second !== sum) seen.torn++
    }
  }
  await Promise.all([writer, ...Array.from({ length: 6 }, reader)])
  return seen
}

test('all of a transaction is in a consistent answer, or nothing of it', async () => {
  const seen = await readWhileWritten('@consistent', 1000)
  assert.equal(seen.torn, 0)
  assert.ok(seen.reads > 20, `${seen.reads} reads`)
  assert.ok(seen.balances.size > 1, 'nothing was seen to change')
})

test('without it answers have half of one now and then', async (context) => {
  const seen = { reads: 0, torn: 0 }
  for (let i = 0; i < 10 && seen.torn === 0; i++) {
    const { reads, torn } = await readWhileWritten('', 100)
    seen.reads += reads
    seen.torn += torn
  }
  context.diagnostic(`${seen.torn} of ${seen.reads} answers had half of a transaction`)
  assert.ok(seen.torn > 0, 'if it never happens, nobody needs @consistent, or this test does not see it')
})

test('only queries are consistent, and once is enough', async () => {
  for (const wrong of ['{ __typename @consistent }', 'query @consistent @consistent { __typename }', 'query @consistent(at: 1) { __typename }']) {
    const { status, body } = await graphql(token, { query: wrong })
    assert.equal(status, 400)
    assert.equal(body.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED')
  }
})

test('clients read of it in the schema', async () => {
  const { body } = await graphql(token, { query: '{ __schema { directives { name locations description } } }' })
  const { locations, description } = body.data.__schema.directives.find(({ name }) => name === 'consistent')
  assert.deepEqual(locations, ['QUERY'])
  assert.match(description, /one moment/)
})

test('many at once wait for each other', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => balances('@consistent')))
  for (const [first, second] of answers) assert.equal(first + second, answers[0][0] + answers[0][1])
})

test('the balances are put back', () => {
  sql(accounts.map(([id, , balance]) => `UPDATE billing_account SET balance_minor = ${balance} WHERE id = ${id}`).join(';'))
  assert.equal(sql(`SELECT SUM(balance_minor) FROM billing_account WHERE id IN (${from}, ${to})`), String(accounts.reduce((sum, [, , balance]) => sum + Number(balance), 0)))
})
