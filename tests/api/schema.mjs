// schema: what clients can read about the API: everything is described, and docs/schema.graphql is what is served.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { data, graphql, root, tokenOf } from './client.mjs'

const { buildClientSchema, getIntrospectionQuery, validateSchema } = createRequire(join(root, 'tests', 'package.json'))('graphql')

const everything = `{
  __schema {
    types {
      name description
      fields(includeDeprecated: true) { name description args(includeDeprecated: true) { name description } }
      inputFields(includeDeprecated: true) { name description }
      enumValues(includeDeprecated: true) { name description }
    }
    directives { name description args { name description } }
  }
}`

const type = '{ name ofType { name ofType { name ofType { name } } } }'
const fieldsOfAll = `{ __schema { types { name fields(includeDeprecated: true) { name description type ${type} } } } }`

// Schema coordinates of all that has no description.
function silent(types) {
  const found = []
  const look = (coordinate, thing) => {
    if (!thing.description) found.push(coordinate)
  }
  for (const type of types) {
    look(type.name, type)
    for (const field of type.fields ?? []) {
      look(`${type.name}.${field.name}`, field)
      for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name}:)`, argument)
    }
    for (const part of [...(type.inputFields ?? []), ...(type.enumValues ?? [])]) look(`${type.name}.${part.name}`, part)
  }
  return found
}

test('every type, field, argument and value of the schema has a description', async () => {
  const { body } = await graphql(await tokenOf('admin'), { query: everything })
  const types = body.data.__schema.types.filter((type) => !type.name.startsWith('__'))
  assert.ok(types.length > 20)
  assert.deepEqual(silent(types), [])
})

test('tools can read the schema with the introspection query they all send', async () => {
  const { body } = await graphql(await tokenOf('admin'), { query: getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }) })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  assert.deepEqual(validateSchema(buildClientSchema(body.data)), [])
})

// The PUKs of a SIM card may be named, as their type has nothing but that they are there.
test('S1-27 of a sealed code there is nothing to read but that it is locked', async () => {
  const { body } = await graphql(await tokenOf('admin'), { query: everything })
  const { types } = body.data.__schema
  assert.deepEqual(types.find(({ name }) => name === 'SealedCode').fields.map(({ name }) => name).sort(), ['masked', 'state'])
  assert.deepEqual(types.find(({ name }) => name === 'SealedCodeState').enumValues.map(({ name }) => name), ['LOCKED'])
})

test('S1-27 S1-28 no field of the schema gives a password, PIN or secret away', async () => {
  const { body } = await graphql(await tokenOf('admin'), { query: fieldsOfAll })
  // What is sent to the customer, or read once, is asked for by a mutation: its payloads are looked at.
  const fields = body.data.__schema.types.filter(({ name }) => name !== 'Mutation').flatMap((type) => (type.fields ?? []).map((field) => ({ ...field, at: `${type.name}.${field.name}` })))
  const leafOf = (type) => (type.ofType ? leafOf(type.ofType) : type.name)
  const telling = fields.filter(({ name, type }) => /password|secret|hash|fingerprint|cipher|nonce|pin$|puk/i.test(name) && leafOf(type) !== 'SealedCode')
  assert.deepEqual(telling.map(({ at }) => at), [])
  const promising = fields.filter(({ description }) => /password|passwort/i.test(description))
  assert.deepEqual(promising.map(({ at }) => at), [])
})

test('docs/schema.graphql is the schema that is served; write it anew with: dossier schema print', () => {
  const program = process.env.DOSSIER_PROGRAM ?? join(root, 'build/dev/server/dossier')
  const printed = execFileSync(program, ['schema', 'print', '--data', data], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  assert.equal(printed, readFileSync(join(root, 'docs/schema.graphql'), 'utf8'))
})
