// bad_values: what is wrong, or looks as if it were, for arguments of each type.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { globalId, root } from './client.mjs'

const { getNamedType, isEnumType, isInputObjectType, isListType, getNullableType } = createRequire(join(root, 'tests', 'package.json'))('graphql')

const long = 10_000

export const badTexts = ['', ' ', 'a'.repeat(long), '%'.repeat(long), 'é'.repeat(long), '%x'.repeat(long), "'", "' OR '1'='1", "x'); DROP TABLE customer; --",
  '1 UNION SELECT password_hash FROM user_account', '%_\\', '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '\u0000', 'be\u0000be', '\ud800',
  'be\udfff', '\u202eretsim', '\ufeff', '👩‍👩‍👧', '`', '${7*7}', '\\', '"', '\r\n', '../../etc/passwd', '%s%n', '\u0301'.repeat(300), 'ﷺ'.repeat(60)]

const badDates = ['2026-02-30', '0000-01-01', '0000-00-00', '9999999', '9999999-01-01', '2026-13-01', '2026-1-1', '-2026-01-01', '2025-02-29', '10000-01-01',
  'today', '2026-10-01T00:00:00Z', '0001-01-01', '9999-12-31', '１２３４-０１-０１', 20261001]

const badMoments = ['2026-02-30T00:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '9999-12-31T23:59:59-14:00', '0001-01-01T00:00:00+14:00', '2026-10-01',
  '2026-10-01T25:00:00Z', '2026-10-01T10:00:00', '2026-10-01T10:00:00+99:00', '9999999-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '1969-12-31T23:59:59Z',
  '1970-01-01T00:00:00.0000000001Z', '2026-03-29T02:30:00+01:00', '2038-01-19T03:14:08Z', '2106-02-07T06:28:16Z', '2026-10-01T10:00:60Z', 0]

const badNumbers = [-1, 0, 201, -2147483648, 2147483647, 2147483648, -2147483649, 1e308, 1.5, '5', 'NaN']

const badBigNumbers = ['9223372036854775807', '9223372036854775808', '-9223372036854775808', '-9223372036854775809', '1e3', '0x10', '1.5', '9'.repeat(400), '-0', -1, 0]

const badDecimals = ['9'.repeat(80), `0.${'1'.repeat(80)}`, '1e400', '-1e-400', '.', '-', 'NaN', 'Infinity', 1e308]

// Of another kind altogether.
export const misfits = [null, true, {}, [], [[]], { x: 1 }, 5, 'x']

const leaves = { String: badTexts, Date: badDates, DateTime: badMoments, Int: badNumbers, BigInt: badBigNumbers, MinorUnits: badBigNumbers, Decimal: badDecimals,
  Boolean: ['true', 0, 1, ''] }

export function badValues(type) {
  if (isEnumType(type)) return ['NOTHING', type.getValues()[0].name.toLowerCase(), '', ...misfits, Array.from({ length: 201 }, () => type.getValues()[0].name), [null]]
  return [...(leaves[type.name] ?? badTexts), '%'.repeat(long), "' OR '1'='1", ...misfits]
}

// ---- ids ----

// Somebody else's, of another type, of nothing; cut, with a bit turned, made by hand.
export function badIds(rows) {
  const own = rows.types.map((type) => rows.own(type)).filter(Boolean)
  const [one] = own
  const turned = Array.from({ length: one.length }, (_, i) => one.slice(0, i) + (one[i] === 'Q' ? 'R' : 'Q') + one.slice(i + 1))
  return [...own, ...rows.types.map((type) => rows.foreign(type)).filter(Boolean), ...rows.types.map((type) => globalId(type, '4611686018427387904')), ...turned,
    one.slice(0, -1), one.slice(1), `${one}=`, `${one}A`, ` ${one}`, one.repeat(40), Buffer.from(one).toString('base64url'), globalId('Customer', '01'),
    globalId('Customer', '-1'), globalId('Customer', '1 OR 1=1'), globalId('Customer', '9223372036854775808'), globalId('Customer', "1'"),
    globalId('customer', '1'), globalId('Query', '1'), globalId('Nothing', '1'), globalId('Customer', '1\u0000'), 'Customer:1', '1', 1, -1, 1.5,
    ...badTexts, ...misfits, own, [one, null]]
}

// ---- cursors ----

const turnedBits = (cursor) => {
  const bytes = Buffer.from(cursor, 'base64url')
  return Array.from({ length: Math.min(bytes.length, 16) }, (_, i) => {
    const other = Buffer.from(bytes)
    other[i] ^= 1 << i % 8
    return other.toString('base64url')
  })
}

// The kind of each value and its first and last byte, as large as they can be.
const extremes = (cursor) => {
  const bytes = Buffer.from(cursor, 'base64url')
  return [0x7f, 0x80, 0xff].flatMap((byte) => [5, 6].filter((at) => at < bytes.length).map((at) => {
    const other = Buffer.from(bytes)
    other.fill(byte, at)
    if (at > 5) other[5] = bytes[5]
    return other.toString('base64url')
  })).concat(Array.from({ length: 10 }, (_, kind) => {
    const other = Buffer.from(bytes)
    other[5] = kind
    return other.toString('base64url')
  }))
}

// Those of the list itself, also of rows that others see; of other lists; cut, with bits turned, made by hand.
export function badCursors(cursors, list) {
  const own = cursors.get(list) ?? []
  const others = [...cursors].filter(([name]) => name !== list).map(([, texts]) => texts[0]).filter(Boolean)
  const last = own.at(-1)
  const made = last === undefined ? [] : [...turnedBits(last), ...extremes(last), last.slice(0, -1), last.slice(0, -4), last.slice(0, 8), `${last}A`, `${last}=`, last.repeat(30)]
  return [...own, ...others.slice(0, 4), ...made, '', 'x', 'AQ', 'AQAAAAA', '!!', 'A'.repeat(3000), '%'.repeat(long), ...badTexts.slice(6, 8), ...misfits]
}

export const badPages = ([cursor = 'AQAAAAA']) => [{ first: 1, last: 1 }, { first: 1, before: cursor }, { last: 1, after: cursor }, { after: cursor, before: cursor },
  { first: 1, last: 1, after: cursor, before: cursor }, { first: null, last: null, after: null, before: null }, { first: 2147483647, last: -2147483648 }]

// ---- input objects ----

const nested = (depth, inner) => (depth === 0 ? inner : { not: nested(depth - 1, inner) })

// Where a leaf is within an input type: functions from a value to the whole object. No type twice on the way.
export function placesIn(type, above = []) {
  return Object.values(type.getFields()).flatMap((field) => {
    const inner = getNamedType(field.type)
    const wrap = (value) => ({ [field.name]: isListType(getNullableType(field.type)) ? [value] : value })
    if (!isInputObjectType(inner)) return [{ type: inner, place: wrap }]
    if (above.includes(inner) || inner === type || above.length > 2) return []
    return placesIn(inner, [...above, type]).map(({ type: leaf, place }) => ({ type: leaf, place: (value) => wrap(place(value)) }))
  })
}

export const leafValues = (type, rows) => (type.name === 'ID' ? badIds(rows) : badValues(type))

// Each leaf gets the next few of the values that are wrong for it; besides, shapes that are wrong.
export function badFilters(type, rows, thorough) {
  const next = new Map()
  const some = (leaf) => {
    const values = leafValues(leaf, rows), from = next.get(leaf.name) ?? 0, count = thorough ? 2 : 1
    next.set(leaf.name, from + count)
    return Array.from({ length: count }, (_, i) => values[(from + i) % values.length])
  }
  const filled = placesIn(type).flatMap(({ type: leaf, place }) => some(leaf).map(place))
  const hasNot = 'not' in type.getFields(), hasOr = 'or' in type.getFields()
  return [...filled, {}, { nothing: 1 }, ...misfits, ...(hasNot ? [{ not: {} }, nested(60, {}), nested(2000, {})] : []),
    ...(hasOr ? [{ or: [] }, { and: [] }, { or: Array.from({ length: 5000 }, () => ({})) }, { or: [null] }] : [])]
}
