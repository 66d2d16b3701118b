// coverage: which tests show which row of what is asked (rows.mjs): their names begin with its id. Prints TAP; ends with 1
// when a row that is built has no test, or a name has a row of S1 that there is not. Rows of other lists may be named, too.
//
//   node tests/coverage/coverage.mjs [--table]     the table: each row with its tests
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rows } from './rows.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

// Kinds of tests, by where they are; the first that fits.
const kinds = [
  ['web', 'webapp/tests/'], ['unit', 'tests/unit/'], ['api', 'tests/api/'], ['e2e', 'tests/e2e/'], ['outbox', 'tests/outbox/'],
]

function filesBelow(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules') return []
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

const idsIn = (text) => text.match(/S\d-\d\d/g) ?? []

// A golden's name is that of its file; others are texts in the source that begin with the ids of rows.
function namesIn(path) {
  if (/\.graphql$/.test(path)) return idsIn(/^(?:S\d-\d\d[a-z]?[_ ])*/.exec(path.split('/').at(-1))[0])
  if (!/\.(c|mjs|ts|tsx)$/.test(path)) return []
  const texts = readFileSync(join(root, path), 'utf8').matchAll(/["'`]((?:S\d-\d\d[a-z]? )+)/g)
  return [...texts].flatMap(([, ids]) => idsIn(ids))
}

const found = new Map() // id: { kind: names }
for (const [kind, folder] of kinds)
  for (const path of filesBelow(folder.slice(0, -1)))
    for (const id of namesIn(path)) {
      const counts = found.get(id) ?? found.set(id, {}).get(id)
      counts[kind] = (counts[kind] ?? 0) + 1
    }

if (process.argv.includes('--table'))
  for (const { id, title, later } of rows) {
    const counts = Object.entries(found.get(id) ?? {}).map(([kind, count]) => `${count} ${kind}`).join(', ')
    console.log(`${id}  ${(counts || (later ? 'not built yet' : 'NONE')).padEnd(28)}${title}`)
  }

const names = (list) => list.map(({ id, title }) => `#   ${id} ${title}\n`).join('')
const without = rows.filter(({ id, later }) => !later && !found.has(id))
const unbuilt = rows.filter(({ id, later }) => later && !found.has(id))
const unknown = [...found.keys()].filter((id) => id.startsWith('S1-') && !rows.some((row) => row.id === id)).map((id) => ({ id, title: 'is no row' }))
const shown = rows.filter(({ id }) => found.has(id)).length

process.stdout.write(`${without.length === 0 ? '' : 'not '}ok 1 - every row that is built has a test by its name (${shown} of ${rows.length} rows)\n${names(without)}`)
process.stdout.write(`${unknown.length === 0 ? '' : 'not '}ok 2 - every row of S1 that a test names is one\n${names(unknown)}`)
process.stdout.write(`# not built yet:\n${names(unbuilt)}1..2\n`)
process.exitCode = without.length + unknown.length === 0 ? 0 : 1
