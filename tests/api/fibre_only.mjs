// fibre_only: an operator who sells nothing but fibre sees nothing of what others sell.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { OwnServer } from './own_server.mjs'

const seen = '{ viewer { tabs { key } } activeSearchDefinitions { fields { criterion } } }'

describe('an operator who sells only fibre', () => {
  const own = new OwnServer()
  let sold, now

  before(async () => {
    await own.start()
    sold = await own.ask(seen)
    own.sql(`UPDATE product SET status = 'TERMINATED', termination_date = COALESCE(termination_date, start_date)
      WHERE status NOT IN ('CANCELLED', 'ABORTED') AND offering_id IN (SELECT id FROM product_offering WHERE category <> 'FIBRE');
      UPDATE product_offering SET lifecycle_status = 'RETIRED' WHERE category <> 'FIBRE'`)
    await own.stop()
    await own.start()
    now = await own.ask(seen)
  })
  after(() => own.end())

  const tabs = ({ viewer }) => viewer.tabs.map(({ key }) => key)
  const fields = ({ activeSearchDefinitions }) => activeSearchDefinitions[0].fields.map(({ criterion }) => criterion)

  test('S1-22 has the tab for fibre, and none for mobile lines or television', () => {
    assert.deepEqual(['mobile', 'fibre', 'tv'].filter((key) => tabs(sold).includes(key)), ['mobile', 'fibre', 'tv'])
    assert.deepEqual(tabs(now), tabs(sold).filter((key) => !['mobile', 'tv'].includes(key)))
  })

  test('S1-22 is not offered to look for SIM cards, and for all else as before', () => {
    assert.ok(fields(sold).includes('SIM_CARD'))
    assert.deepEqual(fields(now), fields(sold).filter((criterion) => criterion !== 'SIM_CARD'))
  })

  test('S1-22 has accounts without a tab for mobile lines, and so have its partners', async () => {
    const { customers } = await own.ask('{ customers(search: "katharina") { nodes { id } } }')
    const { customer } = await own.ask('query ($id: ID!) { customer(id: $id) { tabs { key } } }', { id: customers.nodes[0].id })
    const ofPartner = await own.ask('{ viewer { tabs { key } } }', {}, 'partner')
    for (const { tabs: list } of [customer, ofPartner.viewer]) assert.ok(!list.some(({ key }) => ['mobile', 'tv'].includes(key)))
    assert.ok(customer.tabs.some(({ key }) => key === 'fibre'))
  })

  test('S1-22 a line that somebody still holds brings its tab back at the next start', async () => {
    own.sql("UPDATE product SET status = 'ACTIVE', termination_date = NULL WHERE offering_id IN (SELECT id FROM product_offering WHERE category = 'MOBILE') LIMIT 1")
    await own.stop()
    await own.start()
    const again = await own.ask(seen)
    assert.ok(tabs(again).includes('mobile'))
    assert.ok(fields(again).includes('SIM_CARD'))
    assert.ok(!tabs(again).includes('tv'))
  })
})
