// answers: what may never be in an answer, whatever was asked, and whose rows are in it.

const refusals = ['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED', 'COST_LIMIT_EXCEEDED', 'LIMIT', 'REFUSED', 'GRAPHQL_PARSE_FAILED']

// What is wrong with an answer; undefined: nothing.
export function problemOf({ status, body }, asked) {
  if (status !== 200 && (status < 400 || status > 499)) return `status ${status}`
  for (const { message, extensions } of body.errors ?? []) {
    if (!refusals.includes(extensions?.code)) return `code ${extensions?.code}: ${message}`
    if (message.length < 15 || message.length > asked.length + 500) return `a message of ${message.length} characters`
    if (/MariaDB|mysql|SQL syntax|FROM `|0x[0-9a-f]{6}|\.c:\d/i.test(message)) return `too much is said: ${message}`
  }
  if (body.data === undefined && !body.errors?.length) return 'neither data nor errors'
  const cost = body.extensions?.cost
  if (cost !== undefined && cost.rows > cost.rowsAtMost) return `${cost.rows} rows, more than ${cost.rowsAtMost}`
  return undefined
}

export function collectIds(value, ids) {
  if (Array.isArray(value)) for (const item of value) collectIds(item, ids)
  else if (value !== null && typeof value === 'object')
    for (const [key, item] of Object.entries(value)) {
      if (key === 'id' && typeof item === 'string') ids.add(item)
      else collectIds(item, ids)
    }
}
