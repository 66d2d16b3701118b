// ticket_work: which tickets somebody has to work on, said once more from the columns that people write.

export const worked = ['ACKNOWLEDGED', 'IN_PROGRESS', 'PENDING', 'HELD']

const nobody = 0, unknown = -1

// Whose work it is; null: nobody's, since there is nothing to do.
function workUserOf(cells) {
  if (cells.get('is_open') !== '1' || cells.get('status') === 'RESOLVED' || cells.get('sub_status') === 'DRAFT') return null
  return cells.get('assignee_name') === null ? nobody : Number(cells.get('assignee_id') ?? unknown)
}

const isOverdue = (due) => due !== null && due < new Date().toISOString().replace('T', ' ')

export function workOf(rows, { teamId, holder, overdue }, viewer) {
  const says = (given) => given !== undefined && given !== null
  return rows.filter(({ cells }) => {
    const user = workUserOf(cells)
    return user !== null && (!says(teamId) || Number(cells.get('team_id')) === Number(teamId)) &&
      (!says(holder) || user === (holder === 'NOBODY' ? nobody : Number(viewer.id))) &&
      (!says(overdue) || isOverdue(cells.get('next_due_at')) === overdue)
  })
}

export function assigneesOf(world, rows, ticket, viewer) {
  const found = ticket?.type === 'TroubleTicket' && viewer.kind === 'OPERATOR' && world.table('trouble_ticket').rows.find(({ cells }) => cells.get('id') === ticket.key)
  return rows.filter(({ cells }) => found && cells.get('state') === 'ACTIVE' && cells.get('team_id') === found.cells.get('team_id'))
}

// Words for who asks for what cannot be a list of work.
export function workProblem({ teamId, holder, status }) {
  const says = (given) => given !== undefined && given !== null
  if (!says(teamId) && !says(holder)) return 'Say whose tickets: those of a team ("teamId"), or nobody\'s or your own ("holder").'
  if (says(teamId) && !/^\d{1,18}$/.test(teamId)) return '"teamId" takes the id of a team, as "teams" gives it.'
  return says(status) && !worked.includes(status) ? 'Nobody has to work on what is resolved or settled: look in the account of its customer.' : undefined
}
