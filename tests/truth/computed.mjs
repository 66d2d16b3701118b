// computed: what functions make of a row's columns, made once more: ages, lines of an address, what ends next.

const days = (text) => Date.parse(`${text}T00:00:00Z`) / 86400000
// The day a question is about that names none: that of the moment the row is as of, or today.
const today = (row) => row.moment?.slice(0, 10) ?? new Date().toISOString().slice(0, 10)

function ageOf(row, { on }) {
  const born = row.cells.get('birth_date')
  const day = on ?? today(row)
  if (born === null) return null
  if (born > day) throw new Error('The customer was not born yet on that day.')
  return Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - (day.slice(5) < born.slice(5) ? 1 : 0)
}

function verificationStateOf(row, { on }) {
  const [verified, until] = ['identity_verified', 'identity_valid_until'].map((column) => row.cells.get(column))
  if (verified === '0') return 'UNVERIFIED'
  return until !== null && until < (on ?? today(row)) ? 'EXPIRED' : 'VERIFIED'
}

// In the language, in the language without its region, in English.
function labelIn(row, { language }) {
  const labels = JSON.parse(row.cells.get('characteristic_specification.labels'))
  return [language, language.split('-')[0], 'en'].map((each) => (Object.hasOwn(labels, each) ? labels[each] : undefined)).find((label) => label !== undefined)
}

const countries = { AT: 'AUSTRIA', DE: 'GERMANY', GB: 'UNITED KINGDOM', US: 'UNITED STATES' }

function linesOf(row, { from }) {
  if (typeof from === 'string' && from !== '' && !/^[A-Z]{2}$/.test(from))
    throw new Error('"from" takes a country of two capital letters, for example DE.')
  const [street, postcode, city, country] = ['street', 'postcode', 'city', 'country'].map((column) => row.cells.get(column))
  const both = (...parts) => parts.filter((part) => part !== '').join(' ')
  const place = country === 'GB' ? [city, postcode] : country === 'US' ? [both(city, postcode)] : [both(postcode, city)]
  return [street, ...place, country === from ? '' : (countries[country] ?? country)].filter((line) => line !== '')
}

function nextExpiry(row, { on }) {
  const day = on ?? today(row)
  const [bound, end] = ['binding_until', 'termination_date'].map((column) => row.cells.get(column)).map((date) => (date !== null && date >= day ? date : null))
  if (bound === null && end === null) return null
  const terminates = end !== null && (bound === null || end <= bound)
  const date = terminates ? end : bound
  return { date, daysLeft: days(date) - days(day), terminates }
}

// ---- tickets ----

// Microseconds since 1970 of a moment as the database writes it, or as a client does.
function microseconds(text) {
  const [, whole, fraction = ''] = /^(.{19})(?:\.(\d+))?/.exec(text)
  return BigInt(Date.parse(`${whole.replace(' ', 'T')}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0'))
}

const cellsOf = (row, ...columns) => columns.map((column) => row.cells.get(column))

function clockState(row, { at }) {
  const [due, stopped] = cellsOf(row, 'due_at', 'stopped_at')
  if (stopped !== null) return stopped > due ? 'MISSED' : 'KEPT'
  return microseconds(at) > microseconds(due) ? 'OVERDUE' : 'RUNNING'
}

function dueInSeconds(row, { at }) {
  const [due, stopped] = cellsOf(row, 'due_at', 'stopped_at')
  return stopped !== null ? null : String((microseconds(due) - microseconds(at)) / 1000000n)
}

const serviceStates = { ACKNOWLEDGED: 'PENDING', IN_PROGRESS: 'RESPONDED', PENDING: 'RESPONDED', HELD: 'RESPONDED', CLOSED: 'COMPLETED',
  CANCELLED: 'CANCELLED', RESOLVED: 'FINALLY_RESOLVED', REJECTED: 'CANCELLED' }

function serviceRequestState(row) {
  const [status, sub] = cellsOf(row, 'status', 'sub_status')
  return { DRAFT: 'DRAFT', TEMPORARY_FIX: 'TEMPORARILY_RESOLVED' }[sub] ?? serviceStates[status]
}

function turnOf(row, { at, expiresAfterDays }) {
  const [status, viewed, customer, agent, seen] = cellsOf(row, 'status', 'first_viewed_at', 'last_customer_at', 'last_agent_at', 'customer_viewed_at')
  if (expiresAfterDays < 1 || expiresAfterDays > 36500) throw new Error('"expiresAfterDays" takes a number of days, 1 to 36,500.')
  if (['CLOSED', 'CANCELLED', 'REJECTED'].includes(status)) return null
  const isOld = (text) => text !== null && microseconds(text) < microseconds(at) - BigInt(expiresAfterDays) * 86400000000n
  const customerLast = customer !== null && (agent === null || customer > agent)
  if (customerLast && isOld(customer)) return 'EXPIRED_UNANSWERED'
  if (viewed === null) return 'NEW'
  if (customerLast) return 'WAITING'
  return status === 'RESOLVED' && isOld(agent) && (seen === null || isOld(seen)) ? 'EXPIRED_UNREAD' : 'OPEN'
}

const followers = { ACKNOWLEDGED: ['IN_PROGRESS', 'PENDING', 'HELD', 'RESOLVED', 'REJECTED', 'CANCELLED'], IN_PROGRESS: ['PENDING', 'HELD', 'RESOLVED', 'CANCELLED'],
  PENDING: ['IN_PROGRESS', 'HELD', 'RESOLVED', 'CANCELLED'], HELD: ['IN_PROGRESS', 'PENDING', 'RESOLVED', 'CANCELLED'], RESOLVED: ['IN_PROGRESS', 'CLOSED'] }
const inOrder = ['ACKNOWLEDGED', 'REJECTED', 'PENDING', 'HELD', 'IN_PROGRESS', 'RESOLVED', 'CLOSED', 'CANCELLED']

// Customers accept a solution, refuse it, or give up.
export function nextStatuses(row, kind) {
  const [status] = cellsOf(row, 'status')
  const next = followers[status] ?? []
  return inOrder.filter((to) => next.includes(to) && (kind !== 'CUSTOMER' || to === 'CANCELLED' || status === 'RESOLVED'))
}

// ---- SIM cards ----

const sealedCode = () => ({ state: 'LOCKED', masked: '•'.repeat(8) })

// ---- searching ----

const operatorsOf = (row) => row.cells.get('operators').split(/[ ,]+/).filter((word) => word !== '')

export const computed = {
  'SearchField.operators': operatorsOf,
  'SimCard.puk1': sealedCode,
  'SimCard.puk2': sealedCode,
  'TicketClock.state': clockState,
  'TicketClock.dueInSeconds': dueInSeconds,
  'TroubleTicket.serviceRequestState': serviceRequestState,
  'TroubleTicket.turn': turnOf,
  'Customer.age': ageOf,
  'CustomerCharacteristic.label': labelIn,
  'Customer.verificationState': verificationStateOf,
  'CommunicationMessage.pdfUrl': (row) =>
    `/letters/${Buffer.from(`CommunicationMessage:${row.cells.get('id')}`).toString('base64url')}.pdf`,
  'GeographicAddress.lines': linesOf,
  'Product.nextExpiry': nextExpiry,
}
