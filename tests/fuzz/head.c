/* head: whatever the bytes, a verdict; and what passes has one Host and one way to know its length. */
#define _GNU_SOURCE /* memmem */
#include "http/head.h"

#include <stdlib.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Counted in another way than head.c does: lines that begin with the name and a colon. */
static unsigned count(struct str head, const char *name)
{
    unsigned found = 0;
    size_t len = strlen(name);
    for (size_t at = 0; at + len < head.len; at++)
        if (at > 0 && head.at[at - 1] == '\n' && strncasecmp(head.at + at, name, len) == 0 &&
            head.at[at + len] == ':')
            found++;
    return found;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size);
    if (size > 0)
        memcpy(text, data, size);
    struct str input = {.at = text, .len = size};
    struct head_problem problem = head_check(input);
    if ((problem.http_status == 0) != (problem.message == NULL))
        abort();
    if (problem.http_status == 0) {
        const char *end = memmem(text, size, "\r\n\r\n", 4);
        if (end == NULL)
            abort();
        struct str head = {.at = text, .len = (size_t)(end - text) + 2};
        unsigned lengths = count(head, "content-length");
        unsigned encodings = count(head, "transfer-encoding");
        if (count(head, "host") != 1 || lengths + encodings > 1)
            abort();
    }
    free(text);
    return 0;
}
