// cut_off: a mutation whose connection is cut at any of its steps did nothing, and is done once when it is sent again.
//
// Steps are the tables it writes to. Somebody else has all rows of one, so that it waits there; then its connection is cut.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { digests, sql, sqlStarted, tokenOf } from './client.mjs'
import { changedSince, keyedInput, mutationsOf, perform, send } from './mutating.mjs'
import { prepareProperInputs, properInputs, someCustomer } from './proper_inputs.mjs'

const pauseMs = 30
const patience = 100

const customer = someCustomer('c.partner_id IS NULL')
const language = sql("SELECT language FROM user_account WHERE login = 'admin'")
const records = () => Number(sql('SELECT COUNT(*) FROM audit_record'))

const holding = "info LIKE '%SLEEP(60)%' AND info NOT LIKE '%processlist%'"
const waiting = "command IN ('Query', 'Execute') AND info NOT LIKE '%SLEEP(%' AND info NOT LIKE '%processlist%' AND time_ms > 150"

// Once there are such connections they are cut. False: it was over before.
async function cut(condition, what, isOver = () => false) {
  for (let i = 0; i < patience && !isOver(); i++) {
    const found = sql(`SELECT id FROM information_schema.processlist WHERE user = 'dossier' AND ${condition}`)
    if (found !== '') return sql(found.split('\n').map((id) => `KILL CONNECTION ${id}`).join(';')) === ''
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return isOver() ? false : assert.fail(what)
}

async function isHeld() {
  for (let i = 0; i < patience; i++) {
    if (sql(`SELECT COUNT(*) FROM information_schema.processlist WHERE ${holding}`) === '1') return
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  assert.fail('nobody has the rows')
}

// Orders go on by themselves afterwards: order_act.mjs cuts them off, and those who work them off.
const goOn = ['submitOrder', 'amendOrder', 'cancelOrder', 'orderProduct', 'changePlan', 'suspendProduct', 'resumeProduct', 'terminateProduct']
const mutations = await mutationsOf(await tokenOf('admin'))

test('what proper inputs rest on is there', () => prepareProperInputs())

// Some may be done a few times a day only.
async function mayAgain(admin, mutation) {
  const { userErrors } = await perform(admin, mutation, { ...keyedInput(mutation, customer), dryRun: true })
  return !userErrors.some(({ code }) => code === 'TOO_OFTEN')
}

for (const mutation of mutations.filter(({ name }) => name in properInputs && !goOn.includes(name)))
  test(`R2 ${mutation.name}, cut off at any of its steps, did nothing, and is done once when it is sent again`, async (context) => {
    const admin = await tokenOf('admin'), before = digests()
    assert.deepEqual((await perform(admin, mutation, keyedInput(mutation, customer))).userErrors, [])
    const tables = changedSince(before).map((line) => line.split('\t')[0])
    context.diagnostic(tables.join(', '))
    for (const table of tables) {
      if (!(await mayAgain(admin, mutation))) return context.diagnostic(`not so often on one day: ${table} and what follows`)
      const input = keyedInput(mutation, customer), recorded = records()
      const held = sqlStarted(`START TRANSACTION; SELECT COUNT(*) FROM (SELECT * FROM \`${table}\` FOR UPDATE) AS t; SELECT SLEEP(60);`, 'ignore').catch(() => 'cut')
      await isHeld()
      let over = false
      const answer = send(admin, mutation, input).finally(() => { over = true })
      const isCut = await cut(waiting, `${mutation.name} did not wait for ${table}`, () => over)
      const { status, body } = await answer
      if (!isCut) { // a table that others write to afterwards
        assert.deepEqual(body.data?.done.userErrors, [], table)
        await cut(holding, `the rows of ${table} were given back by themselves`)
        await held
        continue
      }
      assert.deepEqual([status, body.errors?.[0].extensions.code], [503, 'UNAVAILABLE'], `${table}: ${JSON.stringify(body)}`)
      await cut(holding, `the rows of ${table} were given back by themselves`)
      await held
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
