// measure: what it costs to ask what a customer can have, of 200 offerings: the server's own time, and CPU of both programs.
//
//   DOSSIER_URL=… DOSSIER_DATA=… DOSSIER_PID=… node tests/bench/feasibility/measure.mjs [--count 300]
//
// Against a release build with demo data that nobody needs: the catalogue is filled up to 200 offerings and emptied again.
import { readFileSync, readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { globalId, graphql, sql, tokenOf } from '../../api/client.mjs'

const { values: { count } } = parseArgs({ options: { count: { type: 'string', default: '300' } } })
const offerings = 200
const document = `query ($customerId: ID!) {
  qualify(customerId: $customerId) {
    items { offering { name } result reasons { label ruleId ruleVersion change { kind date offering { name } } } alternatives { offering { name } } }
  }
}`

const childrenOf = (pid) => readdirSync(`/proc/${pid}/task`).flatMap((task) =>
  readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean))
const ticksOf = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ').slice(11, 13).reduce((sum, ticks) => sum + Number(ticks), 0)

const server = process.env.DOSSIER_PID, [database] = childrenOf(server)
const there = Number(sql('SELECT COUNT(*) FROM product_offering'))
const categories = ['MOBILE', 'BROADBAND', 'FIBRE', 'TV', 'ADD_ON', 'DEVICE', 'CONTENT', 'VOICE']
for (let at = there; at < offerings; at++)
  sql(`INSERT INTO product_offering (code, name, category) VALUES ('BENCH-${at}', 'Measured ${at}', '${categories[at % categories.length]}')`)

const token = await tokenOf('admin')
const customers = sql('SELECT id FROM customer WHERE id <= 200 ORDER BY id').split('\n').map((id) => globalId('Customer', id))
const ask = (customerId) => graphql(token, { query: document, variables: { customerId } })

const timeOf = ({ headers }) => Number(/total;dur=([\d.]+)/.exec(headers.get('server-timing') ?? '')?.[1])
for (const customer of customers.slice(0, 50)) await ask(customer)
const before = [ticksOf(server), ticksOf(database)], times = [], walls = []
let items = 0
for (let at = 0; at < Number(count); at++) {
  const began = process.hrtime.bigint()
  const answer = await ask(customers[at % customers.length])
  walls.push(Number(process.hrtime.bigint() - began) / 1e6)
  times.push(timeOf(answer))
  items = answer.body.data.qualify.items.length
}
const cpu = [ticksOf(server), ticksOf(database)].map((ticks, at) => ((ticks - before[at]) * 10) / count)
sql("DELETE FROM product_offering WHERE code LIKE 'BENCH-%'")

const quantile = (list, share) => list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))].toFixed(2)
console.log(`${items} offerings, ${count} requests one after the other`)
if (!Number.isNaN(times[0])) console.log(`server's own time: p50 ${quantile(times, 0.5)} ms, p95 ${quantile(times, 0.95)} ms`)
console.log(`as the client sees it: p50 ${quantile(walls, 0.5)} ms, p95 ${quantile(walls, 0.95)} ms`)
console.log(`CPU of a request: server ${cpu[0].toFixed(2)} ms, MariaDB ${cpu[1].toFixed(2)} ms`)
