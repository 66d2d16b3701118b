/* database_url: where a database is, as one line: mariadb://user:password@host:port/name, or with
 * ?socket=/path/of/socket instead of host and port. User and password may be percent-encoded. */
#pragma once

#include "mariadb/database.h"

/* Texts go into the arena. False with the reason in *problem, which never repeats the password. */
bool database_url_read(struct database_address *address, struct arena *arena, struct str url,
                       struct str *problem);
