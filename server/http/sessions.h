/* sessions: /auth/login, /auth/refresh, /auth/logout and, for client programs, /auth/token. */
#pragma once

#include <h2o.h>

void sessions_login(h2o_req_t *req);
void sessions_refresh(h2o_req_t *req);
void sessions_logout(h2o_req_t *req);
void sessions_token(h2o_req_t *req);
