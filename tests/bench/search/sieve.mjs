// sieve: rows of customer_search_sieve for pages, as db/search_sieve.c makes them.
//
//   mariadb … -N --raw -e 'SELECT kind, page, HEX(terms) FROM customer_search_page' | node sieve.mjs | mariadb …
//   node sieve.mjs TEXT      prints the condition for pages that may have the text
import { createInterface } from 'node:readline'

const words = 16, wordBits = 63n
function sieveOf(text) {
  const bits = new Set(), sieve = new Array(words).fill(0n)
  for (let i = 0; i + 2 < text.length; i++) bits.add((text[i] * 100 + text[i + 1] * 10 + text[i + 2]) % (words * Number(wordBits)))
  for (const bit of bits) sieve[Math.floor(bit / Number(wordBits))] |= 1n << (BigInt(bit) % wordBits)
  return sieve
}

async function rowsOf(lines) {
  let rows = []
  const flush = () => {
    if (rows.length > 0) process.stdout.write(`INSERT INTO customer_search_sieve VALUES ${rows.join(',')};\n`)
    rows = []
  }
  for await (const line of lines) {
    const [kind, page, hex] = line.split('\t')
    if (rows.push(`('${kind}',${page},${sieveOf(Buffer.from(hex, 'hex')).join(',')})`) === 500) flush()
  }
  flush()
}

if (process.argv[2] === undefined) await rowsOf(createInterface({ input: process.stdin }))
else console.log(sieveOf(Buffer.from(process.argv[2])).map((bits, i) => (bits === 0n ? '' : `AND v.s${i} & ${bits} = ${bits}`)).join(' '))
