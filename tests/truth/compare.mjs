// compare: whether two answers are the same: data to the byte and key by key, errors by message, place and path.

const plain = (message) => message.replace(/\. Did you mean [^?]*\? Found: /, ', found: ').replace(/ Did you mean .*\?$/, '')
const errorOf = ({ message, path }) => JSON.stringify([plain(message), path ?? []])

// Fields that merge have several places; the server names one of them, the reference all.
const isPlaced = (expected, got) =>
  (got.locations ?? []).every((place) => (expected.locations ?? []).some(({ line, column }) => line === place.line && column === place.column)) &&
  (got.locations ?? []).length > 0 === (expected.locations ?? []).length > 0

function sameErrors(expected, got) {
  const left = [...got]
  const found = expected.every((error) => {
    const i = left.findIndex((other) => errorOf(other) === errorOf(error) && isPlaced(error, other))
    if (i >= 0) left.splice(i, 1)
    return i >= 0
  })
  return found && left.length === 0
}

// Answers to documents that are not valid have no data, but they say so with every error.
export function differs(expected, got) {
  if (JSON.stringify(expected.data) !== JSON.stringify(got.data)) return 'data'
  const told = expected.refusals?.map((refusal) => [refusal]) ?? [expected.errors ?? []]
  if (!told.some((errors) => sameErrors(errors, got.errors ?? []))) return 'errors'
  if ((got.errors ?? []).some(({ extensions }) => typeof extensions?.code !== 'string')) return 'an error without a code'
  return undefined
}
