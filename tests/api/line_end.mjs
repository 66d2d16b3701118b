// line_end: a mobile line that ends gives up its number, its SIM card and its bars; what an order took from the stock is given back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyWith, fateOf } from '../orders/network.mjs'
import { act, codes, done } from './acting.mjs'
import { globalId, graphql, sql, tokenOf } from './client.mjs'

const token = await tokenOf('admin')
const lines = sql(`SELECT p.customer_id, p.id, p.service_identifier FROM product AS p JOIN product_offering AS o ON o.id = p.offering_id
  JOIN sim_card AS s ON s.product_id = p.id AND s.status = 'ACTIVE'
  WHERE p.status = 'ACTIVE' AND o.category = 'MOBILE' AND p.customer_id BETWEEN 100 AND 300 AND p.parent_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM number_port WHERE product_id = p.id AND is_open)
    AND NOT EXISTS (SELECT 1 FROM product AS part WHERE part.parent_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM product_order_item AS i WHERE i.product_id = p.id AND i.state NOT IN ('COMPLETED', 'CANCELLED', 'FAILED', 'REJECTED'))
  GROUP BY p.id HAVING COUNT(*) = 1 ORDER BY p.id DESC LIMIT 8`).split('\n').map((row) => row.split('\t'))
  .map(([customer, key, number]) => ({ customer, key, number, id: globalId('Product', key) }))

async function state(order) {
  const { body } = await graphql(token, { query: 'query ($id: ID!) { order: node(id: $id) { ... on ProductOrder { state } } }', variables: { id: order.id } })
  return body.data.order.state
}

async function settled(order) {
  for (let waited = 0; waited < 200; waited++) {
    if (['COMPLETED', 'CANCELLED', 'FAILED', 'PARTIAL'].includes(await state(order))) return state(order)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  assert.fail(`order ${order.number} does not move on: ${await state(order)}`)
}

// The network does what is ordered next.
function allGoesWell() {
  const next = bodyWith(Number(sql("SELECT next FROM number_sequence WHERE name = 'order'")), (number) => [1, 2, 3, 4, 5].every((position) => fateOf(number, position) === 'DONE'))
  sql(`UPDATE number_sequence SET next = ${next} WHERE name = 'order'`)
}

// By an order, today.
async function ended(line) {
  sql(`UPDATE product SET binding_until = NULL, notice_days = NULL WHERE id = ${line.key} OR parent_id = ${line.key}`)
  allGoesWell()
  const { order } = done(await act(token, 'terminateProduct', { productId: line.id }, 'order { id number }'))
  assert.equal(await settled(order), 'COMPLETED')
}

test('S1-23 a line that an order ends gives up its number, its card and its bars, and what was to move stays where it is', async () => {
  const line = lines.shift()
  done(await act(token, 'barLine', { id: line.id, kinds: ['ROAMING', 'DATA'] }, 'product { id }'))
  done(await act(token, 'portIn', { id: line.id, number: '+491590000555', donor: 'Vela Telecom', wantedOn: sql('SELECT CURRENT_DATE + INTERVAL 30 DAY') }, 'port { id }'))
  await ended(line)
  assert.equal(sql(`SELECT status FROM product WHERE id = ${line.key}`), 'TERMINATED')
  assert.equal(sql(`SELECT status, in_use, ended_on >= activated_on FROM sim_card WHERE product_id = ${line.key} ORDER BY id DESC LIMIT 1`), 'DEACTIVATED\t0\t1')
  assert.equal(sql(`SELECT COUNT(*) FROM sim_card WHERE product_id = ${line.key} AND in_use`), '0')
  assert.equal(sql(`SELECT COUNT(*) FROM line_bar WHERE product_id = ${line.key}`), '0')
  assert.equal(sql(`SELECT DATEDIFF(free_from, CURRENT_DATE) FROM free_number WHERE number = '${line.number}'`), sql("SELECT value FROM policy WHERE name = 'number_rest_days'"))
  assert.equal(sql(`SELECT status, is_open FROM number_port WHERE product_id = ${line.key} ORDER BY id DESC LIMIT 1`), 'CANCELLED\t0')
})

test('S1-23 a number rests as long as the policy says, and then is free without anybody doing anything', async () => {
  const line = lines.shift(), next = lines.shift()
  await ended(line)
  const give = () => act(token, 'changeNumber', { id: next.id, number: line.number }, 'product { serviceIdentifier }')
  assert.deepEqual(codes(await give()), ['NOT_ALLOWED number'])
  sql(`UPDATE free_number SET free_from = CURRENT_DATE WHERE number = '${line.number}'`)
  assert.equal(done(await give()).product.serviceIdentifier, line.number)
})

test('S1-23 a card that was not yet activated is retired with its line, too', async () => {
  const line = lines.shift()
  sql(`UPDATE sim_card SET status = 'READY', activated_on = NULL WHERE product_id = ${line.key} AND in_use`)
  await ended(line)
  assert.equal(sql(`SELECT status, in_use, activated_on = CURRENT_DATE FROM sim_card WHERE product_id = ${line.key} ORDER BY id DESC LIMIT 1`), 'DEACTIVATED\t0\t1')
})

// ---- the stock ----

const stock = () => sql("SELECT available, delivered FROM product_stock WHERE offering_id = (SELECT id FROM product_offering WHERE code = 'DEV-PHONE')").split('\t').map(Number)

test('S1-06 what an order took is known of its item, and what it did not take is not given back', async () => {
  const offeringId = globalId('ProductOffering', sql("SELECT id FROM product_offering WHERE code = 'DEV-PHONE'")), [before, delivered] = stock()
  const place = async () => {
    const customers = sql(`SELECT id FROM customer WHERE id BETWEEN 100 AND 300 AND status = 'ACTIVE' AND kind = 'RESIDENTIAL' AND partner_id IS NULL AND open_order_count = 0 AND birth_date < '1990-01-01' ORDER BY id DESC`).split('\n')
    for (const key of customers) {
      allGoesWell()
      const { order, userErrors } = await act(token, 'orderProduct', { customerId: globalId('Customer', key), offeringId, requestedDate: sql('SELECT CURRENT_DATE + INTERVAL 9 DAY') }, 'order { id number }')
      if (userErrors.length === 0) return { ...order, key: sql(`SELECT id FROM product_order WHERE number = '${order.number}'`) }
    }
    return assert.fail('nobody may order it')
  }
  const cancel = async (order) => {
    done(await act(token, 'cancelOrder', { id: order.id }, 'order { id }'))
    assert.equal(await settled(order), 'CANCELLED')
  }
  const took = (order) => sql(`SELECT SUM(took_stock) FROM product_order_item WHERE product_order_id = ${order.key}`)
  const order = await place()
  assert.deepEqual([took(order), ...stock()], ['1', before - 1, delivered])
  await cancel(order)
  assert.deepEqual([took(order), ...stock()], ['0', before, delivered])
  const elsewhere = await place() // judged here, and supplied by somebody else
  sql(`UPDATE product_order_item SET took_stock = 0 WHERE product_order_id = ${elsewhere.key};
    UPDATE product_stock SET available = available + 1 WHERE offering_id = (SELECT id FROM product_offering WHERE code = 'DEV-PHONE')`)
  await cancel(elsewhere)
  assert.deepEqual(stock(), [before, delivered])
})
