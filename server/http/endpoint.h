/* endpoint: /graphql. */
#pragma once

#include <h2o.h>

void endpoint_answer(h2o_req_t *req);
