// figures: what is to be known of the measured runs, and from when on it is good.
//
// Ratios are made within a round, where all servers took turns, and the median of the rounds counts; rounds that others
// disturbed are left out where there are calm ones.

import { medianOf } from '../report.mjs'

const CALM_CORES = 0.25

const cost = (name) => (run) => (run[`${name}_cpu_s`] * 1e6) / run.requests

export const measures = {
  rate: (run) => (run.requests * 1e6) / run.duration_us,
  p50: (run) => run.p50_us / 1e3,
  p99: (run) => run.p99_us / 1e3,
  server: cost('server'),
  database: cost('database'),
  memory: (run) => run.peak_memory_mb,
}

// The table: `over` is the figure of the server that stands above the line.
export const figures = [
  { name: 'W1 account: server CPU, Mercurius ÷ ours', workload: 'W1', connections: 16, measure: 'server', over: 'mercurius', least: 8, aim: 15 },
  { name: 'W1 account: server CPU, ours ÷ h2oJ', workload: 'W1', connections: 16, measure: 'server', under: 'h2oJ', most: 2, aim: 1.2 },
  { name: 'W1 account: MariaDB CPU at 64 connections, ours ÷ h2oJ', workload: 'W1', connections: 64, measure: 'database', under: 'h2oJ', most: 1, aim: 0.4 },
  { name: 'W1 account: requests/s at 64 connections, ours ÷ Mercurius', workload: 'W1', connections: 64, measure: 'rate', under: 'mercurius', least: 4, aim: 8 },
  { name: 'W1 account: p99 at 16 connections, ours ÷ Mercurius', workload: 'W1', connections: 16, measure: 'p99', under: 'mercurius', most: 0.5, aim: 0.25 },
  { name: 'W2 point lookup: requests/s at 64 connections, ours ÷ h2oJ', workload: 'W2', connections: 64, measure: 'rate', under: 'h2oJ', least: 1, aim: 2 },
  { name: 'W3 list of 50: server CPU, Mercurius ÷ ours', workload: 'W3', connections: 16, measure: 'server', over: 'mercurius', least: 12, aim: 22 },
  { name: 'W4 { __typename }: server CPU, ours ÷ h2oJ\'s constant answer', workload: 'W4', connections: 16, measure: 'server', under: 'h2oJ', most: 2, aim: 1.3 },
  { name: 'resident memory under W1, ours ÷ Mercurius', workload: 'W1', connections: 64, measure: 'memory', under: 'mercurius', most: 0.2, aim: 0.1 },
]

export const select = (runs, wanted) =>
  runs.filter((run) => Object.entries(wanted).every(([key, value]) => run[key] === value) && run.requests > 0)

// Those that nobody disturbed, or else the least disturbed one.
export function calm(runs) {
  const least = Math.min(...runs.map((run) => run.other_cores))
  return runs.filter((run) => run.other_cores <= Math.max(CALM_CORES, least))
}

// The figure for one of our servers, and whether others disturbed every round of it: then all rounds count, for the least
// disturbed one may be calm for one server only. Undefined where it was not measured.
export function ratio(runs, figure, ours) {
  const { workload, connections } = figure, of = measures[figure.measure], pairs = []
  const theirs = new Map(select(runs, { workload, connections, server: figure.over ?? figure.under }).map((run) => [run.round, run]))
  for (const own of select(runs, { workload, connections, server: ours })) {
    const their = theirs.get(own.round)
    if (their === undefined) continue
    pairs.push({ value: figure.over ? of(their) / of(own) : of(own) / of(their), others: Math.max(own.other_cores, their.other_cores) })
  }
  const calmPairs = pairs.filter((pair) => pair.others <= CALM_CORES)
  if (pairs.length === 0) return undefined
  const used = calmPairs.length > 0 ? calmPairs : pairs
  return { value: medianOf(used.map((pair) => pair.value)), disturbed: calmPairs.length === 0 }
}

export const holds = (figure, value, bound = figure.least ?? figure.most) => (figure.least ? value >= bound : value <= bound)
