// values: arguments that lead somewhere: ids there are and ids there are not, pages, cursors, searches.
import { date, moment, searchTerms, text } from './data.mjs'
import { getNamedType, getNullableType, isEnumType, isInputObjectType, isListType, isRequiredInputField } from 'graphql'

const globalId = (type, key) => Buffer.from(`${type}:${key}`).toString('base64url')

// What nobody ever made, or made by hand.
const forged = ['', 'x', 'Q3VzdG9tZXI6', globalId('Customer', '01'), globalId('Customer', '-1'), globalId('Customer', '1 OR 1=1'),
  globalId('Customer', '9223372036854775808'), globalId('Customer', '1').slice(0, -1), `${globalId('Customer', '1')}=`, globalId('customer', '1'),
  globalId('Nothing', '1'), globalId('Query', '1'), globalId('ContactMedium', '1'), globalId('Customer', '9'.repeat(30)), '😀', 'A'.repeat(300)]

// Before there was anything, and a moment nobody knows yet.
const momentsByHand = ['1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '2026-10-01T02:00:00+02:00', '2037-12-31T00:00:00Z']

const cursorsByHand = ['', 'x', 'AQAAAAA', 'AQ', '!!', 'A'.repeat(2000)]

// What leads far is asked more often than what does not.
const weights = { 'Query.customers': 12, 'Query.customer': 4, 'Query.nodes': 3, 'Query.viewer': 1, 'Query.enumLabels': 1, 'Customer.products': 6, 'Customer.orders': 6, 'Customer.timeline': 6,
  'CustomerConnection.nodes': 4, 'CustomerConnection.edges': 4 }

// `known` has keys of the rows of each type with global ids; `cursors` gives cursors that lists have given.
export function createValues(known, cursors, covers, { terms = searchTerms, moments = momentsByHand, texts = [] } = {}) {
  const types = [...known.keys()]

  function id(random, wanted) {
    const kind = random.weighted([[80, 'known'], [8, 'unknown'], [8, 'other'], [4, 'forged']])
    if (kind === 'forged') return random.pick(forged)
    const type = kind === 'other' || !known.has(wanted) ? random.pick(types) : wanted
    return globalId(type, kind === 'unknown' ? String(random.below(2000)) : random.pick(known.get(type)))
  }

  function cursor(random, list) {
    const all = cursors(list)
    return random.chance(0.04) || all.length === 0 ? random.pick([...cursorsByHand, ...cursors()]) : random.pick(all)
  }

  function search(random) {
    const term = () => random.pick(terms).slice(0, random.between(2, 12))
    return random.weighted([[50, term().slice(0, 2)], [25, term()], [10, `${term()} ${term().slice(0, 2)}`], [5, term().toUpperCase()], [5, '+49 30-1'], [5, '0049 30'],
      [3, 'Zoe'], [2, "O'Brien"], [1, ''], [1, 'a'], [1, '%'], [1, 'a'.repeat(201)]])
  }

  // What a filter says, by its input types: of objects, of values, of lists.
  function asked(random, type, depth) {
    const members = Object.values(type.getFields()).filter((member) => depth > 1 || !isInputObjectType(getNamedType(member.type)) || getNamedType(member.type) !== type)
    const chosen = random.times(random.chance(0.1) ? 0 : 1, 2, () => random.pick(members))
    return Object.fromEntries([...members.filter(isRequiredInputField), ...chosen].map((member) => [member.name, askedValue(random, member.type, depth - 1)]))
  }

  function askedValue(random, type, depth) {
    const nullable = getNullableType(type)
    const named = getNamedType(type)
    if (nullable === type && random.chance(0.03)) return null
    if (isListType(nullable)) return random.times(0, 3, () => askedValue(random, nullable.ofType, depth))
    if (isInputObjectType(named)) return depth < -3 ? {} : asked(random, named, depth)
    if (isEnumType(named)) return random.pick(named.getValues()).name
    return leaf(random, named.name)
  }

  const letters = (random, count) => [...text(random)].slice(0, count).join('')

  function leaf(random, type) {
    const leaves = {
      ID: () => id(random, random.pick(types)),
      String: () => texts.length > 0 && random.chance(0.5) ? random.pick(texts).slice(0, random.pick([1, 3, 100])) : random.weighted([[3, letters(random, 8)], [2, letters(random, 1)], [2, random.pick(terms).slice(0, 3)], [1, random.pick(['EUR', 'usd', 'STANDARD', '1', 'Fibre', '%', '_'])]]),
      Int: () => random.between(-1, 4),
      BigInt: () => random.pick(['0', '1250', '-999', '9223372036854775807', '9007199254740993']),
      Boolean: () => random.chance(0.5),
      Date: () => date(random),
      DateTime: () => `${moment(random).replace(' ', 'T')}Z`,
    }
    return leaves[type]()
  }

  function orders(random, type) {
    const { field, direction } = getNamedType(type).getFields()
    const term = () => ({ field: random.pick(getNamedType(field.type).getValues()).name, ...(random.chance(0.6) && { direction: random.pick(getNamedType(direction.type).getValues()).name }) })
    const terms = random.times(0, 3, term)
    return random.chance(0.05) ? terms : terms.filter((each, i) => terms.findIndex((other) => other.field === each.field) === i)
  }

  const size = (random) => random.weighted([[60, random.between(1, 4)], [15, random.between(5, 40)], [5, 200], [0.3, 0], [0.3, -1], [0.3, 201]])

  // Mostly what is of the kind that is wanted.
  function qualified(random, { name }) {
    const arguments_ = {
      customerId: () => id(random, 'Customer'),
      placeId: () => (random.chance(0.8) ? null : String(random.between(1, 300))),
      offeringIds: () => (random.chance(0.4) ? null : random.times(0, 4, () => id(random, random.chance(0.97) ? 'ProductOffering' : 'Customer'))),
      category: () => random.pick([null, 'MOBILE', 'FIBRE', 'TV']),
      together: () => random.chance(0.5),
      on: () => date(random),
    }
    return arguments_[name]()
  }

  // Mostly lists of work that there are.
  function worked(random, { name }) {
    const arguments_ = {
      teamId: () => random.pick([null, '1', '2', '3', '4', '77', 'first line']),
      queueId: () => random.pick([null, null, '1', '3', '77']),
      holder: () => random.pick([null, 'NOBODY', 'VIEWER']),
      status: () => random.pick([null, null, 'ACKNOWLEDGED', 'IN_PROGRESS', 'PENDING', 'CLOSED']),
      priority: () => random.pick([null, null, 'HIGH', 'MEDIUM', 'LOW']),
    }
    return arguments_[name]()
  }

  function values(random, { parent, field, argument }) {
    const type = getNamedType(field.type).name
    if (parent.name === 'Query' && field.name === 'tickets' && ['teamId', 'queueId', 'holder', 'status', 'priority'].includes(argument.name)) return worked(random, argument)
    if (argument.name === 'ticketId') return id(random, 'TroubleTicket')
    if (field.name === 'qualify') return qualified(random, argument)
    if (argument.name === 'first' || argument.name === 'last') return size(random)
    if (argument.name === 'after' || argument.name === 'before') return cursor(random, `${parent.name}.${field.name}`)
    if (argument.name === 'where') return random.chance(0.5) ? null : asked(random, getNamedType(argument.type), random.between(1, 3))
    if (argument.name === 'orderBy') return random.chance(0.5) ? null : orders(random, argument.type)
    if (isInputObjectType(getNamedType(argument.type))) return asked(random, getNamedType(argument.type), 2)
    if (argument.name === 'limit') return random.pick([null, null, 1000, 10000, 0, -1, 10001]) // fewer would be any of those there are
    if (argument.name === 'name') return random.pick(['standard', 'standard', 'nothing', ''])
    if (argument.name === 'search') return search(random)
    if (argument.name === 'kinds') return random.pick([null, [], ['LETTER'], ['SMS', 'EMAIL'], ['LETTER', 'EMAIL', 'SMS', 'SMS']])
    if (argument.name === 'state') return random.pick([null, 'FILED', 'WAITING'])
    if (argument.name === 'language') return random.pick(['en', 'de', 'de-AT', 'fr', 'en-GB', 'xx', 'pt-BR', '', 'x'.repeat(36)])
    if (argument.name === 'from') return random.pick(['DE', 'GB', 'US', 'ZZ', '', null, 'de', 'DEU'])
    if (argument.name === 'asOf') return random.chance(0.2) ? null : random.chance(0.05) ? random.pick(momentsByHand) : random.pick(moments)
    if (getNamedType(argument.type).name === 'Date') return date(random)
    if (argument.name === 'at') return `${moment(random).replace(' ', 'T')}Z` // never now, which is another moment for everybody
    if (argument.name === 'expiresAfterDays') return random.pick([1, 30, 400, 100000, 0])
    if (getNamedType(argument.type).name === 'Boolean') return random.chance(0.3) ? null : random.chance(0.5)
    if (getNamedType(argument.type).name === 'ID') {
      const element = type.replace(/Connection$/, '')
      const wanted = known.has(element) ? element : random.pick(types)
      if (!isListType(getNullableType(argument.type))) return id(random, wanted)
      return random.times(0, random.chance(0.1) ? 230 : 6, () => id(random, random.pick(types)))
    }
    throw new Error(`no values for ${parent.name}.${field.name}(${argument.name}:) yet: teach tests/truth/values.mjs`)
  }

  values.knows = covers
  values.weight = (type, field) => weights[`${type.name}.${field.name}`] ?? 2
  return values
}
