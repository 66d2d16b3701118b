/* engine_metrics: what all loops of an engine counted, told to Prometheus. */
#pragma once

struct buf;
struct engine;

/* From any thread. */
void engine_tell_metrics(struct engine *engine, struct buf *out);
