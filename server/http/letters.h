/* letters: /letters/ID.pdf, a message as a PDF. */
#pragma once

#include <h2o.h>

void letters_answer(h2o_req_t *req);
