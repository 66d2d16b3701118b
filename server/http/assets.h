/* assets: the built app, held in memory: every file that may be served, and nothing else.
 *
 * Read once at start, so no request ever touches the file system: there is no path to escape
 * through and no symbolic link to follow. A file beside which FILE.br or FILE.gz lies is served
 * compressed.
 */
#pragma once

#include "base/str.h"
#include <h2o.h>

struct arena;
struct assets;

/* NULL: it is not a built app, with the reason in *problem. */
const struct assets *assets_load(struct arena *arena, const char *folder, struct str *problem);

/* Answers with the file, or with the app's page for addresses that the app itself understands. */
void assets_answer(const struct assets *assets, h2o_req_t *req);
