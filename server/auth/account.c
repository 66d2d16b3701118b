/* account: a row of user_account with what decides about its holder. */
#include "auth/account.h"

static bool read_kind(struct str text, enum viewer_kind *kind)
{
    static const struct {
        const char *text;
        enum viewer_kind kind;
    } kinds[] = {
        {"OPERATOR", VIEWER_OPERATOR},
        {"PARTNER", VIEWER_PARTNER},
        {"CUSTOMER", VIEWER_CUSTOMER},
    };
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (str_is(text, kinds[i].text)) {
            *kind = kinds[i].kind;
            return true;
        }
    }
    return false;
}

static bool is_integer(const struct cell *cell)
{
    return cell->kind == CELL_INT || cell->kind == CELL_UINT;
}

bool account_read(struct account *account, const struct cell *cells)
{
    if (!is_integer(&cells[0]) || !is_integer(&cells[3]) || !is_integer(&cells[4]) ||
        !is_integer(&cells[10]) || !is_integer(&cells[12]))
        return false;
    *account = (struct account){
        .id = cells[0].integer,
        .active = str_is(cell_str(&cells[2]), "ACTIVE"),
        .rights_version = cells[3].integer,
        .scope_id = cells[4].integer,
        .scope_path = cell_str(&cells[5]),
        .login = cell_str(&cells[6]),
        .name = cell_str(&cells[7]),
        .language = cell_str(&cells[8]),
        .password_hash = cell_str(&cells[9]),
        .rights = (uint64_t)cells[10].integer,
        .roles = cell_str(&cells[11]),
        .team_id = cells[12].integer,
    };
    return read_kind(cell_str(&cells[1]), &account->kind);
}
