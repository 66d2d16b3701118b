/* timing: what an answer took, for its client: the header Server-Timing.
 *
 * Written digit by digit: it is on every answer, and printf would be the dearest part of a small
 * one.
 */
#include "http/timing.h"

#include "http/reply.h"
#include "run/call.h"

enum { TEXT_BYTES = 192, NANOSECONDS_PER_US = 1000, DECIMALS = 3 };

static char *add_milliseconds(char *to, uint64_t microseconds)
{
    char digits[24];
    int count = 0;
    while (microseconds > 0 || count <= DECIMALS) {
        digits[count++] = (char)('0' + microseconds % 10);
        microseconds /= 10;
    }
    while (count > 0) {
        if (count == DECIMALS)
            *to++ = '.';
        *to++ = digits[--count];
    }
    return to;
}

static char *add_part(char *to, struct str name, uint64_t nanoseconds)
{
    if (nanoseconds == 0)
        return to;
    memcpy(to, name.at, name.len);
    return add_milliseconds(to + name.len, nanoseconds / NANOSECONDS_PER_US);
}

void timing_header(h2o_req_t *req, const struct call_times *times)
{
    char *text = h2o_mem_alloc_pool(&req->pool, TEXT_BYTES), *end = text;
    end = add_part(end, STR("total;dur="), times->total);
    end = add_part(end, STR(", parse;dur="), times->compile[0]);
    end = add_part(end, STR(", validate;dur="), times->compile[1]);
    end = add_part(end, STR(", plan;dur="), times->compile[2]);
    end = add_part(end, STR(", sql;dur="), times->sql);
    end = add_part(end, STR(", write;dur="), times->write);
    reply_header(req, "server-timing", (struct str){.at = text, .len = (size_t)(end - text)});
}
