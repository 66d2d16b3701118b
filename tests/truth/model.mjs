// model: what schema/*.graphql says with its directives, and the schema that somebody with certain rights sees.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Kind, buildASTSchema, parse, valueFromASTUntyped } from 'graphql'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const directivesOf = (node) =>
  Object.fromEntries((node.directives ?? []).map((directive) => [directive.name.value,
    Object.fromEntries((directive.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]))]))

const nameOf = (type) => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type))

// What this executor knows how to follow. Whoever adds a directive, or an argument of one, teaches it.
const known = {
  join: ['table', 'key', 'on', 'required'],
  table: ['name', 'key', 'database', 'recorded', 'timeless'],
  scope: ['customer', 'partner'],
  public: [],
  right: ['tab', 'level'],
  embedded: ['columns', 'table'],
  column: ['name', 'id', 'table'],
  one: ['key', 'kind'],
  discriminator: ['column'],
  value: ['name'],
  many: ['key', 'order', 'limit', 'average', 'predicate'],
  merge: ['key', 'of', 'descending', 'average'],
  node: [],
  resolver: ['needs', 'average'],
  reference: [],
  asOf: [],
  history: ['average'],
  limit: [],
  match: ['column', 'how', 'id'],
  filter: ['contains'],
  sort: ['indexed', 'column'],
  specifiedBy: ['url'],
  deprecated: ['reason'],
}

function check(coordinate, directives) {
  for (const [name, given] of Object.entries(directives)) {
    const unknown = known[name] === undefined ? `@${name}` : Object.keys(given).filter((each) => !known[name].includes(each))
    if (unknown.length > 0) throw new Error(`${coordinate}: the slow executor does not know ${unknown} yet: teach it (tests/truth)`)
  }
}

export class Model {
  constructor() {
    this.types = new Map()
    const extensions = []
    const folder = join(root, 'schema')
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.graphql'))) {
      for (const definition of parse(readFileSync(join(folder, file), 'utf8')).definitions) {
        if (definition.kind === Kind.OBJECT_TYPE_EXTENSION) extensions.push(definition)
        else if (definition.kind !== Kind.DIRECTIVE_DEFINITION) this.addType(definition)
      }
    }
    for (const extension of extensions) this.addFields(this.types.get(extension.name.value), extension)
    this.served = parse(readFileSync(join(root, 'docs', 'schema.graphql'), 'utf8'))
    for (const definition of this.served.definitions) {
      if (!this.types.has(definition.name?.value)) this.addType(definition)
    }
    for (const type of [...this.types.values()]) this.addOwner(type)
    for (const type of [...this.types.values()]) this.addVersions(type)
    this.elements = new Map()
    for (const name of this.types.keys()) {
      if (this.types.has(`${name}Connection`)) this.elements.set(`${name}Connection`, name).set(`${name}Edge`, name)
    }
  }

  addType(definition) {
    const name = definition.name.value
    const type = { name, kind: definition.kind, directives: directivesOf(definition), fields: new Map() }
    check(name, type.directives)
    this.addFields(type, definition)
    type.members = (definition.types ?? []).map((each) => each.name.value)
    type.interfaces = (definition.interfaces ?? []).map((each) => each.name.value)
    type.node = (definition.interfaces ?? []).some((each) => each.name.value === 'Node')
    this.types.set(name, type)
  }

  addFields(type, definition) {
    for (const field of definition.fields ?? []) {
      const name = field.name.value, directives = directivesOf(field)
      check(`${type.name}.${name}`, directives)
      for (const argument of field.arguments ?? []) check(`${type.name}.${name}(${argument.name.value}:)`, directivesOf(argument))
      const args = (field.arguments ?? []).map((argument) => ({ name: argument.name.value, type: nameOf(argument.type), directives: directivesOf(argument) }))
      type.fields.set(name, { name, type: nameOf(field.type), directives, args })
    }
  }

  // A type whose rows are in the table of an interface or union, told apart by a column, is found where that is.
  addOwner(type) {
    const owner = [...this.types.values()].find(({ name, directives, members }) => directives.discriminator !== undefined &&
      (type.interfaces.includes(name) || members.includes(type.name)))
    if (owner === undefined) return
    type.owner = owner
    const { table, scope, public: open } = owner.directives
    Object.assign(type.directives, { table }, scope && { scope }, open && { public: open })
  }

  // What a column of kinds calls a type.
  kindOf(type) {
    return type.directives.value?.name ?? snake(type.name).slice(1).toUpperCase()
  }

  // Versions of a type need the rights of what they are versions of, and are found where that is.
  addVersions(type) {
    if (![...type.fields.values()].some(({ directives }) => directives.history !== undefined)) return
    const version = this.types.get(`${type.name}Version`)
    Object.assign(version.directives, type.directives)
    version.of = type
    for (const field of version.fields.values()) field.directives = type.fields.get(field.name)?.directives ?? {}
  }

  // ---- rights: sets of tab:LEVEL ----

  typeNeeds(name) {
    if (this.types.get(name)?.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || name.endsWith('SortField')) return this.typeNeeds(this.chosen(name))
    const type = this.types.get(this.elements.get(name) ?? name)
    if (type === undefined) return []
    if (type.kind === Kind.ENUM_TYPE_DEFINITION || type.directives.embedded !== undefined) return this.commonNeeds(name)
    return [...rightOf(type.directives), ...rightOf(type.owner?.directives ?? {}), ...this.unionNeeds(type)]
  }

  // What all members of a union need.
  unionNeeds({ members }) {
    const [first = [], ...rest] = members.map((member) => this.typeNeeds(member))
    return first.filter((each) => rest.every((needs) => needs.includes(each)))
  }

  // What a generated filter or order is of: X of XFilter, XListFilter, OptionalXFilter, XSort and XSortField.
  chosen(name) {
    const names = [/^(.*)Filter$/, /^(.*)ListFilter$/, /^Optional(.*)Filter$/, /^(.*)Sort$/, /^(.*)SortField$/].map((form) => form.exec(name)?.[1])
    return names.find((each) => each !== undefined && this.types.has(each)) ?? 'String'
  }

  // Members of filters and values of orders are as visible as the fields they are about.
  memberNeeds(input, name) {
    const type = this.types.get(this.chosen(input))
    const field = [...(type?.fields.values() ?? [])].find((each) => each.name === name || (input.endsWith('SortField') && snake(each.name).toUpperCase() === name))
    if (field !== undefined) return this.fieldNeeds(type, field)
    const own = this.types.get(input)?.fields.get(name) // of an input that is written by hand
    return own === undefined ? [] : this.fieldNeeds(undefined, own)
  }

  fieldNeeds(type, field) {
    return [...rightOf(field.directives), ...this.typeNeeds(field.type)]
  }

  // What all uses of an enum or an embedded type need.
  commonNeeds(name) {
    let common
    for (const type of this.types.values()) {
      if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) continue
      for (const field of type.fields.values()) {
        if (field.type !== name) continue
        const needs = [...this.typeNeeds(type.name), ...rightOf(field.directives)]
        common = common === undefined ? needs : common.filter((each) => needs.includes(each))
      }
    }
    return common ?? []
  }

  holds(rights, needs) {
    return needs.every((each) => rights.has(each))
  }

  // Columns of the type's own row that a field is made of.
  columnsOf(type, field) {
    const { column, embedded, one, resolver } = field.directives
    if (embedded !== undefined) return embedded.columns
    if (resolver !== undefined) return resolver.needs ?? []
    if (one !== undefined) return [...(one.kind === undefined ? [] : [one.kind]), one.key ?? `${snake(field.name)}_id`]
    return [column?.name ?? snake(field.name)]
  }

  // The schema without what these rights do not show.
  schemaFor(rights) {
    const holds = (needs) => this.holds(rights, needs)
    const definitions = this.served.definitions
      .filter((definition) => holds(this.typeNeeds(definition.name.value)))
      .map((definition) => {
        const type = this.types.get(definition.name.value)
        const name = definition.name.value
        if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
          return { ...definition, fields: definition.fields.filter((field) => holds(this.memberNeeds(name, field.name.value))) }
        if (name.endsWith('SortField')) return { ...definition, values: definition.values.filter((value) => holds(this.memberNeeds(name, value.name.value))) }
        if (definition.types !== undefined) return { ...definition, types: definition.types.filter((member) => holds(this.typeNeeds(member.name.value))) }
        if (definition.fields === undefined) return definition
        return { ...definition, fields: definition.fields.filter((field) => holds(this.fieldNeeds(type, type.fields.get(field.name.value)))) }
      })
    return buildASTSchema({ kind: Kind.DOCUMENT, definitions }, { assumeValid: true }) // a union may have no members for some
  }
}

export const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

function rightOf(directives) {
  return directives.right === undefined ? [] : [`${directives.right.tab}:${directives.right.level ?? 'READ'}`]
}
