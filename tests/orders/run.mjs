// run: many who order at once, and many orders from their beginning to their end, while the server is killed again and again.
//
//   node tests/orders/run.mjs --program build/release/server/dossier --folder build/test/orders [--races 30] [--lives 60] [--seed 1]
//
// Races: sixteen agents order the last piece of stock at once, and exactly one gets it. Lives: random agents place, change and cancel
// orders, rightly and wrongly. In the end every order has ended, no row ever went where it may not, each charge was made once,
// balances are the sums of their entries, and `dossier doctor` is content. Ends with "N passed, N failed".
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { Agent, randomOf } from './lives.mjs'
import { Server } from './server.mjs'
import { fillStock } from './stock.mjs'
import { forbiddenMoves } from './states.mjs'

const { values } = parseArgs({ options: {
  program: { type: 'string', default: 'build/release/server/dossier' }, folder: { type: 'string', default: 'build/test/orders' },
  races: { type: 'string', default: '30' }, lives: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' },
} })
const races = Number(values.races), lives = Number(values.lives)
const AGENTS = 16, AT_ONCE = 8, LIVES_PER_KILL = 20, LINES_OF_A_LIFE = 4

let passed = 0, failed = 0
function holds(sentence, problems) {
  if (problems.length === 0) passed++
  else failed++
  console.log(`${problems.length === 0 ? 'ok' : 'not ok'} - ${sentence}`)
  for (const problem of problems.slice(0, 10)) console.log(`# ${problem}`)
}

const server = new Server(values.program, values.folder, ['--demo', '--day', '2026-10-01', '--customers', '300', '--network-pace', '10'])
process.env.DOSSIER_URL = await server.start()
process.env.DOSSIER_DATA = server.data
const { globalId, graphql, signIn, sql } = await import('../api/client.mjs')
let token = signIn('admin')
// A token that has ended is followed by another one: a long run outlives it. All who notice at once sign in once, since who
// signs in too often has to wait.
async function ask(request) {
  const used = token, { body } = await graphql((await used).token, request)
  if (body.errors?.[0].extensions?.code !== 'UNAUTHENTICATED') return body
  if (token === used) token = signIn('admin')
  return (await graphql((await token).token, request)).body
}
const offering = (code) => globalId('ProductOffering', sql(`SELECT id FROM product_offering WHERE code = '${code}'`))
const customers = sql(`SELECT id FROM customer WHERE status = 'ACTIVE' AND kind = 'RESIDENTIAL' AND birth_date < '1990-01-01' AND id > 20 AND partner_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM billing_account WHERE customer_id = customer.id AND payment_status = 'IN_ARREARS') ORDER BY id`).split('\n').map((id) => globalId('Customer', id))

// ---- the last piece ----

// What the network refuses goes back to the stock, so nothing may be on its way.
async function workedOff() {
  while (sql('SELECT COUNT(*) FROM provisioning_task WHERE due_at IS NOT NULL') !== '0') await new Promise((resolve) => setTimeout(resolve, 20))
}

async function race(round) {
  await workedOff()
  sql("UPDATE product_stock SET delivered = delivered + 1 - available, available = 1 WHERE offering_id = (SELECT id FROM product_offering WHERE code = 'DEV-PHONE')")
  const answers = await Promise.all(Array.from({ length: AGENTS }, (_, i) => ask({
    query: 'mutation ($input: SubmitOrderInput!) { submitOrder(input: $input) { order { id } userErrors { code message } } }',
    variables: { input: { idempotencyKey: randomUUID(), customerId: fit[(round + i) % fit.length], items: [{ action: 'ADD', offeringId: phone }] } } })))
  const got = answers.filter(({ data }) => data?.submitOrder.order)
  const others = answers.filter(({ data }) => data?.submitOrder.order === null)
  await workedOff()
  const keys = got.map(({ data }) => Buffer.from(data.submitOrder.order.id, 'base64url').toString().split(':')[1])
  const returned = Number(sql(`SELECT COUNT(*) FROM product_order WHERE id IN (${[0, ...keys]}) AND state IN ('FAILED', 'REJECTED', 'CANCELLED')`))
  const left = Number(sql("SELECT available FROM product_stock WHERE offering_id = (SELECT id FROM product_offering WHERE code = 'DEV-PHONE')"))
  const problems = []
  if (got.length === 0 || got.length - returned + left !== 1)
    problems.push(`round ${round}: ${got.length} of ${AGENTS} got the last piece, ${returned} gave it back, and ${left} are left`)
  for (const { data, errors } of answers)
    if (!data) problems.push(`round ${round}: ${JSON.stringify(errors)}`)
  for (const { data: { submitOrder: { userErrors } } } of others)
    if (userErrors[0].code !== 'NOT_FEASIBLE') problems.push(`round ${round}: ${JSON.stringify(userErrors)}`)
  return problems
}

const phone = offering('DEV-PHONE')
const fit = []
if (races > 0) {
  sql(`UPDATE product_stock SET delivered = delivered + 1000 - available, available = 1000 WHERE offering_id = (SELECT id FROM product_offering WHERE code = 'DEV-PHONE')`)
  for (const customerId of customers) { // whom nothing else keeps from it
    const { data } = await ask({ query: 'mutation ($input: SubmitOrderInput!) { submitOrder(input: $input) { userErrors { code } } }',
      variables: { input: { idempotencyKey: randomUUID(), dryRun: true, customerId, items: [{ action: 'ADD', offeringId: phone }] } } })
    if (data.submitOrder.userErrors.length === 0) fit.push(customerId)
  }
  const problems = fit.length < AGENTS ? [`only ${fit.length} customers may order it`] : []
  for (let round = 0; round < races && problems.length === 0; round++) problems.push(...await race(round))
  holds(`of ${AGENTS} who order the last piece at once exactly one gets it, ${races} times`, problems)
}

// ---- lives ----

const catalogue = {
  offerings: ['CON-FILM', 'CON-MUSIC', 'MOB-S', 'MOB-M', 'TV-START'].map(offering),
  option: offering('OPT-ROAM'),
  foreign: globalId('Product', sql('SELECT MIN(id) FROM product WHERE customer_id = 13')),
}
// Enough for all lines that they could order.
fillStock(sql, server.data, LINES_OF_A_LIFE * lives)
const agents = Array.from({ length: AT_ONCE }, (_, i) => new Agent({ ask, random: randomOf(Number(values.seed) * 1000 + i), customer: customers[i * 3], catalogue }))
let lived = 0, killed = 0

async function killAgain() {
  await server.stop('SIGKILL')
  killed++
  await server.start()
  await (token = signIn('admin'))
}

const working = agents.map(async (agent) => {
  while (lived++ < lives) await agent.live()
})
const killing = (async () => {
  for (let next = LIVES_PER_KILL; next < lives; next += LIVES_PER_KILL) {
    while (lived < next) await new Promise((resolve) => setTimeout(resolve, 50))
    await killAgain()
  }
})()
await Promise.all([...working, killing])
await Promise.all(agents.map((agent) => agent.finish()))

const total = (what) => agents.reduce((sum, agent) => sum + agent[what], 0)
holds(`${lives} lives of orders: ${total('done')} changes done, ${total('refused')} refused, ${total('emptied')} found nothing left in stock, ${killed} times the server was killed; each answer was one that could be`, agents.flatMap(({ mistakes }) => mistakes))
holds('no order, item or product ever went where it may not', forbiddenMoves(sql))
const rows = (text) => sql(text).split('\n').filter(Boolean)
// What the network did not answer, in a race, waits for somebody.
holds('nothing is left to be worked off', rows('SELECT product_order_id FROM provisioning_task WHERE due_at IS NOT NULL'))
holds('balances are the sums of their entries', rows('SELECT a.id FROM billing_account AS a LEFT JOIN ledger_entry AS e ON e.customer_id = a.customer_id AND e.billing_account_id = a.id GROUP BY a.id HAVING COALESCE(SUM(e.amount_minor), 0) <> MAX(a.balance_minor)'))
holds('what is paid once was charged once for each item that was done, and for no other', rows(`
  SELECT o.number FROM product_order AS o
  LEFT JOIN (SELECT i.product_order_id, SUM(p.amount_minor - p.discount_minor) AS amount FROM product_order_item AS i
    JOIN order_item_price AS p ON p.product_order_item_id = i.id WHERE i.state = 'COMPLETED' AND p.type = 'ONE_TIME' GROUP BY i.product_order_id) AS due ON due.product_order_id = o.id
  LEFT JOIN (SELECT reference, SUM(amount_minor) AS amount FROM ledger_entry WHERE kind = 'CHARGE' GROUP BY reference) AS paid ON paid.reference = o.number
  WHERE o.id > 10000000000 AND COALESCE(due.amount, 0) <> COALESCE(paid.amount, 0)`))
holds('the server ends in good order', [await server.stop()].filter((code) => code !== 0).map(String))
const { text, content } = server.doctor()
holds('the doctor is content', content ? [] : text.trim().split('\n'))
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
