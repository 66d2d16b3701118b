// conflict: two who change the same row lose no word: what only one of them changed stays, what both did is said member by member.
//
// Each row is of a customer whom no other test changes, and is put back in the end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act, codes, done } from './acting.mjs'
import { globalId, sql, tokenOf } from './client.mjs'

const LONGEST = 200 // characters of a street

const token = await tokenOf('admin')
const name = sql("SELECT display_name FROM user_account WHERE login = 'admin'")

const [customer, product, account, address, elsewhere] = sql(`SELECT c.id, p.id, b.id, MIN(a.id), MAX(a.id) FROM customer AS c
  JOIN billing_account AS b ON b.customer_id = c.id AND b.rating_type = 'POSTPAID'
  JOIN product AS p ON p.customer_id = c.id AND p.billing_account_id = b.id AND p.status = 'ACTIVE'
  JOIN geographic_address AS a ON a.customer_id = c.id
  WHERE c.id > 60 AND c.kind = 'RESIDENTIAL' GROUP BY c.id HAVING COUNT(DISTINCT a.id) > 1 AND COUNT(DISTINCT b.id) = 1 ORDER BY c.id LIMIT 1`).split('\t')
const medium = sql(`SELECT MIN(id) FROM contact_medium WHERE customer_id = ${customer} AND kind = 'EMAIL' AND valid_until IS NULL`)

const versionOf = (table, id) => Number(sql(`SELECT version FROM ${table} WHERE customer_id = ${customer} AND id = ${id}`))

// The mutation, its row, two members with what one and the other make of them; the first of them both change.
const forms = [
  { name: 'updateAddress', table: 'geographic_address', id: address, selection: 'address { id version street city }',
    both: ['street', 'street', 'Annaweg 1', 'Benweg 2'], also: { city: 'Benstadt' } },
  { name: 'updateContactMedium', table: 'contact_medium', id: medium, selection: 'contactMedium { id version value }',
    both: ['value', 'value', 'anna.was.here@example.com', 'ben.was.here@example.com'], also: { until: '2031-01-02' } },
  { name: 'updateBillingAccount', table: 'billing_account', id: account, selection: 'billingAccount { id version paymentMethod billingAddress { id } }',
    both: ['paymentMethod', 'payment_method', 'CARD', 'CASH'], also: { billingAddressId: elsewhere } },
  { name: 'setCreditLimit', table: 'billing_account', id: account, selection: 'account { id version creditLimit { minor } }',
    both: ['limitMinor', 'credit_limit_minor', '1100', '1200'], also: {} },
  { name: 'setBillingAddress', table: 'product', id: product, selection: 'product { id version billingAddress { id } }',
    both: ['addressId', 'billing_address_id', address, elsewhere], also: {} },
]

// Products are asked for by ids of their own.
const idOf = ({ table, id }) => (table === 'product' ? { productId: globalId('Product', id) } : { id })

test('S1-24 what somebody else wrote is told whole, however long it is', async () => {
  const saved = sql(`SELECT street FROM geographic_address WHERE customer_id = ${customer} AND id = ${address}`)
  const seen = versionOf('geographic_address', address)
  const hers = `x${'ü'.repeat(LONGEST - 2)}ß`
  const change = (street) => act(token, 'updateAddress', { id: address, expectedVersion: seen, street }, 'address { id }')
  done(await change(hers))
  assert.equal((await change('Benweg 2')).userErrors[0].message, `${name} changed it meanwhile: now it is "${hers}".`)
  sql(`UPDATE geographic_address SET street = '${saved}' WHERE customer_id = ${customer} AND id = ${address}`)
})

for (const form of forms) {
  const [member, column, hers, his] = form.both
  const now = () => sql(`SELECT ${column} FROM ${form.table} WHERE customer_id = ${customer} AND id = ${form.id}`)
  const change = (input) => act(token, form.name, { ...idOf(form), ...input }, form.selection)

  test(`S1-24 ${form.name} loses no word of two who change the same row`, async () => {
    const saved = sql(`SELECT ${column} FROM ${form.table} WHERE customer_id = ${customer} AND id = ${form.id}`)
    const seen = versionOf(form.table, form.id)
    done(await change({ expectedVersion: seen, [member]: hers }))
    assert.equal(now(), hers)

    const late = await change({ expectedVersion: seen, [member]: his, ...form.also })
    assert.deepEqual(codes(late), [`CONFLICT ${member}`])
    assert.ok(late.userErrors[0].message.startsWith(`${name} changed it meanwhile`), late.userErrors[0].message)
    assert.equal(now(), hers, 'nothing was done')
    assert.ok(Object.values(late)[0].version > seen, 'the row of now is in the answer')

    done(await change({ expectedVersion: seen, [member]: hers }))
    if (Object.keys(form.also).length > 0) {
      done(await change({ expectedVersion: seen, ...form.also }))
      assert.equal(now(), hers, 'what one changed alone goes together with what the other did')
    }
    done(await change({ expectedVersion: versionOf(form.table, form.id), [member]: his }))
    assert.equal(now(), his)
    assert.deepEqual(codes(await change({ expectedVersion: 9999, [member]: hers })), ['CONFLICT expectedVersion'])
    done(await change({ [member]: hers }))
    assert.equal(now(), hers, 'without a version the last one wins')
    sql(`UPDATE ${form.table} SET ${column} = ${saved === 'NULL' ? 'NULL' : `'${saved}'`} WHERE customer_id = ${customer} AND id = ${form.id}`)
  })
}

test('S1-24 S1-25 leaveDiscountGroup loses no word of two who end the same membership', async () => {
  const id = sql(`INSERT INTO customer_discount_group (customer_id, discount_group_id, valid_from) SELECT ${customer}, MAX(id), '2020-01-01' FROM discount_group; SELECT LAST_INSERT_ID()`)
  const now = () => sql(`SELECT valid_until FROM customer_discount_group WHERE id = ${id}`)
  const leave = (input) => act(token, 'leaveDiscountGroup', { id, ...input }, 'discountGroup { id version validFor { until } }')
  const seen = versionOf('customer_discount_group', id), [hers, his] = ['2031-01-31', '2032-02-29']
  done(await leave({ expectedVersion: seen, until: hers }))

  const late = await leave({ expectedVersion: seen, until: his })
  assert.deepEqual(codes(late), ['CONFLICT until'])
  assert.equal(late.userErrors[0].message, `${name} changed it meanwhile: now it is ${hers}.`)
  assert.deepEqual([now(), late.discountGroup.validFor.until], [hers, hers], 'nothing was done, and the row of now is in the answer')
  assert.deepEqual(codes(await leave({ expectedVersion: seen })), ['CONFLICT until'], 'nor is it ended today by who did not see that it ends')
  done(await leave({ expectedVersion: seen, until: hers }))
  done(await leave({ expectedVersion: versionOf('customer_discount_group', id), until: his }))
  assert.equal(now(), his)
  assert.deepEqual(codes(await leave({ expectedVersion: 9999, until: hers })), ['CONFLICT expectedVersion'])
  done(await leave({ until: hers }))
  assert.equal(now(), hers, 'without a version the last one wins')
  sql(`DELETE FROM customer_discount_group WHERE customer_id = ${customer} AND id = ${id}`)
})
