// merge_act: a customer who is there twice becomes one: everything moves, nothing is lost, and what was the duplicate's is found.
//
// It happens to customers without a story, found anew for each test; they stay merged.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { act, codes, done, foundBy } from './acting.mjs'
import { data, digests, globalId, graphql, root, sql, sqlStarted, tokenOf, tokenWithRights } from './client.mjs'

const token = await tokenOf('admin')
const payload = `customer { id number name version mergedInto { id } mergedCustomers { number } } moved { kind count } differences { field survivor duplicate taken } settled { rule count what } survivorVersion duplicateVersion`

async function ask(query, variables = {}, as = token) {
  const { status, body } = await graphql(as, { query, variables })
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.errors, undefined, JSON.stringify(body.errors))
  return body.data
}
const customerId = (key) => globalId('Customer', key)
const merge = (survivor, duplicate, more = {}, as = token) =>
  act(as, 'mergeCustomers', { survivorId: customerId(survivor), duplicateId: customerId(duplicate), ...more }, payload)
const found = (search) => foundBy(token, search)

const merged = new Set()
// Two of the operator's own persons who have not been merged, the first of whom has more.
function anyTwo(more = 'TRUE') {
  const keys = sql(`SELECT c.id FROM customer AS c WHERE c.id > 40 AND c.kind = 'RESIDENTIAL' AND c.status = 'ACTIVE' AND c.partner_id IS NULL AND c.parent_id IS NULL AND c.open_order_count = 0 AND ${more}
    AND NOT EXISTS (SELECT 1 FROM number_port AS p WHERE p.customer_id = c.id AND p.is_open)
    AND NOT EXISTS (SELECT 1 FROM message_delivery AS m WHERE m.customer_id = c.id AND m.state = 'SENDING') ORDER BY c.id`).split('\n').filter((key) => !merged.has(key))
  assert.ok(keys.length >= 2, 'there are two such customers')
  for (const key of keys.slice(0, 2)) merged.add(key)
  return keys.slice(0, 2)
}
const withLines = "c.mobile_count > 0 AND EXISTS (SELECT 1 FROM sim_card AS s WHERE s.customer_id = c.id AND s.in_use) AND EXISTS (SELECT 1 FROM usage_period AS u WHERE u.customer_id = c.id)"

// ---- the list ----

const listed = [...readFileSync(join(root, 'db', 'customer_owned.c'), 'utf8').matchAll(/\{"(\w+)",\s*"(\w+)",\s*(\w+),/g)].map(([, table, column, way]) => ({ table, column, way }))
const stays = new Set(listed.filter(({ way }) => way === 'OWNED_STAYS').map(({ table }) => table))

test('every column of the database that names a customer is in db/customer_owned.c; add what a merge does with it', () => {
  const columns = sql(`SELECT DISTINCT c.table_name, c.column_name FROM information_schema.columns AS c JOIN information_schema.tables AS t USING (table_schema, table_name)
    LEFT JOIN information_schema.key_column_usage AS k ON k.table_schema = c.table_schema AND k.table_name = c.table_name AND k.column_name = c.column_name AND k.referenced_table_name = 'customer'
    WHERE c.table_schema = DATABASE() AND t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') AND (c.column_name = 'customer_id' OR k.column_name IS NOT NULL)`).split('\n').map((line) => line.replace('\t', '.'))
  assert.deepEqual(listed.map(({ table, column }) => `${table}.${column}`).toSorted(), columns.toSorted())
})

// ---- whole ----

const countOf = ({ table, column }, keys) => Number(sql(`SELECT COUNT(*) FROM ${table} WHERE ${column} IN (${keys.join(', ')})`))
const counts = (keys) => Object.fromEntries(listed.map((each) => [`${each.table}.${each.column}`, countOf(each, keys)]))

// Rows that lead to a row which is not there.
function orphans() {
  const keys = sql(`SELECT k.constraint_name, k.table_name, k.referenced_table_name, GROUP_CONCAT(CONCAT('r.', k.referenced_column_name, ' = t.', k.column_name) SEPARATOR ' AND '), GROUP_CONCAT(CONCAT('t.', k.column_name, ' IS NOT NULL') SEPARATOR ' AND ')
    FROM information_schema.key_column_usage AS k WHERE k.table_schema = DATABASE() AND k.referenced_table_name IS NOT NULL GROUP BY k.table_name, k.constraint_name, k.referenced_table_name`).split('\n').map((line) => line.split('\t'))
  return sql(keys.map(([name, table, other, on, given]) => `SELECT '${name}', COUNT(*) FROM ${table} AS t WHERE ${given} AND NOT EXISTS (SELECT 1 FROM ${other} AS r WHERE ${on}) HAVING COUNT(*) > 0`).join(' UNION ALL '))
}

const doctor = () => execFileSync(process.env.DOSSIER_BINARY, ['doctor', '--data', data], { encoding: 'utf8', env: { ...process.env, LSAN_OPTIONS: `suppressions=${join(root, 'tests', 'sanitizers', 'leaks.txt')}:print_suppressions=0` } })

// Chosen when it is their turn: others change customers before.
let survivor, duplicate, cards
const numberOf = (key) => sql(`SELECT number FROM customer WHERE id = ${key}`)
let before

test('a preview says what would move, what differs and what becomes one, and leaves nothing', async () => {
  [survivor, duplicate] = anyTwo(withLines)
  cards = sql(`SELECT id FROM sim_card WHERE customer_id = ${duplicate}`).split('\n')
  sql(`INSERT INTO contact_medium (customer_id, kind, value, preferred, valid_from) SELECT ${duplicate}, kind, value, FALSE, CURRENT_DATE FROM contact_medium WHERE customer_id = ${survivor} AND valid_until IS NULL LIMIT 1`)
  sql(`INSERT INTO customer_external_id (customer_id, system, value) VALUES (${duplicate}, 'merge-test', 'ext-${duplicate}');
    INSERT INTO customer_search_term (term, customer_id, kind, page) SELECT 'ext-${duplicate}', ${duplicate}, 'EXTERNAL', MIN(page) FROM customer_search_term WHERE customer_id = ${duplicate}`)
  sql(`INSERT INTO customer_discount_group (customer_id, discount_group_id, valid_from) SELECT c.id, MAX(g.id), IF(c.id = ${survivor}, '2023-05-01', '2021-02-03')
    FROM discount_group AS g, customer AS c WHERE c.id IN (${survivor}, ${duplicate}) GROUP BY c.id`)
  before = { rows: counts([survivor, duplicate]), of: counts([duplicate]), at: new Date(Number(sql('SELECT UNIX_TIMESTAMP(NOW(6)) * 1000'))).toISOString() }
  const all = await digests()
  const preview = done(await merge(survivor, duplicate, { dryRun: true }))
  assert.equal(await digests(), all)
  assert.equal(preview.dryRun, true)
  assert.deepEqual([preview.survivorVersion, preview.duplicateVersion].map(String), sql(`SELECT version FROM customer WHERE id IN (${survivor}, ${duplicate}) ORDER BY id = ${duplicate}`).split('\n'))
  const moved = Object.fromEntries(preview.moved.map(({ kind, count }) => [kind, Number(count)]))
  assert.deepEqual([moved.PRODUCT, moved.BILLING_ACCOUNT, moved.SIM_CARD, moved.ENTRY ?? 0, moved.EXTERNAL_ID], [before.of['product.customer_id'], before.of['billing_account.customer_id'], cards.length, before.of['ledger_entry.customer_id'], 1])
  const name = preview.differences.find(({ field }) => field === 'NAME')
  assert.deepEqual([name.survivor, name.duplicate, name.taken], [...sql(`SELECT display_name FROM customer WHERE id IN (${survivor}, ${duplicate}) ORDER BY id = ${duplicate}`).split('\n'), false])
  assert.deepEqual(preview.settled.filter(({ rule }) => rule === 'SAME_CONTACT_MEDIUM').map(({ count }) => count), [1])
  assert.ok(preview.settled.some(({ rule }) => rule === 'SAME_USAGE_PERIOD'))
})

test('everything of the duplicate is the survivor\'s afterwards, and their row leads to them', async () => {
  const events = sql(`SELECT COUNT(*), SUM(quantity), SUM(amount_minor) FROM usage_event WHERE customer_id IN (${survivor}, ${duplicate})`)
  const counters = sql(`SELECT SUM(active_product_count), SUM(mobile_count), SUM(open_ticket_count) FROM customer WHERE id IN (${survivor}, ${duplicate})`)
  const { customer } = done(await merge(survivor, duplicate, { take: ['BIRTH_DATE'] }))
  assert.deepEqual([customer.id, customer.mergedInto, customer.mergedCustomers], [customerId(survivor), null, [{ number: numberOf(duplicate) }]])
  const left = counts([duplicate])
  assert.deepEqual(Object.entries(left).filter(([name, count]) => count > 0 && !stays.has(name.split('.')[0])), [])
  const lost = new Set(['contact_medium', 'identification', 'privacy_agreement', 'customer_discount_group', 'customer_characteristic', 'credit_profile', 'geographic_address', 'usage_period', 'usage_total', 'usage_day', 'customer_search_term', 'audit_record', 'idempotency_key', 'customer'])
  const after = counts([survivor])
  for (const [name, count] of Object.entries(before.rows).filter(([each]) => !lost.has(each.split('.')[0]))) assert.equal(after[name], count, name)
  assert.equal(sql(`SELECT COUNT(*), SUM(quantity), SUM(amount_minor) FROM usage_event WHERE customer_id = ${survivor}`), events)
  assert.equal(sql(`SELECT active_product_count, mobile_count, open_ticket_count FROM customer WHERE id = ${survivor}`), counters)
  assert.equal(sql(`SELECT s.birth_date = d.birth_date, d.status FROM customer AS s JOIN customer AS d ON d.id = ${duplicate} WHERE s.id = ${survivor}`), '1\tCLOSED')
  assert.equal(sql(`SELECT valid_from FROM customer_discount_group WHERE customer_id = ${survivor} AND discount_group_id = (SELECT MAX(id) FROM discount_group)`), '2021-02-03', 'a membership lasts as long as both together')
  assert.equal(orphans(), '')
  assert.match(doctor(), /ok|in order/i)
})

test('the duplicate is found as the survivor, and leads to them', async () => {
  for (const words of [numberOf(duplicate), `ext-${duplicate}`, ...sql(`SELECT value FROM contact_medium WHERE customer_id = ${survivor} AND kind = 'MOBILE' AND valid_until IS NULL`).split('\n')])
    assert.deepEqual(await found(words), [customerId(survivor)], words)
  const { customer } = await ask('query ($id: ID!) { customer(id: $id) { status mergedInto { id number } products { totalCount } } }', { id: customerId(duplicate) })
  assert.deepEqual(customer, { status: 'CLOSED', mergedInto: { id: customerId(survivor), number: numberOf(survivor) }, products: { totalCount: 0 } })
})

test('as of a moment before both are as they were, but for what is only ever added to', async () => {
  const query = 'query ($id: ID!, $at: DateTime) { customer(id: $id, asOf: $at) { status mergedInto { id } products(first: 200) { nodes { id } } sims(first: 200) { nodes { id } } tickets(first: 200) { nodes { id } } contactMedia { value } } }'
  const { customer } = await ask(query, { id: customerId(duplicate), at: before.at })
  assert.deepEqual([customer.status, customer.mergedInto, customer.products.nodes.length, customer.sims.nodes.length, customer.tickets.nodes.length], ['ACTIVE', null, before.of['product.customer_id'], cards.length, before.of['trouble_ticket.customer_id']])
  assert.equal(customer.contactMedia.length, before.of['contact_medium.customer_id'])
})

test('codes of SIM cards that moved still open', async () => {
  const verify = { idempotencyKey: randomUUID(), customerId: customerId(survivor), method: 'DOCUMENT' }
  assert.deepEqual((await ask('mutation ($input: VerifyCallerInput!) { verifyCaller(input: $input) { userErrors { code } } }', { input: verify })).verifyCaller.userErrors, [])
  const input = { idempotencyKey: randomUUID(), id: cards[0], code: 'PUK1', reason: 'Merged' }
  const { revealSecret } = await ask('mutation ($input: RevealSecretInput!) { revealSecret(input: $input) { value userErrors { code message } } }', { input })
  assert.deepEqual(revealSecret.userErrors, [])
  assert.match(revealSecret.value, /^\d{8}$/)
})

// ---- whoever has the account of the duplicate open ----

test('nobody changes a customer who was merged; they are told where to', async () => {
  const version = Number(sql(`SELECT version FROM customer WHERE id = ${duplicate}`)) - 1
  const changes = {
    updateCustomer: ['UpdateCustomerInput', { id: customerId(duplicate), expectedVersion: version, familyName: 'Wolkenstein' }],
    createTicket: ['CreateTicketInput', { customerId: customerId(duplicate), type: 'FAULT', subject: 'No dial tone', text: 'Since this morning.' }],
    startInteraction: ['StartInteractionInput', { customerId: customerId(duplicate) }],
    sendMessage: ['SendMessageInput', { customerId: customerId(duplicate), channel: 'POST', subject: 'Hello', text: 'There.' }],
  }
  for (const [name, [type, input]] of Object.entries(changes)) {
    const { [name]: answer } = await ask(`mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code message } } }`, { input: { idempotencyKey: randomUUID(), ...input } })
    assert.ok(answer.userErrors.length > 0, name)
    assert.ok(answer.userErrors.some(({ message }) => message.includes(numberOf(survivor)) || name === 'sendMessage'), `${name}: ${JSON.stringify(answer)}`)
  }
  assert.equal(sql(`SELECT COUNT(*) FROM party_interaction WHERE customer_id = ${duplicate}`), '0')
})

// ---- refused ----

test('two are not merged into themselves, twice, or as they were not looked at', async () => {
  const [one, other] = anyTwo()
  assert.deepEqual(codes(await merge(one, one)), ['INVALID duplicateId'])
  assert.deepEqual(codes(await merge(one, duplicate)), ['NOT_ALLOWED duplicateId'])
  assert.deepEqual(codes(await merge(duplicate, one)), ['NOT_ALLOWED survivorId'])
  assert.deepEqual(codes(await merge(one, other, { survivorVersion: 999, duplicateVersion: 998 })), ['CONFLICT survivorVersion', 'CONFLICT duplicateVersion'])
  assert.deepEqual(codes(await merge(one, '999999999999')), ['NOT_FOUND duplicateId'])
})

test('persons and organisations, and customers of different partners, are not merged', async () => {
  const [one] = anyTwo()
  const business = sql("SELECT MIN(id) FROM customer WHERE kind = 'BUSINESS' AND partner_id IS NULL AND id > 12")
  const partners = sql("SELECT MIN(id) FROM customer WHERE kind = 'RESIDENTIAL' AND partner_id IS NOT NULL AND id > 12")
  assert.deepEqual(codes(await merge(one, business)), ['NOT_ALLOWED duplicateId'])
  assert.deepEqual(codes(await merge(one, partners)), ['NOT_ALLOWED duplicateId'])
})

test('an order that is worked off, a number that moves and a message that is being sent stand in the way', async () => {
  const [one, other] = anyTwo('c.mobile_count > 0')
  const refused = async (prepare, undo, words) => {
    sql(prepare)
    const { userErrors } = await merge(one, other, { dryRun: true })
    sql(undo)
    assert.deepEqual(userErrors.map(({ code }) => code), ['NOT_ALLOWED'])
    assert.match(userErrors[0].message, words)
  }
  const product = sql(`SELECT MIN(id) FROM product WHERE customer_id = ${other}`)
  await refused(`UPDATE product_order SET completed_at = NULL, state = 'HELD' WHERE id = (SELECT MIN(id) FROM product_order WHERE customer_id = ${other})`,
    `UPDATE product_order SET completed_at = ordered_at, state = 'COMPLETED' WHERE customer_id = ${other} AND completed_at IS NULL`, /^Order 7\d+ .* worked off/)
  await refused(`INSERT INTO number_port (customer_id, product_id, direction, number, other_operator, status, is_open, wanted_on, requested_at, changed_at) VALUES (${other}, ${product}, 'OUT', '+4915900099999', 'Vela', 'REQUESTED', TRUE, CURRENT_DATE, NOW(6), NOW(6))`,
    `DELETE FROM number_port WHERE customer_id = ${other} AND number = '+4915900099999'`, /moving between operators/)
})

test('a customer with more rows than policy allows is not merged', async () => {
  const [one, other] = anyTwo()
  const most = sql("SELECT value FROM policy WHERE name = 'merge_rows_most'")
  sql("UPDATE policy SET value = 3 WHERE name = 'merge_rows_most'")
  const { userErrors } = await merge(one, other)
  sql(`UPDATE policy SET value = ${most} WHERE name = 'merge_rows_most'`)
  assert.deepEqual(userErrors.map(({ code }) => code), ['NOT_ALLOWED'])
  assert.match(userErrors[0].message, /more than the 3/)
})

test('parts of the duplicate are parts of the survivor, but never of themselves', async () => {
  const [one, other] = anyTwo()
  const [part, below] = anyTwo()
  sql(`UPDATE customer SET parent_id = ${other}, unit_kind = 'BRANCH' WHERE id = ${part}; UPDATE customer SET parent_id = ${part}, unit_kind = 'BRANCH' WHERE id = ${below}`)
  assert.deepEqual(codes(await merge(below, other)), ['NOT_ALLOWED duplicateId'])
  assert.deepEqual(codes(await merge(part, other)), ['NOT_ALLOWED duplicateId'])
  done(await merge(one, other))
  assert.equal(sql(`SELECT parent_id FROM customer WHERE id = ${part}`), one)
  sql(`UPDATE customer SET parent_id = NULL, unit_kind = NULL WHERE id IN (${part}, ${below})`)
})

test('who was merged into a customer who is merged leads to the last of them', async () => {
  const [last, middle] = anyTwo(), [first] = anyTwo()
  done(await merge(middle, first))
  const { customer } = done(await merge(last, middle))
  assert.deepEqual(customer.mergedCustomers.map(({ number }) => number).toSorted(), [numberOf(first), numberOf(middle)].toSorted())
  assert.equal(sql(`SELECT merged_into_id FROM customer WHERE id = ${first}`), last)
})

// ---- once ----

test('of two consents to the same the one stated last counts, and of two classes and limits the survivor\'s', async () => {
  const [one, other] = anyTwo("EXISTS (SELECT 1 FROM billing_account AS a WHERE a.customer_id = c.id AND a.rating_type = 'POSTPAID')")
  sql(`DELETE FROM privacy_agreement WHERE customer_id IN (${one}, ${other}); DELETE FROM credit_profile WHERE customer_id IN (${one}, ${other});
    INSERT INTO privacy_agreement (customer_id, purpose, channel, state, source, stated_at) VALUES
      (${one}, 'MARKETING', 'EMAIL', 'VALIDATED', 'CONTRACT', '2025-01-01'), (${other}, 'MARKETING', 'EMAIL', 'REJECTED', 'AGENT', '2026-01-01'),
      (${one}, 'MARKETING', 'SMS', 'REJECTED', 'AGENT', '2026-01-01'), (${other}, 'MARKETING', 'SMS', 'VALIDATED', 'CONTRACT', '2025-01-01');
    INSERT INTO credit_profile (customer_id, class, checked_on) VALUES (${one}, 'E', '2026-01-01'), (${other}, 'A', '2026-01-01');
    UPDATE billing_account SET credit_limit_minor = 0 WHERE customer_id = ${one}; UPDATE billing_account SET credit_limit_minor = 20000 WHERE customer_id = ${other} AND rating_type = 'POSTPAID'`)
  const { settled, differences } = done(await merge(one, other, { dryRun: true }))
  done(await merge(one, other))
  assert.deepEqual(sql(`SELECT channel, state FROM privacy_agreement WHERE customer_id = ${one} ORDER BY channel`).split('\n'), ['EMAIL\tREJECTED', 'SMS\tREJECTED'])
  assert.deepEqual(differences.filter(({ field }) => field === 'CREDIT_CLASS'), [{ field: 'CREDIT_CLASS', survivor: 'E', duplicate: 'A', taken: false }])
  assert.ok(settled.some(({ rule }) => rule === 'LATEST_CONSENT') && settled.some(({ rule }) => rule === 'LOWER_CREDIT_LIMIT'))
  assert.equal(sql(`SELECT MAX(credit_limit_minor) FROM billing_account WHERE customer_id = ${one}`), '5000')
})

test('what the survivor lacks is the duplicate\'s, and what is chosen: name, preferred contact and address', async () => {
  const [one, other] = anyTwo("EXISTS (SELECT 1 FROM geographic_address AS a WHERE a.customer_id = c.id AND a.role = 'CONTACT') AND EXISTS (SELECT 1 FROM contact_medium AS m WHERE m.customer_id = c.id AND m.preferred)")
  sql(`UPDATE customer SET birth_date = NULL WHERE id = ${one}`)
  const [name, birth] = sql(`SELECT display_name, birth_date FROM customer WHERE id = ${other}`).split('\t')
  const preferred = sql(`SELECT value FROM contact_medium WHERE customer_id = ${other} AND preferred`)
  done(await merge(one, other, { take: ['NAME', 'PREFERRED_CONTACT', 'CONTACT_ADDRESS'] }))
  assert.equal(sql(`SELECT display_name, birth_date FROM customer WHERE id = ${one}`), `${name}\t${birth}`)
  assert.equal(sql(`SELECT value FROM contact_medium WHERE customer_id = ${one} AND preferred`), preferred)
  assert.equal(sql(`SELECT COUNT(*) FROM geographic_address WHERE customer_id = ${one} AND role = 'CONTACT'`), '1')
  assert.ok((await found(name)).includes(customerId(one)))
})

// ---- who may ----

test('merging has a right of its own; partners have it for nobody', async () => {
  const without = await tokenWithRights('admin', ['account:read', 'customer:read', 'customer:write', 'explorer:read'])
  const { body } = await graphql(without, { query: 'mutation { mergeCustomers(input: {}) { dryRun } }' })
  assert.match(body.errors[0].message, /mergeCustomers/)
  const { body: partner } = await graphql(await tokenOf('partner'), { query: 'mutation { mergeCustomers(input: {}) { dryRun } }' })
  assert.match(partner.errors[0].message, /mergeCustomers/)
})

test('two agents who merge the same two at once, either way round, make one of them once', async () => {
  const [one, other] = anyTwo()
  const answers = await Promise.all([merge(one, other), merge(other, one), merge(one, other)])
  assert.equal(answers.filter(({ userErrors }) => userErrors.length === 0).length, 1)
  assert.equal(sql(`SELECT COUNT(*) FROM customer WHERE id IN (${one}, ${other}) AND merged_into_id IS NOT NULL`), '1')
})

test('what somebody is still writing to a line of the duplicate when the two become one is the survivor\'s', async () => {
  const [one, other] = anyTwo("c.mobile_count > 0 AND NOT EXISTS (SELECT 1 FROM line_bar AS b WHERE b.customer_id = c.id)")
  const line = sql(`SELECT MIN(p.id) FROM product AS p JOIN product_offering AS o ON o.id = p.offering_id WHERE p.customer_id = ${other} AND o.category = 'MOBILE'`)
  const writer = sqlStarted(`START TRANSACTION; SELECT id FROM product WHERE id = ${line} FOR UPDATE;
    INSERT INTO line_bar (customer_id, product_id, kind, reason, barred_at) VALUES (${other}, ${line}, 'DATA', 'Meanwhile', NOW(6)); SELECT SLEEP(1.5); COMMIT;`)
  await new Promise((resolve) => setTimeout(resolve, 500))
  done(await merge(one, other))
  await writer
  assert.equal(sql(`SELECT customer_id FROM line_bar WHERE product_id = ${line}`), one)
})

test('after all merges nothing leads to nothing, and the doctor finds nothing', () => {
  assert.equal(orphans(), '')
  assert.match(doctor(), /ok|in order/i)
})
