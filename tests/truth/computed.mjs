// computed: what functions make of a row's columns, made once more: ages, lines of an address, what ends next.

const days = (text) => Date.parse(`${text}T00:00:00Z`) / 86400000
const today = () => new Date().toISOString().slice(0, 10)

function ageOf(row, { on }) {
  const born = row.cells.get('birth_date')
  const day = on ?? today()
  if (born === null) return null
  if (born > day) throw new Error('The customer was not born yet on that day.')
  return Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - (day.slice(5) < born.slice(5) ? 1 : 0)
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
  const day = on ?? today()
  const [bound, end] = ['binding_until', 'termination_date'].map((column) => row.cells.get(column)).map((date) => (date !== null && date >= day ? date : null))
  if (bound === null && end === null) return null
  const terminates = end !== null && (bound === null || end <= bound)
  const date = terminates ? end : bound
  return { date, daysLeft: days(date) - days(day), terminates }
}

export const computed = { 'Customer.age': ageOf, 'GeographicAddress.lines': linesOf, 'Product.nextExpiry': nextExpiry }
