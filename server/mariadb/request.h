/* request: prepared statements to be executed, as the bytes of one burst. */
#pragma once

#include "base/cell.h"
#include "base/status.h"
#include <stddef.h>

struct statement;

struct request {
    unsigned char *bytes;
    size_t len, size;
};

/* Appends one EXECUTE. The statement remembers which types it was sent with: they are sent again
 * only when they change. STATUS_INTERNAL: there are more or fewer parameters than question marks,
 * or one that cannot be sent; STATUS_LIMIT: together they are longer than a packet may be. */
enum status request_add(struct request *request, struct statement *statement,
                        const struct cell *parameters, uint32_t parameter_count);

void request_clear(struct request *request);
void request_free(struct request *request);
