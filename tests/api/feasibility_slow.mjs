// feasibility_slow: what a customer can have, found in the simplest way: every product a row, every rule a sentence.
import { sql } from './client.mjs'

const rowsOf = (text) => (text === '' ? [] : text.split('\n').map((line) => line.split('\t').map((cell) => (cell === 'NULL' ? null : cell))))
const query = (text) => rowsOf(sql(text))

const held = "('CREATED', 'PENDING_ACTIVE', 'ACTIVE', 'SUSPENDED')"

export function readCatalogue() {
  return query(`SELECT o.id, o.name, o.category, o.specification_id, s.technology, o.download_mbit, o.lifecycle_status, k.available, k.expected_on,
      (SELECT MIN(p.amount_minor) FROM product_offering_price AS p WHERE p.offering_id = o.id AND p.type = 'RECURRING' AND p.period = 'MONTH')
    FROM product_offering AS o LEFT JOIN product_specification AS s ON s.id = o.specification_id
    LEFT JOIN product_stock AS k ON k.offering_id = o.id ORDER BY o.id`)
    .map(([id, name, category, specification, technology, mbit, status, available, expected, monthly]) => ({
      id, name, category, specification, technology, mbit: Number(mbit ?? 0), onSale: status === 'ACTIVE',
      available: available === null ? Infinity : Number(available), expected, monthly: Number(monthly ?? 0) }))
}

export function readRules(day) {
  return query(`SELECT code, kind, result, ends, offering_id, specification_id, category, target_offering_id, target_specification_id,
      target_category, number, word FROM feasibility_rule
    WHERE state = 'ACTIVE' AND valid_from <= '${day}' AND (valid_until IS NULL OR valid_until >= '${day}') ORDER BY code, version`)
    .map(([code, kind, result, ends, offering, specification, category, ...rest]) => {
      const [targetOffering, targetSpecification, targetCategory, number, word] = rest
      const subject = { offering, specification, category }
      const target = { offering: targetOffering, specification: targetSpecification, category: targetCategory }
      const hasTarget = Object.values(target).some((value) => value !== null)
      return { code, kind, result, ends: ends === '1', subject, target, sought: hasTarget ? target : subject, hasTarget, number: Number(number), word }
    })
}

export function readFacts(customer, day) {
  const [[kind, birth, verified, until, creditClass]] = query(`SELECT t.kind, t.birth_date, t.identity_verified, t.identity_valid_until, c.class
    FROM customer AS t LEFT JOIN credit_profile AS c ON c.customer_id = t.id WHERE t.id = ${customer}`)
  const [[arrears]] = query(`SELECT COUNT(*) FROM billing_account WHERE customer_id = ${customer} AND payment_status = 'IN_ARREARS'`)
  const addresses = query(`SELECT id, role, country, postcode, street FROM geographic_address WHERE customer_id = ${customer} ORDER BY id`)
  const place = ['SERVICE', 'CONTACT', 'BILLING'].flatMap((role) => addresses.filter((address) => address[1] === role))[0] ?? null
  const [, , country, postcode, street] = place ?? []
  const escaped = (text) => text.replaceAll("'", "''")
  return {
    day, kind, birth, verified: verified === '1', until, creditClass, arrears: arrears !== '0', place,
    coverage: place === null ? [] : query(`SELECT technology, download_mbit, available_from FROM service_coverage
      WHERE country = '${country}' AND postcode = '${postcode}'`).map(([technology, mbit, from]) => ({ technology, mbit: Number(mbit), from })),
    products: query(`SELECT id, offering_id, binding_until FROM product WHERE customer_id = ${customer} AND status IN ${held}`)
      .map(([id, offering, bound]) => ({ id, offering, bound })),
    neighbours: place === null ? [] : query(`SELECT p.offering_id FROM product AS p JOIN geographic_address AS a ON a.customer_id = p.customer_id AND a.id = p.place_id
      WHERE a.postcode = '${postcode}' AND a.country = '${country}' AND a.street = '${escaped(street)}' AND p.status IN ${held}`).map(([offering]) => offering),
  }
}

// ---- days ----

const dayAfter = (day) => new Date(Date.parse(`${day}T00:00:00Z`) + 86400000).toISOString().slice(0, 10)
const isDay = (text) => new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) === text
function birthday(birth, years) {
  const text = `${Number(birth.slice(0, 4)) + years}${birth.slice(4)}`
  return birth.slice(5) === '02-29' && !isDay(text) ? `${text.slice(0, 4)}-03-01` : text
}

// ---- rules ----

const matches = (match, offering) =>
  (match.offering === null || match.offering === offering.id) &&
  (match.specification === null || match.specification === offering.specification) &&
  (match.category === null || match.category.split(',').includes(offering.category))

const sum = (list) => list.reduce((total, value) => total + value, 0)

// Null where the rule is met; else what would help.
function help(rule, { facts, offerings, catalogue }, at) {
  const offering = offerings[at], find = (id) => catalogue.find((one) => one.id === id)
  const mine = facts.products.filter((product) => matches(rule.sought, find(product.offering)))
  const others = offerings.filter((one, index) => index !== at && matches(rule.sought, one))
  const ordered = offerings.filter((one) => matches(rule.sought, one)).length
  const unknown = (change) => ({ change, unknown: true })
  const end = () => {
    const [first] = [...new Set(mine.map((product) => product.offering))].sort((a, b) => Number(a) - Number(b))
    const bound = mine.filter((product) => product.offering === first).map((product) => product.bound).filter((day) => day !== null && day >= facts.day).sort().at(-1)
    return { change: 'END_PRODUCT', offering: first, date: bound === undefined ? null : dayAfter(bound) }
  }
  switch (rule.kind) {
    case 'ON_SALE': return offering.onSale ? null : { change: null }
    case 'CUSTOMER_KIND': return rule.word.split(',').includes(facts.kind) ? null : { change: null }
    case 'MINIMUM_AGE':
      if (facts.kind !== 'RESIDENTIAL') return null
      if (facts.birth === null) return unknown('STATE_BIRTH_DATE')
      return birthday(facts.birth, rule.number) <= facts.day ? null : { change: 'WAIT_UNTIL', date: birthday(facts.birth, rule.number) }
    case 'MAXIMUM_AGE':
      if (facts.kind !== 'RESIDENTIAL') return null
      if (facts.birth === null) return unknown('STATE_BIRTH_DATE')
      return birthday(facts.birth, rule.number + 1) > facts.day ? null : { change: null }
    case 'IDENTITY': return facts.verified && (facts.until === null || facts.until >= facts.day) ? null : { change: 'VERIFY_IDENTITY' }
    case 'CREDIT_CLASS':
      if (facts.creditClass === null) return unknown('CHECK_CREDIT')
      return facts.creditClass <= rule.word ? null : { change: null }
    case 'ARREARS': return facts.arrears ? { change: 'PAY_ARREARS' } : null
    case 'TECHNOLOGY': {
      const wanted = rule.word ?? offering.technology
      if (wanted === null) return null
      if (facts.place === null) return unknown('NAME_PLACE')
      const coverage = facts.coverage.find((one) => one.technology === wanted)
      if (coverage === undefined || coverage.mbit < offering.mbit) return { change: 'NAME_PLACE' }
      return coverage.from <= facts.day ? null : { change: 'WAIT_UNTIL', date: coverage.from, atMost: 'CONDITIONAL' }
    }
    case 'REQUIRES': return mine.length > 0 || others.length > 0 ? null : { change: 'ADD_OFFERING' }
    case 'EXCLUDES':
      if (mine.length > 0) return end()
      return others.length > 0 ? { change: 'LEAVE_OUT_OFFERING', offering: others[0].id } : null
    case 'REPLACES': return mine.length > 0 ? end() : null
    case 'BINDING': {
      const bound = rule.hasTarget ? mine.map((product) => product.bound).filter((day) => day !== null && day >= facts.day).sort().at(-1) : undefined
      return bound === undefined ? null : { change: 'WAIT_UNTIL', date: dayAfter(bound) }
    }
    case 'LINES':
      if (mine.length + ordered <= rule.number) return null
      if (mine.length < rule.number) return { change: 'ORDER_FEWER' }
      return mine.length > 0 ? end() : { change: null }
    case 'HOUSEHOLD': {
      if (facts.place === null) return unknown('NAME_PLACE')
      const there = sum(facts.neighbours.map((id) => Number(matches(rule.sought, find(id)))))
      if (there + ordered <= rule.number) return null
      return { change: there < rule.number ? 'ORDER_FEWER' : null }
    }
    case 'STOCK':
      if (offering.available >= offerings.filter((one) => one.id === offering.id).length) return null
      if (offering.available > 0) return { change: 'ORDER_FEWER' }
      return offering.expected !== null && offering.expected > facts.day ? { change: 'WAIT_UNTIL', date: offering.expected } : { change: null }
    default: throw new Error(`nobody knows rules of kind ${rule.kind}`)
  }
}

const worst = (results) => ['UNQUALIFIED', 'CONDITIONAL'].find((result) => results.includes(result)) ?? 'QUALIFIED'

function reasonsOf(world, at) {
  return world.rules.filter((rule) => !rule.ends && matches(rule.subject, world.offerings[at])).flatMap((rule) => {
    const found = help(rule, world, at)
    if (found === null) return []
    const result = found.unknown || found.atMost ? 'CONDITIONAL' : rule.result
    return [{ rule, result, change: found.change, offering: found.offering ?? null, date: found.date ?? null }]
  })
}

// An offering that is sold and that nothing speaks against but what it needs itself.
function additionFor(rule, world) {
  return world.catalogue.filter((offering) => {
    const rules = world.rules.filter(({ kind }) => kind !== 'REQUIRES')
    const reasons = reasonsOf({ ...world, rules, offerings: [offering] }, 0)
    return offering.onSale && matches(rule.sought, offering) && !reasons.some(({ result }) => result === 'UNQUALIFIED')
  }).sort((a, b) => a.monthly - b.monthly || Number(a.id) - Number(b.id))[0]
}

export function judge(world, at) {
  const reasons = reasonsOf(world, at).map((reason) => {
    if (reason.change !== 'ADD_OFFERING') return reason
    const addition = additionFor(reason.rule, world)
    return addition === undefined ? { ...reason, change: null } : { ...reason, offering: addition.id }
  })
  const grave = (reason) => Number(reason.result !== 'UNQUALIFIED')
  return {
    result: worst(reasons.map(({ result }) => result)),
    reasons: reasons.sort((a, b) => grave(a) - grave(b)).map(({ rule, result, change, offering, date }) => ({
      ruleCode: rule.code, result, change: change === null ? null : { kind: change, offering, date } })),
  }
}

export function alternatives(world, offering) {
  return world.catalogue.filter((one) => one.id !== offering.id && one.onSale && one.category === offering.category)
    .map((one) => ({ one, result: worst(reasonsOf({ ...world, offerings: [one] }, 0).map(({ result }) => result)) }))
    .filter(({ result }) => result !== 'UNQUALIFIED')
    .sort((a, b) => Number(a.result === 'CONDITIONAL') - Number(b.result === 'CONDITIONAL') ||
      Math.abs(a.one.monthly - offering.monthly) - Math.abs(b.one.monthly - offering.monthly) || Number(a.one.id) - Number(b.one.id))
    .slice(0, 3).map(({ one }) => one.id)
}
