// usage: what is shown as a sum is the sum of the events, as those who ask for both see it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { globalId, graphql, tokenOf } from './client.mjs'

const admin = await tokenOf('admin')

async function ask(query, variables) {
  const { body } = await graphql(admin, { query, variables })
  assert.equal(body.errors, undefined, JSON.stringify(body))
  return body.data.customer
}

const periodOf = (customer) => customer.usagePeriods.nodes[0]

async function allEvents(id, startDate) {
  const query = `query ($id: ID!, $startDate: Date, $after: String) { customer(id: $id) { usagePeriods(startDate: $startDate) { nodes {
    events(first: 200, after: $after) { nodes { id type startedAt quantity amount { minor } } pageInfo { hasNextPage endCursor } } } } } }`
  const events = []
  for (let after = null; ; ) {
    const page = periodOf(await ask(query, { id, startDate, after })).events
    events.push(...page.nodes)
    if (!page.pageInfo.hasNextPage) return events
    after = page.pageInfo.endCursor
  }
}

function summed(events) {
  const sum = (of) => events.reduce((total, event) => total + BigInt(of(event)), 0n).toString()
  return { eventCount: String(events.length), quantity: sum((event) => event.quantity), minor: sum((event) => event.amount.minor) }
}

const grouped = (events, keyOf) =>
  [...new Set(events.map(keyOf))].sort().map((key) => [key, events.filter((event) => keyOf(event) === key)])

test('S1-41 what the use of a month cost is the line of the bill for it, and of no other', async () => {
  const sums = { months: 0, euros: 0n }
  for (let key = 1; key <= 60; key++) {
    const customer = await ask(`query ($id: ID!) { customer(id: $id) {
      usagePeriods(first: 13) { nodes { startDate state amount { minor } } }
      billingAccounts { ratingType }
      bills(first: 14) { nodes { lines(first: 200) { nodes { kind periodFrom amount { minor } } } } } } }`, { id: globalId('Customer', key) })
    if (customer === null || customer.billingAccounts.some(({ ratingType }) => ratingType === 'PREPAID')) continue
    const lines = customer.bills.nodes.flatMap(({ lines: { nodes } }) => nodes).filter(({ kind }) => kind === 'USAGE')
    for (const { startDate, state, amount } of customer.usagePeriods.nodes) {
      const billed = lines.filter(({ periodFrom }) => periodFrom === startDate).reduce((sum, line) => sum + BigInt(line.amount.minor), 0n)
      assert.equal(billed, state === 'BILLED' ? BigInt(amount.minor) : 0n, `customer ${key}, ${startDate}`)
      sums.months++
      sums.euros += billed
    }
  }
  assert.ok(sums.months > 100 && sums.euros > 0n, `${sums.months} months, ${sums.euros} cents`)
})

test('S1-40 it is said how old the data of the running month is', async () => {
  const { usagePeriods } = await ask(`query ($id: ID!) { customer(id: $id) { usagePeriods(first: 1) { nodes { state collectedAt
    events(first: 1) { nodes { recordedAt } } } } } }`, { id: globalId('Customer', 2) })
  const [{ state, collectedAt, events }] = usagePeriods.nodes
  assert.equal(state, 'OPEN')
  assert.ok(events.nodes[0].recordedAt <= collectedAt, `${events.nodes[0].recordedAt} is taken in by ${collectedAt}`)
})

test('S1-13 totals by type and by day equal the sum of the events, read page by page', async () => {
  const [id, startDate] = [globalId('Customer', 2), '2026-09-01']
  const sums = periodOf(await ask(`query ($id: ID!, $startDate: Date) { customer(id: $id) { usagePeriods(startDate: $startDate) { nodes {
    eventCount amount { minor } totals { type eventCount quantity amount { minor } }
    days { day eventCount voiceSeconds messageCount dataBytes amount { minor } } } } } }`, { id, startDate }))
  const events = await allEvents(id, startDate)
  assert.ok(events.length > 200, 'more than a page')
  assert.equal(new Set(events.map((event) => event.id)).size, events.length)
  assert.deepEqual(events.map((event) => event.startedAt), events.map((event) => event.startedAt).sort().reverse())
  assert.equal(sums.eventCount, String(events.length))
  assert.equal(sums.amount.minor, summed(events).minor)
  assert.deepEqual(
    sums.totals.map(({ type, eventCount, quantity, amount }) => [type, { eventCount, quantity, minor: amount.minor }]),
    grouped(events, (event) => event.type).map(([type, some]) => [type, summed(some)]),
  )
  const days = grouped(events, (event) => event.startedAt.slice(0, 10)).map(([day, some]) => {
    const of = (type) => summed(some.filter((event) => event.type === type)).quantity
    const { eventCount, minor } = summed(some)
    return { day, eventCount, voiceSeconds: of('VOICE'), messageCount: of('MESSAGE'), dataBytes: of('DATA'), amount: { minor } }
  })
  assert.deepEqual(sums.days, days)
})
