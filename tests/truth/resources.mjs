// resources: what belongs to a product: SIM cards, devices, mailboxes, cards and tags, bars and numbers that move.

export const resourceTables = ['sim_card', 'device', 'email_login', 'access_token', 'line_bar', 'number_port']

export function addResources(data, product, { text, date, moment, maybe }) {
  const { random } = data
  const owned = (table) => ({ id: data.id(table), customer_id: product.customer_id, product_id: product.id })
  for (let i = data.some(4); i > 0; i--)
    data.add('sim_card', { ...owned('sim_card'), msisdn: text(random, 16), iccid: data.number(), imsi: data.number(),
      form: random.pick(['PLASTIC', 'EMBEDDED']), status: random.pick(['READY', 'ACTIVE', 'SUSPENDED', 'BLOCKED', 'REPLACED', 'DEACTIVATED']),
      in_use: random.below(2), activated_on: maybe(random, date(random)), ended_on: maybe(random, date(random)) })
  if (random.chance(0.3))
    data.add('device', { ...owned('device'), kind: random.pick(['PHONE', 'ROUTER', 'SET_TOP_BOX', 'OPTICAL_TERMINAL']), manufacturer: text(random, 60),
      model: text(random, 60), serial_number: data.number(), owner: random.pick(['CUSTOMER', 'OPERATOR']), delivered_on: date(random),
      returned_on: maybe(random, date(random)), warranty_until: maybe(random, date(random)) })
  if (random.chance(0.2))
    data.add('email_login', { ...owned('email_login'), address: data.number(), status: random.pick(['ACTIVE', 'LOCKED', 'CLOSED']),
      quota_bytes: random.pick([1, '9223372036854775807', '9007199254740993']), created_on: date(random), changed_at: moment(random) })
  if (random.chance(0.2))
    data.add('access_token', { ...owned('access_token'), kind: random.pick(['CARD', 'TAG', 'LOGIN']), fingerprint: `${data.number()}`,
      ending: maybe(random, text(random, 4)), status: random.pick(['ACTIVE', 'BLOCKED', 'ENDED']), issued_on: date(random) })
  for (const kind of ['DATA', 'PREMIUM', 'ROAMING'])
    if (random.chance(0.2)) data.add('line_bar', { ...owned('line_bar'), kind, barred_at: moment(random), reason: text(random) })
  for (let i = data.some(3); i > 0; i--)
    data.add('number_port', { ...owned('number_port'), direction: random.pick(['IN', 'OUT']), number: text(random, 16), other_operator: text(random),
      status: random.pick(['REQUESTED', 'CONFIRMED', 'REFUSED', 'DONE', 'CANCELLED', 'HELD']), is_open: random.below(2), wanted_on: date(random),
      requested_at: moment(random), confirmed_at: maybe(random, moment(random)), changed_at: moment(random), reason: maybe(random, text(random)),
      code: maybe(random, random.pick(['NO_ANSWER', 'NAME_DIFFERS', 'NUMBER_UNKNOWN', 'NUMBER_TAKEN', 'LINE_ENDED'])) })
}
