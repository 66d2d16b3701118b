// asking: tokens of people who may ask what they like, for as long as tests need it: customers in self-care may not.
//
// To be called within tests, so that those before and after see everybody as they are.
import { signIn, sql } from './client.mjs'

const roles = (login) => `SELECT r.role_id FROM user_role AS r JOIN user_account AS u ON u.id = r.user_account_id WHERE u.login = '${login}'`
const right = "SELECT bit FROM right_definition WHERE tab = 'explorer' AND level = 'READ'"
const lent = new Set()

export async function tokenOfAsking(login) {
  const missing = sql(`SELECT COUNT(*) FROM role_right WHERE role_id IN (${roles(login)}) AND bit = (${right})`) === '0'
  if (missing) {
    sql(`INSERT INTO role_right (role_id, bit) SELECT role_id, (${right}) FROM (${roles(login)} LIMIT 1) AS r`)
    lent.add(login)
  }
  return (await signIn(login)).token
}

// In the last test of a file.
export function endAsking() {
  for (const login of lent) sql(`DELETE FROM role_right WHERE role_id IN (${roles(login)}) AND bit = (${right})`)
  lent.clear()
}
