// filters: what `where` asks, looked at row by row: it is so or it is not; and what `orderBy` makes of an order.
import { compareValues, valueOf } from './rows.mjs'
import { snake } from './model.mjs'

// What a text is to a collation, and which texts of a column begin with or hold another, the database says.
export class Words {
  constructor(dossier) {
    this.dossier = dossier
    this.known = new Map()
  }

  once(key, find) {
    if (!this.known.has(key)) this.known.set(key, find())
    return this.known.get(key)
  }

  collation(table, column) {
    return this.once(JSON.stringify(['collation', table, column]), () => this.dossier.select(['collation_name'],
      `FROM information_schema.columns WHERE table_schema = 'dossier' AND table_name = '${table}' AND column_name = '${column}'`)[0][0])
  }

  weight(table, column, text) {
    return this.once(JSON.stringify([table, column, text]), () => {
      const collation = this.collation(table, column)
      return this.dossier.select([`HEX(WEIGHT_STRING(CONVERT(${quoted(text)} USING utf8mb4) COLLATE ${collation}))`], '')[0][0]
    })
  }

  // Among all texts that the column ever held.
  like(table, column, value, pattern) {
    const alike = this.once(JSON.stringify(['like', table, column, pattern]), () => {
      const collation = this.collation(table, column)
      const [[kind]] = this.dossier.select(['table_type'], `FROM information_schema.tables WHERE table_schema = 'dossier' AND table_name = '${table}'`)
      const all = kind === 'SYSTEM VERSIONED' ? ' FOR SYSTEM_TIME ALL' : ''
      const like = `\`${column}\` LIKE CONVERT(${quoted(pattern)} USING utf8mb4) COLLATE ${collation} ESCAPE '!'`
      return new Set(this.dossier.select([`\`${column}\``], `FROM \`${table}\`${all} WHERE ${like}`).flat())
    })
    return alike.has(value)
  }
}

const quoted = (text) => (text === '' ? "''" : `0x${Buffer.from(text).toString('hex')}`)
const plain = (text) => text.replace(/[!%_]/g, '!$&')
const said = (value) => value !== undefined && value !== null

export class Filters {
  constructor(executor, words, { readGlobalId, momentOf }) {
    Object.assign(this, { executor, words, readGlobalId, momentOf })
  }

  // Whether a row of a type is as asked.
  holds(type, row, asked) {
    return Object.entries(asked).filter(([, value]) => said(value)).every(([name, value]) => this.member(type, row, name, value))
  }

  member(type, row, name, value) {
    if (name === 'and') return value.every((each) => this.holds(type, row, each))
    if (name === 'or') return value.some((each) => this.holds(type, row, each))
    if (name === 'not') return !this.holds(type, row, value)
    const field = type.fields.get(name)
    const { one, many, embedded } = field.directives
    if (one !== undefined) return this.some(field, row, (each, key) => each.cells.get(key) === row.cells.get(one.key ?? `${snake(name)}_id`), value)
    if (many !== undefined) {
      const own = type.directives.table.key ?? 'id'
      const some = (asked) => this.some(field, row, (each) => each.cells.get(many.key) === row.cells.get(own), asked)
      return (!said(value.some) || some(value.some)) && (!said(value.none) || !some(value.none))
    }
    if (embedded !== undefined) return this.embedded(type, field, row, embedded.columns, value)
    const column = field.directives.column?.name ?? snake(name)
    const named = field.directives.column?.id ?? (type.node && column === (type.directives.table.key ?? 'id') ? type.name : undefined)
    return this.value(type, field, row, column, field.type === 'ID' ? named : undefined, value)
  }

  some(field, row, belongs, asked) {
    const type = this.executor.model.types.get(this.executor.model.elements.get(field.type) ?? field.type)
    const key = type.directives.table.key ?? 'id'
    return this.executor.visible(type, row.moment).some((each) => belongs(each, key) && this.holds(type, each, asked))
  }

  embedded(type, field, row, columns, asked) {
    const inner = this.executor.model.types.get(field.type)
    const names = [...inner.fields.keys()]
    return Object.entries(asked).filter(([, value]) => said(value)).every(([name, value]) => {
      if (name === 'and') return value.every((each) => this.embedded(type, field, row, columns, each))
      if (name === 'or') return value.some((each) => this.embedded(type, field, row, columns, each))
      if (name === 'not') return !this.embedded(type, field, row, columns, value)
      return this.value(type, inner.fields.get(name), row, columns[names.indexOf(name)], undefined, value)
    })
  }

  value(type, field, row, column, id, asked) {
    const table = this.executor.world.table(type.directives.table.name, row.moment)
    const own = valueOf(row, column)
    const compare = (other) => compareValues(table, column, own, { text: this.textOf(field, id, other), weight: this.weightOf(table, column, field, other) })
    const operations = {
      equal: (other) => compare(other) === 0,
      in: (others) => others.some((other) => compare(other) === 0),
      atLeast: (other) => compare(other) >= 0,
      atMost: (other) => compare(other) <= 0,
      moreThan: (other) => compare(other) > 0,
      lessThan: (other) => compare(other) < 0,
      startsWith: (other) => this.words.like(table.name, column, own.text, `${plain(other)}%`),
      contains: (other) => this.words.like(table.name, column, own.text, `%${plain(other)}%`),
    }
    Object.assign(operations, { from: operations.atLeast, until: operations.atMost, after: operations.moreThan, before: operations.lessThan })
    return Object.entries(asked).filter(([, other]) => said(other)).every(([name, other]) => {
      if (name === 'not') return !this.value(type, field, row, column, id, other)
      if (name === 'isNull') return (own.text === null) === other
      return own.text !== null && operations[name](other)
    })
  }

  // As the database writes it; an id that names nothing of the type is like no key.
  textOf(field, id, value) {
    if (field.type === 'DateTime') return this.momentOf(value)
    if (field.type === 'Boolean') return value ? '1' : '0'
    if (field.type !== 'ID') return String(value)
    if (id === undefined) return /^(0|[1-9][0-9]{0,17})$/.test(value) ? value : '-1'
    const named = this.readGlobalId(value)
    return named !== undefined && named.type === id ? named.key : '-1'
  }

  weightOf(table, column, field, value) {
    return /char|text|enum/.test(table.types.get(column)) && field.type !== 'ID' ? this.words.weight(table.name, column, String(value)) : undefined
  }
}

// The order that orderBy makes: its fields, then the key in the direction of the last.
export function chosenOrder(type, order, orderBy) {
  if (!said(orderBy) || orderBy.length === 0) return order
  const key = type.directives.table.key ?? 'id'
  const fields = [...type.fields.values()].filter(({ directives }) => directives.sort !== undefined)
  const terms = orderBy.map(({ field, direction }) => {
    const { name, directives } = fields.find((each) => snake(each.name).toUpperCase() === field)
    return { column: directives.sort.column ?? directives.column?.name ?? snake(name), descending: direction === 'DESCENDING' }
  })
  return terms.some(({ column }) => column === key) ? terms : [...terms, { column: key, descending: terms.at(-1).descending }]
}
