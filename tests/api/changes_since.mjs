// changes_since: what has changed of an account since somebody was last in touch: by whom, in words, and of nothing that a viewer
// may not see.
//
// Everything happens to one customer, who is put back in the end.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { endAsking, tokenOfAsking } from './asking.mjs'
import { globalId, graphql, sql, tokenOf, tokenWithRights } from './client.mjs'

const admin = await tokenOf('admin')
const key = sql(`SELECT c.id FROM customer AS c
  WHERE c.id > 12 AND c.kind = 'RESIDENTIAL' AND c.partner_id IN (SELECT id FROM partner WHERE path LIKE CONCAT((SELECT p.path FROM partner AS p JOIN user_account AS s ON s.partner_id = p.id WHERE s.login = 'partner'), '%'))
    AND EXISTS (SELECT 1 FROM billing_account AS b WHERE b.customer_id = c.id AND b.rating_type = 'POSTPAID')
    AND EXISTS (SELECT 1 FROM party_interaction AS i WHERE i.customer_id = c.id) ORDER BY c.id LIMIT 1`)
const id = globalId('Customer', key)
const row = (list) => sql(`SELECT ${list} FROM customer WHERE id = ${key}`)
const [givenName, language, birthDate] = row('given_name, language, birth_date').split('\t')

const query = `query ($id: ID!, $since: DateTime, $first: Int, $after: String) { customer(id: $id) { changesSince(since: $since, first: $first, after: $after) {
  since contact { id startedAt } hasNextPage endCursor
  changes { at kind type what subject by byKind undoable undone change { id mutation } fields { name label before after } } } } }`
const ask = async (as = admin, variables = {}) =>
  (await graphql(as, { query, variables: { id, first: 50, ...variables } })).body
const changesOf = async (...rest) => (await ask(...rest)).data.customer.changesSince

async function change(name, input, as = admin) {
  const type = name[0].toUpperCase() + name.slice(1)
  const { body } = await graphql(as, { query: `mutation ($input: ${type}Input!) { done: ${name}(input: $input) { change { id } userErrors { message } } }`, variables: { input: { idempotencyKey: randomUUID(), ...input } } })
  assert.deepEqual(body.data?.done.userErrors, [], JSON.stringify(body))
  return body.data.done.change.id
}
const update = (input, as) => change('updateCustomer', { id, ...input }, as)
const undo = (changeId, as) => graphql(as ?? admin, { query: 'mutation ($input: UndoChangeInput!) { undoChange(input: $input) { userErrors { code } } }', variables: { input: { idempotencyKey: randomUUID(), changeId } } })
const begun = sql('SELECT UTC_TIMESTAMP(6)').replace(' ', 'T') + 'Z'

test('S1-07 unless told it is what changed since the last contact, without the one that is going on', async () => {
  const [contact, at] = sql(`SELECT id, started_at FROM party_interaction
    WHERE customer_id = ${key} AND NOT (result = 'OPEN' AND started_at > NOW(6) - INTERVAL 30 MINUTE) ORDER BY started_at DESC, id DESC LIMIT 1`).split('\t')
  await graphql(admin, { query: 'mutation ($input: StartInteractionInput!) { startInteraction(input: $input) { replayed } }', variables: { input: { idempotencyKey: randomUUID(), customerId: id, channel: 'SHOP' } } })
  const { since, contact: found } = await changesOf()
  assert.equal(found.id, globalId('PartyInteraction', contact))
  assert.equal(Date.parse(since), Date.parse(`${at.replace(' ', 'T')}Z`))
})

test('S1-07 nothing has changed: so it is said, since when, and there is no cursor', async () => {
  assert.deepEqual(await changesOf(admin, { since: begun }), { since: begun.replace('.000000', ''), contact: null, hasNextPage: false, endCursor: null, changes: [] })
})

let renamed
test('S1-07 what was changed is told with who, what, which, and before and after in words', async () => {
  renamed = await update({ givenName: 'Änderung', birthDate: '1980-02-29' })
  const [latest] = (await changesOf(admin, { since: begun })).changes
  const { at, fields, ...rest } = latest
  assert.ok(Math.abs(Date.parse(at) - Date.now()) < 60_000, at)
  assert.deepEqual(rest, { kind: 'CHANGED', type: 'Customer', what: 'Customer', subject: row('number'), by: sql("SELECT display_name FROM user_account WHERE login = 'admin'"),
    byKind: 'OPERATOR', undoable: true, undone: false, change: { id: renamed, mutation: 'updateCustomer' } })
  assert.deepEqual(fields[0], { name: 'givenName', label: 'Given name', before: givenName, after: 'Änderung' })
  assert.deepEqual([fields[1].name, fields[1].label, fields[1].after], ['birthDate', 'Date of birth', '29 February 1980'])
  assert.equal(fields.length, 2)
})

test('S1-07 below what a mutation answers it is told as well, with the change itself', async () => {
  const mutation = 'mutation ($input: StartInteractionInput!, $since: DateTime) { startInteraction(input: $input) { interaction { customer { changesSince(since: $since, first: 50) { changes { fields { name } } } actions { mutation } } } } }'
  const { body } = await graphql(admin, { query: mutation, variables: { since: begun, input: { idempotencyKey: randomUUID(), customerId: id, channel: 'SHOP' } } })
  const { changesSince, actions } = body.data.startInteraction.interaction.customer
  assert.deepEqual(changesSince.changes.at(-1).fields.map(({ name }) => name), ['givenName', 'birthDate'])
  assert.ok(actions.length > 0)
})

test('S1-07 it is told in the language of whoever asks, values by what they are called', async () => {
  const german = await tokenOfAsking('agent.de')
  sql(`UPDATE customer SET status = 'SUSPENDED', version = version + 1 WHERE id = ${key}`)
  const [suspended, ...changes] = (await changesOf(german, { since: begun })).changes
  const words = (value) => sql(`SELECT label FROM enum_label WHERE language = 'de' AND type = 'CustomerStatus' AND value = '${value}'`)
  assert.deepEqual([suspended.what, suspended.fields[0].label, suspended.fields[0].after], ['Kunde', 'Status', words('SUSPENDED')])
  assert.deepEqual([suspended.by, suspended.byKind, suspended.change, suspended.undoable], [null, null, null, false], 'it was no request')
  sql(`UPDATE customer SET status = 'ACTIVE', version = version + 1 WHERE id = ${key}`)
  const customer = changes.find(({ type }) => type === 'Customer')
  assert.deepEqual([customer.what, customer.fields.map(({ label, after }) => `${label}: ${after}`)], ['Kunde', ['Vorname: Änderung', 'Geburtsdatum: 29. Februar 1980']])
})

test('S1-07 money is money, moments are moments', async () => {
  sql(`UPDATE billing_account SET overdue_minor = overdue_minor + 1234 WHERE customer_id = ${key} ORDER BY id LIMIT 1`)
  const [latest] = (await changesOf(admin, { since: begun })).changes
  assert.deepEqual(latest.fields.map(({ name }) => name), ['overdue'])
  assert.match(latest.fields[0].after, /\d\.\d\d|€|EUR/)
  assert.notEqual(latest.fields[0].before, latest.fields[0].after)
  sql(`UPDATE billing_account SET overdue_minor = overdue_minor - 1234 WHERE customer_id = ${key} ORDER BY id LIMIT 1`)
})

test('S1-07 what was added by a request is new; what was taken back is told as such', async () => {
  const added = await change('addContactMedium', { customerId: id, kind: 'EMAIL', value: 'neu@changes.example' })
  const [latest] = (await changesOf(admin, { since: begun })).changes
  assert.deepEqual([latest.kind, latest.what, latest.subject, latest.fields, latest.undoable], ['ADDED', 'Contact medium', 'neu@changes.example', [], true])
  await undo(added)
  const { changes } = await changesOf(admin, { since: begun })
  const gone = changes.find(({ subject }) => subject === 'neu@changes.example')
  assert.deepEqual([gone.undone, gone.undoable], [true, false])
})

test('S1-07 pages follow one another: nothing is left out, nothing comes twice', async () => {
  for (const name of ['Eins', 'Zwei', 'Drei']) await update({ givenName: name })
  const all = (await changesOf(admin, { since: begun })).changes
  const pages = []
  for (let page = { endCursor: null, hasNextPage: true }; page.hasNextPage; pages.push(...page.changes)) page = await changesOf(admin, { since: begun, first: 2, after: page.endCursor })
  assert.ok(all.length > 5)
  assert.deepEqual(pages, all)
  assert.deepEqual(all.map(({ at }) => at), all.map(({ at }) => at).toSorted().toReversed(), 'the newest first')
})

test('S1-07 what changed several times is one thing, from its first value to its last, with who and when, and each change behind it', async () => {
  const change = 'at kind type subject by byKind undoable undone fields { name label before after }'
  const document = `query ($id: ID!, $since: DateTime) { customer(id: $id) { changesSince(since: $since, first: 50) { changes { ${change} } things { ${change} changeCount change { id } changes { ${change} } } } } }`
  const { data } = (await graphql(admin, { query: document, variables: { id, since: begun } })).body
  const { changes, things } = data.customer.changesSince
  assert.equal(things.reduce((sum, { changeCount }) => sum + changeCount, 0), changes.length)
  assert.deepEqual(things.flatMap((thing) => thing.changes).toSorted((a, b) => (a.at < b.at ? 1 : -1)).map(({ at }) => at), changes.map(({ at }) => at), 'each is of one of them')
  const [customer, ...others] = things.filter(({ type }) => type === 'Customer')
  assert.deepEqual(others, [], 'the customer is there once')
  const single = changes.filter(({ type }) => type === 'Customer')
  assert.deepEqual(customer.changes, single, 'the newest first')
  assert.deepEqual([customer.changeCount, customer.kind, customer.at], [single.length, 'CHANGED', single[0].at])
  const named = (name) => single.flatMap(({ fields }) => fields.filter((field) => field.name === name))
  assert.deepEqual(customer.fields.find(({ name }) => name === 'givenName'), { name: 'givenName', label: 'Given name', before: named('givenName').at(-1).before, after: 'Drei' })
  assert.ok(named('status').length >= 2, 'the status was changed to and fro')
  assert.deepEqual(customer.fields.filter(({ name }) => name === 'status'), [], 'what is again what it was is no difference')
  assert.deepEqual(customer.by.split(', '), [...new Set(single.map(({ by }) => by).filter(Boolean))])
  assert.ok(!customer.undoable && single[0].undoable, 'each change is taken back by itself')
  for (const thing of things.filter(({ changeCount }) => changeCount === 1)) {
    const { changes: [only], changeCount, change: record, ...rest } = thing
    assert.deepEqual(rest, only, 'what changed once is like its change')
  }
})

test('S1-07 as of a moment it is what had changed until then', async () => {
  const { data } = (await graphql(admin, { query: `query ($id: ID!, $at: DateTime) { customer(id: $id, asOf: $at) { changesSince(since: $at) { changes { type } } } }`, variables: { id, at: begun } })).body
  assert.deepEqual(data.customer.changesSince.changes, [])
})

// ---- who may see what ----

test('what a viewer has no right to see does not change for them', async () => {
  const basic = await tokenWithRights('admin', ['account:read', 'explorer:read'])
  const { data } = await ask(basic, { since: begun })
  const seen = data.customer.changesSince.changes.flatMap(({ type, fields }) => fields.map(({ name }) => `${type}.${name}`))
  assert.deepEqual(seen.filter((name) => /givenName|birthDate/.test(name)), [], 'no master data')
  assert.ok((await changesOf(admin, { since: begun })).changes.length > data.customer.changesSince.changes.length)
  assert.ok(data.customer.changesSince.changes.every(({ undoable }) => !undoable), 'who may not change it may not take it back')
})

test('without the right to notes nobody is told who did it', async () => {
  const reader = await tokenWithRights('admin', ['account:read', 'customer:read', 'explorer:read'])
  const { changes } = await changesOf(reader, { since: begun })
  assert.ok(changes.length > 0 && changes.every(({ by }) => by === null))
})

test('partners are told of their own customers, and of others nothing', async () => {
  const partner = await tokenOfAsking('partner')
  const { data } = await ask(partner, { since: begun })
  const { changes } = data.customer.changesSince
  assert.ok(changes.some(({ type }) => type === 'Customer'))
  assert.ok(changes.every(({ undoable }) => !undoable), 'others did it')
  const foreign = globalId('Customer', sql('SELECT MIN(id) FROM customer WHERE partner_id IS NULL'))
  assert.equal((await ask(partner, { id: foreign })).data.customer, null)
})

test('what cannot be used is refused with words', async () => {
  for (const variables of [{ first: 0 }, { first: 51 }, { after: 'nonsense' }, { after: '1.2' }, { after: '1.2.Type!' }, { after: '9'.repeat(200) }]) {
    const { errors } = await ask(admin, variables)
    assert.match(errors[0].message, /first|after/, JSON.stringify(variables))
  }
  const { body } = await graphql(admin, { query: '{ customers(search: "an", first: 2) { nodes { changesSince { since } } } }' })
  assert.match(body.errors[0].message, /one customer at a time/)
})

test('every type that keeps a history has words in both languages, and so has what is shown of it', () => {
  const missing = sql(`SELECT e.type, e.field FROM field_label AS e LEFT JOIN field_label AS d ON d.language = 'de' AND d.type = e.type AND d.field = e.field WHERE e.language = 'en' AND d.label IS NULL
    UNION SELECT d.type, d.field FROM field_label AS d LEFT JOIN field_label AS e ON e.language = 'en' AND e.type = d.type AND e.field = d.field WHERE d.language = 'de' AND e.label IS NULL`)
  assert.equal(missing, '')
})

test('what words there are for is in the schema', async () => {
  const { body } = await graphql(admin, { query: '{ __schema { types { name fields { name } } } }' })
  const fields = new Map(body.data.__schema.types.map(({ name, fields: all }) => [name, new Set(all?.map((field) => field.name))]))
  const unknown = sql("SELECT type, field FROM field_label WHERE language = 'en' AND field <> '' AND type <> 'Boolean'").split('\n').map((line) => line.split('\t'))
    .filter(([type, field]) => !fields.get(`${type}Version`)?.has(field))
  assert.deepEqual(unknown, [])
})

test('the customer is put back', async () => {
  await update({ givenName: givenName === 'NULL' ? null : givenName, birthDate: birthDate === 'NULL' ? null : birthDate, language })
  assert.equal(row('given_name'), givenName)
})

test('who may not ask by themselves may no more', endAsking)
