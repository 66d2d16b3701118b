// credit_act: credit is bought, and limits are set, within what policy says; balances stay what the ledger says.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { act, codes, done } from './acting.mjs'
import { graphql, sql, tokenOf, tokenWithRights } from './client.mjs'

const token = await tokenOf('admin')
const accountOf = (rating) => sql(`SELECT a.customer_id, a.id FROM billing_account AS a JOIN customer AS c ON c.id = a.customer_id
  WHERE a.rating_type = '${rating}' AND a.customer_id > 12 AND c.status = 'ACTIVE' AND a.balance_minor <= 0 ORDER BY a.id LIMIT 1`).split('\t')
const [, prepaid] = accountOf('PREPAID'), [customer, postpaid] = accountOf('POSTPAID')
const fields = 'account { id balance { minor } creditLimit { minor currency } paymentStatus version entries(first: 1) { nodes { seq kind amount { minor } balanceAfter { minor } method } } }'

const perform = (name, input, as = token) => act(as, name, input, fields)
const topUp = (more, as) => perform('topUp', { id: prepaid, amountMinor: 1500, method: 'CARD', ...more }, as)
const setLimit = (more, as) => perform('setCreditLimit', { id: postpaid, limitMinor: 10000, ...more }, as)
const balance = () => Number(sql(`SELECT balance_minor FROM billing_account WHERE id = ${prepaid}`))
const broken = () => sql(`SELECT COUNT(*) FROM billing_account AS a WHERE balance_minor <> COALESCE((SELECT SUM(amount_minor) FROM ledger_entry WHERE billing_account_id = a.id), 0)
  OR balance_minor <> COALESCE((SELECT balance_after_minor FROM ledger_entry WHERE billing_account_id = a.id ORDER BY seq DESC LIMIT 1), 0)`)

test('S1-23 credit is topped up: an entry, and the balance with it', async () => {
  const before = balance()
  const { account } = done(await topUp({}))
  assert.deepEqual(account.entries.nodes[0], { ...account.entries.nodes[0], kind: 'TOP_UP', amount: { minor: '-1500' }, balanceAfter: { minor: String(before - 1500) }, method: 'CARD' })
  assert.deepEqual([account.balance.minor, balance(), account.paymentStatus], [String(before - 1500), before - 1500, 'PAID'])
})

test('S1-23 many top up at once, each is an entry of its own, and the ledger adds up', async () => {
  const before = balance()
  await Promise.all(Array.from({ length: 12 }, (_, i) => topUp({ amountMinor: 500 + i }).then(done)))
  assert.equal(balance(), before - 12 * 500 - 66)
  assert.equal(broken(), '0')
})

test('R2 sent twice with one key it is one entry; R6 tried it is none', async () => {
  const before = balance(), idempotencyKey = randomUUID()
  const answers = await Promise.all(Array.from({ length: 6 }, () => topUp({ idempotencyKey }).then(done)))
  assert.deepEqual([answers.filter(({ replayed }) => !replayed).length, balance()], [1, before - 1500])
  const tried = done(await topUp({ dryRun: true }))
  assert.deepEqual([tried.account.balance.minor, balance()], [String(before - 3000), before - 1500])
})

test('S1-23 what policy does not allow is refused', async () => {
  const before = balance()
  for (const amountMinor of [499, 20001, 0, -1500, 2147483647]) assert.deepEqual(codes(await topUp({ amountMinor })), ['NOT_ALLOWED amountMinor'], String(amountMinor))
  assert.deepEqual(codes(await topUp({ id: postpaid })), ['NOT_ALLOWED id'])
  assert.deepEqual(codes(await topUp({ id: '1' })), ['NOT_FOUND id'])
  assert.equal(balance(), before)
})

test('S1-23 a credit limit is set, up to what the class of the account allows', async () => {
  const { account } = done(await setLimit({}))
  assert.deepEqual(account.creditLimit, { minor: '10000', currency: 'EUR' })
  const most = Number(sql(`SELECT highest_minor FROM credit_policy WHERE currency = 'EUR' AND class = COALESCE((SELECT class FROM credit_profile WHERE customer_id = ${customer}), 'C')`))
  assert.equal(done(await setLimit({ limitMinor: most })).account.creditLimit.minor, String(most))
  for (const limitMinor of [most + 1, -1, 2147483647]) assert.deepEqual(codes(await setLimit({ limitMinor })), ['NOT_ALLOWED limitMinor'])
  assert.deepEqual(codes(await setLimit({ id: prepaid })), ['NOT_ALLOWED id'])
  assert.deepEqual(codes(await setLimit({ expectedVersion: account.version })), ['CONFLICT limitMinor'], 'it changed once more')
  assert.equal(done(await setLimit({ limitMinor: 0, dryRun: true })).account.creditLimit.minor, '0')
  assert.equal(sql(`SELECT credit_limit_minor FROM billing_account WHERE id = ${postpaid}`), String(most))
})

test('without the right there is no such mutation', async () => {
  for (const as of [await tokenOf('nordfunk-shop'), await tokenWithRights('admin', ['account:read', 'entries:read', 'explorer:read'])])
    for (const name of ['topUp', 'setCreditLimit']) {
      const { body } = await graphql(as, { query: `mutation { ${name}(input: {}) { dryRun } }` })
      assert.equal(body.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED')
    }
})
