// cursors: what the server's cursors stand for, learned from its answers: they are opaque, but each place has one.
import { cursorMark } from './executor.mjs'

export class Cursors {
  constructor() {
    this.places = new Map() // cursor → { list, values }
    this.texts = new Map() // place as text → cursor
  }

  // Where a cursor stands, or undefined when no list has given it.
  find(cursor) {
    return this.places.get(cursor)
  }

  // Whether the server's cursor can stand for that place: always the same one, and for no other place.
  learn(expected, cursor) {
    const place = expected.slice(cursorMark.length)
    if (typeof cursor !== 'string') return false
    if (!this.texts.has(place) && !this.places.has(cursor)) {
      this.texts.set(place, cursor)
      this.places.set(cursor, JSON.parse(place))
    }
    return this.texts.get(place) === cursor
  }

  // The expected answer with the server's cursors in it, where they fit.
  settle(expected, got) {
    if (typeof expected === 'string' && expected.startsWith(cursorMark)) return this.learn(expected, got) ? got : expected
    if (Array.isArray(expected)) return expected.map((item, i) => this.settle(item, got?.[i]))
    if (expected === null || typeof expected !== 'object') return expected
    return Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, this.settle(value, got?.[key])]))
  }

  all() {
    return [...this.places.keys()]
  }
}
