/* status: what the codes are called. */
#include "status.h"

const char *status_code(enum status status)
{
    static const char *const codes[] = {
#define X(name, code, meaning) code,
        STATUS_LIST(X)
#undef X
    };
    return codes[status];
}

const char *status_meaning(enum status status)
{
    static const char *const meanings[] = {
#define X(name, code, meaning) meaning,
        STATUS_LIST(X)
#undef X
    };
    return meanings[status];
}
