// proper_inputs: for each mutation an input that is done, about a customer: whoever adds a mutation adds its input here.
//
// Found anew each time, because what was done may keep the same from being done again.
import { globalId, sql } from './client.mjs'

// A row of theirs, or an id of nothing when there is none.
const one = (type, text) => globalId(type, sql(text) || '0')
const openTicket = (customer) => one('TroubleTicket', `SELECT id FROM trouble_ticket WHERE customer_id = ${customer} AND status IN ('ACKNOWLEDGED', 'IN_PROGRESS') ORDER BY id DESC LIMIT 1`)

const otherName = (customer) => {
  const [kind, name] = sql(`SELECT kind, IF(display_name LIKE '%Wolkenstein%', 'Sternberg', 'Wolkenstein') FROM customer WHERE id = ${customer}`).split('\t')
  return { [kind === 'RESIDENTIAL' ? 'familyName' : 'organizationName']: name }
}

// By the name of the mutation: from the key of a customer to its input, without what all inputs have.
export const properInputs = {
  updateViewer: () => ({ language: 'fr' }),
  updateCustomer: (customer) => ({ id: globalId('Customer', customer), ...otherName(customer) }),
  createTicket: (customer) => ({ customerId: globalId('Customer', customer), type: 'FAULT', severity: 'MAJOR', subject: 'No dial tone', text: 'Since this morning.' }),
  answerTicket: (customer) => ({ id: openTicket(customer), text: 'We are looking into it.' }),
  changeTicketStatus: (customer) => ({ id: openTicket(customer), status: 'PENDING', text: 'We wait for a part.' }),
  escalateTicket: (customer) => ({ id: openTicket(customer), teamId: sql('SELECT MIN(id) FROM team'), reason: 'The line is cut at the exchange.' }),
  startInteraction: (customer) => ({ customerId: globalId('Customer', customer), channel: 'SHOP' }),
}

// Somebody whom nothing else is about, with as much of what the inputs need as there is, among those of a condition of SQL.
export const someCustomer = (condition) =>
  sql(`SELECT c.id FROM customer AS c WHERE c.id > 12 AND ${condition}
    ORDER BY EXISTS (SELECT 1 FROM trouble_ticket AS t WHERE t.customer_id = c.id AND t.status IN ('ACKNOWLEDGED', 'IN_PROGRESS')) DESC,
      EXISTS (SELECT 1 FROM product AS p WHERE p.customer_id = c.id AND p.status = 'ACTIVE') DESC, c.id DESC LIMIT 1`)
