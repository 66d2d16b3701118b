// acting: mutations as tests send them, each with a key of its own, and what their payloads say.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { graphql } from './client.mjs'

const rest = 'userErrors { code field message } dryRun replayed'

// The payload, with what is selected of it; nothing is wrong with the request itself.
export async function act(token, name, input, selection) {
  const type = `${name[0].toUpperCase()}${name.slice(1)}Input`
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} ${rest} } }`
  const { status, body } = await graphql(token, { query, variables: { input: { idempotencyKey: randomUUID(), ...input } } })
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data[name]
}

// Why it was refused: 'INVALID value' for each reason, with the member of the input.
export const codes = ({ userErrors }) => userErrors.map(({ code, field }) => [code, ...(field ?? []).slice(1)].join(' '))

// The payload of what was not refused.
export function done(payload) {
  assert.deepEqual(payload.userErrors, [])
  return payload
}

// The ids of the customers whom a search finds.
export async function foundBy(token, search) {
  const { body } = await graphql(token, { query: 'query ($search: String!) { customers(search: $search) { nodes { id } } }', variables: { search } })
  return body.data.customers.nodes.map(({ id }) => id)
}
