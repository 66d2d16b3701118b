// measure: what each mutation costs, as dry runs, which do everything but keep it: by default for customers from the 500,000th on.
//
//   DOSSIER_URL=… DOSSIER_DATA=… node tests/bench/acts/measure.mjs [CUSTOMERS [RUNS [FROM]]]
//
// The server runs on data that may be spoiled: the inputs are those of tests/api/proper_inputs.mjs, which make some of what they
// are about. The time is the server's own, of the header Server-Timing. The first run of a customer counts apart: it finds
// nothing in memory.
import { inputType, keyedInput, mutationsOf, send } from '../../api/mutating.mjs'
import { sql, tokenOf } from '../../api/client.mjs'
import { prepareProperInputs, someCustomer } from '../../api/proper_inputs.mjs'
import { aligned, medianOf, number } from '../report.mjs'

const [customers = 3, runs = 5, from = 500_000] = process.argv.slice(2).map(Number)
const apart = 400 // customers, among whom one is chosen who has what is acted on

const token = await tokenOf('admin')
prepareProperInputs(`c.id BETWEEN ${from} AND ${from + customers * apart}`)

const totalOf = (headers) => Number(/(?:^|,)\s*total;dur=([\d.]+)/.exec(headers.get('server-timing') ?? '')?.[1])

const rows = [], refused = new Set()
const within = (i) => `BETWEEN ${from + i * apart} AND ${from + (i + 1) * apart - 1}`
const firstWith = (condition) => sql(`SELECT MIN(customer_id) FROM ${condition} AND customer_id ${within(0)}`)
const chosen = [
  ...Array.from({ length: customers }, (_, i) => someCustomer(`c.partner_id IS NULL AND c.id ${within(i)}`)),
  firstWith("product_order WHERE completed_at IS NULL AND state IN ('ACKNOWLEDGED', 'IN_PROGRESS')"),
  firstWith("product WHERE status = 'SUSPENDED'"),
  firstWith("trouble_ticket WHERE status IN ('ACKNOWLEDGED', 'IN_PROGRESS')"),
]

async function once(mutation, customer) {
  const { headers, body } = await send(token, mutation, { ...keyedInput(mutation, customer), dryRun: true })
  const errors = body.errors ?? body.data.done.userErrors
  for (const { message } of errors) refused.add(`${mutation.name}: ${message}`)
  return { time: totalOf(headers), isDone: errors.length === 0 }
}

for (const mutation of await mutationsOf(token)) {
  if (!inputType(mutation).getFields().dryRun) throw new Error(`${mutation.name} cannot be run dry`)
  const first = [], later = []
  for (const customer of chosen)
    for (let run = 0; run < runs; run++) {
      const { time, isDone } = await once(mutation, customer)
      if (isDone) (run === 0 ? first : later).push(time)
    }
  rows.push({ name: mutation.name, done: first.length + later.length, first: Math.max(...first), median: medianOf(later), most: Math.max(...later) })
}

rows.sort((a, b) => b.median - a.median)
const cells = ({ name, done, first, median, most }) => [name, String(done), ...[first, median, most].map((time) => (done === 0 ? '–' : number(time)))]
console.log(aligned([['mutation, ms of the server', 'done', 'longest first', 'median', 'longest'], ...rows.map(cells)]))
console.log(`\n${chosen.length} customers, ${runs} runs each. Refused, and not among the times:`)
for (const line of refused) console.log(`* ${line}`)
process.exitCode = rows.every(({ done }) => done > 0) ? 0 : 1
