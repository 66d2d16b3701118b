/* stand: statements that read how so many things stand, by their keys. */
#include "resolvers/stand.h"

#include "base/buf.h"
#include <string.h>

struct str stand_sql(struct arena *arena, const char *above, uint32_t count, const char *below)
{
    struct buf sql;
    buf_init(&sql, arena, strlen(above) + strlen(below) + 3 * (size_t)count);
    buf_add(&sql, str_of(above));
    for (uint32_t i = 0; i < count; i++)
        buf_add(&sql, i == 0 ? STR("?") : STR(", ?"));
    buf_add(&sql, str_of(below));
    return buf_str(&sql);
}
