/* exports: /export, a list of the account as a file for spreadsheets. */
#pragma once

#include <h2o.h>

void exports_answer(h2o_req_t *req);
