/* resets: /auth/reset/look and /auth/reset, for the page /reset that a link in a message leads to.
 */
#pragma once

#include <h2o.h>

void resets_look(h2o_req_t *req);
void resets_choose(h2o_req_t *req);
