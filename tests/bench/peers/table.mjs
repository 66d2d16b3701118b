// table: the runs that ./bench measured, as the one table of all figures; with --write FILE also as a page.
//
//   node tests/bench/peers/table.mjs [--write FILE] RUNS.jsonl…
import { readFileSync, writeFileSync } from 'node:fs'
import { aligned, medianOf, number } from '../report.mjs'
import { calm, figures, holds, measures, ratio, select } from './figures.mjs'

const VARIANTS = [
  ['dossier', 'everything under a right and an owner, an operator asks'],
  ['partner', 'the same, a partner asks: the rule for whose rows they may see is in the statements'],
  ['open', 'nothing under a right or an owner'],
]

const words = process.argv.slice(2)
const file = words[0] === '--write' ? words.splice(0, 2)[1] : undefined
const lines = words.flatMap((path) => readFileSync(path, 'utf8').split('\n').filter(Boolean).map(JSON.parse))
const machine = lines.find((line) => line.machine)?.machine
const runs = lines.filter((line) => line.server)
if (machine === undefined || runs.length === 0) throw new Error(`no runs in ${words.join(', ')}`)

const bound = (figure, value) => `${figure.least ? '≥' : '≤'} ${value}`

const shown = (measured) => (measured === undefined ? '–' : `${measured.disturbed ? '~' : ''}${number(measured.value)}`)

function verdict(figure, measured) {
  if (measured === undefined) return ''
  const { value } = measured
  if (!holds(figure, value)) return 'NO'
  return holds(figure, value, figure.aim) ? 'yes, the aim too' : 'yes'
}

// run compares the answers before it measures, and measures nothing when one differs.
function equalAnswers() {
  const verified = [...new Set(runs.map((run) => run.workload))].sort()
  return ['answers equal to the peers\'', 'all', 'all', ...VARIANTS.map(() => 'all'), `yes (${verified.join(', ')})`]
}

function figureRows() {
  const head = ['figure', 'bar', 'aim', ...VARIANTS.map(([name]) => name), 'holds']
  const measured = figures.filter((figure) => select(runs, { workload: figure.workload }).length > 0)
  const rows = measured.map((figure) => {
    const values = VARIANTS.map(([name]) => ratio(runs, figure, name))
    return [figure.name, bound(figure, figure.least ?? figure.most), bound(figure, figure.aim), ...values.map(shown), verdict(figure, values[0])]
  })
  return [head, ...rows, equalAnswers()]
}

function costRows() {
  const head = ['workload', 'connections', 'server', 'requests/s', 'p50 ms', 'p99 ms', 'server µs', 'MariaDB µs', 'peak MB', 'others', 'runs']
  const keys = [...new Set(runs.map((run) => JSON.stringify([run.workload, run.connections, run.server])))].map(JSON.parse)
  keys.sort(([w, c], [v, d]) => w.localeCompare(v) || c - d)
  const rows = keys.map(([workload, connections, server]) => {
    const all = select(runs, { workload, connections, server }), used = calm(all)
    const cells = ['rate', 'p50', 'p99', 'server', 'database', 'memory'].map((name) => number(medianOf(used.map(measures[name]))))
    return [workload, `${connections}`, server, ...cells, medianOf(used.map((run) => run.other_cores)).toFixed(2), `${used.length}/${all.length}`]
  })
  return [head, ...rows]
}

function circumstances() {
  const others = medianOf(runs.map((run) => run.other_cores)).toFixed(2)
  return `${machine.time.slice(0, 10)}, ${machine.cores} cores (${machine.cpu}), ${machine.mariadbd.replace(/^\S*\s+/, '')}, ` +
    `Node ${machine.node}, ${machine.seconds} s a run; others used ${others} cores (median of all runs).`
}

const variants = VARIANTS.map(([name, about]) => `* \`${name}\`: ${about}.`).join('\n')
const errors = [...new Set(runs.filter((run) => run.errors > 0).map((run) => `${run.server} in ${run.workload}: ${run.errors}`))]
const warning = errors.length > 0 ? `\n\n**Errors, the figures are worthless:** ${errors.join('; ')}` : ''

const page = `# Dossier beside its peers

Written by \`./bench\`, which says what it measures; judge a figure by what the others used meanwhile. Ratios are medians over
rounds in which all servers took turns; ~ marks one where others disturbed every round.

${circumstances()}

${aligned(figureRows())}${warning}

${variants}

No answer comes from a cache of answers. Fetches that wait at the same moment leave as one statement, also those of several
requests; rows of small tables that say so are read from memory.

## What each costs

CPU per request, in microseconds, of the server and of MariaDB.

${aligned(costRows())}
`

if (file !== undefined) writeFileSync(file, page)
console.log(`\n${aligned(figureRows())}${warning}\n\n${variants}\n\n${aligned(costRows())}\n\n${circumstances()}`)
if (errors.length > 0) process.exitCode = 1
