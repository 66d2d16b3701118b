// action_state: what can be done with customers and with what is theirs, said once more from their rows.

const ended = ['REJECTED', 'CANCELLED', 'COMPLETED', 'FAILED']
const going = ['CREATED', 'PENDING_ACTIVE', 'ACTIVE', 'SUSPENDED']

class Stand {
  constructor(world, viewer, row) {
    this.world = world
    this.viewer = viewer
    this.german = viewer.language.startsWith('de')
    this.row = row
    this.customer = row.cells.get('customer_id') ?? row.cells.get('id')
  }

  // Rows of one table that are the customer's, as maps of their columns.
  all(table) {
    return this.world.table(table).rows.map(({ cells }) => cells).filter((cells) => cells.get('customer_id') === this.customer)
  }

  said(en, de, code = 'NOT_ALLOWED') {
    return [{ code, label: this.german ? de : en }]
  }

  ofCustomer(adds, of = this.customer) {
    const status = this.world.table('customer').rows.find(({ cells }) => cells.get('id') === of)?.cells.get('status')
    if (status === 'CLOSED') return this.said('The customer has left; nothing can be ordered for them.', 'Der Kunde ist nicht mehr da; für ihn kann nichts bestellt werden.')
    return adds && status === 'SUSPENDED' ? this.said('The customer is barred; nothing new can be set up for them.', 'Der Kunde ist gesperrt; für ihn kann nichts Neues eingerichtet werden.') : []
  }

  // The number of an order about one of them.
  orderAbout(products) {
    const orders = new Map(this.all('product_order').map((order) => [order.get('id'), order.get('number')]))
    const numbers = this.all('product_order_item')
      .filter((item) => products.includes(item.get('product_id')) && item.get('action') !== 'NO_CHANGE' && !ended.includes(item.get('state')))
      .map((item) => orders.get(item.get('product_order_id'))).filter((number) => number !== undefined)
    return numbers.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))[0]
  }

  parts(id) {
    const found = []
    let above = [id]
    for (let depth = 0; depth < 100 && above.length > 0; depth++) {
      const below = this.all('product').filter((product) => above.includes(product.get('parent_id')) && going.includes(product.get('status')))
      found.push(...below)
      above = below.map((product) => product.get('id'))
    }
    return found
  }
}

function ordering(stand) {
  const has = stand.all('billing_account').length > 0
  return { orderProduct: [...stand.ofCustomer(true), ...(has ? [] : stand.said('The customer has no account that it could be charged to.', 'Der Kunde hat kein Konto, über das es abgerechnet werden könnte.', 'NOT_CONFIGURED'))] }
}

function changing(stand) {
  const [id, status, ends] = ['id', 'status', 'termination_date'].map((column) => stand.row.cells.get(column))
  const number = stand.orderAbout([id]), parts = stand.parts(id)
  const partNumber = stand.orderAbout(parts.map((part) => part.get('id')))
  const day = ends !== null && stand.german ? ends.split('-').reverse().join('.') : ends
  const [active, used] = [status === 'ACTIVE', ['ACTIVE', 'SUSPENDED'].includes(status)]
  const idle = number === undefined ? [] : stand.said(`Order ${number} is about it: wait for that, or change it.`, `Bestellung ${number} betrifft es: Warten Sie darauf, oder ändern Sie sie.`)
  const ofParts = partNumber !== undefined
    ? stand.said(`Order ${partNumber} is about a part of it: wait for that, or change it.`, `Bestellung ${partNumber} betrifft einen Teil davon: Warten Sie darauf, oder ändern Sie sie.`)
    : parts.some((part) => going.indexOf(part.get('status')) < 2) ? stand.said('A part of it is still being set up: wait for that.', 'Ein Teil davon wird noch eingerichtet: Warten Sie darauf.') : []
  const many = new Set(parts.map((part) => part.get('id'))).size > 99 ? stand.said('It has more than 99 parts: end those first.', 'Es hat mehr als 99 Teile: Kündigen Sie erst diese.') : []
  const ending = !used ? stand.said('Only what is in use can be ended.', 'Nur was in Nutzung ist, kann gekündigt werden.')
    : ends !== null ? stand.said(`It ends on ${day} already.`, `Es endet schon am ${day}.`) : []
  const left = stand.ofCustomer(false)
  return {
    changePlan: [...(active ? [] : stand.said('Only what is active can change.', 'Nur Aktives kann gewechselt werden.')), ...idle, ...left],
    suspendProduct: [...(active ? [] : stand.said('Only what is active can be suspended.', 'Nur Aktives kann gesperrt werden.')), ...idle, ...left],
    resumeProduct: [...(status === 'SUSPENDED' ? [] : stand.said('It is not suspended.', 'Es ist nicht gesperrt.')), ...idle, ...left],
    terminateProduct: [...ending, ...idle, ...ofParts, ...many, ...left],
    ...ofLine(stand, used),
  }
}

function ofLine(stand, used) {
  const offering = stand.world.table('product_offering').rows.find(({ cells }) => cells.get('id') === stand.row.cells.get('offering_id'))
  if (offering?.cells.get('category') !== 'MOBILE') return {}
  const reasons = used ? [] : stand.said('Only a line that is active or suspended is changed.', 'Nur eine aktive oder gesperrte Leitung wird geändert.')
  const mute = used && stand.row.cells.get('service_identifier') === null ? stand.said('The line has no number yet that an SMS could go to.', 'Die Leitung hat noch keine Nummer für eine SMS.') : []
  const moves = stand.all('number_port').some((port) => port.get('product_id') === stand.row.cells.get('id') && port.get('is_open') !== '0')
    ? stand.said('A number of this line moves already; call that off first.', 'Eine Rufnummer dieser Leitung zieht schon um; brechen Sie das erst ab.') : []
  const numberless = mute.length > 0 && moves.length === 0 ? stand.said('The line has no number yet.', 'Die Leitung hat noch keine Rufnummer.') : []
  return { barLine: reasons, unbarLine: reasons, changeNumber: reasons, resetVoicemailPin: [...reasons, ...mute], portIn: [...reasons, ...moves], portOut: [...reasons, ...moves, ...numberless] }
}

function amending(stand) {
  const [id, state] = ['id', 'state'].map((column) => stand.row.cells.get(column))
  const items = stand.all('product_order_item').filter((item) => item.get('product_order_id') === id)
  const done = items.filter((item) => item.get('state') === 'COMPLETED' && item.get('action') !== 'NO_CHANGE').map((item) => Number(item.get('position')))
  const over = ['ASSESSING_CANCELLATION', 'PENDING_CANCELLATION'].includes(state) ? stand.said('Its cancellation is asked for already.', 'Die Stornierung ist schon beantragt.')
    : [...ended, 'PARTIAL'].includes(state) ? stand.said('The order has ended.', 'Die Bestellung ist beendet.') : []
  const adds = items.some((item) => item.get('action') === 'ADD')
  const first = Math.min(...done)
  return {
    amendOrder: over.length > 0 ? over : state === 'ACKNOWLEDGED' ? stand.ofCustomer(adds) : [],
    cancelOrder: over.length > 0 ? over : done.length === 0 ? []
      : stand.said(`Position ${first} is done already; remove the others by changing the order.`, `Position ${first} ist schon erledigt; nehmen Sie die anderen durch eine Änderung heraus.`),
  }
}

function onAddress(stand) {
  const id = stand.row.cells.get('id'), goes = (table, column) => stand.all(table).some((row) => row.get(column) === id)
  const removed = goes('billing_account', 'billing_address_id') || goes('product', 'billing_address_id')
    ? stand.said('Bills go there: have them go elsewhere first.', 'Rechnungen gehen dorthin: Lassen Sie sie erst woanders hingehen.')
    : goes('product', 'place_id') ? stand.said('Something is installed there: it has to stay.', 'Dort ist etwas angeschlossen: Sie muss bleiben.') : []
  return { updateAddress: [], removeAddress: removed }
}

function onMessage(stand) {
  const way = stand.all('message_delivery').find((row) => row.get('message_id') === stand.row.cells.get('id'))
  if (!['FAILED', 'PARKED'].includes(way?.get('state')))
    return { retryMessage: stand.said('Only a message that failed or was stopped can be tried once more.', 'Nur was fehlgeschlagen ist oder angehalten wurde, kann noch einmal versucht werden.') }
  const until = way.get('secret_until') ?? null
  return { retryMessage: until === null || until > new Date().toISOString().replace('T', ' ') ? [] : stand.said('What it was to tell is not good any more and is deleted; send a new one.', 'Was sie mitteilen sollte, gilt nicht mehr und ist gelöscht; senden Sie eine neue.') }
}

function onTaking(stand) {
  const [user, name] = ['assignee_id', 'assignee_name'].map((column) => stand.row.cells.get(column))
  if (user === String(stand.viewer.id)) return stand.said('You work on it already.', 'Sie bearbeiten es schon.')
  return name === null ? [] : stand.said(`${name} works on it; give it to somebody else of the team, or back.`, `${name} bearbeitet es; geben Sie es jemand anderem aus dem Team oder zurück.`)
}

function onTicket(stand) {
  const settled = ['REJECTED', 'CLOSED', 'CANCELLED'].includes(stand.row.cells.get('status'))
  const reasons = settled ? stand.said('The ticket is settled; open a new one, and name this one in it.', 'Das Ticket ist erledigt; eröffnen Sie ein neues und nennen Sie es darin.', 'NOT_OPEN') : []
  return { answerTicket: reasons, changeTicketStatus: reasons, takeTicket: settled ? reasons : onTaking(stand), assignTicket: reasons, escalateTicket: reasons }
}

function onAccount(stand) {
  const prepaid = stand.row.cells.get('rating_type') === 'PREPAID'
  return {
    setCreditLimit: prepaid ? stand.said('Usage of this account is paid before; top it up instead.', 'Dieses Konto wird vorher bezahlt; laden Sie es auf.') : [],
    topUp: prepaid ? [] : stand.said('Usage of this account is paid afterwards; it has no credit to top up.', 'Dieses Konto wird nach Rechnung bezahlt; es hat kein Guthaben.'),
    updateBillingAccount: [],
  }
}

const isOver = (stand) => (stand.row.cells.get('valid_until') ?? '9999') < new Date().toISOString().slice(0, 10)
const onIdentification = (stand) => ({ verifyIdentification: isOver(stand) ? stand.said('It has expired; ask for one that is valid.', 'Es ist abgelaufen; lassen Sie sich ein gültiges zeigen.') : [], withdrawIdentification: [] })
const onMembership = (stand) => ({ leaveDiscountGroup: isOver(stand) ? stand.said('It has ended; have the customer join anew.', 'Es ist beendet; nehmen Sie den Kunden neu auf.') : [] })
const onCard = (stand) => ({
  changeSim: ['ACTIVE', 'SUSPENDED'].includes(stand.row.cells.get('status')) ? [] : stand.said('Only a SIM card that is active or suspended is exchanged.', 'Nur eine aktive oder gesperrte SIM-Karte wird getauscht.'),
})

const onPort = (stand) => {
  const over = ['REQUESTED', 'CONFIRMED', 'HELD'].includes(stand.row.cells.get('status')) ? [] : stand.said('It has come to its end; ask for the number anew.', 'Das ist abgeschlossen; beantragen Sie die Rufnummer neu.')
  return { answerPort: over, cancelPort: over }
}

function onMailbox(stand) {
  const [status, address] = ['status', 'address'].map((column) => stand.row.cells.get(column)), today = new Date().toISOString().slice(0, 10)
  if (status === 'CLOSED') return { sendPasswordReset: stand.said('The mailbox is closed; nobody can open it.', 'Das Postfach ist gelöscht; niemand kann es öffnen.') }
  const reached = stand.all('contact_medium').some((medium) => ['EMAIL', 'MOBILE'].includes(medium.get('kind'))
    && medium.get('value').toLowerCase() !== address && (medium.get('valid_until') ?? '9999') >= today)
  return { sendPasswordReset: reached ? [] : stand.said('The customer has no other e-mail address and no mobile number; note one first.', 'Der Kunde hat keine andere E-Mail-Adresse und keine Mobilnummer; tragen Sie erst eine ein.') }
}

const kinds = {
  'Customer.actions': ordering,
  'Product.actions': changing,
  'ProductOrder.actions': amending,
  'BillingAccount.actions': onAccount,
  'GeographicAddress.actions': onAddress,
  'ContactMedium.actions': () => ({ updateContactMedium: [] }),
  'EmailLogin.actions': onMailbox,
  'Identification.actions': onIdentification,
  'CustomerDiscountGroup.actions': onMembership,
  'NumberPort.actions': onPort,
  'SimCard.actions': onCard,
  'CommunicationMessage.actions': onMessage,
  'TroubleTicket.actions': onTicket,
}

// Null: it is another field. `mutations` are those that the viewer sees.
export function actionsOf(coordinate, world, viewer, mutations) {
  const kind = kinds[coordinate]
  if (kind === undefined) return null
  return (row) => {
    const stand = new Stand(world, viewer, row)
    const isThere = world.table('customer').rows.some(({ cells }) => cells.get('id') === stand.customer)
    if (row.moment !== undefined && row.moment !== null) return []
    if (!isThere) return []
    return Object.entries(kind(stand)).filter(([mutation]) => mutation in mutations).map(([mutation, reasons]) => ({ mutation, reasons }))
  }
}
