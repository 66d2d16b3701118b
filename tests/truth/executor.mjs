// executor: what a document should answer, found in the simplest way: every field looks through all rows of its table,
// one object after the other. Nothing is batched, joined, cached or ordered by a database.
import { GraphQLScalarType, execute, getNamedType, isAbstractType, isObjectType, parse, specifiedRules, validate } from 'graphql'
import { actionsOf } from './action_state.mjs'
import { computed, nextStatuses } from './computed.mjs'
import { Filters, Words, chosenOrder } from './filters.mjs'
import { snake } from './model.mjs'
import { historyOf, isPart, partOf, versionOrder } from './history.mjs'
import { checkRequest, placesOf } from './requests.mjs'
import { allVersions, compareValues, readTable, valueOf } from './rows.mjs'
import { mayView } from './scope.mjs'
import { searchCustomers } from './search.mjs'
import { assigneesOf, workOf } from './ticket_work.mjs'
import { tabsFor, tabsOf, viewerOf } from './viewer.mjs'

export const pageLimit = 200
const pageDefault = 25
export const cursorMark = '\u0001cursor '

// ---- the data ----

// All tables of a database, now and as of moments, read when they are needed and then kept.
export class World {
  constructor(dossier) {
    this.dossier = dossier
    this.tables = new Map()
    this.words = new Words(dossier)
  }

  table(name, moment) {
    const key = `${name} ${moment}`
    if (!this.tables.has(key)) this.tables.set(key, readTable(this.dossier, name, moment))
    return this.tables.get(key)
  }
}

// A DateTime as the database writes it, in UTC: 2026-10-01T14:30:00.5+02:00 is 2026-10-01 12:30:00.500000.
export function momentOf(text) {
  if (text === undefined || text === null) return undefined
  const [, whole, fraction = '', zone] = /^(.{19})(?:\.(\d+))?(.*)$/.exec(text)
  return `${new Date(`${whole}${zone}`).toISOString().slice(0, 19).replace('T', ' ')}.${fraction.padEnd(6, '0')}`
}

// A day begins at midnight.
const startOf = (text) => (text.length === 10 ? `${text} 00:00:00.000000` : text)

// ---- ids ----

const globalId = (type, key) => Buffer.from(`${type}:${key}`).toString('base64url')

// What an id names: { type, key }, or nothing when it is not one of ours.
export function readGlobalId(id) {
  const bytes = Buffer.from(id, 'base64url')
  const match = /^([A-Za-z]+):(0|[1-9][0-9]{0,18})$/.exec(bytes.toString('latin1'))
  if (id.length > 200 || bytes.toString('base64url') !== id || match === null || BigInt(match[2]) > 9223372036854775807n) return undefined
  return { type: match[1], key: match[2] }
}

// ---- orders and pages ----

// "start_date desc, id": always ends in the key.
export function orderOf(text, key) {
  const terms = text.split(',').map((term) => term.trim().split(/\s+/)).map(([column, way]) => ({ column, descending: way === 'desc' }))
  if (!terms.some(({ column }) => column === key)) terms.push({ column: key, descending: terms.at(-1).descending })
  return terms
}

// What cursors of a list are told apart by.
const listName = (table, order) => `${table.name} ${JSON.stringify(order)}`

// A list as it is sorted by itself, or as the arguments say; its cursors are good for that order alone.
function listIn(type, table, directive, args) {
  const order = chosenOrder(type, orderOf(directive.order, type.directives.table.key ?? 'id'), args.orderBy)
  return { name: listName(table, order), table, order }
}

// Rows of several tables in one list: the moment, then which of the types, then the key.
const mergedOrder = ({ descending = false }) => ['(at)', '(kind)', '(id)'].map((column) => ({ column, descending }))
const mergedTable = ({ of }) => ({ name: of.join(' + '), types: new Map([['(at)', 'datetime'], ['(kind)', 'int'], ['(id)', 'bigint']]) })

export function listOf({ many, history, merge }, type, args) {
  if (merge !== undefined) return listName(mergedTable(merge), mergedOrder(merge))
  return history !== undefined ? listName(type.directives.table, versionOrder) : listIn(type, type.directives.table, many, args).name
}

function compareInOrder(table, order, a, b) {
  for (const { column, descending } of order) {
    const difference = compareValues(table, column, a(column), b(column))
    if (difference !== 0) return descending ? -difference : difference
  }
  return 0
}

const sorted = (table, order, rows) =>
  [...rows].sort((a, b) => compareInOrder(table, order, (column) => valueOf(a, column), (column) => valueOf(b, column)))

// A cursor says nothing to clients. Here it says where it stands; the server's own is compared with it in cursors.mjs.
const cursorOf = (list, row) =>
  cursorMark + JSON.stringify({ list: list.name, values: list.order.map(({ column }) => valueOf(row, column)) })

function pageOf(list, rows, args, cursors) {
  const given = (name) => args[name] !== undefined && args[name] !== null
  const backward = given('last') || (given('before') && !given('first'))
  const size = (backward ? args.last : args.first) ?? pageDefault
  const cursor = backward ? args.before : args.after
  let left = rows
  if (given(backward ? 'before' : 'after')) {
    const { values } = cursors.find(cursor)
    const at = (column) => values[list.order.findIndex((term) => term.column === column)]
    left = rows.filter((row) => {
      const difference = compareInOrder(list.table, list.order, (column) => valueOf(row, column), at)
      return backward ? difference < 0 : difference > 0
    })
  }
  const page = backward ? left.slice(-size) : left.slice(0, size)
  const more = left.length > page.length
  const behind = given(backward ? 'before' : 'after')
  return { page, hasNextPage: backward ? behind : more, hasPreviousPage: backward ? more : behind }
}

function connectionOf(list, rows, args, cursors) {
  const { page, hasNextPage, hasPreviousPage } = pageOf(list, rows, args, cursors)
  return {
    nodes: page,
    edges: page.map((node) => ({ node, cursor: cursorOf(list, node) })),
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: page.length === 0 ? null : cursorOf(list, page[0]),
      endCursor: page.length === 0 ? null : cursorOf(list, page.at(-1)),
    },
    totalCount: rows.length,
  }
}

// ---- leaves ----

function timeOf(text) {
  const [day, time] = text.split(' ')
  const [whole, fraction = ''] = time.split('.')
  return `${day}T${whole}${/[1-9]/.test(fraction) ? `.${fraction.padEnd(6, '0')}` : ''}Z`
}

function leafOf(text, type) {
  if (text === null) return null
  if (type.name === 'Int' || type.name === 'Float') return Number(text)
  if (type.name === 'Boolean') return text !== '0'
  if (type.name === 'DateTime') return timeOf(text)
  if (type.name === 'JSON') return JSON.parse(text)
  return text
}

// ---- the schema of one viewer, with resolvers that follow the directives ----

export class Executor {
  constructor(model, world, cursors, viewer, rights) {
    this.model = model
    this.world = world
    this.cursors = cursors
    this.viewer = viewer
    this.rights = rights
    this.schema = model.schemaFor(rights)
    this.filters = new Filters(this, world.words, { readGlobalId, momentOf })
    for (const type of Object.values(this.schema.getTypeMap())) {
      if (type instanceof GraphQLScalarType && !['Int', 'Float', 'String', 'Boolean', 'ID'].includes(type.name)) type.coerceOutputValue = (value) => value
      if (isAbstractType(type)) type.resolveType = (row) => row.type
      if (isObjectType(type) && !type.name.startsWith('__')) this.bindType(type)
    }
  }

  bindType(type) {
    const described = this.model.types.get(type.name)
    for (const field of Object.values(type.getFields())) {
      const { directives } = described.fields.get(field.name)
      const resolve = this.resolverOf(described, field, directives)
      if (resolve !== undefined) field.resolve = resolve
    }
  }

  resolverOf(parent, field, directives) {
    if (directives.history !== undefined) return this.history(parent, field)
    if (parent.of !== undefined && isPart(field.name)) return partOf(field.name, (text) => text && timeOf(text))
    if (directives.many !== undefined) return this.many(parent, field, directives.many)
    if (directives.merge !== undefined) return this.merge(parent, field, directives.merge)
    if (directives.one !== undefined) return this.one(parent, field, directives.one)
    if (directives.node !== undefined) return this.node(field)
    if (directives.embedded !== undefined) return this.embedded(field, directives.embedded.columns)
    if (directives.resolver !== undefined) return this.byHand(`${parent.name}.${field.name}`)
    if (parent.directives.table !== undefined) return this.column(parent, field, directives.column)
    return undefined
  }

  typeOf(field) {
    const name = getNamedType(field.type).name
    return this.model.types.get(this.model.elements.get(name) ?? name)
  }

  // The rows of a type that this viewer may see, those of a moment.
  visible(type, moment) {
    const { table } = type.directives
    const kinds = this.kindsIn(type)
    const wasThere = (row) => moment === undefined || table.recorded === undefined || row.cells.get(table.recorded) <= moment
    const typeOf = (row) => (kinds === undefined ? type.name : kinds.names.get(row.cells.get(kinds.column)))
    return this.world.table(table.name, moment).rows
      .filter((row) => wasThere(row) && typeOf(row) !== undefined && mayView(this.world, this.viewer, type, row, moment))
      .map((row) => ({ ...row, cells: this.withJoined(type, row, moment), type: typeOf(row), moment }))
  }

  // More of the same object is in another table: its columns as table.column, null where it has no row there.
  withJoined({ directives: { join, table } }, row, moment) {
    if (join === undefined) return row.cells
    const other = this.world.table(join.table, moment)
    const found = other.rows.find((each) => each.cells.get(join.key ?? 'id') === row.cells.get(join.on ?? table.key ?? 'id'))
    return new Map([...row.cells, ...[...other.types.keys()].map((column) => [`${join.table}.${column}`, found?.cells.get(column) ?? null])])
  }

  // Where rows of one table are of several types: which column says of which, and what it says of those the viewer may see.
  kindsIn(type) {
    const owner = type.directives.discriminator !== undefined ? type : type.owner
    if (owner === undefined) return undefined
    const seen = [...this.model.types.values()].filter((each) => each.owner === owner && (type === owner || type === each) && this.schema.getType(each.name) !== undefined)
    return { column: owner.directives.discriminator.column, names: new Map(seen.map((each) => [this.model.kindOf(each), each.name])) }
  }

  column(parent, field, directive) {
    const own = directive?.name ?? snake(field.name)
    const column = directive?.table === undefined ? own : `${directive.table}.${own}`
    const key = parent.directives.table.key ?? 'id'
    const type = getNamedType(field.type)
    const named = directive?.id ?? ((parent.of ?? parent).node && type.name === 'ID' && column === key ? (parent.of ?? parent).name : undefined)
    return (row) => {
      const text = row.cells.get(column)
      if (!row.cells.has(column)) throw new Error(`${parent.name}.${field.name}: no column ${column}`)
      return named !== undefined && text !== null ? globalId(named, text) : leafOf(text, type)
    }
  }

  embedded(field, columns) {
    const fields = Object.values(getNamedType(field.type).getFields())
    const all = [...this.typeOf(field).fields.keys()]
    return (row) => {
      if (row.cells.get(columns[0]) === null) return null
      return Object.fromEntries(fields.map((inner) => [inner.name, leafOf(row.cells.get(columns[all.indexOf(inner.name)]), getNamedType(inner.type))]))
    }
  }

  // The row of whatever type that a kind and a key name.
  oneOfKind(field, { kind, key }) {
    const types = this.typeOf(field).members.filter((name) => this.schema.getType(name) !== undefined).map((name) => this.model.types.get(name))
    return (row) => {
      const type = types.find((each) => this.model.kindOf(each) === row.cells.get(kind))
      return (type && this.visible(type, row.moment).find((each) => each.cells.get(type.directives.table.key ?? 'id') === row.cells.get(key))) ?? null
    }
  }

  one(parent, field, directive) {
    if (directive.kind !== undefined) return this.oneOfKind(field, directive)
    const type = this.typeOf(field)
    const key = type.directives.table.key ?? 'id'
    if (parent.name !== 'Query') {
      const column = directive.key ?? `${snake(field.name)}_id`
      return (row) => this.visible(type, row.moment).find((each) => each.cells.get(key) === row.cells.get(column)) ?? null
    }
    const [argument] = field.args
    return (_, args) => {
      const id = readGlobalId(args[argument.name])
      return this.visible(type, momentOf(args.asOf)).find((row) => id?.type === type.name && row.cells.get(key) === id.key) ?? null
    }
  }

  many(parent, field, directive) {
    const type = this.typeOf(field)
    const table = this.world.table(type.directives.table.name)
    const list = (args) => listIn(type, table, directive, args)
    const own = parent.directives.table?.key ?? 'id'
    const matches = parent.fields.get(field.name).args.filter(({ directives }) => directives.match !== undefined)
    const chosen = (row, args) => {
      let rows = this.visible(type, parent.name === 'Query' ? undefined : row.moment)
      if (directive.key !== undefined && parent.name !== 'Query') rows = rows.filter((each) => each.cells.get(directive.key) === row.cells.get(own))
      if (directive.predicate !== undefined) rows = this.predicate(directive.predicate, rows, args)
      for (const match of matches) rows = rows.filter((each) => this.matches(type, each, match, args[match.name]))
      if (args.where) rows = rows.filter((each) => this.filters.holds(type, each, args.where))
      return sorted(table, list(args).order, rows)
    }
    if (getNamedType(field.type).name.endsWith('Connection')) return (row, args) => connectionOf(list(args), chosen(row, args), args, this.cursors)
    const limit = directive.limit ?? 100
    return (row, args, context, info) => {
      const rows = chosen(row, args)
      if (rows.length > limit)
        context.errors.push({ message: `Only the first ${limit} of this list are given.`, locations: placesOf(context.document, info.fieldNodes[0]), path: pathOf(info.path) })
      return rows.slice(0, limit)
    }
  }

  // Whether a row is as an argument with @match says; one that is null or not given says nothing.
  matches(type, row, { name, type: named, directives: { match } }, value) {
    if (value === undefined || value === null) return true
    const how = Array.isArray(value) ? 'in' : match.how === 'PREFIX' ? 'startsWith' : 'equal'
    return this.filters.value(type, { type: named }, row, match.column ?? snake(name), match.id, { [how]: value })
  }

  merge(parent, field, directive) {
    const table = mergedTable(directive)
    const order = mergedOrder(directive)
    const list = { name: listName(table, order), table, order }
    const own = parent.directives.table.key ?? 'id'
    const columns = new Map(directive.of.map((each) => each.split('.')))
    const rowsOf = (member, kind, row) => {
      if (this.schema.getType(member) === undefined) return []
      const type = this.model.types.get(member)
      const placed = (each) => [['(at)', startOf(each.cells.get(columns.get(member)))], ['(kind)', String(kind)], ['(id)', each.cells.get(type.directives.table.key ?? 'id')]]
      return this.visible(type, row.moment).filter((each) => each.cells.get(directive.key) === row.cells.get(own))
        .map((each) => ({ ...each, cells: new Map([...each.cells, ...placed(each)]) }))
    }
    const all = (row) => this.typeOf(field).members.flatMap((member, kind) => rowsOf(member, kind, row))
    return (row, args) => connectionOf(list, sorted(table, order, all(row)), args, this.cursors)
  }

  history(parent, field) {
    const { table: { name }, table: { key = 'id' } } = parent.directives
    const table = this.world.table(name, allVersions)
    const list = { name: listName(table, versionOrder), table, order: versionOrder }
    const fields = Object.keys(this.schema.getType(`${parent.name}Version`).getFields()).filter((each) => !isPart(each))
    return (row, args) => {
      const versions = table.rows.filter((each) => each.cells.get(key) === row.cells.get(key) && mayView(this.world, this.viewer, parent, each, allVersions))
      const history = historyOf(parent, versions, fields, row.moment).map((version) => ({ ...version, type: `${parent.name}Version`, moment: row.moment }))
      return connectionOf(list, history, args, this.cursors)
    }
  }

  predicate(name, rows, args) {
    if (name === 'customer_search') return searchCustomers(this.world, rows, args.search)
    if (name === 'enum_label_language') {
      const languages = [args.language, args.language.split('-')[0], 'en']
      const found = languages.find((language) => this.world.table('enum_label').rows.some((row) => row.cells.get('language') === language))
      return rows.filter((row) => row.cells.get('language') === found)
    }
    if (name === 'interaction_of_viewer') return rows.filter((row) => row.cells.get('user_account_id') === String(this.viewer.id))
    if (name === 'ticket_work') return workOf(rows, args, this.viewer)
    if (name === 'ticket_assignee') return assigneesOf(this.world, rows, readGlobalId(args.ticketId), this.viewer)
    throw new Error(`the slow executor does not know the predicate ${name}: teach it`)
  }

  node(field) {
    const [argument] = field.args
    const find = (text, moment) => {
      const id = readGlobalId(text)
      const type = id && this.schema.getType(id.type)
      if (type === undefined || !this.model.types.get(id.type)?.node) return null
      const key = this.model.types.get(id.type).directives.table.key ?? 'id'
      return this.visible(this.model.types.get(id.type), moment).find((row) => row.cells.get(key) === id.key) ?? null
    }
    return (_, args) => {
      const moment = momentOf(args.asOf)
      return Array.isArray(args[argument.name]) ? args[argument.name].map((id) => find(id, moment)) : find(args[argument.name], moment)
    }
  }

  byHand(coordinate) {
    if (coordinate === 'Query.viewer') return () => viewerOf(this.world, this.viewer, this.rights)
    if (coordinate === 'Viewer.tabs') return () => tabsOf(this.world, this.viewer, this.rights)
    if (coordinate === 'Customer.tabs') return (row) => tabsFor(tabsOf(this.world, this.viewer, this.rights), row)
    if (coordinate === 'PartyInteraction.own') return (row) => row.cells.get('user_account_id') === String(this.viewer.id)
    if (coordinate === 'TroubleTicket.own') return (row) => row.cells.get('assignee_id') === String(this.viewer.id)
    if (coordinate === 'TroubleTicket.nextStatuses') return (row) => nextStatuses(row, this.viewer.kind)
    if (coordinate.endsWith('.version')) return (row) => Number(row.cells.get('version'))
    const actions = actionsOf(coordinate, this.world, this.viewer, this.schema.getMutationType()?.getFields() ?? {})
    if (actions !== null) return actions
    if (computed[coordinate] !== undefined) return computed[coordinate]
    return () => { // of a mutation it is never asked
      throw new Error(`the slow executor does not know the resolver of ${coordinate}: teach it`)
    }
  }

  // What the server should answer: { data, errors }, errors in no order; or one of { refusals }.
  answer({ query, variables, operationName }) {
    const document = parse(query)
    const problems = validate(this.schema, document, specifiedRules)
    if (problems.length > 0) return { errors: problems.map((problem) => problem.toJSON()) }
    const { errors: problemsOfVariables, refusals } = checkRequest(this, document, variables, operationName)
    if (problemsOfVariables !== undefined) return { errors: problemsOfVariables }
    if (refusals.length > 0) return { refusals }
    const context = { errors: [], document }
    const { data, errors = [] } = execute({ schema: this.schema, document, variableValues: variables, operationName, contextValue: context })
    const told = [...errors.map((error) => ({ ...error.toJSON(), locations: error.nodes?.flatMap((node) => placesOf(document, node)) })), ...context.errors]
    return told.length > 0 ? { data, errors: told } : { data }
  }
}

export function placeOf(node) {
  const { startToken } = node.loc
  return { line: startToken.line, column: startToken.column }
}

function pathOf(path) {
  const keys = []
  for (let at = path; at !== undefined; at = at.prev) keys.unshift(at.key)
  return keys
}
