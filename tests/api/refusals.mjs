// refusals: every code that a mutation refuses with is one of UserErrorCode, which describes it, and has a label in each language.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { graphql, root, sql, tokenOf } from './client.mjs'

// Where actions are, and what they call.
const folders = ['resolvers', 'server/act', 'server/order', 'server/feasibility']
const sources = folders.flatMap((folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.c')).map((name) => join(folder, name)))

// The second argument of act_error() and hindrance_add(), or both sides of its choice, or one that goes by a name.
function refusedIn(file) {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/\b(?:act_error|hindrance_add)\(\s*[^,()]+,\s*([^,]+),/g)].flatMap(([, code]) => [...code.matchAll(/"(\w+)"/g)].map(([, name]) => ({ file, name })))
}

const refused = [...sources.flatMap(refusedIn), { file: 'resolvers/hindrance.c', name: 'NOT_ALLOWED' }]
const { body } = await graphql(await tokenOf('admin'), { query: '{ __type(name: "UserErrorCode") { enumValues { name description } } }' })
const known = body.data.__type.enumValues

test('every code that something is refused with is a value of UserErrorCode', () => {
  assert.ok(refused.length > 100, `${refused.length} refusals are found`)
  const names = new Set(known.map(({ name }) => name))
  assert.deepEqual(refused.filter(({ name }) => !names.has(name)), [])
})

test('every value of UserErrorCode is refused with somewhere, and described', () => {
  const names = new Set(refused.map(({ name }) => name))
  assert.deepEqual(known.filter(({ name, description }) => !names.has(name) || !/\.$/.test(description)), [])
})

test('every code has one label in English and one in German', () => {
  for (const language of ['en', 'de']) {
    const labels = sql(`SELECT value, label FROM enum_label WHERE type = 'UserErrorCode' AND language = '${language}'`).split('\n').map((line) => line.split('\t'))
    assert.deepEqual(labels.map(([value]) => value).sort(), known.map(({ name }) => name).sort(), language)
    assert.equal(new Set(labels.map(([, label]) => label)).size, labels.length, `two codes have one label in ${language}`)
  }
})
