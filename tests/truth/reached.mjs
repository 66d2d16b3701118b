// reached: what a run came by: kinds of answers, and ways in which rows were fetched. One that never came up proves nothing.
import { readFileSync } from 'node:fs'

const errors = (got, pattern) => (got.errors ?? []).some(({ message }) => pattern.test(message))

const answers = {
  'complete answers': (got) => got.data !== undefined && got.errors === undefined,
  'data with errors beside it': (got) => got.data && got.errors !== undefined,
  'nulls that took their parents along': (got) => errors(got, /^Cannot return null for non-nullable/),
  'lists that were cut': (got) => errors(got, /^Only the first/),
  'pages refused': (got) => errors(got, /take a number from 1 to 200|not both|Use "after"/),
  'cursors refused': (got) => errors(got, /^The cursor is not one of this list/),
  'searches refused': (got) => errors(got, /^Type at least two letters/),
  'too many ids': (got) => errors(got, /^Ask for at most 200 ids/),
  'moments to come': (got) => errors(got, /lies in the future/),
  'computed fields that failed': (got) => errors(got, /not born yet|two capital letters/),
}

// Of statements as MariaDB logs them, with their values.
const statements = {
  'one parent': /WHERE t\.`\w+` = \S/,
  'many parents in a list': /WHERE t\.`\w+` IN \([^SF]/,
  'pages of many parents': /UNION ALL/,
  'counts for many parents': /COUNT\(\*\)[^]*GROUP BY/,
  'pages behind a cursor': / (>=|<=) [^]* OR /,
  'pages from the end': /ORDER BY t\.`start_date`, t\.`id`/,
  'rows as of a moment': /FOR SYSTEM_TIME AS OF/,
  "rows of then that are a partner's now": /FOR SYSTEM_TIME AS OF[^]*LIKE CONCAT\(/,
  "rows of then that are a customer's": /FOR SYSTEM_TIME AS OF[^]*`customer_id` = \d/,
  'rows of several types in one table': /t\.`kind` IN \(|`ticket_article`/,
  'rows that a kind and a key name': /`related_kind`/,
  'matches': /t\.`is_open` = /,
  'rows of several tables in one list': /ORDER BY `at`/,
  'versions of rows': /FOR SYSTEM_TIME ALL/,
  'answers of one moment': /^START TRANSACTION WITH CONSISTENT SNAPSHOT/,
  'joined rows': /LEFT JOIN/,
  "filters that look into other tables": / IN \(SELECT t\./,
  'what a filter leaves': /IS NOT TRUE/,
  'orders of clients': /ORDER BY t\.`(state|status)`/,
  "a partner's rows": /LIKE CONCAT\(/,
  "a customer's rows": /AND t\.`(customer_id|id)` = \d/,
}

// How answers are written, by the planner's own names: what a document that was answered has in it.
const shapes = {
  SHAPE_TYPENAME: /__typename/, SHAPE_LEAF: /\bid\b/, SHAPE_COMPUTED: /\b(age|lines)\b/, SHAPE_VALID_UNTIL: /validUntil/, SHAPE_CHANGES: /changes/,
  SHAPE_EMBEDDED: /\b(balance|amount|price)\b/, SHAPE_ONE: /customer\(/, SHAPE_LIST: /contactMedia/, SHAPE_CONNECTION: /customers\(/, SHAPE_NODE: /\bnodes?\(id/,
  SHAPE_NODES: /\bnodes\b/, SHAPE_EDGES: /\bedges\b/, SHAPE_EDGE_NODE: /\bnode\b/, SHAPE_CURSOR: /\bcursor\b/, SHAPE_PAGE_INFO: /pageInfo/,
  SHAPE_HAS_NEXT_PAGE: /hasNextPage/, SHAPE_HAS_PREVIOUS_PAGE: /hasPreviousPage/, SHAPE_START_CURSOR: /startCursor/, SHAPE_END_CURSOR: /endCursor/,
  SHAPE_TOTAL_COUNT: /totalCount/,
}

// Of the server's own numbers.
const metrics = {
  'statements that several calls share': (number) => number('desk_statement_errands_sum') - number('desk_statement_errands_count'),
  'plans that were made before': (number) => number('plan_cache_hits_total'),
}

// What the planner has and this file does not know would never be missed.
function unknownShapes() {
  const header = readFileSync(new URL('../../server/plan/plan.h', import.meta.url), 'utf8')
  const [, body] = /^enum shape_kind \{([^}]*)\}/m.exec(header)
  return [...body.replace(/\/\*[^]*?\*\//g, '').matchAll(/SHAPE_\w+/g)].map(([name]) => name).filter((name) => shapes[name] === undefined)
}

export class Reached {
  constructor() {
    const names = [answers, statements, shapes, metrics].flatMap(Object.keys)
    this.counts = new Map([...names, ...unknownShapes()].map((name) => [name, 0]))
  }

  answer({ query }, got) {
    for (const [name, is] of Object.entries(answers)) if (is(got)) this.counts.set(name, this.counts.get(name) + 1)
    for (const [name, pattern] of Object.entries(shapes)) if (got.data && pattern.test(query)) this.counts.set(name, this.counts.get(name) + 1)
  }

  // The text of /metrics.
  metrics(text) {
    const number = (name) => [...text.matchAll(new RegExp(`^dossier_${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))].reduce((sum, [, value]) => sum + Number(value), 0)
    for (const [name, read] of Object.entries(metrics)) this.counts.set(name, read(number))
  }

  statements(texts) {
    for (const [name, pattern] of Object.entries(statements)) this.counts.set(name, texts.filter((text) => pattern.test(text)).length)
  }

  missing() {
    return [...this.counts].filter(([, count]) => count === 0).map(([name]) => name)
  }

  toString() {
    return [...this.counts].map(([name, count]) => `${count} ${name}`).join(', ')
  }
}
