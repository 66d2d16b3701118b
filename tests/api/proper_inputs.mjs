// proper_inputs: for each mutation an input that is done, about a customer: whoever adds a mutation adds its input here.
//
// Found anew each time, because what was done may keep the same from being done again.
import { randomInt, randomUUID } from 'node:crypto'
import { bodyWith, fateOf, numberOf } from '../orders/network.mjs'
import { globalId, sql } from './client.mjs'

// A row of theirs, or an id of nothing when there is none.
const one = (type, text) => globalId(type, sql(text) || '0')
const openTicket = (customer) => one('TroubleTicket', `SELECT id FROM trouble_ticket WHERE customer_id = ${customer} AND status IN ('ACKNOWLEDGED', 'IN_PROGRESS') ORDER BY id DESC LIMIT 1`)

// One that nobody works on; where all are taken the newest is given back.
function freeTicket(customer) {
  const id = openTicket(customer)
  sql(`UPDATE trouble_ticket SET assignee_id = NULL, assignee_name = NULL WHERE id = ${Buffer.from(id, 'base64url').toString().split(':')[1]}`)
  return id
}
const teamOfFree = (ticket) => sql(`SELECT team_id FROM trouble_ticket WHERE id = ${Buffer.from(ticket, 'base64url').toString().split(':')[1]}`) || '1'

const otherName = (customer) => {
  const [kind, name] = sql(`SELECT kind, IF(display_name LIKE '%Wolkenstein%', 'Sternberg', 'Wolkenstein') FROM customer WHERE id = ${customer}`).split('\t')
  return { [kind === 'RESIDENTIAL' ? 'familyName' : 'organizationName']: name }
}
const openOrder = (customer) => one('ProductOrder', `SELECT id FROM product_order WHERE customer_id = ${customer} AND completed_at IS NULL AND state <> 'ASSESSING_CANCELLATION' ORDER BY id DESC LIMIT 1`)
const filmPass = () => one('ProductOffering', "SELECT id FROM product_offering WHERE code = 'CON-FILM'")
const nextMonth = () => sql('SELECT CURRENT_DATE + INTERVAL 30 DAY')

// A product that no order is about.
const idle = (customer, status, more = '') => one('Product', `SELECT p.id FROM product AS p WHERE p.customer_id = ${customer} AND p.status = '${status}' AND p.termination_date IS NULL ${more}
  AND NOT EXISTS (SELECT 1 FROM product_order_item AS i JOIN product_order AS o ON o.id = i.product_order_id WHERE i.customer_id = p.customer_id AND i.product_id = p.id AND o.completed_at IS NULL)
  ORDER BY p.parent_id IS NOT NULL, p.id LIMIT 1`)
const mobile = (status) => `AND p.offering_id ${status} (SELECT id FROM product_offering WHERE code IN ('MOB-S', 'MOB-M', 'MOB-L', 'MOB-XL'))`
// The dearest for persons, or another one for who has that.
const otherPlan = (productId) => ({
  productId,
  offeringId: one('ProductOffering', `SELECT id FROM product_offering WHERE code IN ('MOB-L', 'MOB-XL')
    AND id NOT IN (SELECT offering_id FROM product WHERE id = ${Buffer.from(productId, 'base64url').toString().split(':')[1]}) ORDER BY code DESC LIMIT 1`),
})

const ORDERS = 12
const allDone = (body) => Array.from({ length: ORDERS }, (_, i) => numberOf(body + i)).every((number) => [1, 2, 3].every((position) => fateOf(number, position) === 'DONE'))

// A letter that was not printed.
const parkedMessage = (customer) => globalId('CommunicationMessage', sql(`INSERT INTO communication_message (customer_id, kind, channel, direction, message_template_id, state, sent_at, subject, recipient, inputs)
  SELECT ${customer}, 'LETTER', 'POST', 'OUTBOUND', MIN(id), 'FAILED', NOW(6), 'Parked', 'Kiel', '{}' FROM message_template WHERE code = 'MESSAGE' AND kind = 'LETTER';
  INSERT INTO message_delivery (message_id, customer_id, channel, state, address, reference, problem) VALUES (LAST_INSERT_ID(), ${customer}, 'POST', 'PARKED', '', LOWER(HEX(RANDOM_BYTES(16))), 'REFUSED');
  SELECT LAST_INSERT_ID()`))
// Of a customer, or where they have none, of another one of the same partner.
const near = (customer, rows, order) =>
  sql(`SELECT t.id FROM ${rows} AND t.customer_id = ${customer} ORDER BY ${order} LIMIT 1`) ||
  sql(`SELECT t.id FROM ${rows} AND t.customer_id IN (SELECT c.id FROM customer AS c JOIN customer AS o ON o.partner_id <=> c.partner_id WHERE o.id = ${customer} AND c.id > 12)
    ORDER BY ${order} LIMIT 1`) || '0'
const line = (customer) => near(customer, `product AS t JOIN product_offering AS o ON o.id = t.offering_id AND o.category = 'MOBILE'
  WHERE t.status = 'ACTIVE' AND t.service_identifier IS NOT NULL AND NOT EXISTS (SELECT 1 FROM number_port AS n WHERE n.product_id = t.id AND n.is_open)`, 't.id DESC')
const simCard = (customer) => near(customer, "sim_card AS t WHERE t.status = 'ACTIVE'", 't.id DESC')
// One that moves, or is made to where all others have come to their ends.
function port(customer) {
  const open = near(customer, 'number_port AS t WHERE t.is_open', 't.id DESC')
  return open !== '0' ? open : sql(`INSERT INTO number_port (customer_id, product_id, direction, number, other_operator, status, is_open, wanted_on, requested_at, changed_at)
    SELECT customer_id, id, 'IN', '+49159${randomInt(1e7, 1e8)}', 'Vela Telecom', 'CONFIRMED', TRUE, CURRENT_DATE + INTERVAL 9 DAY, NOW(6), NOW(6) FROM product WHERE id = ${line(customer)};
    SELECT MAX(id) FROM number_port`)
}
const account = (customer, rating) => near(customer, `billing_account AS t WHERE t.rating_type = '${rating}'`, 't.id DESC')
// Of a customer, made for it: one that nothing goes to, one that can be withdrawn, a membership.
const looseAddress = (customer) => sql(`INSERT INTO geographic_address (customer_id, role, street, postcode, city, country) VALUES (${customer}, 'BILLING', 'Leerer Weg 1', '24103', 'Kiel', 'DE'); SELECT LAST_INSERT_ID()`)
const identityCard = (customer) => sql(`INSERT INTO identification (customer_id, kind, number_end, issued_by, country, valid_from) VALUES (${customer}, 'PASSPORT', 'X1', 'Kiel', 'DE', '2020-01-01'); SELECT LAST_INSERT_ID()`)
// A group of its own for each: nobody belongs to it yet.
const freshGroup = () => sql("SET @code = CONCAT('P-', LEFT(UUID(), 36)); INSERT INTO discount_group (code, label, percent, valid_from) VALUES (@code, 'Proper inputs', 5, '2020-01-01'); SELECT @code")
const membership = (customer) => sql(`INSERT INTO customer_discount_group (customer_id, discount_group_id, valid_from)
  SELECT ${customer}, id, CURRENT_DATE - INTERVAL 1 DAY FROM discount_group WHERE code = '${freshGroup()}'; SELECT LAST_INSERT_ID()`)
const inDays = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10)

// A contact that whoever may is in with the customer.
const openContact = (customer) => globalId('PartyInteraction', sql(`INSERT INTO party_interaction (customer_id, started_at, channel, direction, reason, result, user_account_id, agent_name, note)
  SELECT c.id, NOW(6), 'EMAIL', 'INBOUND', 'UNKNOWN', 'OPEN', u.id, u.display_name, '' FROM customer AS c, user_account AS u
  WHERE c.id = ${customer} AND u.login = IF(c.partner_id IS NULL, 'admin', 'partner'); SELECT LAST_INSERT_ID()`))

// An e-mail that waits for somebody.
const waitingMail = () => sql(`INSERT INTO received_mail (digest, sender, subject, text, state, reason)
  VALUES (SHA2(UUID(), 256), 'somebody@example.org', 'My line', 'It is down.', 'WAITING', 'NO_TICKET'); SELECT LAST_INSERT_ID()`)

// What somebody who may has just changed of the customer.
const justChanged = (customer) => globalId('AccountChange', sql(`SET @held = SYSDATE(6);
  UPDATE customer SET language = IF(language = 'de', 'en', 'de'), version = version + 1 WHERE id = ${customer};
  INSERT INTO audit_record (began_at, held_at, undoable_until, user_account_id, mutation, object_type, object_id, customer_id, input)
  SELECT @held, @held, NOW(6) + INTERVAL 15 MINUTE, u.id, 'updateCustomer', 'Customer', c.id, c.id, '{}'
  FROM customer AS c JOIN user_account AS u ON u.login = IF(c.partner_id IS NULL, 'admin', 'partner') WHERE c.id = ${customer};
  SELECT MAX(id) FROM audit_record`))
// Somebody of the same name, kind and partner, who called once.
function twinOf(customer) {
  const twin = sql(`INSERT INTO customer (number, kind, status, given_name, family_name, organization_name, display_name, sort_name, language, customer_since, partner_id)
    SELECT CONCAT('T', LEFT(UUID(), 12)), kind, 'ACTIVE', given_name, family_name, organization_name, display_name, sort_name, language, customer_since, partner_id FROM customer WHERE id = ${customer};
    SET @twin = LAST_INSERT_ID();
    INSERT INTO contact_medium (customer_id, kind, value, valid_from) VALUES (@twin, 'EMAIL', CONCAT('twin-', @twin, '@example.com'), CURRENT_DATE);
    INSERT INTO party_interaction (customer_id, started_at, channel, direction, reason, result, note) VALUES (@twin, NOW(6), 'CHAT', 'INBOUND', 'PRODUCT', 'SOLVED', '');
    SELECT @twin`)
  return globalId('Customer', twin)
}

let prepared = false

// What they rest on; once, and not before somebody is about to use them: others look at the same data first. The
// condition is of customers `c`.
export function prepareProperInputs(condition = 'TRUE') {
  if (prepared) return
  prepared = true
  // The network does what is ordered here: of the next orders nothing is refused.
  sql(`UPDATE number_sequence SET next = ${bodyWith(Number(sql("SELECT next FROM number_sequence WHERE name = 'order'")), (number) => allDone(Number(number.slice(0, -1))))} WHERE name = 'order'`)
  // Everybody has called, and is known to be who they say.
  sql(`INSERT INTO party_interaction (customer_id, started_at, channel, direction, reason, result, user_account_id, agent_name, note)
    SELECT c.id, NOW(6), 'PHONE', 'INBOUND', 'SIM', 'SOLVED', u.id, u.display_name, 'for proper inputs' FROM customer AS c, user_account AS u
    WHERE u.login IN ('admin', 'partner') AND ${condition};
    INSERT INTO caller_verification (customer_id, interaction_id, user_account_id, method, verified_at)
    SELECT customer_id, id, user_account_id, 'DOCUMENT', NOW(6) + INTERVAL 1 DAY FROM party_interaction WHERE note = 'for proper inputs'`)
}

// By the name of the mutation: from the key of a customer to its input, without what all inputs have.
export const properInputs = {
  updateViewer: () => ({ language: 'fr' }),
  updateCustomer: (customer) => ({ id: globalId('Customer', customer), ...otherName(customer) }),
  createCustomer: (customer) => ({
    givenName: 'Proper', familyName: `Newcomer ${randomUUID()}`, language: 'de', email: `${randomUUID()}@example.com`,
    partnerId: one('Partner', `SELECT COALESCE(partner_id, (SELECT id FROM partner WHERE parent_id IS NULL)) FROM customer WHERE id = ${customer}`),
  }),
  mergeCustomers: (customer) => ({ survivorId: globalId('Customer', customer), duplicateId: twinOf(customer) }),
  addAddress: (customer) => ({ customerId: globalId('Customer', customer), street: 'Kaistraße 1', postcode: '24103', city: 'Kiel', country: 'DE' }),
  updateAddress: (customer) => ({ id: near(customer, 'geographic_address AS t WHERE TRUE', 't.id'), street: `Neue Straße ${randomUUID()}` }),
  removeAddress: (customer) => ({ id: looseAddress(customer) }),
  addIdentification: (customer) => ({ customerId: globalId('Customer', customer), kind: 'PASSPORT', numberEnd: 'X7K2', issuedBy: 'Stadt Kiel', country: 'DE', validFrom: '2021-05-01', verified: true }),
  verifyIdentification: (customer) => ({ id: identityCard(customer) }),
  withdrawIdentification: (customer) => ({ id: identityCard(customer) }),
  joinDiscountGroup: (customer) => ({ customerId: globalId('Customer', customer), code: freshGroup() }),
  leaveDiscountGroup: (customer) => ({ id: membership(customer) }),
  updateBillingAccount: (customer) => {
    const id = near(customer, 'billing_account AS t WHERE TRUE', 't.id')
    return { id, paymentMethod: sql(`SELECT IF(payment_method = 'CARD', 'CASH', 'CARD') FROM billing_account WHERE id = ${id}`) || 'CARD' }
  },
  setPrivacyAgreement: (customer) => ({ customerId: globalId('Customer', customer), purpose: 'PARTNER_OFFERS', channel: 'PHONE', agrees: true }),
  addContactMedium: (customer) => ({ customerId: globalId('Customer', customer), kind: 'MOBILE', value: `+49 171 ${sql('SELECT 1000000 + MAX(id) MOD 8000000 FROM contact_medium')}` }),
  updateContactMedium: (customer) => {
    const [id, preferred] = sql(`SELECT id, preferred FROM contact_medium WHERE customer_id = ${customer} ORDER BY id LIMIT 1`).split('\t')
    return { id: id || '0', preferred: preferred === '0' }
  },
  setBillingAddress: (customer) => ({
    productId: one('Product', `SELECT MIN(id) FROM product WHERE customer_id = ${customer}`),
    addressId: sql(`SELECT COALESCE(MIN(id), 0) FROM geographic_address WHERE customer_id = ${customer}`),
  }),
  createTicket: (customer) => ({ customerId: globalId('Customer', customer), type: 'FAULT', severity: 'MAJOR', subject: 'No dial tone', text: 'Since this morning.' }),
  answerTicket: (customer) => ({ id: openTicket(customer), text: 'We are looking into it.' }),
  changeTicketStatus: (customer) => ({ id: openTicket(customer), status: 'PENDING', text: 'We wait for a part.' }),
  escalateTicket: (customer) => ({ id: openTicket(customer), teamId: sql('SELECT MIN(id) FROM team'), reason: 'The line is cut at the exchange.' }),
  takeTicket: (customer) => ({ id: freeTicket(customer) }),
  takeNextTicket: (customer) => ({ teamId: teamOfFree(freeTicket(customer)) }),
  assignTicket: (customer) => ({ id: openTicket(customer) }),
  startInteraction: (customer) => ({ customerId: globalId('Customer', customer), channel: 'SHOP' }),
  finishInteraction: (customer) => ({ id: openContact(customer), reason: 'FAULT', result: 'PASSED_ON', note: 'The field service comes tomorrow.' }),
  fileReceivedMail: (customer) => ({ id: waitingMail(), ticketId: openTicket(customer) }),
  createTicketFromMail: (customer) => ({ id: waitingMail(), customerId: globalId('Customer', customer), type: 'FAULT' }),
  discardReceivedMail: () => ({ id: waitingMail(), discardedAs: 'SPAM' }),
  submitOrder: (customer) => ({ customerId: globalId('Customer', customer), requestedDate: nextMonth(), items: [{ action: 'ADD', offeringId: filmPass() }] }),
  amendOrder: (customer) => ({ id: openOrder(customer), addItems: [{ action: 'ADD', offeringId: filmPass() }] }),
  cancelOrder: (customer) => ({ id: openOrder(customer) }),
  orderProduct: (customer) => ({ customerId: globalId('Customer', customer), offeringId: filmPass(), requestedDate: nextMonth() }),
  changePlan: (customer) => otherPlan(idle(customer, 'ACTIVE', mobile('IN'))),
  suspendProduct: (customer) => ({ productId: idle(customer, 'ACTIVE') }),
  resumeProduct: (customer) => ({ productId: idle(customer, 'SUSPENDED') }),
  terminateProduct: (customer) => ({ productId: idle(customer, 'ACTIVE') }),
  sendMessage: (customer) => ({ customerId: globalId('Customer', customer), channel: 'POST', subject: 'Your line', text: 'It works again.' }),
  retryMessage: (customer) => ({ id: parkedMessage(customer) }),
  verifyCaller: (customer) => ({ customerId: globalId('Customer', customer), method: 'DOCUMENT', channel: 'SHOP' }),
  barLine: (customer) => ({ id: globalId('Product', line(customer)), kinds: ['DATA', 'ROAMING'], reason: 'Asked for' }),
  unbarLine: (customer) => ({ id: globalId('Product', near(customer, 'line_bar AS b JOIN product AS t ON t.id = b.product_id WHERE t.status = \'ACTIVE\'', 't.id DESC')), kinds: ['DATA', 'PREMIUM', 'ROAMING'] }),
  changeNumber: (customer) => ({ id: globalId('Product', line(customer)), number: sql('SELECT number FROM free_number WHERE free_from <= CURRENT_DATE ORDER BY number LIMIT 1') }),
  changeSim: (customer) => ({ id: simCard(customer), iccid: sql('SELECT iccid FROM spare_sim ORDER BY id LIMIT 1'), reason: 'DEFECTIVE' }),
  portIn: (customer) => ({ id: globalId('Product', line(customer)), number: `+49159${randomInt(1e7, 1e8)}`, donor: 'Vela Telecom', wantedOn: inDays(3) }),
  portOut: (customer) => ({ id: globalId('Product', line(customer)), recipient: 'Vela Telecom', wantedOn: inDays(3) }),
  cancelPort: (customer) => ({ id: port(customer), reason: 'They changed their mind.' }),
  answerPort: (customer) => ({ id: port(customer), status: 'REFUSED', reason: 'Another name.' }),
  setCreditLimit: (customer) => ({ id: account(customer, 'POSTPAID'), limitMinor: 4000 + randomInt(1000) }),
  undoChange: (customer) => ({ changeId: justChanged(customer) }),
  topUp: (customer) => ({ id: account(customer, 'PREPAID'), amountMinor: 1500, method: 'CARD' }),
  revealSecret: (customer) => ({ id: simCard(customer), code: 'PUK1', reason: 'Three wrong PINs' }),
  sendPasswordReset: (customer) => ({ loginId: near(customer, "email_login AS t WHERE t.status = 'ACTIVE'", 't.id DESC') }),
  resetVoicemailPin: (customer) => ({ id: globalId('Product', line(customer)) }),
}

// Somebody whom nothing else is about, with as much of what the inputs need as there is, among those of a condition of SQL.
export const someCustomer = (condition) =>
  sql(`SELECT c.id FROM customer AS c WHERE c.id > 12 AND c.merged_into_id IS NULL AND ${condition}
    ORDER BY EXISTS (SELECT 1 FROM trouble_ticket AS t WHERE t.customer_id = c.id AND t.status IN ('ACKNOWLEDGED', 'IN_PROGRESS')) DESC,
      EXISTS (SELECT 1 FROM product AS p WHERE p.customer_id = c.id AND p.status = 'ACTIVE' ${mobile('IN')}) DESC,
      EXISTS (SELECT 1 FROM product AS p WHERE p.customer_id = c.id AND p.status = 'ACTIVE') DESC, c.id DESC LIMIT 1`)
