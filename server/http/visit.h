/* visit: a request that is answered later, and whose client may be gone by then.
 *
 * libh2o disposes of a request when it likes; nothing may keep a pointer to it. A visit holds a
 * weak one and an arena with everything the work needs. Whoever is done asks visit_answer() for the
 * request: the arena then lives until the answer is sent, or is gone already because nobody waits
 * any more.
 */
#pragma once

#include <h2o.h>

struct arena;
struct visit;

/* on_gone is called when the client leaves before visit_answer(); the arena is still there then. */
struct visit *visit_begin(h2o_req_t *req, struct arena *arena, void (*on_gone)(void *context),
                          void *context);

/* The request as long as its client is there, else NULL. */
h2o_req_t *visit_request(const struct visit *visit);

/* Once, on the loop's thread. NULL: the client is gone, and so is the arena. */
h2o_req_t *visit_answer(struct visit *visit);
