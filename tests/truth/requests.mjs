// requests: what is refused before anything is looked up: pages, cursors, numbers of ids, searches.
import { Kind, getArgumentValues, getNamedType, getVariableValues, isAbstractType, print, visit } from 'graphql'
import { listOf, momentOf, pageLimit, placeOf } from './executor.mjs'
import { searchProblem } from './search.mjs'
import { workProblem } from './ticket_work.mjs'

// What is wrong: errors that are all told, or refusals, one of which is; or neither.
export function checkRequest(executor, document, variables, operationName) {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  const operation = operations.find(({ name }) => operationName === undefined || name?.value === operationName)
  const coerced = getVariableValues(executor.schema, operation.variableDefinitions ?? [], variables ?? {})
  if (coerced.errors !== undefined) return { errors: coerced.errors.map((error) => error.toJSON()) }
  const fragments = new Map(document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map((each) => [each.name.value, each]))
  const walk = { executor, document, fragments, variableValues: coerced.variableValues, refusals: [] }
  checkSelections(walk, executor.schema.getQueryType(), [executor.schema.getQueryType()], operation.selectionSet)
  return { refusals: walk.refusals }
}

// `possible` are the types that objects at this place can have.
function checkSelections(walk, type, possible, set) {
  for (const node of (set?.selections ?? []).filter((each) => isLive(walk, each))) {
    if (node.kind === Kind.FIELD) checkField(walk, type, node)
    else checkFragment(walk, type, possible, node)
  }
}

function isLive(walk, node) {
  const condition = (name) => {
    const directive = node.directives?.find((each) => each.name.value === name)
    if (directive === undefined) return undefined
    const { value } = directive.arguments[0]
    return value.kind === Kind.VARIABLE ? walk.variableValues.coerced[value.name.value] : value.value
  }
  return condition('skip') !== true && condition('include') !== false
}

const objectsOf = (walk, type) => (isAbstractType(type) ? walk.executor.schema.getPossibleTypes(type) : [type])

function checkFragment(walk, type, possible, node) {
  const fragment = node.kind === Kind.FRAGMENT_SPREAD ? walk.fragments.get(node.name.value) : node
  const on = fragment.typeCondition === undefined ? type : walk.executor.schema.getType(fragment.typeCondition.name.value)
  const left = objectsOf(walk, on).filter((each) => possible.includes(each))
  if (left.length > 0) checkSelections(walk, on, left, fragment.selectionSet)
}

function checkField(walk, type, node) {
  if (node.name.value.startsWith('__')) return
  const field = type.getFields()[node.name.value]
  const args = getArgumentValues(field, node, walk.variableValues)
  const described = walk.executor.model.types.get(type.name)?.fields.get(field.name)
  if (isAhead(args.asOf))
    walk.refusals.push({
      message: '"asOf" lies in the future. Give a moment that has passed, or none for now.',
      locations: placesOf(walk.document, node, (same) => same.arguments.find(({ name }) => name.value === 'asOf').value),
    })
  const message = described === undefined ? undefined : problemOf(walk.executor, field, described.directives, args)
  if (message !== undefined) walk.refusals.push({ message, locations: placesOf(walk.document, node) })
  const named = getNamedType(field.type)
  checkSelections(walk, named, objectsOf(walk, named), node.selectionSet)
}

// Fields that merge are one to the server, which names the place of any of them.
export function placesOf(document, node, part = (field) => field) {
  const places = []
  const call = ({ name, arguments: given }) => print({ kind: Kind.FIELD, name, arguments: given })
  visit(document, { Field: (field) => void (call(field) === call(node) && places.push(placeOf(part(field)))) })
  return places
}

// Five seconds of grace: the clocks of two machines.
function isAhead(text) {
  const moment = momentOf(text)
  return moment !== undefined && Date.parse(`${moment.slice(0, 19).replace(' ', 'T')}Z`) > Date.now() + 5000
}

function problemOf(executor, field, directives, args) {
  if (directives.node !== undefined && Array.isArray(args[field.args[0].name]) && args[field.args[0].name].length > pageLimit)
    return 'Ask for at most 200 ids at once.'
  const fields = (args.orderBy ?? []).map((each) => each.field)
  if (new Set(fields).size < fields.length) return '"orderBy" names a field twice.'
  const page = getNamedType(field.type).name.endsWith('Connection') ? pageProblem(executor, field, directives, args) : undefined
  if (page !== undefined || directives.many === undefined) return page
  if (directives.many.predicate === 'ticket_work') return workProblem(args)
  if (directives.many.predicate === 'customer_search') return searchProblem(args.search)
  if (directives.many.predicate === 'enum_label_language' && (args.language === '' || args.language.length > 35))
    return 'Give the language as a BCP 47 tag, for example de or pt-BR.'
  return undefined
}

function pageProblem(executor, field, directives, args) {
  const given = (name) => args[name] !== undefined && args[name] !== null
  if (given('first') && given('last')) return 'Give "first" or "last", not both.'
  const backward = given('last') || (given('before') && !given('first'))
  if (given(backward ? 'after' : 'before')) return 'Use "after" with "first", and "before" with "last".'
  const size = backward ? args.last : args.first
  if (size !== undefined && size !== null && (size < 1 || size > pageLimit)) return '"first" and "last" take a number from 1 to 200.'
  const cursor = backward ? args.before : args.after
  if (cursor === undefined || cursor === null) return undefined
  return executor.cursors.find(cursor)?.list === listOf(directives, executor.typeOf(field), args)
    ? undefined
    : 'The cursor is not one of this list in this order. Use one that this list has given in the same order, unchanged.'
}
