// searches: what each form of a search takes among all customers of a data folder.
import { aligned, number } from '../report.mjs'

const times = 20

const text = (section, field, value, operator = 'LIKE') => ({ [section]: { [field]: { operator, value } } })
const name = (value, operator) => text('contact', 'name', value, operator)

// The corporation is called Quellenthal Gruppe, and nobody else is. Of two given names few customers have both.
const forms = [
  ['= a frequent name: weber', name('weber', 'EQUAL')],
  ['= y = z both frequent: anna muller', name('anna muller', 'EQUAL')],
  ['x% frequent: mu', name('mu')],
  ['x% rare: quellenth', name('quellenth')],
  ['x% absent: qqqxyz', name('qqqxyz')],
  ['x% y% both frequent: an mu', name('an mu')],
  ['x% y% both frequent, seldom together: an be', name('an be')],
  ['x% y% both frequent and long: thomas schneider', name('thomas schneider')],
  ['x% y% that begin alike: martin maier', name('martin maier')],
  ['x% y% one of them rare: quellenth gr', name('quellenth gr')],
  ['%x frequent: %ann', name('%ann')],
  ['%x rare, telephone: %512345', text('contact', 'phone', '%512345')],
  ['%x% frequent: %ann%', name('%ann%')],
  ['%x% of frequent parts, absent: %annermei%', name('%annermei%')],
  ['%x% of four digits, telephone: %5551%', text('contact', 'phone', '%5551%')],
  ['%x% rare: %uellenth%', name('%uellenth%')],
  ['%x% rare, e-mail: %quellenthal%', text('contact', 'email', '%quellenthal%')],
  ['%x% absent, e-mail: %qqqxyz%', text('contact', 'email', '%qqqxyz%')],
  ['%x% of frequent parts, absent, e-mail: %annermei%', text('contact', 'email', '%annermei%')],
  ['name and town: weber, Hamburg', { ...name('weber', 'EQUAL'), ...text('address', 'city', 'Hamburg', 'EQUAL') }],
]

// A partner sees some of these.
const formsOfPartner = [
  ['x% frequent: mu', name('mu')],
  ['x% rare: quellenth', name('quellenth')],
  ['x% y% both frequent: an mu', name('an mu')],
  ['%x% frequent: %ann%', name('%ann%')],
  ['%x% rare: %uellenth%', name('%uellenth%')],
  ['%x% absent, e-mail: %qqqxyz%', text('contact', 'email', '%qqqxyz%')],
]

const query = 'query ($search: CustomerSearch!) { findCustomers(search: $search, first: 50) { nodes { id number name } } }'

async function measureForms(accounts, who, list) {
  const rows = []
  for (const [says, search] of list) {
    const taken = [], before = accounts.used()
    let hits = 0
    for (let i = 0; i < times; i++) {
      const { answer, total } = await accounts.timed({ query, variables: { search } })
      hits = answer.data.findCustomers.nodes.length
      taken.push(total)
    }
    taken.sort((a, b) => a - b)
    const cpu = (accounts.used().database - before.database) / times
    rows.push([`${who}${says}`, hits === 50 ? '50 of more' : String(hits), number(taken[times >> 1]), number(taken.at(-1)), number(cpu)])
  }
  return rows
}

export async function measureSearches(accounts) {
  return aligned([['form', 'hits', 'p50 ms', 'longest ms', 'MariaDB CPU ms'],
    ...await measureForms(accounts, '', forms), ...await measureForms(accounts.as('partner'), 'a partner: ', formsOfPartner)])
}
