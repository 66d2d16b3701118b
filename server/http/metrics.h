/* metrics: /metrics, for Prometheus, and what is counted of HTTP itself.
 *
 * Numbers of the whole server and nothing about anybody. Who may ask is a setting: programs on this
 * machine that do not come through a proxy, operators with the right for it, or nobody.
 */
#pragma once

#include <h2o.h>
#include <stdint.h>

struct buf;

enum { ANSWER_KINDS = 64 };

/* Answers of one route with one status. */
struct answer_count {
    const char *route;
    int status;
    uint64_t count;
};

/* What one lane counted; the lane alone writes it. */
struct http_numbers {
    uint32_t kinds; /* of answers; the last of them is for all there is no room for */
    struct answer_count answers[ANSWER_KINDS];
    uint64_t connections;
};

/* Counts the answers of these paths; `route_of` gives a constant for each route. */
void metrics_register(h2o_pathconf_t *paths, const char *(*route_of)(h2o_req_t *req),
                      struct http_numbers *(*numbers_of)(h2o_req_t *req));

void metrics_answer(h2o_req_t *req);
