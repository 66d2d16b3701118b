/* viewer: who is asking, as far as deciding what they may see goes. Made from a verified token. */
#pragma once

#include "str.h"

enum viewer_kind {
    VIEWER_OPERATOR, /* sees every customer */
    VIEWER_PARTNER,  /* sees customers of the partners below scope_path */
    VIEWER_CUSTOMER, /* sees the customer scope_id */
};

struct viewer {
    enum viewer_kind kind;
    int64_t user_id;       /* user_account.id */
    int64_t scope_id;      /* partner.id or customer.id; 0 for the operator */
    struct str scope_path; /* partner.path, for example /1/7/ ; empty for others */
    struct str roles;      /* ids of roles between commas: ,1,7, ; empty: none are known */
    int64_t team_id;       /* team.id: whose tickets they work off; 0: of no team */
    uint64_t rights;       /* a bit per tab and level; right_definition.bit */
    struct str login;
    struct str name;
    struct str language; /* BCP 47 */
    int64_t expires_at;  /* seconds since 1970 */
};
