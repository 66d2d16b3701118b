// metrics: /metrics and who may ask for it, Server-Timing, and the log of slow requests.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { graphql, root, tokenOf, url } from './client.mjs'

const get = (headers = {}) => fetch(`${url}/metrics`, { headers })
const bearer = async (name) => ({ authorization: `Bearer ${await tokenOf(name)}` })

// Samples by name and labels; every line has to be one that Prometheus reads.
async function samples() {
  const response = await get()
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8')
  const found = new Map(), families = new Set()
  for (const line of (await response.text()).split('\n').filter(Boolean)) {
    const family = /^# (HELP|TYPE) ([a-z_]+) \S/.exec(line)
    if (family) families.add(family[2])
    else {
      const sample = /^([a-z_]+)((?:\{[a-z_]+="[^"\\]*"(?:,[a-z_]+="[^"\\]*")*\})?) ([0-9.]+)$/.exec(line)
      assert.ok(sample, line)
      assert.ok(families.has(sample[1].replace(/_(bucket|sum|count)$/, '')) || families.has(sample[1]), line)
      assert.ok(!found.has(sample[1] + sample[2]), line)
      found.set(sample[1] + sample[2], Number(sample[3]))
    }
  }
  return found
}

// How much each sample grew while something was done.
async function growth(work) {
  const before = await samples()
  await work()
  const after = await samples()
  return (name) => (after.get(name) ?? 0) - (before.get(name) ?? 0)
}

const documents = JSON.parse(readFileSync(join(root, 'webapp/dist/documents.json'), 'utf8'))
const labels = Object.keys(documents).find((id) => documents[id].includes('query EnumLabels'))

test('requests for a trusted document are counted by its name', async () => {
  const grew = await growth(async () => {
    for (let i = 0; i < 5; i++) await graphql(await tokenOf('agent'), { documentId: labels, variables: { language: 'en' } })
  })
  assert.equal(grew('dossier_document_seconds_count{document="EnumLabels"}'), 5)
  assert.equal(grew('dossier_document_seconds_bucket{document="EnumLabels",le="+Inf"}'), 5)
  assert.equal(grew('dossier_document_sql_seconds_count{document="EnumLabels"}'), 5)
  assert.equal(grew('dossier_document_statements_total{document="EnumLabels"}'), 5)
  assert.ok(grew('dossier_document_rows_total{document="EnumLabels"}') > 5)
  assert.ok(grew('dossier_document_seconds_sum{document="EnumLabels"}') > 0)
  assert.ok(grew('dossier_http_requests_total{route="/graphql",status="200"}') >= 4, 'the last one is counted when it is sent')
  assert.ok(grew('dossier_desk_errands_total') >= 5)
})

test('ad-hoc documents are counted together, and the cache that knows them', async () => {
  const query = `{ viewer { name } n${Date.now()}: __typename }`, asked = 20
  const grew = await growth(async () => {
    for (let i = 0; i < asked; i++) await graphql(await tokenOf('admin'), { query })
  })
  const hits = grew('dossier_plan_cache_hits_total'), misses = grew('dossier_plan_cache_misses_total')
  assert.equal(hits + misses, asked)
  assert.ok(misses >= 1 && hits > 0, `${hits} hits, ${misses} misses`)
  assert.equal(grew('dossier_compile_seconds_count{step="plan"}'), misses)
  assert.equal(grew('dossier_document_seconds_count{document="ad hoc"}'), asked)
  assert.equal(grew('dossier_document_sql_seconds_count{document="ad hoc"}'), 0)
  const now = await samples()
  assert.ok(now.get('dossier_plan_cache_entries') >= misses && now.get('dossier_plan_cache_bytes') > 0)
})

test('errors are counted by code', async () => {
  const token = await tokenOf('admin')
  const grew = await growth(async () => {
    await graphql(token, { query: '{ nothing }' })
    await graphql(token, { query: '{' })
    await graphql(token, { documentId: 'sha256:0' })
    await graphql(token, { query: '{ customers(search: "be", first: 0) { nodes { id } } }' })
  })
  for (const [document, code] of [
    ['ad hoc', 'GRAPHQL_VALIDATION_FAILED'], ['ad hoc', 'GRAPHQL_PARSE_FAILED'], ['ad hoc', 'BAD_USER_INPUT'],
    ['unknown', 'PERSISTED_DOCUMENT_NOT_FOUND'],
  ])
    assert.equal(grew(`dossier_document_errors_total{document="${document}",code="${code}"}`), 1, code)
})

test('the database pools say how they are, a second later', async () => {
  const grew = await growth(async () => {
    await graphql(await tokenOf('agent'), { documentId: labels, variables: { language: 'en' } })
    await new Promise((resolve) => setTimeout(resolve, 1500))
  })
  const now = await samples()
  assert.ok(now.get('dossier_database_connections{state="ready"}') > 0)
  assert.ok(now.get('dossier_database_connections{state="all"}') >= now.get('dossier_database_connections{state="busy"}'))
  assert.ok(grew('dossier_database_queries_total{status="OK"}') >= 1)
  assert.ok(grew('dossier_database_rows_total') >= 1)
  assert.equal(now.get('dossier_database_burst_queries_bucket{le="+Inf"}'), now.get('dossier_database_burst_queries_count'))
})

test('the process says what it takes', async () => {
  const now = await samples()
  for (const name of ['process_resident_memory_bytes', 'process_cpu_seconds_total', 'process_open_fds', 'process_start_time_seconds', 'dossier_http_connections'])
    assert.ok(now.get(name) > 0, name)
  assert.equal(now.get('dossier_calls_in_flight'), 0)
})

test('only programs on this machine and administrators see the metrics', async () => {
  for (const header of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
    assert.equal((await get({ [header]: '203.0.113.7' })).status, 401, header)
  assert.equal((await get({ 'x-forwarded-for': '203.0.113.7', ...(await bearer('admin')) })).status, 200)
  for (const name of ['agent', 'partner', 'customer']) assert.equal((await get(await bearer(name))).status, 403, name)
  assert.equal((await get({ authorization: 'Bearer nonsense' })).status, 401)
  assert.equal((await fetch(`${url}/metrics`, { method: 'POST', body: '' })).status, 405)
})

test('the metrics name nobody and nothing that anybody asked for', async () => {
  await graphql(await tokenOf('admin'), { query: 'query Sesame { customers(search: "sesamstrasse") { nodes { id } } }' })
  const text = await (await get()).text()
  assert.doesNotMatch(text, /sesam|admin|agent|customer_|Q3VzdG9tZXI/i)
})

const timing = async (body) => {
  const { headers } = await graphql(await tokenOf('admin'), body)
  const parts = headers.get('server-timing').split(', ').map((part) => /^([a-z]+);dur=([0-9]+\.[0-9]{3})$/.exec(part))
  assert.ok(parts.every(Boolean), headers.get('server-timing'))
  return Object.fromEntries(parts.map(([, name, milliseconds]) => [name, Number(milliseconds)]))
}

test('Server-Timing tells what an answer took', async () => {
  const fresh = await timing({ query: `{ customers(search: "be") { nodes { id } } n${Date.now()}: __typename }` })
  assert.deepEqual(Object.keys(fresh).sort(), ['parse', 'plan', 'sql', 'total', 'validate', 'write'])
  assert.ok(fresh.sql + fresh.parse + fresh.plan + fresh.validate <= fresh.total, JSON.stringify(fresh))
  const trusted = await timing({ documentId: labels, variables: { language: 'en' } })
  assert.deepEqual(Object.keys(trusted).sort(), ['sql', 'total', 'write'])
})

// ./test lets the server log what takes a millisecond, and says where.
if (process.env.DOSSIER_LOG)
  test('the log of slow requests has document, plan and kind of viewer, and nothing else', async () => {
    const search = `zimt${Date.now()}`, body = { query: `query Zimtstern { customers(search: "${search}", first: 200) { totalCount nodes { products(first: 200) { nodes { prices { type } } } } } }` }
    for (let i = 0; i < 20; i++) {
      await graphql(await tokenOf('admin'), body)
      await graphql(await tokenOf('agent'), { documentId: labels, variables: { language: 'de' } })
    }
    const log = readFileSync(process.env.DOSSIER_LOG, 'utf8')
    const lines = log.split('\n').filter((line) => line.includes('"slow request"')).map((line) => JSON.parse(line))
    assert.ok(lines.length > 0)
    for (const line of lines) {
      assert.deepEqual(Object.keys(line), ['time', 'level', 'message', 'operation', 'document', 'viewer', 'ms', 'sqlMs', 'statements', 'rows', 'slowest'])
      assert.match(line.document, /^(sha256:[0-9a-f]{64}|unknown)$/)
      assert.match(line.viewer, /^(operator|partner|customer)$/)
      assert.match(line.slowest, /^([A-Z]\w+\.\w+: \d+ statements, \d+ rows, \d+ ms(; (?!$)|$))*$/)
    }
    assert.doesNotMatch(log, new RegExp(`${search}|Zimtstern`))
    assert.ok((await samples()).get('dossier_calls_slow_total') >= lines.length - 1)
  })
