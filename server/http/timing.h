/* timing: what an answer took, for its client: the header Server-Timing. */
#pragma once

#include <h2o.h>

struct call_times;

/* Milliseconds of each part that took any. */
void timing_header(h2o_req_t *req, const struct call_times *times);
