// searches: what each form of a search takes among all customers of a data folder.
//
// Of each form several different texts are asked for in turns, so that the slowest of them are among the times. Before that each is
// asked for once, which reads from the disk what nobody has asked for since the database was started: of these the longest is told.
import { aligned, number } from '../report.mjs'

const atLeast = 100 // times of a form

const text = (section, field, value, operator = 'LIKE') => ({ [section]: { [field]: { operator, value } } })
const name = (value, operator) => text('contact', 'name', value, operator)
const names = (values, operator) => values.map((value) => name(value, operator))
const telephones = (values) => values.map((value) => text('contact', 'phone', value))
const lines = (values) => values.map((value) => text('subscription', 'identifier', value))
const emails = (values) => values.map((value) => text('contact', 'email', value))
const pairs = (firsts, seconds) => firsts.flatMap((first) => seconds.map((second) => `${first} ${second}`))

// The generator's most frequent names, and the corporation Quellenthal Gruppe, of which there is one.
const given = ['anna', 'maria', 'thomas', 'michael', 'andreas'], families = ['muller', 'schmidt', 'schneider', 'weber']
const parts = ['ann', 'mari', 'schmi', 'schn', 'mann', 'ller', 'berg', 'stein', 'ster', 'feld']
const rare = ['quel', 'quelle', 'quellen', 'quellent', 'quellenth', 'quellenthal']
const within = ['uellenth', 'llenthal', 'ellenth', 'uellentha', 'quellenthal']
const absent = ['qqqxyz', 'xqzzy', 'annermei', 'schneidthomas', 'mullerann']
const acrossWords = [...absent, 'weberanna', 'stermann', 'thomasanna']
const fourDigits = ['%5551%', '%0815%', '%1234%', '%9876%', '%4711%']
const cities = ['Hamburg', 'Berlin', 'Köln', 'Leipzig', 'München']

const around = (values, before, after) => values.map((value) => `${before}${value}${after}`)

const forms = [
  ['= a frequent name: weber', names(families, 'EQUAL')],
  ['= y = z both frequent: anna muller', names(pairs(given, families), 'EQUAL')],
  ['x% frequent: mu', names(['mu', 'an', 'sch', 'ma', 'th', 'be', 'we', 'schn', 'anna', 'ha'])],
  ['x% rare: quellenth', names(rare)],
  ['x% absent: qqqxyz', names(absent)],
  ['x% y% both frequent: an mu', names(pairs(['an', 'ma', 'th', 'mi', 'pe'], ['mu', 'sch', 'we', 'be']))],
  ['x% y% both frequent, seldom together: an be', names(['an be', 'an ko', 'ju ri', 'fr la', 'wo be', 'cl ha', 'ul so', 'ka br'])],
  ['x% y% both frequent and long: thomas schneider', names(pairs(given, families))],
  ['x% y% that begin alike: martin maier', names(['martin maier', 'maria martin', 'anna andr', 'peter peters', 'frank franke', 'thomas tho'])],
  ['x% y% z%: an ma sch', names(['an ma sch', 'th mu we', 'ma an be', 'pe mi ha'])],
  ['x% y% one of them rare: quellenth gr', names(around(rare, '', ' gr'))],
  ['%x frequent: %ann', names(around(parts, '%', ''))],
  ['%x rare, telephone: %512345', telephones(['%512345', '%777123', '%190210', '%004711', '%845219'])],
  ['%x% frequent: %ann%', names(around(parts, '%', '%'))],
  ['%x% of frequent parts, absent: %annermei%', names(around(absent, '%', '%'))],
  ['%x% of four digits, telephone: %5551%', telephones(fourDigits)],
  ['%x% of four digits, line: %5551%', lines(fourDigits)],
  ['%x% rare: %uellenth%', names(around(within, '%', '%'))],
  ['%x% rare, e-mail: %quellenthal%', emails(around(within, '%', '%'))],
  ['%x% absent, e-mail: %qqqxyz%', emails(['%qqqxyz%', '%xqzzy%', '%wqwqw%'])],
  ['%x% of frequent parts, absent, e-mail: %annermei%', emails(around(acrossWords, '%', '%'))],
  ['name and town: weber, Hamburg',
    families.flatMap((family) => cities.map((city) => ({ ...name(family, 'EQUAL'), ...text('address', 'city', city, 'EQUAL') })))],
]

// A partner sees some of these.
const formsOfPartner = forms.filter(([says]) => !/^=|telephone|line|town|alike/.test(says))

const query = 'query ($search: CustomerSearch!) { findCustomers(search: $search, first: 50) { nodes { id number name } } }'

async function ask(accounts, search) {
  const { answer, total } = await accounts.timed({ query, variables: { search } })
  return { hits: answer.data.findCustomers.nodes.length, ms: total }
}

async function measureForm(accounts, searches) {
  const first = []
  for (const search of searches) first.push(await ask(accounts, search))
  const taken = [], before = accounts.used()
  while (taken.length < atLeast) {
    for (const search of searches) taken.push((await ask(accounts, search)).ms)
  }
  const cpu = (accounts.used().database - before.database) / taken.length
  taken.sort((a, b) => a - b)
  const share = (of) => number(taken[Math.floor((taken.length - 1) * of)])
  const hits = first.map((each) => each.hits), fewest = Math.min(...hits), most = Math.max(...hits)
  return [String(searches.length), fewest === most ? String(most) : `${fewest} to ${most}`, number(Math.max(...first.map((each) => each.ms))),
    share(0.5), share(0.95), share(1), number(cpu)]
}

export async function measureSearches(accounts) {
  const rows = [], partner = accounts.as('partner')
  for (const [says, searches] of forms) rows.push([says, ...await measureForm(accounts, searches)])
  for (const [says, searches] of formsOfPartner) rows.push([`a partner: ${says}`, ...await measureForm(partner, searches)])
  return aligned([['form', 'texts', 'hits of 50', 'first time, longest ms', 'p50 ms', 'p95 ms', 'longest ms', 'MariaDB CPU ms'], ...rows])
}
