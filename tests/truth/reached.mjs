// reached: what a run came by: kinds of answers, and ways in which rows were fetched. One that never came up proves nothing.

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

export class Reached {
  constructor() {
    this.counts = new Map([...Object.keys(answers), ...Object.keys(statements)].map((name) => [name, 0]))
  }

  answer(got) {
    for (const [name, is] of Object.entries(answers)) if (is(got)) this.counts.set(name, this.counts.get(name) + 1)
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
