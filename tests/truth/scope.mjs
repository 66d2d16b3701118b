// scope: whose rows somebody may see, in plain words.
//
//   Public rows are everybody's. The operator's people see all rows.
//   A partner sees partners of its own subtree, the customers those look after, and what belongs to such customers.
//   A customer sees what belongs to them: nothing of a partner.
//
// Rows of the past: those of then, for whom their customer belongs to now; without a customer, whom they belonged to then.

export function mayView(world, viewer, type, row, moment) {
  const { scope, public: open } = type.directives
  if (open !== undefined || viewer.kind === 'OPERATOR') return true
  const customer = scope.customer && row.cells.get(scope.customer)
  if (viewer.kind === 'CUSTOMER') return scope.customer !== undefined && customer === String(viewer.customer_id)
  const then = moment !== undefined && scope.customer !== undefined
  if (scope.partner !== undefined && !then) return isBelow(world, viewer.partner_id, row.cells.get(scope.partner))
  return isBelow(world, viewer.partner_id, find(world, 'customer', customer)?.cells.get('partner_id'))
}

const find = (world, table, id) => world.table(table).rows.find((row) => row.cells.get('id') === id)

// Whether a partner is another one, or below it: up from one to the other.
function isBelow(world, top, id) {
  for (let at = id; at !== null && at !== undefined; at = find(world, 'partner', at)?.cells.get('parent_id')) {
    if (at === String(top)) return true
  }
  return false
}
