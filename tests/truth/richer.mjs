// richer: the shipped schema with all that the schema language has besides: filters and orders on every field that can
// have them, plain lists whose size and rows the caller chooses. Without what only C code makes.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kind, parse, print } from 'graphql'

const directive = (text) => parse(`type X @${text} { x: Int }`).definitions[0].directives[0]
const has = (node, name) => (node.directives ?? []).some((each) => each.name.value === name)
const named = (type) => (type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type))

const query = `
"Where everything begins."
type Query {
  "One customer."
  customer("Its id." id: ID!, "As of when." asOf: DateTime @asOf): Customer @one @right(tab: "account")
  "Anything by its id."
  node("Its id." id: ID!, "As of when." asOf: DateTime @asOf): Node @node
  "Several things by their ids."
  nodes("Their ids." ids: [ID!]!, "As of when." asOf: DateTime @asOf): [Node]! @node
  "All customers, page by page."
  customers: CustomerConnection! @many(order: "sort_name, id") @right(tab: "account")
  "The customers of one partner's key."
  customersOf("Whose." partnerId: ID! @match(id: "Partner")): CustomerConnection! @many(order: "id desc") @right(tab: "account")
  "Products, as many as the caller wants."
  products(
    "How many." first: Int! @limit
    "In these states." statuses: [ProductStatus!] @match(column: "status")
    "Called like this at the beginning." begins: String @match(column: "service_identifier", how: "PREFIX")
    "With one of these ids." ids: [ID!] @match(column: "id", id: "Product")
  ): [Product!]! @many(order: "start_date desc, id", limit: 30) @right(tab: "subscriptions")
  "What is sold."
  offerings("Of this kind." category: ProductCategory @match, "With this name at the beginning." begins: String @match(column: "name", how: "PREFIX")):
    [ProductOffering!]! @many(order: "name, id", limit: 8) @right(tab: "account")
  "Partners, page by page."
  partners: PartnerConnection! @many(order: "id") @right(tab: "account")
}
`

// Fields that only C code makes, and types that only such fields lead to.
const byHand = ['Viewer', 'ViewerKind', 'Tab', 'ProductExpiry', 'AccessExplanation', 'AccessDecision', 'AccessRight', 'EnumLabel', 'Query']

function richerField(type, field, kinds) {
  const target = kinds.get(named(field.type).replace(/Connection$/, ''))
  const leaf = target === undefined || target.kind !== Kind.OBJECT_TYPE_DEFINITION
  const directives = [...field.directives]
  if (has(field, 'history') || has(type, 'embedded') === false && !has(type, 'table')) return field
  directives.push(directive(leaf && named(field.type) === 'String' ? 'filter(contains: true)' : 'filter'))
  if (leaf && has(type, 'table') && field.type.kind === Kind.NON_NULL_TYPE) directives.push(directive('sort'))
  return { ...field, directives }
}

// Writes the schema's files into a folder.
export function writeRicherSchema(from, folder) {
  mkdirSync(folder, { recursive: true })
  const definitions = readdirSync(from).filter((name) => name.endsWith('.graphql') && name !== 'directives.graphql')
    .flatMap((name) => parse(readFileSync(join(from, name), 'utf8')).definitions)
  const kinds = new Map(definitions.map((definition) => [definition.name.value, definition]))
  const richer = definitions.filter(({ name }) => !byHand.includes(name.value)).map((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition
    const fields = definition.fields.filter((field) => !has(field, 'resolver')).map((field) => richerField(definition, field, kinds))
    return { ...definition, fields }
  })
  writeFileSync(join(folder, 'richer.graphql'), `${richer.map(print).join('\n\n')}\n${query}`)
}
