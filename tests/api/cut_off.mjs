// cut_off: a mutation whose connection is cut at any of its steps did nothing, and is done once when it is sent again.
//
// Steps are the tables it writes to. Somebody else has all rows of one, so that it waits there; then its connection is cut.
// The first step is the same for all, their key: there they wait and are cut together.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { digests, sql, sqlStarted, tokenOf, workedOff } from './client.mjs'
import { changedSince, keyedInput, mutationsOf, perform, send } from './mutating.mjs'
import { prepareProperInputs, properInputs, someCustomer } from './proper_inputs.mjs'

const pauseMs = 30
const patience = 300

const customer = someCustomer('c.partner_id IS NULL')
const language = sql("SELECT language FROM user_account WHERE login = 'admin'")
const records = () => Number(sql('SELECT COUNT(*) FROM audit_record'))

const holding = "info LIKE '%SLEEP(60)%' AND info NOT LIKE '%processlist%'"
const waiting = "command IN ('Query', 'Execute') AND info NOT LIKE '%SLEEP(%' AND info NOT LIKE '%processlist%' AND time_ms > 60"
const found = (condition) => sql(`SELECT id FROM information_schema.processlist WHERE user = 'dossier' AND ${condition}`)
const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs))
const kill = (connections) => sql(connections.split('\n').map((id) => `KILL CONNECTION ${id}`).join(';'))

// All that wait, those who work orders off among them, until the mutation is over. False: nothing had to be cut.
async function cutUntil(isOver, name) {
  let isCut = false
  for (let i = 0; i < patience && !isOver(); i++) {
    const connections = found(waiting)
    if (connections !== '' && !isOver()) {
      kill(connections)
      isCut = true
    }
    await pause()
  }
  assert.ok(isOver(), `${name} is not over`)
  return isCut
}

const hold = (table) => sqlStarted(`START TRANSACTION; SELECT COUNT(*) FROM (SELECT * FROM \`${table}\` FOR UPDATE) AS t; SELECT SLEEP(60);`, 'ignore').catch(() => 'cut')

async function isHeld() {
  for (let i = 0; i < patience; i++) {
    if (found(holding) !== '') return
    await pause()
  }
  assert.fail('nobody has the rows')
}

async function release(held) {
  kill(found(holding))
  await held
}

const mutations = await mutationsOf(await tokenOf('admin'))

test('what proper inputs rest on is there', () => prepareProperInputs())

// Some may be done a few times a day only.
const isTooOften = (body) => body.data?.done.userErrors.some(({ code }) => code === 'TOO_OFTEN')

// What they order is worked off by others afterwards, who write to more tables.
const goOn = ['submitOrder', 'amendOrder', 'cancelOrder', 'orderProduct', 'changePlan', 'suspendProduct', 'resumeProduct', 'terminateProduct', 'portIn', 'portOut', 'cancelPort', 'answerPort']
const settled = ({ name }) => goOn.includes(name) ? workedOff() : undefined

// A product is in one order at a time, so each of these is about the product of somebody else.
const ofProducts = ['changePlan', 'suspendProduct', 'resumeProduct', 'terminateProduct']
const tried = new Set()
const fits = async (admin, mutation, holder) => (await perform(admin, mutation, { ...keyedInput(mutation, holder), dryRun: true })).userErrors.length === 0

// What is to be resumed has to be suspended first.
async function suspend(admin, holder) {
  const [mutation] = mutations.filter(({ name }) => name === 'suspendProduct')
  await perform(admin, mutation, keyedInput(mutation, holder))
  await workedOff()
}

async function customerFor(admin, mutation) {
  if (!ofProducts.includes(mutation.name)) return customer
  const holders = sql(`SELECT DISTINCT p.customer_id FROM product AS p JOIN customer AS c ON c.id = p.customer_id
    WHERE p.status = 'ACTIVE' AND p.service_identifier LIKE '+%' AND c.id > 12 AND c.partner_id IS NULL ORDER BY p.customer_id DESC`).split('\n')
  for (const holder of holders.filter((key) => !tried.has(`${mutation.name} ${key}`))) {
    tried.add(`${mutation.name} ${holder}`)
    if (mutation.name === 'resumeProduct') await suspend(admin, holder)
    if (await fits(admin, mutation, holder)) return holder
  }
  return assert.fail(`there is nobody left for ${mutation.name}`)
}

const proper = mutations.filter(({ name }) => name in properInputs)

test('R2 all of them, cut off at their first step, did nothing, and are done when they are sent again', async () => {
  await workedOff()
  const admin = await tokenOf('admin')
  const sent = []
  for (const mutation of proper) {
    const whose = await customerFor(admin, mutation)
    sent.push({ mutation, whose, input: keyedInput(mutation, whose) })
  }
  const recorded = records()
  const held = hold('idempotency_key')
  await isHeld()
  let over = 0
  const answers = sent.map(({ mutation, input }) => send(admin, mutation, input).finally(() => { over++ }))
  await cutUntil(() => over === sent.length, 'all of them')
  await release(held)
  for (const { status, body } of await Promise.all(answers)) assert.equal(status, 503, JSON.stringify(body))
  assert.equal(records(), recorded)
  for (const { mutation, whose, input: { idempotencyKey } } of sent) { // another one may have done the same by now
    await settled(mutation)
    const { userErrors, replayed } = await perform(admin, mutation, { ...keyedInput(mutation, whose), idempotencyKey })
    assert.deepEqual([mutation.name, userErrors, replayed], [mutation.name, [], false])
  }
})

for (const mutation of proper)
  test(`R2 ${mutation.name}, cut off at any of its steps, did nothing, and is done once when it is sent again`, async (context) => {
    await settled(mutation)
    const admin = await tokenOf('admin'), before = await digests()
    assert.deepEqual((await perform(admin, mutation, keyedInput(mutation, await customerFor(admin, mutation)))).userErrors, [])
    const tables = (await changedSince(before)).map((line) => line.split('\t')[0]).filter((table) => table !== 'idempotency_key')
    context.diagnostic(tables.join(', '))
    for (const table of tables) {
      await settled(mutation)
      const input = keyedInput(mutation, await customerFor(admin, mutation)), recorded = records()
      const held = hold(table)
      await isHeld()
      let over = false
      const answer = send(admin, mutation, input).finally(() => { over = true })
      const isCut = await cutUntil(() => over, `${mutation.name} at ${table}`)
      const { status, body } = await answer
      await release(held)
      if (isTooOften(body)) return context.diagnostic(`not so often on one day: ${table} and what follows`)
      if (status === 200) { // a table that others write to afterwards: they alone waited
        assert.deepEqual(body.data?.done.userErrors, [], table)
        continue
      }
      assert.ok(isCut, table)
      assert.deepEqual([status, body.errors?.[0].extensions.code], [503, 'UNAVAILABLE'], `${table}: ${JSON.stringify(body)}`)
      assert.equal(records(), recorded, table)
      const again = await perform(admin, mutation, input)
      assert.deepEqual([again.userErrors, again.replayed], [[], false], table)
      assert.equal((await perform(admin, mutation, input)).replayed, true, table)
      assert.equal(records(), recorded + 1, table)
    }
  })

test('the screens of whoever did all this are put back', async () => {
  const admin = await tokenOf('admin'), [updateViewer] = mutations.filter(({ name }) => name === 'updateViewer')
  assert.deepEqual((await perform(admin, updateViewer, { ...keyedInput(updateViewer), language })).userErrors, [])
})
