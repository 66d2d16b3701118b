/* health: /healthz: 200 only when a query and the database are answered right now. */
#pragma once

#include <h2o.h>

struct health;
struct lane;

struct health *health_create(struct lane *lane);
void health_destroy(struct health *health);
void health_answer(h2o_req_t *req);
