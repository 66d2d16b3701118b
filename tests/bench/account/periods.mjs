// periods: what opening another month of the Usage tab takes, next to the month that runs.
import { aligned, number } from '../report.mjs'

// The day that the data of ./bench million is of, and what is before it.
const months = [['the running month', null], ['the month before', '2026-09-01'], ['a year before', '2025-10-01']]

const percentile = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))]

export async function measurePeriods(accounts, ordinals) {
  const { viewer } = (await accounts.ask({ query: '{ viewer { tabs { key document } } }' })).answer.data
  const { document } = viewer.tabs.find(({ key }) => key === 'usage')
  const rows = [['month', 'accounts with it', 'p50 ms', 'p95 ms', 'MariaDB CPU ms']]
  for (const [says, month] of months) {
    const taken = [], before = accounts.used()
    let there = 0
    for (const ordinal of ordinals) {
      const { id } = accounts.body(ordinal).variables
      const { answer, total } = await accounts.timed({ documentId: document, variables: { id, usage_month: month } })
      there += answer.data.customer.usage_period.nodes.length > 0
      taken.push(total)
    }
    const cpu = (accounts.used().database - before.database) / ordinals.length
    rows.push([says, `${there} of ${ordinals.length}`, number(percentile(taken, 0.5)), number(percentile(taken, 0.95)), number(cpu)])
  }
  return aligned(rows)
}
