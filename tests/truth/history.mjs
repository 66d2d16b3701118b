// history: the versions of a row as somebody sees them, one after the other from the first on.

export const versionOrder = [{ column: 'row_start', descending: true }]
const stillThere = '2038-01-19 03:14:07.999999'
const parts = ['validFrom', 'validUntil', 'changes']

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

// The columns that a field of a row is made of.
function columnsOf(name, { embedded, one, column }) {
  if (embedded !== undefined) return embedded.columns
  if (one !== undefined) return [...(one.kind === undefined ? [] : [one.kind]), one.key ?? `${snake(name)}_id`]
  return [column?.name ?? snake(name)]
}

// A row that moves to another owner begins there anew.
const ownerOf = ({ scope }, row) => row.cells.get(scope?.customer ?? scope?.partner) ?? null

// `versions` are all rows there ever were of one key which the viewer may see; `fields` the names of those they see.
export function historyOf(type, versions, fields, moment) {
  const ordered = [...versions].sort((a, b) => (a.cells.get('row_start') < b.cells.get('row_start') ? -1 : 1))
  const seen = []
  for (const version of ordered) {
    const before = ordered.find((each) => each.cells.get('row_end') === version.cells.get('row_start') && ownerOf(type.directives, each) === ownerOf(type.directives, version))
    const changes = fields.filter((name) => before !== undefined && columnsOf(name, type.fields.get(name).directives)
      .some((column) => before.cells.get(column) !== version.cells.get(column)))
    if (before === undefined || changes.length > 0) seen.push({ ...version, changes, end: version.cells.get('row_end') })
    else seen.findLast(({ end }) => end === version.cells.get('row_start')).end = version.cells.get('row_end')
  }
  return seen.filter((version) => moment === undefined || version.cells.get('row_start') <= moment).reverse()
    .map((version) => ({ ...version, end: version.end === stillThere || version.end > moment ? null : version.end }))
}

export const isPart = (name) => parts.includes(name)

// What every version has, besides what its row has.
export function partOf(name, time) {
  if (name === 'changes') return (version) => version.changes
  return (version) => time(name === 'validFrom' ? version.cells.get('row_start') : version.end)
}
