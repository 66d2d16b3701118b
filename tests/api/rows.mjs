// rows: whose the rows in the database are, found out without the server: what somebody may see, and what they may not.
import { createRequire } from 'node:module'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { globalId, root, sql } from './client.mjs'

const { Kind, parse, valueFromASTUntyped } = createRequire(join(root, 'tests', 'package.json'))('graphql')

const directive = (node, name) => {
  const found = node.directives?.find((each) => each.name.value === name)
  return found && Object.fromEntries((found.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]))
}

// Types with global ids and rows of their own: name, table, key and who its rows belong to.
function tables() {
  const folder = join(root, 'schema')
  return readdirSync(folder).filter((name) => name.endsWith('.graphql')).flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')).definitions)
    .filter((type) => type.kind === Kind.OBJECT_TYPE_DEFINITION && type.interfaces?.some((each) => each.name.value === 'Node') && directive(type, 'table'))
    .map((type) => ({ name: type.name.value, key: 'id', ...rename(directive(type, 'table')), scope: directive(type, 'scope') ?? {} }))
}

const rename = ({ name, ...more }) => ({ table: name, ...more })

const known = tables()

// Those of whoever signs in by a name; without one, everybody's.
export class Rows {
  constructor(login) {
    this.types = known.map(({ name }) => name)
    this.found = new Map()
    if (login === undefined) return
    const [kind, partner, customer] = sql(`SELECT kind, partner_id, customer_id FROM user_account WHERE login = '${login}'`).split('\t')
    const path = kind === 'PARTNER' ? sql(`SELECT path FROM partner WHERE id = ${partner}`) : ''
    this.partners = kind === 'PARTNER' ? `(SELECT p.id FROM partner AS p WHERE p.path LIKE '${path}%')` : '(NULL)'
    this.customers = kind === 'PARTNER' ? `(SELECT c.id FROM customer AS c WHERE c.partner_id IN ${this.partners})` : `(${customer})`
  }

  // A condition for the rows of a type that they may see.
  visible({ scope }) {
    if (this.customers === undefined || (scope.customer === undefined && scope.partner === undefined)) return 'TRUE'
    return scope.customer !== undefined ? `t.${scope.customer} IN ${this.customers}` : `t.${scope.partner} IN ${this.partners}`
  }

  // The id of a row of theirs, and of one that is somebody else's; undefined: there is none.
  own(name) {
    return this.one(name, (visible) => visible)
  }

  foreign(name) {
    return this.one(name, (visible) => `(${visible}) IS NOT TRUE`)
  }

  one(name, condition) {
    const type = known.find((each) => each.name === name)
    if (type === undefined) return undefined
    const where = condition(this.visible(type))
    const text = `SELECT t.${type.key} FROM ${type.table} AS t WHERE ${where} ORDER BY t.${type.key} DESC LIMIT 1`
    if (!this.found.has(text)) this.found.set(text, sql(text))
    const key = this.found.get(text)
    return key === '' ? undefined : globalId(name, key)
  }

  // Whether it is the id, letter by letter, of a row of that type which they may see.
  has(name, id) {
    const [type, key] = keyOf(id)
    if (type !== name || globalId(type, key) !== id) return false
    return this.foreignAmong([id]).length === 0
  }

  // Of the ids of an answer those that they should not have been given.
  foreignAmong(ids) {
    const keys = new Map()
    for (const id of ids) {
      const [name, key] = keyOf(id)
      if (key !== undefined && this.types.includes(name)) keys.set(name, [...(keys.get(name) ?? []), key])
    }
    return [...keys].flatMap(([name, list]) => {
      const type = known.find((each) => each.name === name)
      const seen = new Set(sql(`SELECT t.${type.key} FROM ${type.table} AS t WHERE t.${type.key} IN (${list.join(', ')}) AND ${this.visible(type)}`).split('\n'))
      return list.filter((key) => !seen.has(key)).map((key) => `${name}:${key}`)
    })
  }
}

// ["Customer", "7"] of an id that says so, else [].
const keyOf = (id) => /^(\w+):(\d{1,19})$/.exec(Buffer.from(id, 'base64url').toString())?.slice(1) ?? []
