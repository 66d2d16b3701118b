// search: customers by the words they are known by.
//
// A number is looked for by its digits, without an international prefix; else every piece between blanks has to be the
// beginning of a term: a piece with a digit or an @ as a whole, others word by word, without accents and case.

export function searchProblem(search) {
  if (Buffer.byteLength(search) > 200)
    return 'The search is too long: give a number, a telephone number, an e-mail address or a name.'
  if (isNumber(search)) return undefined
  const letters = [...fold(search)].filter((letter) => /[a-z0-9\u0080-\u{10ffff}]/u.test(letter))
  return Buffer.byteLength(letters.join('')) < 2 || beginningsOf(search).length === 0
    ? 'Type at least two letters or digits of what you are looking for.'
    : undefined
}

const isNumber = (text) => /^[0-9 +()\-/.]*$/.test(text) && text.replace(/[^0-9]/g, '').length >= 2

const fold = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replaceAll('ß', 'ss')

function beginningsOf(search) {
  if (isNumber(search)) {
    const digits = search.replace(/[^0-9]/g, '')
    return [digits.startsWith('00') && digits.length > 4 ? digits.slice(2) : digits]
  }
  const pieces = fold(search).split(/[\s,]+/).filter((piece) => piece !== '').slice(0, 6)
  return pieces.flatMap((piece) => (/[0-9@]/.test(piece) ? [piece] : (piece.match(/[\p{L}']+/gu) ?? []).map((word) => word.replaceAll("'", ''))))
    .filter((word) => word !== '').slice(0, 8)
}

export function searchCustomers(world, rows, search) {
  const terms = world.table('customer_search_term').rows
  const has = (customer, beginning) =>
    terms.some((row) => row.cells.get('customer_id') === customer && row.cells.get('term').startsWith(beginning))
  return rows.filter((row) => beginningsOf(search).every((beginning) => has(row.cells.get('id'), beginning)))
}
