// account: what painting an account costs with few customers and with very many, in turns, and whether size matters.
//
//   node tests/bench/account/run.mjs --few FOLDER --many FOLDER [--accounts N] [--rounds N] [--figures]
//
// Both folders are data folders of `dossier demo`. An account is one request of the document that the app asks; times are those
// of the header Server-Timing. Prints tables; with --figures they also go into docs/figures.md. Ends with 1 when a bar is missed
// that does not depend on the machine: the number of statements.
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { aligned, number } from '../report.mjs'
import { openAccounts, root } from './accounts.mjs'
import { measurePeriods } from './periods.mjs'
import { measureSearches } from './searches.mjs'

const { values: options } = parseArgs({
  options: {
    few: { type: 'string' }, many: { type: 'string' }, program: { type: 'string', default: 'build/release/server/dossier' },
    accounts: { type: 'string', default: '400' }, rounds: { type: 'string', default: '3' }, figures: { type: 'boolean', default: false },
  },
})
if (!options.few || !options.many) {
  console.error('say where the data is: --few FOLDER of ten thousand customers, --many FOLDER of a million')
  process.exit(2)
}
const accountsAtOnce = 50, periodAccounts = 200

// Customers with much of something, by what the generator calls them (db/demo/README.md).
const large = [
  { says: '12,000 lines', ordinal: 9999, bar: 150 },
  { says: '40 lines, a ticket with 900 articles', ordinal: 5, bar: 150 },
  { says: '240 bills', ordinal: 10, bar: 150 },
]

// The customer with an order and a ticket in each state.
const everything = 7

// ---- what is asked ----

// The same accounts in each run: every so-and-so-many-th customer behind those with a story, in an order of its own.
function sample(customers, count) {
  const step = 7919, chosen = new Set()
  for (let at = 1; chosen.size < count; at++) chosen.add(13 + ((at * step * 31) % (customers - 13)))
  return [...chosen]
}

async function paintAll(accounts, ordinals, connections) {
  const waiting = [...ordinals], times = []
  const work = async () => {
    while (waiting.length > 0) times.push(await accounts.paint(waiting.shift()))
  }
  await Promise.all(Array.from({ length: connections }, work))
  return times
}

const parts = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))

// A part here, a part there: whatever else the machine does hits both.
async function inTurns(sides, connections) {
  const turns = sides.map(({ ordinals }) => parts(ordinals, accountsAtOnce))
  const times = sides.map(() => []), before = sides.map(({ accounts }) => accounts.used())
  for (let turn = 0; turn < turns[0].length; turn++) {
    for (const [i, side] of sides.entries()) times[i].push(...await paintAll(side.accounts, turns[i][turn], connections))
  }
  return sides.map(({ accounts }, i) => ({ times: times[i], used: perAccount(before[i], accounts.used(), times[i].length) }))
}

const perAccount = (before, after, count) =>
  Object.fromEntries(Object.keys(before).map((name) => [name, (after[name] - before[name]) / count]))

// ---- what is told ----

function percentile(times, share, of = 'total') {
  const sorted = times.map((each) => each[of]).sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

function spread(name, connections, round, { times, used }) {
  return [name, String(connections), String(round), ...[0.5, 0.95, 0.99].map((share) => number(percentile(times, share))),
    number(percentile(times, 0.95, 'sql')), number(used.server), number(used.database), number(used.read)]
}

const columns = ['customers', 'connections', 'round', 'p50 ms', 'p95 ms', 'p99 ms', 'sql p95 ms', 'server CPU ms', 'MariaDB CPU ms', 'read kB']

async function measureSample(sides) {
  const rows = [columns], ratios = [['connections', 'round', 'p50', 'p95', 'MariaDB CPU']]
  for (const connections of [1, 16]) {
    for (let round = 1; round <= Number(options.rounds); round++) {
      const [less, more] = await inTurns(sides, connections)
      rows.push(spread(sides[0].name, connections, round, less), spread(sides[1].name, connections, round, more))
      const ratio = (of) => number(of(more) / of(less))
      ratios.push([String(connections), String(round), ratio(({ times }) => percentile(times, 0.5)),
        ratio(({ times }) => percentile(times, 0.95)), ratio(({ used }) => used.database)])
    }
  }
  return { table: aligned(rows), ratios: aligned(ratios) }
}

// Statements do not depend on the machine, so they are checked and not only shown. Below an empty list nothing is asked for;
// no account takes more than one that has something of everything, however much it has of it.
async function countStatements(sides) {
  const counts = []
  for (const { accounts, ordinals } of sides) {
    for (const ordinal of ordinals.slice(0, 60)) counts.push((await accounts.cost(ordinal)).statements)
  }
  const most = Math.max(...counts, (await sides[1].accounts.cost(everything)).statements)
  const ofLarge = []
  for (const { ordinal } of large) ofLarge.push((await sides[1].accounts.cost(ordinal)).statements)
  return { least: Math.min(...counts), most, ofLarge, bounded: ofLarge.every((count) => count <= most) }
}

async function measureLarge({ accounts }) {
  const rows = [['account', 'first ms', 'again, p50 ms', 'MariaDB CPU ms', 'bar ms']]
  for (const { says, ordinal, bar } of large) {
    const first = await accounts.paint(ordinal), before = accounts.used(), again = []
    for (let i = 0; i < 20; i++) again.push(await accounts.paint(ordinal))
    const { database } = perAccount(before, accounts.used(), again.length)
    rows.push([says, number(first.total), number(percentile(again, 0.5)), number(database), String(bar)])
  }
  return aligned(rows)
}

// On a machine that does something else besides, times tell little, and CPU and ratios all the more.
const machine = () =>
  `${availableParallelism()} processors, on which ${number(loadavg()[1])} processes wanted to run on average of five minutes`

const heading = '## An account among very many customers'

function writeFigures(text) {
  const path = join(root, 'docs', 'figures.md'), page = readFileSync(path, 'utf8')
  const from = page.indexOf(heading), next = from < 0 ? -1 : page.indexOf('\n## ', from + 1)
  const before = from < 0 ? `${page.trimEnd()}\n\n` : page.slice(0, from), after = next < 0 ? '' : page.slice(next)
  writeFileSync(path, `${before}${heading}\n\n${text}\n${after}`)
}

const few = await openAccounts(options.program, options.few), many = await openAccounts(options.program, options.many)
try {
  const sides = [few, many].map((accounts) => ({
    accounts, name: accounts.customers.toLocaleString('en'), ordinals: sample(accounts.customers, Number(options.accounts)) }))
  const sizes = await measureLarge(sides[1])
  const { table, ratios } = await measureSample(sides)
  const statements = await countStatements(sides), searches = await measureSearches(many)
  const periods = await measurePeriods(many, sides[1].ordinals.slice(0, periodAccounts))
  const text = [
    `Accounts drawn from all customers, one HTTP request each, by \`./bench million\`, in turns with ${sides[0].name} customers; times are the`,
    "server's own, CPU and what was read from the disk are means of an account. The first round finds little of them in memory.",
    `Bars at a million: p95 20 ms, and within 1.5 times that at ten thousand. Measured on ${machine()}.`, '', table, '',
    `${sides[1].name} by ${sides[0].name}:`, '', ratios, '',
    `Statements of an account: ${statements.least} to ${statements.most}, by how many of its lists are empty; of the three below ${statements.ofLarge.join(', ')}.`,
    '', sizes, '', `The Usage tab of ${periodAccounts} of these accounts, opened at a month (of most customers there are two):`, '', periods,
    '', `Searching among ${sides[1].name} customers, the first 50 of those found:`, '', searches].join('\n')
  console.log(text)
  if (options.figures) writeFigures(text)
  process.exitCode = statements.bounded ? 0 : 1
} finally {
  few.close()
  many.close()
}
