// states: what may follow on what, as TM Forum draws it, and where histories of rows did something else.
const arrows = {
  ACKNOWLEDGED: ['REJECTED', 'IN_PROGRESS', 'PENDING'],
  IN_PROGRESS: ['PENDING', 'HELD', 'ASSESSING_CANCELLATION', 'COMPLETED', 'FAILED', 'PARTIAL'],
  PENDING: ['IN_PROGRESS', 'CANCELLED', 'ASSESSING_CANCELLATION'],
  HELD: ['IN_PROGRESS', 'CANCELLED', 'ASSESSING_CANCELLATION'],
  ASSESSING_CANCELLATION: ['IN_PROGRESS', 'PENDING', 'HELD', 'PENDING_CANCELLATION'],
  PENDING_CANCELLATION: ['CANCELLED'],
  REJECTED: [], CANCELLED: [], COMPLETED: [], FAILED: [], PARTIAL: [],
}
const productArrows = {
  CREATED: ['PENDING_ACTIVE', 'ACTIVE', 'CANCELLED', 'ABORTED'],
  PENDING_ACTIVE: ['ACTIVE', 'ABORTED', 'CANCELLED'],
  ACTIVE: ['SUSPENDED', 'PENDING_TERMINATE', 'TERMINATED'],
  SUSPENDED: ['ACTIVE', 'PENDING_TERMINATE'],
  PENDING_TERMINATE: ['TERMINATED', 'ACTIVE', 'SUSPENDED'],
  TERMINATED: [], CANCELLED: [], ABORTED: [],
}

export const states = Object.keys(arrows)
export const followers = (state) => arrows[state]
export const isEnd = (state) => arrows[state].length === 0

const histories = [
  ['product_order', 'state', arrows, 'id'],
  ['product_order_item', 'state', arrows, 'product_order_id'],
  ['product', 'status', productArrows, 'NULL'],
]
const FIRST_OWN = 10000000001 // below are generated rows

// "product_order: HELD to COMPLETED", of all orders but these.
export function forbiddenMoves(sql, except = []) {
  return histories.flatMap(([table, column, allowed, order]) =>
    sql(`SELECT DISTINCT before_it, it FROM (
        SELECT ${column} AS it, LAG(${column}) OVER (PARTITION BY id ORDER BY row_start, row_end) AS before_it
        FROM ${table} FOR SYSTEM_TIME ALL WHERE id >= ${FIRST_OWN} AND NOT COALESCE(${order} IN (${[0, ...except]}), FALSE)) AS moves
      WHERE before_it <> it`).split('\n').filter(Boolean).map((line) => line.split('\t'))
      .filter(([before, after]) => !allowed[before].includes(after) || (table === 'product_order_item' && after === 'PARTIAL'))
      .map(([before, after]) => `${table}: ${before} to ${after}`))
}
