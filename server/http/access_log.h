/* access_log: one line of JSON per answer, without anything about the person who asked.
 *
 * Neither addresses nor ids nor query strings: the route, the status, how much and how long. Lines
 * are gathered and appended a few times a second; the file is opened each time, so it can be moved
 * away.
 */
#pragma once

#include <h2o.h>

struct access_log;
struct loop;

/* For one loop. */
struct access_log *access_log_create(struct loop *loop, const char *path);

/* Writes what was gathered. */
void access_log_destroy(struct access_log *log);

/* Logs the answers of these paths; `route_of` names the route of a request, `log_of` finds the log,
 * which may be NULL. */
void access_log_register(h2o_pathconf_t *paths, const char *(*route_of)(h2o_req_t *req),
                         struct access_log *(*log_of)(h2o_req_t *req));
