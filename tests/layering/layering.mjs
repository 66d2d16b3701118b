// layering: who may include whom, and how long things may be. Prints TAP; ends with 1 when something is not so.
//
// The arrows are those of docs/architecture.md. A file that breaks one is named with its line.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

// A box may include itself and these. The program (server/*.c) composes everything.
const arrows = {
  'server/base': [],
  'server/graphql': ['base'],
  'server/plan': ['graphql', 'base'],
  'server/source': ['mariadb', 'graphql', 'base'],
  'server/run': ['plan', 'source', 'graphql', 'base'],
  'server/mariadb': ['base'],
  'server/auth': ['db', 'mariadb', 'base'],
  'server/act': ['run', 'plan', 'source', 'graphql', 'mariadb', 'base'],
  'server/feasibility': ['mariadb', 'base'],
  'server/order': ['db', 'mariadb', 'base'],
  'server/letter': ['mariadb', 'base'],
  'server/export': ['base'],
  'server/mail': ['base'],
  'server/outbox': ['letter', 'mail', 'vault', 'db', 'mariadb', 'base'],
  'server/vault': ['base'],
  'server/outside': ['base'],
  'server/http': ['run', 'auth', 'letter', 'export', 'base'],
  schema: ['run', 'plan', 'graphql', 'mariadb', 'base'],
  resolvers: ['act', 'feasibility', 'order', 'run', 'plan', 'source', 'graphql', 'auth', 'export', 'mail', 'vault', 'outside', 'db', 'mariadb', 'base'],
  db: ['vault', 'mariadb', 'base'],
}

// Headers of others that only one box may see, and what their functions begin with.
const owners = [
  { header: /^(mysql|mysqld_error|errmsg|ma_|mariadb_)/, call: /\b(mysql|mariadb)_[a-z_]+\s*\(/, box: 'server/mariadb' },
  { header: /^h2o(\.h|\/)/, call: /\bh2o_[a-z0-9_]+\s*\(/, box: 'server/http' },
  { header: /^(pango|cairo|fontconfig)/, call: /\b(pango|cairo)_[a-z0-9_]+\s*\(|\bFc[A-Z]\w+\s*\(/, box: 'server/letter' },
  { header: /^gmime\//, call: /\bg_mime_[a-z0-9_]+\s*\(/, box: 'server/mail' },
  { header: /^curl\//, call: /\bcurl_[a-z0-9_]+\s*\(/, box: 'server/outbox' },
  { header: /^openssl\//, call: /\b(EVP|OPENSSL)_[A-Za-z0-9_]+\s*\(/, box: 'server/vault' },
  { header: /^jwt\.h/, call: /\bjwt_[a-z_]+\s*\(/, box: 'server/auth' },
]

const limits = { fileLines: 800, functionLines: 70 }

function filesBelow(folder, wanted) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : filesBelow(path, wanted)
    return wanted.test(entry.name) ? [path] : []
  })
}

const boxOf = (path) => Object.keys(arrows).find((box) => path.startsWith(`${box}/`))

// The text without comments and without what stands between quotes, line by line as before.
function bare(text) {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, (part) =>
    part.replace(/[^\n]/g, ' '))
}

function includes(text) {
  return text.split('\n').flatMap((line, index) => {
    const found = /^\s*#\s*include\s+(["<])([^">]+)[">]/.exec(line)
    return found ? [{ line: index + 1, own: found[1] === '"', name: found[2] }] : []
  })
}

function brokenArrows(path, text) {
  const box = boxOf(path)
  if (box === undefined) return [] // the program
  return includes(text)
    .filter(({ own, name }) => own && name.includes('/'))
    .filter(({ name }) => {
      const target = name.split('/')[0]
      return target !== basename(box) && !arrows[box].includes(target)
    })
    .map(({ line, name }) => `${path}:${line} includes ${name}; ${box} may include ${arrows[box].join(', ') || 'nothing of ours'}`)
}

// Our own headers may begin like those of others: mariadb_pool() in server/mariadb is fine, elsewhere not.
function foreignHeaders(path, text) {
  const box = boxOf(path)
  return owners.filter((owner) => owner.box !== box).flatMap((owner) => [
    ...includes(text).filter(({ own, name }) => !own && owner.header.test(name))
      .map(({ line, name }) => `${path}:${line} includes <${name}>; only ${owner.box} may`),
    ...bare(text).split('\n').flatMap((line, index) =>
      owner.call.test(line) ? [`${path}:${index + 1} calls ${owner.call.exec(line)[0].trim()}…); only ${owner.box} may`] : []),
  ])
}

// Linux braces: a function's body begins and ends with a brace in the first column.
function longFunctions(path, text) {
  const lines = text.split('\n'), found = []
  for (let at = 0, start = -1; at < lines.length; at++) {
    if (lines[at] === '{') start = at
    if (lines[at] === '}' && start >= 0) {
      const length = at - start + 1
      if (length > limits.functionLines) found.push(`${path}:${start} is a function of ${length} lines`)
      start = -1
    }
  }
  return found
}

function longFiles(path, text) {
  const length = text.split('\n').length - 1
  return length > limits.fileLines ? [`${path} has ${length} lines`] : []
}

// "/* name: what it is." says what a file is, in its own words, before anything else.
function missingSentences(path, text) {
  const stem = basename(path).replace(/\.[ch]$/, '')
  return text.startsWith(`/* ${stem}: `) ? [] : [`${path} does not begin with "/* ${stem}: …"`]
}

function marks(path, text) {
  return text.split('\n').flatMap((line, index) =>
    /\b(TODO|FIXME|XXX)\b/.test(line) ? [`${path}:${index + 1} leaves something to do: ${line.trim()}`] : [])
}

function globs(path, text) {
  return text.split('\n').flatMap((line, index) =>
    /^\s*file\s*\(\s*GLOB/.test(line) ? [`${path}:${index + 1} uses GLOB; list the sources`] : [])
}

// What newcomers read first names every box, and the arrows as they are here.
function staleMap(path, text) {
  return Object.entries(arrows).flatMap(([box, targets]) => {
    const name = basename(box)
    const line = path === 'README.md' ? `── ${name}/` : `${name.padEnd(12)} ${targets.join(', ') || 'nothing of ours'}\n`
    return text.includes(line) ? [] : [`${path} does not say "${line.trim()}"`]
  })
}

const source = ['server', 'schema', 'resolvers', 'db'].flatMap((folder) => filesBelow(folder, /\.[ch]$/))
const withTests = [...source, ...filesBelow('tests', /\.[ch]$/)]
const app = filesBelow('webapp/src', /\.(ts|tsx|css)$/)
const cmake = ['CMakeLists.txt', ...['server', 'schema', 'resolvers', 'db', 'tests'].flatMap((folder) => filesBelow(folder, /^CMakeLists\.txt$/))]

const rules = [
  ['includes follow the arrows', source, brokenArrows],
  ['each library of others is known to one box only', source, foreignHeaders],
  [`no function is longer than ${limits.functionLines} lines`, withTests, longFunctions],
  [`no file is longer than ${limits.fileLines} lines`, [...withTests, ...app], longFiles],
  ['every file says first what it is', source, missingSentences],
  ['nothing is left to do', [...withTests, ...app], marks],
  ['no build file gathers sources by pattern', cmake, globs],
  ['the maps show every box and every arrow', ['README.md', 'docs/architecture.md'], staleMap],
]

let failed = 0
rules.forEach(([sentence, paths, rule], index) => {
  const problems = paths.flatMap((path) => rule(relative(root, join(root, path)), readFileSync(join(root, path), 'utf8')))
  const holds = problems.length === 0 && paths.length > 0
  console.log(`${holds ? '' : 'not '}ok ${index + 1} - ${sentence} (${paths.length} files)`)
  for (const problem of problems) console.log(`#   ${problem}`)
  if (!holds) failed++
})
console.log(`1..${rules.length}`)
process.exit(failed === 0 ? 0 : 1)
