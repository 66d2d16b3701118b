// http: many requests at once over connections that stay open; nothing but what an answer needs.
import { connect } from 'node:net'

const endOfHead = Buffer.from('\r\n\r\n')

// One connection, one request at a time. One that the server closed for being idle is opened again.
class Line {
  constructor(url) {
    const { hostname, port } = new URL(url)
    Object.assign(this, { hostname, port: Number(port), host: `${hostname}:${port}`, pending: [], length: 0 })
  }

  open() {
    const socket = connect(this.port, this.hostname)
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.onData(chunk))
    socket.on('error', () => {}) // 'close' follows
    socket.on('close', () => this.onClose(socket))
    this.socket = socket
  }

  onClose(socket) {
    if (this.socket !== socket) return
    this.socket = undefined
    const { reject, request } = this
    if (reject === undefined) return
    const cut = this.length > 0 || this.tries > 1
    this.pending = []
    this.length = 0
    this.wanted = undefined
    if (cut) reject(new Error('the server closed the connection'))
    else this.write(request)
  }

  onData(chunk) {
    this.pending.push(chunk)
    this.length += chunk.length
    if (this.wanted !== undefined && this.length < this.wanted) return
    const all = this.pending.length === 1 ? chunk : Buffer.concat(this.pending)
    this.pending = [all]
    if (this.wanted === undefined && !this.readHead(all)) return
    if (all.length < this.wanted) return
    const answer = { status: this.status, body: all.subarray(this.begin, this.wanted) }
    this.pending = []
    this.length = 0
    this.wanted = undefined
    this.reject = undefined
    this.resolve(answer)
  }

  readHead(all) {
    const end = all.indexOf(endOfHead)
    if (end < 0) return false
    const head = all.toString('latin1', 0, end)
    const length = /^content-length: *(\d+)/im.exec(head)
    if (length === null) throw new Error(`an answer without a length:\n${head}`)
    this.status = Number(head.slice(9, 12))
    this.begin = end + endOfHead.length
    this.wanted = this.begin + Number(length[1])
    return true
  }

  write(request) {
    this.tries++
    if (this.socket === undefined) this.open()
    this.socket.write(request)
  }

  // The answer to a request's text: { status, body: Buffer }.
  send(path, headers, body) {
    return new Promise((resolve, reject) => {
      Object.assign(this, { resolve, reject, tries: 0 })
      this.request = `POST ${path} HTTP/1.1\r\nhost: ${this.host}\r\ncontent-type: application/json\r\n${headers}` +
        `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
      this.write(this.request)
    })
  }

  close() {
    this.socket?.destroy()
  }
}

export async function post(url, path, body) {
  const line = new Line(url)
  const answer = await line.send(path, '', JSON.stringify(body))
  line.close()
  return answer
}

const accept = 'accept: application/graphql-response+json\r\n'

// Several lines to one server, for as many requests at once.
export class Lines {
  constructor(url, count) {
    this.lines = Array.from({ length: count }, () => new Line(url))
  }

  // The answer over the line of that number.
  ask(line, token, body) {
    return this.lines[line].send('/graphql', `${accept}authorization: Bearer ${token}\r\n`, body)
  }

  close() {
    for (const line of this.lines) line.close()
  }
}
