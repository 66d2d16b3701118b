// searches: what each form of a search takes among all customers of a data folder.
import { aligned, number } from '../report.mjs'

const times = 10

const text = (section, field, value, operator = 'LIKE') => ({ [section]: { [field]: { operator, value } } })
const name = (value, operator) => text('contact', 'name', value, operator)

// The corporation is called Quellenthal Gruppe, and nobody else is.
const forms = [
  ['= a frequent name: weber', name('weber', 'EQUAL')],
  ['x% frequent: mu', name('mu')],
  ['x% rare: quellenth', name('quellenth')],
  ['x% absent: qqqxyz', name('qqqxyz')],
  ['x% y% both frequent: an mu', name('an mu')],
  ['%x frequent: %ann', name('%ann')],
  ['%x rare, telephone: %512345', text('contact', 'phone', '%512345')],
  ['%x% frequent: %ann%', name('%ann%')],
  ['%x% rare: %uellenth%', name('%uellenth%')],
  ['%x% rare, e-mail: %quellenthal%', text('contact', 'email', '%quellenthal%')],
  ['%x% absent, e-mail: %qqqxyz%', text('contact', 'email', '%qqqxyz%')],
  ['name and town: weber, Hamburg', { ...name('weber', 'EQUAL'), ...text('address', 'city', 'Hamburg', 'EQUAL') }],
]

const query = 'query ($search: CustomerSearch!) { findCustomers(search: $search, first: 50) { nodes { id number name } } }'

export async function measureSearches(accounts) {
  const rows = [['form', 'hits', 'p50 ms', 'MariaDB CPU ms']]
  for (const [says, search] of forms) {
    const taken = [], before = accounts.used()
    let hits = 0
    for (let i = 0; i < times; i++) {
      const { answer, total } = await accounts.timed({ query, variables: { search } })
      hits = answer.data.findCustomers.nodes.length
      taken.push(total)
    }
    taken.sort((a, b) => a - b)
    rows.push([says, hits === 50 ? '50 of more' : String(hits), number(taken[times >> 1]), number((accounts.used().database - before.database) / times)])
  }
  return aligned(rows)
}
