// mutating: what tests of all mutations of the schema have in common: which there are, and sending them.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { digests, graphql, root } from './client.mjs'
import { properInputs } from './proper_inputs.mjs'

const { buildClientSchema, getIntrospectionQuery, getNamedType, isCompositeType } = createRequire(join(root, 'tests', 'package.json'))('graphql')

// Those that somebody sees.
export async function mutationsOf(token) {
  const { body } = await graphql(token, { query: getIntrospectionQuery() })
  const schema = buildClientSchema(body.data)
  return Object.values(schema.getMutationType()?.getFields() ?? {})
}

// ---- requests ----

export const inputType = (mutation) => getNamedType(mutation.args[0].type)

// Why it was not done, and of the object as much as says whose it is.
function selected(mutation) {
  const objects = Object.values(getNamedType(mutation.type).getFields()).filter(({ name, type, args }) => name !== 'userErrors' && args.length === 0 && isCompositeType(getNamedType(type)))
  return `userErrors { code field message } dryRun replayed ${objects.map(({ name, type }) => `${name} { __typename ${getNamedType(type).getFields?.().id ? 'id' : ''} }`).join(' ')}`
}

const request = (mutation, input) => ({
  query: `mutation ($input: ${mutation.args[0].type}) { done: ${mutation.name}(input: $input) { ${selected(mutation)} } }`,
  variables: { input },
})

export const send = (token, mutation, input) => graphql(token, request(mutation, input))

export async function perform(token, mutation, input) {
  const { status, body } = await send(token, mutation, input)
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data.done
}

// Tables that are not what they were.
export const changedSince = async (before) => {
  const lines = new Set(before.split('\n'))
  return (await digests()).split('\n').filter((line) => !lines.has(line))
}

// An input that is done, about a customer, with a key of its own.
export const keyedInput = ({ name }, customer) => ({ idempotencyKey: randomUUID(), ...properInputs[name](customer) })
