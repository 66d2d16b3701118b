// documents: random valid documents for a schema, with values that lead somewhere: ids there are, pages that overlap.
import { GraphQLNonNull, getNamedType, getNullableType, isAbstractType, isCompositeType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql'

const aliases = ['a', 'b', 'x', '_', 'data', 'errors', 'id', '__proto__', 'constructor', 'toString', 'true', 'on', 'name']

// `values(random, { parent, field, argument })` gives the value of an argument of the schema's; `size` is how many fields
// a document may have at most, `literals` how many of its arguments are no variables.
export class Documents {
  constructor(random, schema, values, { size = 30, depth = 8, literals = 0.5, conditions = 1 } = {}) {
    Object.assign(this, { random, schema, values, size, maximum: depth, literals, conditions })
  }

  // { query, variables, operationName, again(): other variables for the same document }
  next() {
    Object.assign(this, { budget: this.random.between(3, this.size), keys: new Map(), variables: new Map(), fragments: [], building: [new Set()] })
    const selections = this.selections(this.schema.getQueryType(), this.maximum)
    const definitions = [...this.variables.values()].map(({ name, type, fallback }) => `$${name}: ${type}${fallback === undefined ? '' : ` = ${fallback}`}`)
    const named = this.random.chance(0.3)
    const consistent = this.random.chance(0.1)
    const head = definitions.length > 0 || named || consistent
      ? `query ${named ? 'Random' : ''}${definitions.length > 0 ? `(${definitions.join(', ')})` : ''}${consistent ? ' @consistent' : ''} ` : ''
    const variables = [...this.variables.values()]
    return {
      query: [`${head}${selections}`, ...this.fragments.map(({ text }) => text)].join('\n'),
      variables: valuesOf(variables),
      again: () => valuesOf(variables),
    }
  }

  // ---- variables and values ----

  variable(type, make, fallback) {
    const name = `v${this.variables.size}`
    this.variables.set(name, { name, type, make, fallback })
    return `$${name}`
  }

  condition() {
    const { random } = this
    if (random.chance(0.3)) return random.pick(['true', 'false'])
    const booleans = [...this.variables.values()].filter(({ type }) => String(type) === 'Boolean!')
    if (booleans.length > 0 && random.chance(0.5)) return `$${random.pick(booleans).name}`
    return this.variable('Boolean!', () => random.chance(0.7), undefined)
  }

  directives() {
    const { random } = this
    const parts = []
    if (random.chance(0.08 * this.conditions)) parts.push(` @include(if: ${this.condition()})`)
    if (random.chance(0.06 * this.conditions)) parts.push(` @skip(if: ${this.condition()})`)
    return parts.join('')
  }

  arguments(parent, field) {
    const { random } = this
    const page = this.page(field)
    const parts = []
    for (const argument of field.args) {
      const isPage = ['first', 'last', 'after', 'before'].includes(argument.name)
      if (isPage ? !page.includes(argument.name) : argument.name !== 'at' && !isNonNullType(argument.type) && !random.chance(0.5)) continue
      const make = () => this.values(random, { parent, field, argument })
      if (random.chance(this.literals)) {
        parts.push(`${argument.name}: ${literal(argument.type, make())}`)
      } else {
        const loose = isNonNullType(argument.type) && random.chance(0.2)
        const type = loose ? getNullableType(argument.type) : !isNonNullType(argument.type) && random.chance(0.2) ? new GraphQLNonNull(argument.type) : argument.type
        parts.push(`${argument.name}: ${this.variable(type, make, loose ? literal(argument.type, make()) : undefined)}`)
      }
    }
    return parts.length === 0 ? '' : `(${random.shuffle(parts).join(', ')})`
  }

  page(field) {
    if (!field.args.some(({ name }) => name === 'first')) return []
    return this.random.weighted([[5, []], [20, ['first']], [12, ['first', 'after']], [8, ['last']], [8, ['last', 'before']], [3, ['before']],
      [3, ['after']], [0.4, ['first', 'last']], [0.4, ['first', 'before']], [0.4, ['last', 'after']]])
  }

  // ---- selections ----

  // The field under a name that means the same wherever it stands in the document.
  field(parent, field, depth) {
    const { random } = this
    this.budget--
    const args = this.arguments(parent, field)
    const meaning = `${field.name}${args}: ${field.type}`
    let key = random.chance(0.15) ? random.pick(aliases) : field.name
    for (let i = 0; (this.keys.get(key) ?? meaning) !== meaning; i++) key = `${field.name}${i}`
    this.keys.set(key, meaning)
    const type = getNamedType(field.type)
    const head = `${key === field.name ? '' : `${key}: `}${field.name}${args}`
    return () => `${head}${this.directives()}${isCompositeType(type) ? ` ${this.selections(type, depth - 1)}` : ''}`
  }

  choose(type, depth) {
    const { random } = this
    const typename = { name: '__typename', type: new GraphQLNonNull(this.schema.getType('String')), args: [] }
    const fields = Object.values(type.getFields?.() ?? {}).filter((field) => this.values.knows(type, field))
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)))
    const deeper = depth > 1 && this.budget > 0 ? fields.filter((field) => !leaves.includes(field)) : []
    if (random.chance(0.05) || leaves.length + deeper.length === 0) return typename
    const list = deeper.length > 0 && (leaves.length === 0 || random.chance(0.6)) ? deeper : leaves
    return random.weighted(list.map((field) => [this.values.weight(type, field), field]))
  }

  narrower(type) {
    const { random, schema } = this
    if (isAbstractType(type)) return random.pick([type, ...schema.getPossibleTypes(type), ...schema.getPossibleTypes(type)])
    return random.pick([type, type, ...type.getInterfaces()])
  }

  spread(type, depth) {
    const { random } = this
    const on = this.narrower(type)
    const known = this.fragments.filter((fragment) => fragment.on === on && fragment.depth <= depth)
    let fragment = known.length > 0 && random.chance(0.6) ? random.pick(known) : undefined
    if (fragment === undefined) {
      fragment = { on, depth, name: `F${this.names = (this.names ?? 0) + 1}` }
      fragment.text = `fragment ${fragment.name} on ${on.name} ${this.selections(on, depth)}`
      this.fragments.push(fragment)
    }
    return `...${fragment.name}${this.directives()}`
  }

  selections(type, depth) {
    const { random } = this
    const parts = []
    const fields = []
    for (let i = random.between(1, this.budget > 0 ? 4 : 1); i > 0; i--) {
      const nested = depth > 0 && this.budget > 0
      const kind = random.weighted([[76, 'field'], [nested ? 10 : 0, 'inline'], [nested ? 8 : 0, 'spread'], [fields.length > 0 ? 6 : 0, 'again']])
      if (kind === 'inline') {
        const on = this.narrower(type)
        parts.push(`...${random.chance(0.7) || on !== type ? ` on ${on.name}` : ''}${this.directives()} ${this.selections(on, depth)}`)
      } else if (kind === 'spread') {
        parts.push(this.spread(type, depth))
      } else {
        const field = kind === 'again' ? random.pick(fields) : this.field(type, this.choose(type, depth), depth)
        fields.push(field)
        parts.push(field())
      }
    }
    return `{ ${random.shuffle(parts).join(' ')} }`
  }
}

function valuesOf(variables) {
  return Object.fromEntries(variables.map(({ name, make }) => [name, make()]))
}

export function literal(type, value) {
  if (isNonNullType(type)) return literal(type.ofType, value)
  if (value === null || value === undefined) return 'null'
  if (isListType(type)) return Array.isArray(value) ? `[${value.map((item) => literal(type.ofType, item)).join(', ')}]` : literal(type.ofType, value)
  if (isEnumType(type)) return value
  if (isInputObjectType(type)) return `{${Object.entries(value).map(([key, each]) => `${key}: ${literal(type.getFields()[key].type, each)}`).join(', ')}}`
  return JSON.stringify(value)
}
