/* account: a row of user_account with what decides about its holder: state, scope and rights.
 *
 * The same columns are read at sign-in (a worker, waiting) and again and again while a token is in
 * use (an event loop, not waiting), so both share the text and the reading of a row.
 */
#pragma once

#include "base/cell.h"
#include "base/viewer.h"

enum { ACCOUNT_WIDTH = 13 };

/* `u` is user_account. Users of a partner carry its path, others an empty one. */
#define ACCOUNT_COLUMNS                                                                   \
    "u.id, u.kind, u.state, u.rights_version, COALESCE(u.customer_id, u.partner_id, 0), " \
    "COALESCE(p.path, ''), "                                                              \
    "u.login, u.display_name, u.language, COALESCE(u.password_hash, ''), "                \
    "(SELECT CAST(COALESCE(BIT_OR(1 << rr.bit), 0) AS UNSIGNED) FROM user_role ur JOIN "  \
    "role_right rr ON rr.role_id = ur.role_id "                                           \
    "WHERE ur.user_account_id = u.id), "                                                  \
    "COALESCE((SELECT CONCAT(',', GROUP_CONCAT(ur.role_id ORDER BY ur.role_id), ',') "    \
    "FROM user_role ur WHERE ur.user_account_id = u.id), ''), COALESCE(u.team_id, 0)"
#define ACCOUNT_TABLES "user_account u LEFT JOIN partner p ON p.id = u.partner_id"

struct account {
    int64_t id;
    enum viewer_kind kind;
    bool active;
    int64_t rights_version;
    int64_t scope_id;
    struct str scope_path;
    struct str login;
    struct str name;
    struct str language;
    struct str password_hash; /* empty: none */
    uint64_t rights;
    struct str roles; /* as a viewer has them */
    int64_t team_id;  /* 0: of no team */
};

/* Text stays where the cells' text is. False when the row is not such a row: our own mistake. */
bool account_read(struct account *account, const struct cell *cells);
