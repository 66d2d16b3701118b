// golden: each <word>/<case>.graphql is sent to the running server and answered as <case>.json says.
//
//   <case>.graphql          the document
//   <case>.variables.json   its variables, if it has any
//   <case>.extensions.json  the extensions of the request, if it has any
//   <case>.as               who asks: a user name of the demo, "nobody", or a user name and the only rights they
//                           shall have, for example "admin account:read explorer:read"; without the file: admin
//   <case>.json             the whole answer; "<any>" stands for any one value
//
// With ACCEPT=1 in the environment answers are written instead of compared: look at them before you commit.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { graphql, tokenOf, tokenWithRights } from './client.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const accept = process.env.ACCEPT === '1'
const only = process.env.ONLY ?? ''

const read = (path, otherwise) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : otherwise)

// What was got, with "<any>" where that is wanted, so that the difference shows only what differs.
function masked(got, wanted) {
  if (wanted === '<any>' && got !== undefined) return '<any>'
  if (Array.isArray(got) && Array.isArray(wanted)) return got.map((item, index) => masked(item, wanted[index]))
  if (got && wanted && typeof got === 'object' && typeof wanted === 'object')
    return Object.fromEntries(Object.entries(got).map(([key, value]) => [key, masked(value, wanted[key])]))
  return got
}

async function tokenFor(who) {
  const [name, ...rights] = who.split(/\s+/)
  if (name === 'nobody') return undefined
  return rights.length === 0 ? tokenOf(name) : tokenWithRights(name, rights)
}

async function run(path) {
  const variables = JSON.parse(read(`${path}.variables.json`, '{}'))
  const extensions = JSON.parse(read(`${path}.extensions.json`, '{}'))
  const query = readFileSync(`${path}.graphql`, 'utf8')
  const { body } = await graphql(await tokenFor(read(`${path}.as`, 'admin')), { query, variables, extensions })
  if (accept) {
    writeFileSync(`${path}.json`, `${JSON.stringify(body, null, 2)}\n`)
    return
  }
  assert.ok(existsSync(`${path}.json`), `${path}.json is missing; see the top of golden.mjs`)
  const wanted = JSON.parse(readFileSync(`${path}.json`, 'utf8'))
  assert.deepEqual(masked(body, wanted), wanted)
}

const words = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
for (const word of words) {
  for (const file of readdirSync(join(here, word)).filter((name) => name.endsWith('.graphql')).sort()) {
    const name = `${word}/${file.replace(/\.graphql$/, '')}`
    if (name.includes(only)) test(name.replaceAll('_', ' '), () => run(join(here, name)))
  }
}
