// rows: all tables as they are, in memory, every value as the text that MariaDB makes of it.
//
// A row is a Map from column to text or null. What the database's collation makes of a text, for sorting, is asked of
// the database itself: a second text, of bytes that sort.

const isText = (type) => /char|text|enum/.test(type)

export const allVersions = 'all versions'

// As of a moment when one is given, or all rows there ever were, of tables that keep a history.
export function readTable(dossier, name, moment) {
  const columns = dossier.select(['column_name', 'data_type', "COALESCE(collation_name, '')"],
    `FROM information_schema.columns WHERE table_schema = 'dossier' AND table_name = '${name}' ORDER BY ordinal_position`)
  const texts = columns.filter(([, type]) => isText(type))
  const blank = (collation) => `HEX(WEIGHT_STRING(CONVERT(' ' USING utf8mb4) COLLATE ${collation}))`
  const [blanks] = texts.length === 0 ? [[]] : dossier.select(texts.map(([, , collation]) => blank(collation)), '')
  const [[versioned]] = dossier.select(['table_type'], `FROM information_schema.tables WHERE table_schema = 'dossier' AND table_name = '${name}'`)
  const past = moment === allVersions ? 'ALL' : `AS OF TIMESTAMP '${moment}'`
  const asOf = moment !== undefined && versioned === 'SYSTEM VERSIONED' ? ` FOR SYSTEM_TIME ${past}` : ''
  if (moment === allVersions) columns.push(['row_start', 'timestamp', ''], ['row_end', 'timestamp', ''])
  const cells = dossier.select(
    [...columns.map(([column]) => `\`${column}\``), ...texts.map(([column]) => `HEX(WEIGHT_STRING(\`${column}\`))`)], `FROM \`${name}\`${asOf}`)
  const rows = cells.map((row) => ({
    cells: new Map(columns.map(([column], i) => [column, row[i]])),
    weights: new Map(texts.map(([column], i) => [column, row[columns.length + i]])),
  }))
  return { name, rows, types: new Map(columns), blanks: new Map(texts.map(([column], i) => [column, blanks[i]])) }
}

// Texts are compared as if the shorter one went on in blanks (PAD SPACE); NULL comes first.
function compareWeights(a, b, blank) {
  const length = Math.max(a.length, b.length)
  const [x, y] = [a, b].map((weight) => weight + blank.repeat((length - weight.length) / blank.length))
  return x < y ? -1 : x > y ? 1 : 0
}

// How two values of a column compare; a value is { text, weight }.
export function compareValues(table, column, a, b) {
  if (a.text === null || b.text === null) return (a.text === null ? 0 : 1) - (b.text === null ? 0 : 1)
  const type = table.types.get(column)
  if (isText(type)) return compareWeights(a.weight, b.weight, table.blanks.get(column))
  if (/int|decimal/.test(type)) {
    const [x, y] = [BigInt(a.text), BigInt(b.text)]
    return x < y ? -1 : x > y ? 1 : 0
  }
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0
}

export const valueOf = (row, column) => ({ text: row.cells.get(column), weight: row.weights.get(column) })
