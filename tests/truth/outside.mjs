// outside: another world that somebody cannot tell from this one: the same within their scope and rights, and different
// in everything else: other names and amounts, rows gone, rows added, customers moved between partners of others.
import { Data } from './data.mjs'
import { orderOf } from './executor.mjs'
import { resourceTables } from './resources.mjs'

const belongings = ['contact_medium', 'geographic_address', 'billing_account', 'product', 'product_price', 'product_order', 'product_order_item',
  'order_item_characteristic', 'order_milestone',
  'trouble_ticket', 'ticket_article', 'ticket_clock', 'identification', 'contact', 'privacy_agreement', 'customer_discount_group',
  'customer_characteristic', 'customer_bill', 'applied_billing_rate', 'ledger_entry', 'party_interaction', ...resourceTables]

// Partners at or below one.
function subtree(data, top) {
  const { path } = data.rows('partner').find(({ id }) => id === top)
  return new Set(data.rows('partner').filter((row) => row.path.startsWith(path)).map(({ id }) => id))
}

// Whose rows a viewer sees: { partners, customers }, sets of ids.
export function scopeOf(data, viewer) {
  const all = (table) => new Set(data.rows(table).map(({ id }) => id))
  if (viewer.kind === 'OPERATOR') return { partners: all('partner'), customers: all('customer') }
  if (viewer.kind === 'CUSTOMER') return { partners: new Set(), customers: new Set([viewer.customer_id]) }
  const partners = subtree(data, viewer.partner_id)
  return { partners, customers: new Set(data.rows('customer').filter(({ partner_id }) => partners.has(partner_id)).map(({ id }) => id)) }
}

// What lists of a table's rows go by: keys and orders.
function listed(model, table) {
  const lists = [...model.types.values()].flatMap((type) => [...type.fields.values()])
    .filter(({ directives, type }) => directives.many !== undefined && model.types.get(model.elements.get(type) ?? type).directives.table.name === table)
  const merged = [...model.types.values()].flatMap((type) => [...type.fields.values()]).flatMap(({ directives }) => directives.merge?.of ?? [])
  return [...lists.flatMap(({ directives: { many } }) => [many.key, ...orderOf(many.order, 'id').map(({ column }) => column)]), ...merged.map((of) => of.split('.')[1])]
}

// Columns of a table that nothing the viewer may ask for depends on.
function hiddenColumns(model, rights, table, columns) {
  const type = [...model.types.values()].find(({ directives }) => directives.table?.name === table)
  if (type === undefined || !model.holds(rights, model.typeNeeds(type.name))) return type === undefined ? [] : columns
  const used = new Set(['id', 'customer_id', 'parent_id', 'partner_id', 'path', ...listed(model, table), ...(type.directives.discriminator === undefined ? [] : [type.directives.discriminator.column])])
  for (const field of type.fields.values()) {
    if (!model.holds(rights, model.fieldNeeds(type, field))) continue
    for (const column of model.columnsOf(type, field)) used.add(column)
  }
  return columns.filter((column) => !used.has(column))
}

// Where rows of a table are of several types: what its column of kinds says of those that the rights do not show.
function hiddenKinds(model, rights, table) {
  return [...model.types.values()].filter(({ name, owner }) => owner?.directives.table.name === table && !model.holds(rights, model.typeNeeds(name)))
    .map((type) => model.kindOf(type))
}

class Elsewhere extends Data {
  constructor(random, here, { taken, names }) {
    super(random, { customers: 0, partners: 0, orphans: false })
    this.names = names
    this.tables = new Map([...here.tables].filter(([table]) => ![...belongings, 'partner', 'customer', 'customer_search_term'].includes(table)))
    this.ids = new Map(belongings.filter((table) => table !== 'applied_billing_rate').map((table) => [table, random.shuffle(freeIds(random, here.rows(table), taken(table)))]))
  }
}

// Ids for rows of others: those that others had, and new ones between them.
function freeIds(random, rows, taken) {
  const fresh = []
  while (fresh.length < rows.length + 5000) {
    const id = String(random.below(40 * (rows.length + 2000)))
    if (!taken.has(id)) fresh.push(id)
  }
  return [...new Set(fresh)]
}

function changePartners(there, here, scope) {
  const { random } = there
  const mine = here.rows('partner').filter(({ id }) => scope.partners.has(id))
  const above = here.rows('partner').filter(({ id, path }) => !scope.partners.has(id) && (path === '/1/' || mine.some((row) => row.path.startsWith(path))))
  for (const row of mine) there.add('partner', row)
  const others = above.map((row) => there.add('partner', { ...row, name: `another ${row.name}`.slice(0, 200) }))
  for (let i = random.between(2, 8); i > 0 && others.length > 0; i--) {
    const parent = random.pick(others)
    const id = String(random.pick([110, 111, 1100, random.between(4000, 4999)])) // some begin like a partner's of the viewer
    if (there.rows('partner').every((row) => row.id !== id))
      others.push(there.add('partner', { id, parent_id: parent.id, path: `${parent.path}${id}/`, name: `new ${i}`, kind: 'AGENCY' }))
  }
  return others
}

function keepCustomers(there, here, scope, kind, others) {
  for (const table of ['customer_search_term', ...belongings])
    for (const row of here.rows(table)) if (scope.customers.has(row.customer_id)) there.add(table, row)
  for (const row of here.rows('customer')) {
    if (!scope.customers.has(row.id)) continue
    // Which partner they have is nothing a customer can see.
    there.add('customer', kind === 'CUSTOMER' ? { ...row, partner_id: there.random.pick(others).id } : row)
  }
}

function changeCustomers(there, here, scope, others) {
  const { random } = there
  for (const { id } of here.rows('customer')) if (!scope.customers.has(id) && random.chance(0.7)) there.addCustomer(id, others)
  const taken = new Set(here.rows('customer').map(({ id }) => id))
  for (let i = Math.ceil(taken.size / 3); i > 0; i--) {
    const id = String(random.between(1, taken.size * 5))
    if (taken.has(id)) continue
    taken.add(id)
    there.addCustomer(id, others)
  }
}

// What the rights do not show: whole tables made anew, else other values in columns.
function changeHidden(there, here, model, rights) {
  const other = new Data(there.random, { customers: 40, partners: 3, orphans: false })
  for (const table of ['customer', ...belongings, 'product_offering']) {
    const rows = there.rows(table)
    const hidden = hiddenColumns(model, rights, table, Object.keys(here.rows(table)[0] ?? {}))
    const models = other.rows(table).length > 0 ? other.rows(table) : rows
    const changed = rows.map((row) => ({ ...row, ...Object.fromEntries(hidden.filter((column) => !/(^|_)id$|^(code|number|position|seq|kind|purpose|channel)$/.test(column))
      .map((column) => [column, there.random.pick(models)[column]])) }))
    const whole = hidden.includes('id')
    const kinds = hiddenKinds(model, rights, table)
    there.tables.set(table, changed.filter((row) => !(whole || kinds.includes(row.kind)) || there.random.chance(0.6)))
  }
}

// The tables of that other world. `taken(table)` are ids that no row of others may have, new numbers begin at `names`.
export function otherWorld(random, here, { model, viewer, rights, scope, taken, names }) {
  const there = new Elsewhere(random, here, { taken, names })
  const others = changePartners(there, here, scope)
  keepCustomers(there, here, scope, viewer.kind, others)
  if (viewer.kind !== 'OPERATOR') changeCustomers(there, here, scope, others)
  changeHidden(there, here, model, rights)
  return there
}
