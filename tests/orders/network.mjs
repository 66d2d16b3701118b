// network: what the simulated network will do, told in advance: a second writing of server/order/simulator.c.
const damm = ['0317598642', '7092154863', '4206871359', '1750983426', '6123045978', '3674209581', '5869720134', '8945362017', '9438617205', '2581436790']

// Nine digits and the check digit.
export const numberOf = (body) => `${body}${[...String(body)].reduce((interim, digit) => Number(damm[interim][digit]), 0)}`

function hash(number, position, purpose) {
  let sum = 2166136261
  for (const character of `${number}/${position}/${purpose}`) sum = Math.imul(sum ^ character.charCodeAt(0), 16777619) >>> 0
  return sum
}

// DONE, NO_CAPACITY and NOT_COMPATIBLE (refused), SILENT, ASKS.
export function fateOf(number, position, action = 'ADD', attempt = 1) {
  const drawn = hash(number, position, 'fate') % 100
  const fate = drawn < 2 ? 'NO_CAPACITY' : drawn < 3 ? 'NOT_COMPATIBLE' : drawn < 6 ? 'SILENT' : drawn < 8 ? 'ASKS' : 'DONE'
  if (['SILENT', 'ASKS'].includes(fate)) return attempt > 1 ? 'DONE' : fate
  return action === 'DELETE' ? 'DONE' : fate
}

// What other operators say of a number: REFUSED with its reason, for how many attempts nobody answers, or nothing of either.
export function portFateOf(number) {
  const drawn = hash(number, 1, 'port') % 100
  return { code: drawn < 3 ? 'NAME_DIFFERS' : drawn < 5 ? 'NUMBER_UNKNOWN' : null, silentAttempts: drawn < 5 ? 0 : drawn < 8 ? 1 : drawn < 10 ? 3 : 0 }
}

// The next number from there on of which they say that.
export function portNumber(from, wanted) {
  for (let number = from; ; number++) if (wanted(portFateOf(`+${number}`))) return `+${number}`
}

// Whether a job that has begun can no longer be undone.
export const isTooLate = (number, position) => hash(number, position, 'cancel') % 5 === 0

// The next body from there on whose order has these fates, position by position.
export function bodyWith(from, wanted) {
  for (let body = from; ; body++) if (wanted(numberOf(body))) return body
}
