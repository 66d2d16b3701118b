// external_search: another system is asked what was typed, and nothing it does spoils what is found here.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { graphql, tokenOf } from './client.mjs'
import { OwnServer } from './own_server.mjs'

const both = `query ($search: String!) { customers(search: $search) { nodes { name } }
  externalCustomers(search: $search) { source answered hits { name number contact url } } }`

test('S1-17 without another system nobody is asked', async () => {
  const { body } = await graphql(await tokenOf('admin'), { query: both, variables: { search: 'katharina' } })
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  assert.equal(body.data.externalCustomers, null)
  assert.ok(body.data.customers.nodes.length > 0)
})

describe('with another system that searches', () => {
  const own = new OwnServer()
  let other, asked, answer

  before(async () => {
    other = createServer((request, response) => {
      asked.push(request)
      answer(response)
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    await own.start('--search-provider', `http://127.0.0.1:${other.address().port}/find?kind=person`, '--search-provider-name', 'Old billing', '--search-provider-ms', '300')
  })
  after(async () => {
    other.closeAllConnections()
    other.close()
    await own.end()
  })

  const json = (value) => (response) => response.end(typeof value === 'string' ? value : JSON.stringify(value))
  const search = async (how, words = 'katharina', name = 'admin') => {
    asked = []
    answer = how
    return own.ask(both, { search: words }, name)
  }

  test('S1-17 what it finds stands beside what is found here, marked with its name', async () => {
    const hit = { name: 'Katharina Berger', number: 'A-17', contact: '+49 30 1', url: 'https://old.example/17' }
    const { customers, externalCustomers } = await search(json({ hits: [hit, { name: 'Katharina Zweite' }] }))
    assert.equal(customers.nodes[0].name, 'Katharina Berger')
    assert.deepEqual(externalCustomers, { source: 'Old billing', answered: true, hits: [hit, { name: 'Katharina Zweite', number: null, contact: null, url: null }] })
  })

  test('S1-17 it is told nothing but what was typed', async () => {
    await search(json({ hits: [] }), 'Söhne & "Co" +1')
    assert.equal(asked.length, 1)
    assert.equal(new URL(asked[0].url, 'http://x').searchParams.get('search'), 'Söhne & "Co" +1')
    assert.equal(new URL(asked[0].url, 'http://x').searchParams.get('kind'), 'person')
    assert.deepEqual(Object.keys(asked[0].headers).sort(), ['accept', 'connection', 'host'])
  })

  test('S1-17 partners of the operator do not ask it', async () => {
    assert.equal((await search(json({ hits: [{ name: 'x' }] }), 'katharina', 'partner')).externalCustomers, null)
    assert.equal(asked.length, 0)
  })

  const failures = {
    'is too slow': () => {},
    'hangs up': (response) => response.destroy(),
    'fails': (response) => { response.statusCode = 500; response.end('{"hits": []}') },
    'answers with something else': json('<html>'),
    'answers with other JSON': json({ hits: 'none' }),
    'answers without end': (response) => { for (let i = 0; i < 200; i++) response.write('x'.repeat(1024)); response.end() },
  }
  for (const [what, how] of Object.entries(failures))
    test(`S1-17 when it ${what}, own hits are there and it is said that it did not answer`, async () => {
      const began = Date.now()
      const { customers, externalCustomers } = await search(how)
      assert.equal(customers.nodes[0].name, 'Katharina Berger')
      assert.deepEqual(externalCustomers, { source: 'Old billing', answered: false, hits: [] })
      assert.ok(Date.now() - began < 5000)
    })

  test('S1-17 what it answers is data of others: no text too long, no address that is none', async () => {
    const hits = [{ name: '<script>', url: 'javascript:alert(1)' }, { name: 'x'.repeat(201) }, { number: 'nameless' }, null, { name: 'ok', number: 7, url: 'https://a b' },
      ...Array.from({ length: 30 }, (_, index) => ({ name: `n${index}` }))]
    const { externalCustomers } = await search(json({ hits }))
    assert.equal(externalCustomers.hits.length, 20)
    assert.deepEqual(externalCustomers.hits.slice(0, 3).map(({ name, number, url }) => [name, number, url]), [['<script>', null, null], ['ok', null, null], ['n0', null, null]])
  })

  test('S1-17 when it is gone, own hits are there', async () => {
    other.closeAllConnections()
    await new Promise((resolve) => other.close(resolve))
    const { customers, externalCustomers } = await search(null)
    assert.equal(customers.nodes[0].name, 'Katharina Berger')
    assert.equal(externalCustomers.answered, false)
  })
})
