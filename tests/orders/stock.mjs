// stock: telephone numbers that are free and SIM cards that are spare, as many as a test needs.
import { createCipheriv, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FIRST = 20000000001, AT_ONCE = 500
const numbered = (prefix, digits, i) => `${prefix}${String(i).padStart(digits, '0')}`

// Sealed as the server seals, with the key of its data folder.
function sealed(key, place, code) {
  const nonce = randomBytes(12), cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(place))
  const text = Buffer.concat([cipher.update(code, 'utf8'), cipher.final()])
  return [nonce, text, cipher.getAuthTag()].map((bytes) => `X'${bytes.toString('hex')}'`)
}

export function fillStock(sql, folder, count) {
  const key = readFileSync(join(folder, 'keys', 'seal.key')), keyId = sql('SELECT key_id FROM spare_sim_secret LIMIT 1')
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => from + i)
    const codes = some.flatMap((i) => ['PUK1', 'PUK2'].map((kind) =>
      `(${FIRST + i}, '${kind}', '${keyId}', ${sealed(key, `spare_sim_secret|${kind}|${FIRST + i}`, numbered('9', 7, i)).join(', ')})`))
    sql(`START TRANSACTION;
      INSERT INTO free_number (number, free_from) VALUES ${some.map((i) => `('${numbered('+4915999', 7, i)}', CURRENT_DATE)`).join(', ')};
      INSERT INTO spare_sim (id, iccid, imsi, form) VALUES ${some.map((i) => `(${FIRST + i}, '${numbered('89499', 14, i)}', '${numbered('26299', 10, i)}', 'PLASTIC')`).join(', ')};
      INSERT INTO spare_sim_secret (spare_sim_id, kind, key_id, nonce, ciphertext, tag) VALUES ${codes.join(', ')};
      COMMIT`)
  }
}
