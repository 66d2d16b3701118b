// measure: what an account as it was costs next to the account as it is: time in SQL, the same customers in turn.
//
//   node tests/bench/past/measure.mjs URL demo-access.json [CUSTOMERS [ROUNDS]]
//
// The time is that of the header Server-Timing. The moment is a second before the first request; ratios count, for both are
// asked one after the other, and which is first changes from one to the next.
import { readFileSync } from 'node:fs'
import { aligned, medianOf, number } from '../report.mjs'

const [url, accessFile, customers = '200', rounds = '5'] = process.argv.slice(2)
const bar = 3

async function post(path, body, headers = {}) {
  const response = await fetch(new URL(path, url), {
    method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  const answer = await response.json()
  if (response.status !== 200 || answer.errors) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`)
  return { answer, timing: response.headers.get('server-timing') ?? '' }
}

const { username, password } = JSON.parse(readFileSync(accessFile, 'utf8')).find((entry) => entry.kind === 'administrator')
const token = (await post('auth/login', { username, password })).answer.accessToken
const ask = (body) => post('graphql', body, { authorization: `Bearer ${token}` })

async function someCustomers() {
  const query = 'query ($search: String!, $first: Int!) { customers(search: $search, first: $first) { nodes { id } } }'
  const ids = new Set()
  for (const search of ['ma', 'an', 'jo', 'sa', 'th', 'be', 'el', 'ka'])
    for (const { id } of (await ask({ query, variables: { search, first: 200 } })).answer.data.customers.nodes) ids.add(id)
  return [...ids].slice(0, Number(customers))
}

const sqlOf = ({ timing }) => Number(/(?:^|,)\s*sql;dur=([\d.]+)/.exec(timing)?.[1])
const { viewer } = (await ask({ query: '{ viewer { accountDocument } }' })).answer.data
const paint = async (id, asOf) => sqlOf(await ask({ documentId: viewer.accountDocument, variables: { id, asOf } }))

const then = new Date(Date.now() - 1000).toISOString().replace(/\.\d+Z$/, 'Z')
const ids = await someCustomers()
await paint(ids[0], null)
await paint(ids[0], then)
const times = { now: [], then: [] }
for (let round = 0; round < Number(rounds); round++)
  for (const [place, id] of ids.entries())
    for (const which of (place + round) % 2 === 0 ? ['now', 'then'] : ['then', 'now'])
      times[which].push(await paint(id, which === 'now' ? null : then))

const percentile = (list, share) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) * share)]
const row = (name, list) => [name, number(medianOf(list)), number(percentile(list, 0.95))]
console.log(aligned([['SQL of an account, ms', 'median', 'p95'], row('as it is', times.now), row('as it was', times.then)]))
const ratio = medianOf(times.then) / medianOf(times.now)
console.log(`\n${ids.length} customers, ${rounds} rounds: ${ratio.toFixed(2)} times, ${ratio <= bar ? 'within' : 'over'} the bar of ${bar}`)
process.exitCode = ratio <= bar ? 0 : 1
