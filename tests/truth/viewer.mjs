// viewer: who asks, and the tabs their screen is made of.

const nameOf = (right) => right.replace(/[A-Z]+$/, (level) => level.toLowerCase())

export function rightsOf(world, account) {
  const roles = world.table('user_role').rows.filter((row) => row.cells.get('user_account_id') === account.id).map((row) => row.cells.get('role_id'))
  const bits = world.table('role_right').rows.filter((row) => roles.includes(row.cells.get('role_id'))).map((row) => row.cells.get('bit'))
  return new Set(definitions(world).filter(({ bit }) => bits.includes(bit)).map(({ right }) => right))
}

const definitions = (world) =>
  world.table('right_definition').rows
    .map(({ cells }) => ({ bit: cells.get('bit'), right: `${cells.get('tab')}:${cells.get('level')}` }))
    .sort((a, b) => Number(a.bit) - Number(b.bit))

export function viewerOf(world, viewer, rights) {
  return {
    name: viewer.display_name,
    login: viewer.login,
    kind: viewer.kind,
    language: viewer.language,
    cells: new Map([['team_id', viewer.team_id]]),
    rights: definitions(world).filter(({ right }) => rights.has(right)).map(({ right }) => nameOf(right)),
  }
}

function titleOf(title, language) {
  return title[language] ?? title[language.slice(0, 2)] ?? title.en
}

// Released to everybody, in order, but for kinds of product that are not sold.
export function tabsOf(world, viewer, rights) {
  const releases = world.table('tab_release').rows.map(({ cells }) => cells)
    .filter((cells) => cells.get('audience') === 'EVERYONE' && cells.get('valid_to') === null)
    .sort((a, b) => Number(a.get('position')) - Number(b.get('position')) || (a.get('tab') < b.get('tab') ? -1 : 1))
  const sold = new Set(world.table('product_offering').rows.map(({ cells }) => cells.get('category')))
  const versions = world.table('tab_version').rows.map(({ cells }) => cells)
  return releases
    .map((release) => versions.find((cells) => cells.get('tab') === release.get('tab') && cells.get('number') === release.get('number')))
    .filter((version) => definitions(world).some(({ bit, right }) => bit === version.get('bit') && rights.has(right)))
    .map((version) => ({
      key: version.get('tab'),
      title: titleOf(JSON.parse(version.get('title')), viewer.language),
      version: Number(version.get('number')),
      icon: version.get('icon'),
      onlyFor: JSON.parse(version.get('only_for') ?? '[]'),
      layout: JSON.parse(version.get('layout')),
    }))
    .filter(({ onlyFor }) => onlyFor.length === 0 || onlyFor.some((kind) => sold.has(kind)))
}

// Those for a customer: a tab for kinds of product needs one that is held.
export const tabsFor = (tabs, row) =>
  tabs.filter(({ onlyFor }) => onlyFor.length === 0 || onlyFor.some((kind) => Number(row.cells.get(`${kind.toLowerCase()}_count`)) > 0))
