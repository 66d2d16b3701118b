/* user: somebody who may sign in, made on the command line. */
#pragma once

#include "base/status.h"
#include "base/str.h"
#include <stdint.h>

struct chore;

struct new_user {
    struct str login;
    struct str role;    /* role.name: administrator, agent, partner … */
    int64_t partner_id; /* whose rows they see, with those of partners below; 0: an operator's user,
                           all */
};

/* Makes the user, or gives one of that login this role alone and a new password, which ends what
 * they are signed in to. The password is made up and comes back; nobody can read it again. */
enum status user_make(struct chore *chore, const struct new_user *user, struct str *password);
