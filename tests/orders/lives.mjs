// lives: what random agents do to one order after the other, and what they expect of it.
//
// An agent knows where an order stood when it was last looked at; the provisioner moves on meanwhile. So what is asked for either
// happens, or is refused for a reason that one of the states since then gives. Anything else is a mistake.
import { randomUUID } from 'node:crypto'
import { isEnd } from './states.mjs'

// A small generator of our own: the same seed is the same lives.
export function randomOf(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return { below: (count) => Math.floor(next() * count), of: (list) => list[Math.floor(next() * list.length)], chance: (share) => next() < share }
}

const fields = `order { id number state version items { position action state product { id status } } } userErrors { code field message } replayed`
const mutations = {
  submitOrder: 'SubmitOrderInput', amendOrder: 'AmendOrderInput', cancelOrder: 'CancelOrderInput', changePlan: 'ChangePlanInput',
  suspendProduct: 'SuspendProductInput', resumeProduct: 'ResumeProductInput', terminateProduct: 'TerminateProductInput',
}
const PATIENCE = 2400 // looks at an order, twenty a second
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export class Agent {
  constructor({ ask, random, customer, catalogue }) {
    Object.assign(this, { ask, random, customer, catalogue, mistakes: [], done: 0, refused: 0, emptied: 0, orders: [] })
  }

  // A request whose answer was lost, or that others were in the way of, is sent again with its key.
  async perform(name, input) {
    const variables = { input: { idempotencyKey: randomUUID(), ...input } }
    const query = `mutation ($input: ${mutations[name]}!) { result: ${name}(input: $input) { ${fields} } }`
    for (let tries = 0; tries < 200; tries++) {
      const body = await this.ask({ query, variables }).catch(() => null)
      if (body?.data?.result) {
        const { result } = body.data
        if (result.userErrors.some(({ code, field }) => code === 'CONFLICT' && field === null)) continue
        if (result.userErrors.length === 0) this.done++
        else this.refused++
        return result
      }
      if (body?.errors && body.errors[0].extensions?.code !== 'UNAVAILABLE') {
        this.mistakes.push(`${name} ${JSON.stringify(input)}: ${JSON.stringify(body.errors)}`)
        return null
      }
      await pause(100)
    }
    this.mistakes.push(`${name} was never answered`)
    return null
  }

  async look(order) {
    for (let tries = 0; tries < 200; tries++) {
      const body = await this.ask({ query: 'query ($id: ID!) { order: node(id: $id) { ... on ProductOrder { id number state reason version items { position action state product { id status } } } } }', variables: { id: order.id } }).catch(() => null)
      if (body?.data?.order) return body.data.order
      await pause(100)
    }
    throw new Error(`order ${order.number} cannot be read`)
  }

  expect(what, result, codes) {
    for (const { code, message } of result?.userErrors ?? [])
      if (!codes.includes(code)) this.mistakes.push(`${what}: ${code} ${message}`)
  }

  item() {
    const { random, catalogue } = this
    const wrong = random.chance(0.1)
    if (wrong) return random.of([{ action: 'ADD' }, { action: 'ADD', offeringId: 'nonsense' }, { action: 'MODIFY', productId: catalogue.foreign, status: 'SUSPENDED' }, { action: 'ADD', offeringId: catalogue.option }])
    return { action: 'ADD', offeringId: random.of(catalogue.offerings) }
  }

  async place() {
    const items = Array.from({ length: 1 + this.random.below(3) }, () => this.item())
    const result = await this.perform('submitOrder', { customerId: this.customer, items })
    this.expect('submitOrder', result, ['REQUIRED', 'NOT_FOUND', 'INVALID', 'NOT_FEASIBLE'])
    if (result?.order) this.orders.push(result.order.id)
    return result?.order
  }

  async change(order) {
    const input = { id: order.id }
    if (this.random.chance(0.3)) input.expectedVersion = order.version
    if (this.random.chance(0.3)) input.removePositions = [1 + this.random.below(4)]
    if (this.random.chance(0.3)) input.addItems = [this.item()]
    const result = await this.perform('amendOrder', input)
    this.expect(`amendOrder of ${order.state}`, result, ['NOT_ALLOWED', 'NOT_FOUND', 'CONFLICT', 'REQUIRED', 'INVALID', 'NOT_FEASIBLE'])
    if (isEnd(order.state) && result?.userErrors.length === 0) this.mistakes.push(`${order.number} was ${order.state} and is amended`)
  }

  async cancel(order) {
    const result = await this.perform('cancelOrder', { id: order.id })
    this.expect(`cancelOrder of ${order.state}`, result, ['NOT_ALLOWED'])
    if (isEnd(order.state) && result?.userErrors.length === 0) this.mistakes.push(`${order.number} was ${order.state} and is cancelled`)
  }

  // What is done to the products it made.
  async use(order) {
    const made = order.items.map(({ product }) => product).filter((product) => product !== null)
    if (made.length === 0) return
    const product = this.random.of(made), name = this.random.of(['changePlan', 'suspendProduct', 'resumeProduct', 'terminateProduct'])
    const result = await this.perform(name, { productId: product.id, ...(name === 'changePlan' ? { offeringId: this.random.of(this.catalogue.offerings) } : {}) })
    this.expect(`${name} of ${product.status}`, result, ['NOT_ALLOWED', 'INVALID', 'NOT_FEASIBLE'])
    if (result?.order) this.orders.push(result.order.id)
  }

  async live() {
    let order = await this.place()
    if (!order) return
    for (let step = 0; step < 2 + this.random.below(6); step++) {
      await pause(this.random.below(60))
      order = await this.look(order)
      const what = this.random.below(10)
      if (what < 2) await this.cancel(order)
      else if (what < 5) await this.change(order)
      else if (what < 8) await this.use(order)
    }
  }

  // Until nothing of what was ordered is open; what waits for somebody is tried again. What ends some day is called off.
  async finish() {
    for (const id of this.orders) {
      for (let waited = 0; ; waited++) {
        const order = await this.look({ id })
        if (isEnd(order.state)) break
        if (order.reason === 'OUT_OF_STOCK') {
          this.emptied++
          await this.cancel(order)
        } else if (['HELD', 'PENDING'].includes(order.state)) await this.change({ ...order, version: undefined })
        else if (waited > 20 && order.state === 'IN_PROGRESS') await this.cancel(order)
        if (waited === PATIENCE) {
          this.mistakes.push(`${order.number} stays ${order.state}`)
          break
        }
        await pause(50)
      }
    }
  }
}
