// data: random rows for all tables of customers, as nasty as the tables allow.
import { quote } from './dossier.mjs'
import { addResources, resourceTables } from './resources.mjs'

// ---- values ----

const letters = ['a', 'A', 'ä', 'Ä', 'á', 'b', 'B', 'ß', 'ss', 'z', 'Ø', 'ı', 'İ', 'Б', 'б', 'א', '中', '😀', '👩‍👩‍👧', 'ﬁ',
  '0', '9', '-', '_', '%', "'", '"', '\\', '/', '<', '&', '\u0301', '\u00a0', '\u2028', '\t', '\n', '\u0001', '\u007f']

// Short ones, so that some are equal, by themselves or to a collation; some empty, some with blanks, some long.
export function text(random, limit = 100) {
  const kind = random.below(20)
  if (kind === 0) return ''
  if (kind === 1) return random.pick(['NULL', 'null', ' ', 'a ', ' a', '"', "'; DROP TABLE customer; --", '</script>', '[object Object]']).slice(0, limit)
  if (kind === 2) return 'ab'.repeat(limit / 2)
  return random.times(1, 4, () => random.pick(letters)).join('').slice(0, limit)
}

const two = (number) => String(number).padStart(2, '0')

export const date = (random) =>
  random.pick(['1000-01-01', '1969-12-31', '1970-01-01', '2000-02-29', '2024-12-31', '9999-12-31',
    `2026-${two(random.between(1, 12))}-${two(random.between(1, 28))}`, `2026-10-0${random.between(1, 3)}`])

export const moment = (random) =>
  `${date(random)} ${random.pick(['00:00:00', '23:59:59.999999', '12:30:00.000001', '12:30:00.100000', '12:30:00'])}`

const minor = (random) =>
  random.pick([0, -1, 1, 1250, -999, '9223372036854775807', '-9223372036854775808', '9007199254740993', random.between(-100000, 100000)])

function discounted(random) {
  const amount_minor = random.below(100000), discount_minor = random.below(500)
  return { amount_minor, discount_minor, net_minor: amount_minor - discount_minor }
}

const maybe = (random, value) => (random.chance(0.3) ? null : value)

// Some have an account; whose that is, the name need not say.
function assigneeOf(random) {
  const assignee_name = maybe(random, text(random))
  return { assignee_id: assignee_name === null ? null : maybe(random, String(5000 + random.below(8))), assignee_name }
}

// Ids here and there, so that there are gaps between them and some are larger than what a double holds, or as large as
// the pages of terms allow (db/search_pages.h).
function ids(random, count, first, largest = 9007199254740992n) {
  const found = new Set()
  while (found.size < count)
    found.add(random.chance(0.03) ? String(largest + BigInt(random.below(500))) : String(first + random.below(count * 4)))
  return random.shuffle([...found])
}

// ---- tables ----

const orderStates = ['ACKNOWLEDGED', 'REJECTED', 'PENDING', 'HELD', 'IN_PROGRESS', 'ASSESSING_CANCELLATION',
  'PENDING_CANCELLATION', 'CANCELLED', 'COMPLETED', 'FAILED']
const currencies = ['EUR', 'JPY', 'USD']

export class Data {
  constructor(random, { customers = 60, partners = 10, orphans = true } = {}) {
    this.random = random
    this.orphans = orphans
    this.tables = new Map()
    this.claims = new Map()
    this.names = 0
    this.addPartners(partners)
    this.addOfferings()
    this.addQueues()
    this.addExtras()
    this.ids = new Map(['contact_medium', 'geographic_address', 'billing_account', 'product', 'product_price', 'product_order',
      'product_order_item', 'order_item_characteristic', 'order_milestone', 'trouble_ticket', 'ticket_article', 'ticket_clock', 'customer_bill', 'ledger_entry', 'party_interaction', 'identification',
      'contact', 'privacy_agreement', 'customer_discount_group', 'customer_characteristic', ...resourceTables].map((table) => [table, ids(random, customers * 30, 1)]))
    for (const id of ids(random, customers, 1, 4398046510000n)) this.addCustomer(id)
  }

  rows(table) {
    if (!this.tables.has(table)) this.tables.set(table, [])
    return this.tables.get(table)
  }

  add(table, row) {
    this.rows(table).push(row)
    return row
  }

  id(table) {
    return this.ids.get(table).pop()
  }

  // Unique, short, in no order.
  number() {
    this.names++
    return `${this.random.below(10)}${this.random.pick(['x', 'X', ''])}${this.names}`
  }

  addPartners(count) {
    this.add('partner', { id: '1', parent_id: null, path: '/1/', name: 'the operator', kind: 'OPERATOR' })
    // Ids where one is the beginning of another: /1/11/ and /1/110/ beside it.
    const fixed = { 11: '1', 110: '1', 12: '11' }
    for (const id of [11, 110, 12, 111, 1100, 2, 21, 22, 3, 31].slice(0, count)) {
      const parent = this.rows('partner').find((row) => row.id === fixed[id]) ?? this.random.pick(this.rows('partner'))
      this.add('partner', { id: String(id), parent_id: parent.id, path: `${parent.path}${id}/`, name: text(this.random),
        kind: this.random.pick(['BRAND', 'RESELLER', 'AGENCY', 'CALL_SHOP']) })
    }
  }

  addOfferings() {
    const { random } = this
    const categories = ['MOBILE', 'VOICE', 'BROADBAND', 'FIBRE', 'TV', 'CONTENT', 'ADD_ON', 'DEVICE']
    for (const [index, category] of categories.entries())
      this.add('product_specification', { id: String(index + 1), code: `specification ${index}`, name: text(random), category,
        technology: maybe(random, random.pick(['FTTH', 'VDSL', 'NR'])) })
    for (let id = 1; id <= 12; id++) {
      const category = random.pick(categories)
      this.add('product_offering', { id: String(id), code: `code ${id}`, name: text(random), category,
        specification_id: maybe(random, String(categories.indexOf(category) + 1)),
        lifecycle_status: random.pick(['IN_DESIGN', 'ACTIVE', 'RETIRED']),
        download_mbit: maybe(random, random.between(1, 2147483647)), upload_mbit: maybe(random, 5) })
      this.addConditions(id)
    }
  }

  // What an offering costs, on what terms, and what it is a bundle of.
  addConditions(offering) {
    const { random } = this
    const offering_id = String(offering)
    for (let i = random.below(3); i > 0; i--) {
      this.add('product_offering_price', { id: String(offering * 10 + i), offering_id, type: 'RECURRING', period: random.pick(['MONTH', 'YEAR']),
        amount_minor: minor(random), currency: currencies[i] })
      this.add('offering_term', { id: String(offering * 10 + i), offering_id, kind: ['BINDING', 'NOTICE', 'RENEWAL'][i],
        duration: random.between(1, 90), unit: random.pick(['DAY', 'MONTH']) })
      if (i < offering)
        this.add('bundled_offering', { id: String(offering * 10 + i), bundle_id: offering_id, offering_id: String(offering - i),
          lower_limit: random.below(3), upper_limit: random.between(3, 9) })
    }
  }

  // Looked after by one of these partners, by the operator itself, or by one that is gone.
  // Public, as offerings are.
  addQueues() {
    for (let id = 1; id <= 4; id++) this.add('team', { id: String(id), name: `team ${id}${text(this.random, 20)}` })
    for (let id = 1; id <= 5; id++) this.add('queue_definition', { id: String(id), team_id: this.random.pick(this.rows('team')).id, name: `queue ${id}` })
  }

  // What operators themselves say there is.
  addExtras() {
    const { random } = this
    for (let id = 1; id <= 4; id++)
      this.add('discount_group', { id: String(id), code: `code ${id}`, label: text(random), percent: random.pick(['0.01', '7.50', '100.00']), valid_from: date(random) })
    for (let id = 1; id <= 5; id++)
      this.add('characteristic_specification', { id: String(id), code: `code${id}`, value_type: random.pick(['TEXT', 'INTEGER', 'DATE']), position: id * 3 % 7,
        labels: JSON.stringify({ en: `label ${id}`, ...(random.chance(0.5) && { de: text(random) }), ...(random.chance(0.3) && { 'de-AT': '' }) }),
        pattern: maybe(random, '.*'), searchable: random.below(2) })
    for (let id = 1; id <= 4; id++)
      this.add('item_characteristic_specification', { id: String(id), code: `item${id}`, value_type: random.pick(['TEXT', 'INTEGER', 'DATE']),
        labels: JSON.stringify({ en: `item ${id}`, ...(random.chance(0.5) && { de: text(random) }) }), unit: maybe(random, text(random, 20)) })
  }

  addCustomer(id, partners = this.rows('partner')) {
    const { random } = this
    const partner = random.chance(0.2) ? null : random.pick(partners).id
    const organization = random.chance(0.3)
    this.add('customer', {
      id, number: this.number(), kind: random.pick(['RESIDENTIAL', 'BUSINESS', 'CALL_SHOP']),
      status: random.pick(['INITIALIZED', 'ACTIVE', 'SUSPENDED', 'CLOSED']),
      given_name: organization ? null : maybe(random, text(random)), family_name: organization ? null : maybe(random, text(random)),
      organization_name: organization ? text(random) : null, birth_date: organization ? null : maybe(random, date(random)),
      display_name: text(random), sort_name: text(random), language: random.pick(['en', 'de', 'de-AT', '']),
      segment: text(random, 30), customer_since: date(random),
      partner_id: this.orphans && random.chance(0.05) ? 999999 : partner,
      ...this.partOf(id), identity_verified: random.below(2), identity_valid_until: maybe(random, date(random)),
      open_order_count: random.below(4), active_product_count: random.below(2147483647), open_ticket_count: random.below(9),
      ...Object.fromEntries(['mobile', 'voice', 'broadband', 'fibre', 'tv', 'content'].map((kind) => [`${kind}_count`, random.chance(0.6) ? 0 : random.below(40)])),
    })
    this.addSearchTerms(id)
    this.addBelongings(id)
  }

  // Of whoever there was before.
  partOf(id) {
    const { random } = this
    const whole = random.chance(0.3) ? random.pick([...this.rows('customer'), { id: null }]).id : null
    return { parent_id: whole === id ? null : whole, unit_kind: whole === null ? null : random.pick(['SUBSIDIARY', 'BRANCH', 'DEPARTMENT']) }
  }

  addSearchTerms(id) {
    const { random } = this
    const terms = new Set(random.times(1, 5, () => random.pick(searchTerms)))
    for (const term of terms) this.add('customer_search_term', { term, customer_id: id, kind: random.pick(['NAME', 'PHONE', 'EMAIL', 'CUSTOMER']) })
  }

  // How many rows hang below one: mostly few, sometimes none, now and then more than a list or a page holds.
  some(limit, often = 0.4) {
    return this.random.weighted([[4, 0], [10, this.random.between(1, 4)], [limit > 30 ? often : 0, limit + this.random.below(3)]])
  }

  addBelongings(customer_id) {
    const { random } = this
    for (let i = this.some(75, 1.5); i > 0; i--)
      this.add('contact_medium', { id: this.id('contact_medium'), customer_id, kind: 'EMAIL', value: text(random), preferred: random.below(2),
        verified_at: maybe(random, moment(random)), valid_from: maybe(random, date(random)), valid_until: maybe(random, date(random)) })
    this.addParty(customer_id)
    for (let i = this.some(4); i > 0; i--)
      this.add('geographic_address', { id: this.id('geographic_address'), customer_id, role: random.pick(['CONTACT', 'BILLING', 'SERVICE']),
        street: text(random), postcode: text(random, 16), city: text(random), country: random.pick(['DE', 'AT', 'GB', 'US', 'ZZ']) })
    const accounts = random.times(1, 3, () =>
      this.add('billing_account', { id: this.id('billing_account'), customer_id, number: this.number(),
        rating_type: random.pick(['PREPAID', 'POSTPAID']), payment_status: random.pick(['DUE', 'PAID', 'IN_ARREARS']),
        payment_method: random.pick(['DIRECT_DEBIT', 'BANK_TRANSFER', 'CARD', 'VOUCHER', 'CASH']),
        balance_minor: minor(random), due_minor: minor(random), overdue_minor: minor(random), currency: random.pick(currencies),
        dunning_state: random.pick(['NONE', 'REMINDED', 'FINAL_NOTICE', 'BARRED', 'COLLECTION']), credit_limit_minor: minor(random) }))
    const products = this.addProducts(customer_id, accounts)
    this.addOrders(customer_id)
    this.addTickets(customer_id, products)
    this.addBills(customer_id, accounts, products)
    this.addInteractions(customer_id)
  }

  addParty(customer_id) {
    const { random } = this
    const days = () => ({ valid_from: date(random), valid_until: maybe(random, date(random)) })
    for (let i = this.some(51); i > 0; i--)
      this.add('identification', { id: this.id('identification'), customer_id, kind: random.pick(['PASSPORT', 'IDENTITY_CARD', 'COMMERCIAL_REGISTER']),
        number_end: random.pick(['A', '0042', 'XYZ9']), issued_by: text(random), country: random.pick(['DE', 'ZZ']), ...days(), verified_at: maybe(random, moment(random)) })
    for (let i = this.some(31); i > 0; i--)
      this.add('contact', { id: this.id('contact'), customer_id, role: random.pick(['AUTHORISED_PERSON', 'GUARDIAN']), given_name: maybe(random, text(random)),
        family_name: maybe(random, text(random)), display_name: text(random), phone: maybe(random, '+4930123456'), email: maybe(random, text(random)), ...days() })
    for (const [purpose, channel] of random.some([['MARKETING', 'EMAIL'], ['MARKETING', 'SMS'], ['USAGE_ANALYSIS', 'ANY']], 0.4))
      this.add('privacy_agreement', { id: this.id('privacy_agreement'), customer_id, purpose, channel, state: random.pick(['REJECTED', 'VALIDATED', 'IN_PROGRESS']),
        source: random.pick(['CONTRACT', 'SHOP']), stated_at: moment(random) })
    for (const group of random.some(this.rows('discount_group'), 0.3))
      this.add('customer_discount_group', { id: this.id('customer_discount_group'), customer_id, discount_group_id: group.id, ...days() })
    for (const { id, value_type, position } of random.some(this.rows('characteristic_specification'), 0.3))
      this.add('customer_characteristic', { id: this.id('customer_characteristic'), customer_id, specification_id: id, value_type, position, value: text(random) })
  }

  offering() {
    return this.orphans && this.random.chance(0.15) ? '777' : this.random.pick(this.rows('product_offering')).id
  }

  addProducts(customer_id, accounts) {
    const { random } = this
    const mine = []
    for (let i = this.some(32); i > 0; i--) {
      const start_date = date(random)
      const product = this.add('product', { id: this.id('product'), customer_id, billing_account_id: random.pick(accounts).id,
        offering_id: this.offering(), parent_id: mine.length > 0 && random.chance(0.4) ? random.pick(mine).id : null,
        status: random.pick(['CREATED', 'PENDING_ACTIVE', 'ACTIVE', 'SUSPENDED', 'PENDING_TERMINATE', 'CANCELLED', 'ABORTED']),
        service_identifier: maybe(random, text(random, 60)), start_date, binding_until: maybe(random, '9999-12-31'), notice_days: maybe(random, random.between(1, 90)),
        place_id: maybe(random, this.rows('geographic_address').findLast((row) => row.customer_id === customer_id)?.id ?? null),
        termination_date: maybe(random, start_date) })
      mine.push(product)
      for (let j = this.some(4); j > 0; j--) this.addPrice(product)
      if (random.chance(0.3)) addResources(this, product, { text, date, moment, maybe })
    }
    return mine
  }

  addPrice(product) {
    const { random } = this
    const type = random.pick(['RECURRING', 'ONE_TIME', 'USAGE'])
    this.add('product_price', { id: this.id('product_price'), customer_id: product.customer_id, product_id: product.id, type,
      period: type === 'RECURRING' ? random.pick(['MONTH', 'YEAR']) : null, ...discounted(random), currency: random.pick(currencies) })
  }

  addOrders(customer_id) {
    const { random } = this
    for (let i = this.some(31); i > 0; i--) {
      const state = random.pick(['PARTIAL', ...orderStates])
      const ended = ['REJECTED', 'CANCELLED', 'COMPLETED', 'FAILED', 'PARTIAL'].includes(state)
      const order = this.add('product_order', { id: this.id('product_order'), customer_id, number: this.number(), state,
        channel: random.pick(['AGENT', 'PARTNER', 'SELF_CARE', 'SHOP', 'IMPORT']), ordered_at: moment(random),
        requested_date: maybe(random, date(random)), expected_date: maybe(random, date(random)), completed_at: ended ? moment(random) : null })
      for (let position = this.some(4); position > 0; position--)
        this.addItemDetails(this.add('product_order_item', { id: this.id('product_order_item'), customer_id, product_order_id: order.id, position,
          action: random.pick(['ADD', 'MODIFY', 'DELETE', 'NO_CHANGE']), state: random.pick(orderStates), offering_id: this.offering(),
          product_id: null, quantity: random.between(1, 2147483647), price_minor: minor(random), currency: random.pick(currencies) }))
    }
  }

  addItemDetails({ id: product_order_item_id, customer_id, product_order_id }) {
    const { random } = this
    const item = { customer_id, product_order_id, product_order_item_id }
    for (const { id, value_type } of random.some(this.rows('item_characteristic_specification'), 0.2))
      this.add('order_item_characteristic', { id: this.id('order_item_characteristic'), ...item, specification_id: id, value_type, value: text(random) })
    for (let position = this.some(3); position > 0; position--) {
      const reached_at = maybe(random, moment(random))
      this.add('order_milestone', { id: this.id('order_milestone'), ...item, position, code: random.pick(['RECEIVED', 'CHECKED', 'INSTALLED', 'ENDED']),
        state: reached_at === null ? random.pick(['PLANNED', 'FAILED', 'CANCELLED']) : 'REACHED', planned_at: maybe(random, moment(random)), reached_at })
    }
  }

  addTickets(customer_id, products) {
    const { random } = this
    const orders = this.rows('product_order').filter((row) => row.customer_id === customer_id)
    for (let i = this.some(31); i > 0; i--) {
      const about = random.pick(['product', 'order', 'none', 'gone'])
      const when = () => maybe(random, moment(random))
      const ticket = this.add('trouble_ticket', { id: this.id('trouble_ticket'), customer_id, number: this.number(),
        type: random.pick(['BILLING', 'FAULT', 'ORDER', 'SIM', 'COMPLAINT']), severity: random.pick(['CRITICAL', 'MAJOR', 'MINOR']),
        priority: random.pick(['HIGH', 'MEDIUM', 'LOW']), sub_status: random.pick([null, null, 'DRAFT', 'TEMPORARY_FIX']),
        status: random.pick(['ACKNOWLEDGED', 'REJECTED', 'PENDING', 'HELD', 'IN_PROGRESS', 'RESOLVED', 'CLOSED', 'CANCELLED']),
        is_open: random.below(2), subject: text(random), queue_id: random.pick(this.rows('queue_definition')).id, team_id: random.pick(this.rows('team')).id,
        ...assigneeOf(random), opened_at: moment(random), updated_at: moment(random), resolved_at: when(), first_viewed_at: when(),
        last_customer_at: when(), last_agent_at: when(), customer_viewed_at: when(), next_due_at: when(), escalated: random.below(2),
        reopened_count: random.below(3), product_id: about === 'product' && products.length > 0 ? random.pick(products).id : about === 'gone' ? '31415' : null,
        product_order_id: about === 'order' && orders.length > 0 ? random.pick(orders).id : null })
      for (let j = this.some(4); j > 0; j--)
        this.add('ticket_article', { id: this.id('ticket_article'), customer_id, ticket_id: ticket.id, kind: random.pick(['MESSAGE', 'NOTE']),
          author_kind: random.pick(['CUSTOMER', 'AGENT', 'SYSTEM']), author_name: text(random), written_at: moment(random), subject: text(random), text: text(random) })
      for (const kind of random.some(['RESPOND', 'RESTORE', 'FIX'], 0.4))
        this.add('ticket_clock', { id: this.id('ticket_clock'), customer_id, ticket_id: ticket.id, kind, started_at: moment(random), due_at: moment(random),
          stopped_at: when(), breached: random.below(2) })
    }
  }

  addInteractions(customer_id) {
    const { random } = this
    const some = (table) => this.rows(table).filter((row) => row.customer_id === customer_id)
    const tickets = some('trouble_ticket'), orders = some('product_order')
    for (let i = this.some(6); i > 0; i--) {
      const about = random.pick(['ticket', 'order', 'none', 'gone']), started_at = moment(random)
      this.add('party_interaction', { id: this.id('party_interaction'), customer_id, started_at, ended_at: maybe(random, started_at),
        channel: random.pick(['PHONE', 'EMAIL', 'CHAT', 'SHOP', 'PORTAL']), direction: random.pick(['INBOUND', 'OUTBOUND']),
        reason: random.pick(['BILLING', 'FAULT', 'ORDER', 'PRODUCT', 'SIM', 'CUSTOMER_DATA', 'COMPLAINT']),
        result: random.pick(['SOLVED', 'PASSED_ON', 'CALL_BACK', 'NOT_REACHED']), user_account_id: maybe(random, String(5000 + random.below(8))),
        agent_name: text(random), note: text(random), trouble_ticket_id: about === 'ticket' && tickets.length > 0 ? random.pick(tickets).id : about === 'gone' ? '31415' : null,
        product_order_id: about === 'order' && orders.length > 0 ? random.pick(orders).id : null })
    }
  }

  addBills(customer_id, accounts, products) {
    const { random } = this
    for (const account of accounts) {
      const bills = random.times(0, 3, () => this.addBill(account, products))
      for (let seq = this.some(28); seq > 0; seq--)
        this.add('ledger_entry', { id: this.id('ledger_entry'), customer_id, billing_account_id: account.id, seq,
          kind: random.pick(['OPENING', 'CHARGE', 'USAGE', 'FEE', 'PAYMENT', 'TOP_UP', 'DEPOSIT', 'CREDIT', 'REFUND']), amount_minor: minor(random),
          balance_after_minor: minor(random), currency: account.currency, effective_at: moment(random), reference: text(random, 60),
          method: maybe(random, random.pick(['DIRECT_DEBIT', 'BANK_TRANSFER', 'CARD', 'VOUCHER', 'CASH'])),
          customer_bill_id: bills.length > 0 && random.chance(0.6) ? random.pick(bills).id : null })
    }
  }

  addBill({ id, customer_id, currency }, products) {
    const { random } = this
    const bill = this.add('customer_bill', { id: this.id('customer_bill'), customer_id, billing_account_id: id, number: this.number(),
      state: random.pick(['NEW', 'ON_HOLD', 'VALIDATED', 'SENT', 'PARTIALLY_PAID', 'SETTLED']), run_type: random.pick(['ON_CYCLE', 'OFF_CYCLE']),
      period_from: date(random), period_until: date(random), bill_date: date(random), due_date: date(random), amount_minor: minor(random),
      tax_minor: minor(random), remaining_minor: minor(random), currency })
    for (let position = this.some(26); position > 0; position--)
      this.add('applied_billing_rate', { customer_id, customer_bill_id: bill.id, position, kind: random.pick(['RECURRING', 'ONE_TIME', 'USAGE', 'FEE', 'CREDIT']),
        description: text(random), product_id: products.length > 0 ? maybe(random, random.pick(products).id) : null, period_from: date(random),
        period_until: date(random), amount_minor: minor(random), tax_minor: minor(random), currency })
    return bill
  }

  copy() {
    return Object.assign(Object.create(Object.getPrototypeOf(this)), this, { tables: structuredClone(this.tables), ids: structuredClone(this.ids) })
  }

  // ---- as time goes by ----

  // Some rows get other values, some go, some come; customers and partners move. Returns the SQL for it. Of what is sold
  // the server keeps a copy for two seconds.
  change({ offerings = true } = {}) {
    const before = structuredClone(this.tables)
    this.changePartners()
    for (const row of this.rows('customer')) if (this.random.chance(0.3)) this.changeCustomer(row)
    this.removeCustomer(this.random.pick(this.rows('customer').slice(-5)).id)
    for (const table of ['contact_medium', 'contact', 'privacy_agreement', 'customer_characteristic', 'product_price', 'product_order_item', 'order_milestone', 'order_item_characteristic', 'ticket_clock']) this.tables.set(table, this.rows(table).filter(() => !this.random.chance(0.1)))
    for (const row of this.rows('product_offering')) if (offerings && this.random.chance(0.3)) row.name = text(this.random)
    for (const row of this.rows('product')) if (this.random.chance(0.2)) Object.assign(row, { start_date: date(this.random), binding_until: null, termination_date: null })
    for (const row of this.rows('trouble_ticket')) if (this.random.chance(0.3)) Object.assign(row, { subject: text(this.random), is_open: this.random.below(2), product_id: null })
    for (const row of this.rows('customer_bill')) if (this.random.chance(0.2)) row.remaining_minor = minor(this.random)
    for (const row of this.rows('billing_account')) if (this.random.chance(0.2)) row.balance_minor = minor(this.random)
    this.addCustomer(String(100000 + this.names))
    return differences(before, this.tables)
  }

  changePartners() {
    for (const row of this.rows('partner').slice(1)) if (this.random.chance(0.3)) row.name = text(this.random)
    const leaf = this.rows('partner').findLast(({ id }) => !this.rows('partner').some(({ parent_id }) => parent_id === id))
    const parent = this.random.pick(this.rows('partner').filter((row) => row !== leaf))
    Object.assign(leaf, { parent_id: parent.id, path: `${parent.path}${leaf.id}/` })
  }

  changeCustomer(row) {
    Object.assign(row, { display_name: text(this.random), status: this.random.pick(['ACTIVE', 'CLOSED']) })
    if (this.random.chance(0.5)) row.partner_id = this.random.chance(0.2) ? null : this.random.pick(this.rows('partner')).id
  }

  // Unless somebody is that customer.
  removeCustomer(id) {
    if (this.rows('user_account').some(({ customer_id }) => customer_id === id)) return
    for (const [table, rows] of this.tables)
      if (!['user_account', 'role_right', 'user_role'].includes(table)) this.tables.set(table, rows.filter((row) => row.id !== id || table !== 'customer').filter((row) => row.customer_id !== id))
  }

  // ---- who asks ----

  // Somebody with these rights: names of tabs, all at level READ. A token of theirs may claim fewer.
  addViewer(login, kind, scope, tabs, { language = 'en', claims = undefined } = {}) {
    this.claims.set(login, claims)
    const id = 5000 + this.rows('user_account').length
    this.add('role', { id, name: `truth ${login}`, label: login })
    for (const tab of tabs) this.add('role_right', { role_id: id, bit: { tab } })
    this.add('user_role', { user_account_id: id, role_id: id })
    return this.add('user_account', { id, login, display_name: `${login} ${text(this.random)}`, kind,
      partner_id: kind === 'PARTNER' ? scope : null, customer_id: kind === 'CUSTOMER' ? scope : null,
      team_id: kind === 'OPERATOR' ? this.rows('team')[id % this.rows('team').length]?.id ?? null : null, language })
  }
}

export const searchTerms = ['anna', 'annabel', 'ann', 'berg', 'bergmann', 'bo', 'zoë', 'meyer', 'meier', '4930123', '49301234', '0301',
  '10042', '100', 'anna@example.org', 'ann@example.org', 'x1', "o'brien", '中村', 'zz']

// ---- as SQL ----

// Parents first.
export const tablesInOrder = ['partner', 'discount_group', 'characteristic_specification', 'item_characteristic_specification', 'customer', 'customer_search_term', 'identification', 'contact',
  'privacy_agreement', 'customer_discount_group', 'customer_characteristic', 'contact_medium', 'geographic_address', 'billing_account',
  'product_specification', 'product_offering', 'product_offering_price', 'offering_term', 'bundled_offering',
  'product', 'product_price', 'product_order', 'product_order_item', 'order_item_characteristic', 'order_milestone', 'team', 'queue_definition', 'trouble_ticket', 'ticket_article',
  'ticket_clock', 'customer_bill', 'applied_billing_rate', 'ledger_entry', 'party_interaction', ...resourceTables, 'role', 'role_right', 'user_account', 'user_role']

// Tables that keep no history.
const timeless = ['customer_search_term', 'party_interaction', 'ticket_article', 'ledger_entry', 'applied_billing_rate']

// Tables that have each thing once for a customer: what changes is another row.
const onceForEach = ['privacy_agreement', 'customer_discount_group', 'customer_characteristic']

// Who may sign in is the same as long as a server runs.
const accounts = ['role', 'role_right', 'user_account', 'user_role']

const bitOf = (tab) => `(SELECT bit FROM right_definition WHERE tab = ${quote(tab)} AND level = 'READ')`

const cellSql = (cell) => (cell !== null && typeof cell === 'object' ? bitOf(cell.tab) : quote(cell))

// Also of none.
function insert(table, rows) {
  const statements = []
  for (let i = 0; i < rows.length; i += 200) {
    const columns = Object.keys(rows[i])
    const values = rows.slice(i, i + 200).map((row) => `(${columns.map((column) => cellSql(row[column])).join(', ')})`)
    statements.push(`INSERT INTO \`${table}\` (${columns.map((column) => `\`${column}\``).join(', ')}) VALUES\n${values.join(',\n')};`)
  }
  return statements.join('\n')
}

const bitsOf = (beginning, customer, from) => `INSERT INTO customer_search_bits (beginning, block, b0, b1, b2, b3, b4, b5, b6, b7)
SELECT ${beginning}, ${customer} DIV 512,
  ${[0, 1, 2, 3, 4, 5, 6, 7].map((word) => `BIT_OR(1 << ${customer} % 64 & -(${customer} DIV 64 % 8 = ${word}))`).join(', ')}
FROM ${from} GROUP BY 1, 2;`

// What search_pages_write() keeps beside the terms.
const searchPages = `
UPDATE customer_search_term AS s JOIN customer AS c ON c.id = s.customer_id
SET s.page = COALESCE(c.partner_id * 4294967296 + c.id DIV 1024 % 4294967296, c.id DIV 64 % 4294967296);
DELETE FROM customer_search_page;
INSERT INTO customer_search_page (page, kind, partner_id, terms)
SELECT page, kind, NULLIF(page DIV 4294967296, 0), CONCAT('\\n', GROUP_CONCAT(term SEPARATOR '\\n'), '\\n')
FROM customer_search_term GROUP BY page, kind;
DELETE FROM customer_search_bits;
${[2, 4].map((characters) => bitsOf(`LEFT(term, ${characters})`, 'customer_id',
    `customer_search_term WHERE term >= ':' AND CHAR_LENGTH(term) >= ${characters}`)).join('\n')}
${bitsOf("CONCAT('#', partner_id)", 'id', 'customer WHERE partner_id IS NOT NULL')}
DELETE FROM customer_search_gram;
INSERT INTO customer_search_gram (gram, word)
SELECT DISTINCT SUBSTRING(words.term, at.seq, 3), words.term
FROM (SELECT DISTINCT term FROM customer_search_term WHERE kind = 'NAME' AND CHAR_LENGTH(term) >= 3) AS words
JOIN seq_1_to_98 AS at ON at.seq <= CHAR_LENGTH(words.term) - 2;`

const begin = 'SET foreign_key_checks = 0; SET check_constraint_checks = 0; SET autocommit = 0;'

export function insertAll(data) {
  return `${begin}\nDELETE FROM bundled_offering; DELETE FROM offering_term; DELETE FROM product_offering_price;
    DELETE FROM product_offering; DELETE FROM product_specification; DELETE FROM partner; DELETE FROM team; DELETE FROM queue_definition;
    DELETE FROM item_characteristic_specification;
    ${tablesInOrder.map((table) => insert(table, data.rows(table))).join('\n')}\n${searchPages}\nCOMMIT;`
}

const byId = (rows) => new Map((rows ?? []).map((row) => [row.id, row]))
const differ = (a, b) => Object.keys(a).some((column) => a[column] !== b[column])

// From rows before to rows now, by their ids; words that customers are found by and lines of bills are written anew. Where `isReplaced`, a
// row that is another one now is a new row in its place.
export function differences(before, tables, isReplaced = () => false) {
  const statements = [begin]
  for (const table of tablesInOrder.filter((name) => (tables.get(name)?.[0] ?? before.get(name)?.[0] ?? {}).id !== undefined && !accounts.includes(name))) {
    const old = byId(before.get(table))
    const now = byId(tables.get(table))
    for (const [id, row] of old) {
      if (now.has(id) && !((isReplaced(table, now.get(id)) || onceForEach.includes(table)) && differ(row, now.get(id)))) continue
      statements.push(`DELETE FROM \`${table}\` WHERE id = ${id};`)
      old.delete(id)
    }
    statements.push(insert(table, [...now.values()].filter(({ id }) => !old.has(id))))
    for (const [id, row] of now) {
      const changed = Object.keys(row).filter((column) => old.has(id) && row[column] !== old.get(id)[column])
      if (changed.length > 0)
        statements.push(`UPDATE \`${table}\` SET ${changed.map((column) => `\`${column}\` = ${quote(row[column])}`).join(', ')} WHERE id = ${id};`)
    }
  }
  for (const table of ['customer_search_term', 'applied_billing_rate']) statements.push(`DELETE FROM ${table};`, insert(table, tables.get(table)))
  statements.push(searchPages, 'COMMIT;')
  return statements.join('\n')
}

// All rows of the other tables give way to these, and there was never anything else.
export function replaceAll(data) {
  const tables = tablesInOrder.filter((table) => !accounts.includes(table))
  const forget = (table) => (timeless.includes(table) ? '' : `DELETE HISTORY FROM \`${table}\`;`)
  return `${begin}\n${tables.map((table) => `DELETE FROM \`${table}\`;\n${insert(table, data.rows(table))}\n${forget(table)}`).join('\n')}\n${searchPages}\nCOMMIT;`
}
