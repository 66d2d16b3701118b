// rules: what is feasible is said by rules that are listed, shown, added, changed, ended and tried on the command line.
//
// Only with DOSSIER_BINARY, the program: ./test gives it.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { data, globalId, graphql, sql, tokenOf } from './client.mjs'

const binary = process.env.DOSSIER_BINARY
const run = (words, input = '') => spawnSync(binary, ['rule', ...words, '--data', data], { encoding: 'utf8', input, timeout: 60_000 })
const given = (command, rule, ...files) => run([command, ...files], typeof rule === 'string' ? rule : JSON.stringify(rule))

const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)

// Nobody of any age gets it.
const rule = {
  code: 'TEST-RULE', state: 'ACTIVE', validFrom: day(0), kind: 'MINIMUM_AGE', categories: ['CONTENT'], number: 150,
  texts: { en: { refused: 'Only from the age of {limit}; the customer is {number}.' }, de: { refused: 'Erst ab {limit} Jahren.' } },
}

const versions = () => sql("SELECT version, state, valid_from, COALESCE(valid_until, '') FROM feasibility_rule WHERE code = 'TEST-RULE' ORDER BY version")
  .split('\n').filter(Boolean).map((row) => row.split('\t').join(' ').trim())
const forget = () => sql("DELETE FROM feasibility_rule WHERE code LIKE 'TEST-%'")
const all = () => sql('SELECT * FROM feasibility_rule ORDER BY id')

function done({ status, stdout, stderr }, words) {
  assert.equal(status, 0, stderr)
  assert.match(stderr, words)
  return stdout
}

// Refused with these words, and nothing is written.
function refused(call, ...words) {
  const before = all(), { status, stderr } = call()
  assert.equal(status, 1, stderr)
  for (const each of words) assert.match(stderr, each)
  assert.equal(all(), before)
}

// What nobody of any age gets is not feasible for anybody.
async function saysAnything() {
  const customer = sql("SELECT id FROM customer WHERE birth_date IS NOT NULL AND status = 'ACTIVE' ORDER BY id LIMIT 1")
  const query = `query ($id: ID!) { qualify(customerId: $id) { items { offering { category } reasons { ruleCode ruleVersion label } } } }`
  const { body } = await graphql(await tokenOf('admin'), { query, variables: { id: globalId('Customer', customer) } })
  assert.equal(body.errors, undefined, JSON.stringify(body))
  return body.data.qualify.items.flatMap(({ reasons }) => reasons).find(({ ruleCode }) => ruleCode === 'TEST-RULE')
}

const mistakes = {
  'is no JSON': ['{', /it is no JSON: line 1/],
  'is a list': ['[]', /one JSON object/],
  'says something twice': ['{"code": "A", "code": "B"}', /duplicate object key/],
  'says what no rule says': [{ ...rule, colour: 'red' }, /there is no colour in a rule; known are code, version/],
  'has no code': [{ ...rule, code: undefined }, /code is missing/],
  'has a code in small letters': [{ ...rule, code: 'test rule' }, /capital letters, digits and -/],
  'has no state': [{ ...rule, state: null }, /state is missing: one of DRAFT, TRIAL, ACTIVE/],
  'has a state that there is not': [{ ...rule, state: 'ON' }, /state cannot be ON, but one of DRAFT/],
  'has a kind that there is not': [{ ...rule, kind: 'MAGIC' }, /kind cannot be MAGIC, but one of ON_SALE, CUSTOMER_KIND/],
  'has a result that there is not': [{ ...rule, result: 'QUALIFIED' }, /result cannot be QUALIFIED, but one of CONDITIONAL, UNQUALIFIED/],
  'has no first day': [{ ...rule, validFrom: undefined }, /validFrom is missing/],
  'has a first day that there is not': [{ ...rule, validFrom: '2199-02-30' }, /validFrom has to be a day like .* not 2199-02-30/],
  'would change the past': [{ ...rule, validFrom: day(-1) }, /validFrom has to be today or later/],
  'ends before it begins': [{ ...rule, validFrom: day(9), validUntil: day(8) }, /validUntil comes before validFrom/],
  'says neither yes nor no': [{ ...rule, ends: 'yes' }, /ends has to be true or false/],
  'is about what is not sold': [{ ...rule, offering: 'NOTHING', specification: 'NOTHING' }, /offering: there is none with the code NOTHING/, /specification: there is none/],
  'is about a kind that there is not': [{ ...rule, categories: ['CONTENT', 'SHOES'] }, /categories may have MOBILE, .*, not SHOES/],
  'is about no kind': [{ ...rule, categories: [] }, /categories has to be a list/],
  'looks for nothing': [{ ...rule, kind: 'REQUIRES', number: undefined }, /what a rule of the kind REQUIRES looks for is missing/],
  'counts without a number': [{ ...rule, number: undefined }, /number has to be there, from 0 to 100000/],
  'counts below nothing': [{ ...rule, number: -1 }, /number has to be there/],
  'has a number for nothing': [{ ...rule, kind: 'ARREARS' }, /number says nothing in a rule of the kind ARREARS/],
  'has a word for nothing': [{ ...rule, word: 'A' }, /word says nothing in a rule of the kind MINIMUM_AGE/],
  'asks for no kind of customer': [{ ...rule, kind: 'CUSTOMER_KIND', number: undefined }, /word is missing: a list of RESIDENTIAL, BUSINESS, CALL_SHOP/],
  'asks for a kind of customer that there is not': [{ ...rule, kind: 'CUSTOMER_KIND', number: undefined, word: ['CAT'] }, /word may have RESIDENTIAL, .*not CAT/],
  'asks for a class that there is not': [{ ...rule, kind: 'CREDIT_CLASS', number: undefined, word: 'F' }, /word cannot be F, but one of A, B/],
  'asks for a technology that there is not': [{ ...rule, kind: 'TECHNOLOGY', number: undefined, word: 'SMOKE' }, /word cannot be SMOKE, but one of FTTH/],
  'says nothing in English': [{ ...rule, texts: { de: { refused: 'Nein.' } } }, /texts\.en\.refused is missing/],
  'says something in a case that there is not': [{ ...rule, texts: { en: { refused: 'No.', sometimes: 'Perhaps.' } } }, /texts\.en: there is no case sometimes/],
  'fills in what there is not': [{ ...rule, texts: { en: { refused: 'Not for {name}.' } } }, /nothing is filled in for \{name\}; known are offering/],
  'says numbers instead of texts': [{ ...rule, texts: { en: { refused: 7 } } }, /texts\.en\.refused has to be a text/],
  'is too long': [{ ...rule, texts: { en: { refused: 'x'.repeat(70_000) } } }, /a rule may have 65536 bytes/],
  'has a version before it is there': [{ ...rule, version: 1 }, /a new rule has no version yet/],
}

if (binary) {
  for (const [what, [wrong, ...words]] of Object.entries(mistakes))
    test(`a rule that ${what} is refused, and nothing is written`, () => refused(() => given('add', wrong), ...words))

  test('everything that is wrong with a rule is told at once', () =>
    refused(() => given('add', { code: 'a', kind: 'LINES', colour: 1 }), /colour/, /code/, /state/, /validFrom/, /number/, /texts/))

  test('a rule is added, is in force at once, is shown and listed', async () => {
    try {
      assert.equal(await saysAnything(), undefined)
      done(given('add', rule), new RegExp(`TEST-RULE 1 is ACTIVE from ${day(0)} on`))
      assert.deepEqual(await saysAnything().then(({ ruleVersion }) => ruleVersion), 1)
      const shown = JSON.parse(done(run(['show', 'TEST-RULE']), /^/))
      assert.deepEqual(shown, { ...rule, version: 1, result: 'UNQUALIFIED', ends: false })
      assert.match(done(run(['list']), /^/), new RegExp(`^TEST-RULE +1  ACTIVE  ${day(0)} +MINIMUM_AGE +in force$`, 'm'))
      refused(() => given('add', rule), /there is a rule TEST-RULE already: dossier rule change/)
    } finally {
      forget()
    }
  })

  test('a rule of each kind can be shown, and what is shown can be changed from a day on', () => {
    const codes = sql('SELECT MIN(code) FROM feasibility_rule GROUP BY kind').split('\n')
    const before = all()
    for (const code of codes) {
      const shown = JSON.parse(done(run(['show', code]), /^/))
      done(given('change', { ...shown, validFrom: day(30), state: 'DRAFT' }), new RegExp(`${code} 2 is DRAFT from`))
      const { version, validFrom, state, ...rest } = JSON.parse(done(run(['show', code, '2']), /^/))
      assert.deepEqual({ ...rest, version: version - 1, validFrom: shown.validFrom, state: shown.state }, shown)
      assert.deepEqual([version, validFrom, state], [2, day(30), 'DRAFT'])
    }
    sql(`DELETE FROM feasibility_rule WHERE version = 2 AND valid_from = '${day(30)}'`)
    assert.equal(all(), before)
  })

  test('a changed rule is a new version from its day on, and what was in force before stays', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dossier-rule-')), file = join(folder, 'rule.json')
    try {
      done(given('add', rule), /TEST-RULE 1/)
      sql(`UPDATE feasibility_rule SET valid_from = '${day(-100)}' WHERE code = 'TEST-RULE'`)
      done(given('change', { ...rule, state: 'DRAFT', number: 160 }), /TEST-RULE 2 is DRAFT/)
      assert.equal((await saysAnything()).ruleVersion, 1, 'a draft stands beside it')
      writeFileSync(file, JSON.stringify({ ...rule, version: 2, validFrom: day(5), number: 170 }))
      done(run(['change', file]), new RegExp(`TEST-RULE 3 is ACTIVE from ${day(5)} on`))
      assert.deepEqual(versions(), [`1 ACTIVE ${day(-100)} ${day(4)}`, `2 DRAFT ${day(0)}`, `3 ACTIVE ${day(5)}`])
      assert.equal((await saysAnything()).ruleVersion, 1, 'until then')
      refused(() => given('change', { ...rule, validFrom: day(5) }), new RegExp(`version 3 begins on ${day(5)}, not before this one: choose a later`))
      refused(() => given('change', { ...rule, version: 2, validFrom: day(9) }), /version 2 is not the newest .* look at version 3/)
      refused(() => given('change', { ...rule, code: 'TEST-NOTHING' }), /there is no rule TEST-NOTHING: dossier rule add/)
      assert.equal(JSON.parse(run(['show', 'TEST-RULE', '1']).stdout).number, 150)
    } finally {
      rmSync(folder, { recursive: true })
      forget()
    }
  })

  test('a rule ends after its last day, and one that was to come never begins', async () => {
    try {
      done(given('add', rule), /TEST-RULE 1/)
      sql(`UPDATE feasibility_rule SET valid_from = '${day(-100)}' WHERE code = 'TEST-RULE'`)
      done(given('change', { ...rule, validFrom: day(5) }), /TEST-RULE 2/)
      refused(() => run(['end', 'TEST-RULE', day(-2)]), /yesterday or later/)
      done(run(['end', 'TEST-RULE', day(3)]), new RegExp(`TEST-RULE is not looked at after ${day(3)} any more`))
      assert.deepEqual(versions(), [`1 ACTIVE ${day(-100)} ${day(3)}`, `2 DRAFT ${day(5)}`])
      assert.equal((await saysAnything()).ruleVersion, 1)
      done(run(['end', 'TEST-RULE', day(-1)]), /not looked at/)
      assert.equal(await saysAnything(), undefined, 'at once')
      refused(() => run(['end', 'TEST-RULE', day(0)]), /over by then already/)
      refused(() => run(['end', 'TEST-NOTHING', day(0)]), /there is no rule TEST-NOTHING/)
    } finally {
      forget()
    }
  })

  test('a rule is tried before it is switched on', () => {
    try {
      done(given('add', { ...rule, state: 'DRAFT', categories: undefined }), /TEST-RULE 1 is DRAFT/)
      done(run(['try', 'TEST-RULE']), /TEST-RULE 1 would have refused \d+ of the newest \d+ orders/)
    } finally {
      forget()
    }
  })

  test('words that are no command are told what there is', () => {
    refused(() => run([]), /dossier rule list, show, add, change, end or try/)
    refused(() => run(['delete', 'ON-SALE']), /dossier rule list, show, add, change, end or try/)
    refused(() => run(['list', 'ON-SALE']), /dossier rule list names all/)
    refused(() => run(['show']), /say which rule/)
    refused(() => run(['show', 'ON-SALE', 'first']), /say which rule/)
    refused(() => run(['show', 'TEST-NOTHING']), /there is no rule of that code and version/)
    refused(() => run(['end', 'ON-SALE', 'tomorrow']), /dossier rule end CODE 2026-12-31/)
    refused(() => run(['add', join(tmpdir(), 'no-such-rule.json')]), /no-such-rule\.json: No such file/)
    refused(() => run(['add', 'one', 'two']), /say where the rule is/)
  })
}
