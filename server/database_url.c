/* database_url: where a database is, as one line. */
#include "database_url.h"

#include "base/arena.h"
#include <ctype.h>
#include <stdlib.h>

static const char form[] =
    "the database must be given as mariadb://user:password@host:port/name or "
    "mariadb://user:password@/name?socket=/path";

/* Cuts what stands before the separator off *rest; the whole when there is none and it may be
 * missing. */
static bool cut(struct str *rest, char separator, struct str *part)
{
    const char *end = memchr(rest->at, separator, rest->len);
    if (end == NULL)
        return false;
    *part = (struct str){.at = rest->at, .len = (size_t)(end - rest->at)};
    rest->len -= part->len + 1;
    rest->at = end + 1;
    return true;
}

static int digit(char c)
{
    return isdigit((unsigned char)c)    ? c - '0'
           : isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10
                                        : -1;
}

/* NULL: a percent sign without two digits, or a NUL. */
static const char *decode(struct arena *arena, struct str text)
{
    char *out = arena_text(arena, text.len + 1), *to = out;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '%') {
            *to++ = text.at[i];
            continue;
        }
        int high = i + 2 < text.len ? digit(text.at[i + 1]) : -1;
        int low = i + 2 < text.len ? digit(text.at[i + 2]) : -1;
        if (high < 0 || low < 0 || high + low == 0)
            return NULL;
        *to++ = (char)(high * 16 + low);
        i += 2;
    }
    *to = '\0';
    return out;
}

static bool read_place(struct database_address *address, struct arena *arena, struct str place,
                       struct str socket)
{
    struct str host;
    address->port = 3306;
    if (socket.at != NULL) {
        address->socket = decode(arena, socket);
        return (place.len == 0 || str_is(place, "localhost")) && address->socket != NULL &&
               address->socket[0] == '/';
    }
    if (cut(&place, ':', &host)) {
        address->port = (unsigned)strtoul(str_copy(arena, place).at, NULL, 10);
        place = host;
    }
    address->host = decode(arena, place);
    return place.len > 0 && address->host != NULL && address->port > 0 && address->port < 65536;
}

bool database_url_read(struct database_address *address, struct arena *arena, struct str url,
                       struct str *problem)
{
    struct str scheme, credentials, user, place, name, socket = {0}, rest = url;
    *address = (struct database_address){0};
    *problem = str_of(form);
    if (!cut(&rest, '/', &scheme) || !str_is(scheme, "mariadb:") || rest.len == 0 ||
        rest.at[0] != '/')
        return false;
    rest.at++, rest.len--;
    if (!cut(&rest, '@', &credentials) || !cut(&rest, '/', &place))
        return false;
    name = rest;
    if (cut(&rest, '?', &name)) {
        if (!str_starts(rest, STR("socket=")))
            return false;
        socket = (struct str){.at = rest.at + 7, .len = rest.len - 7};
    }
    if (cut(&credentials, ':', &user)) {
        address->password = decode(arena, credentials);
        if (address->password == NULL)
            return false;
    } else {
        user = credentials;
    }
    address->user = decode(arena, user);
    address->name = decode(arena, name);
    return address->user != NULL && user.len > 0 && address->name != NULL && name.len > 0 &&
           read_place(address, arena, place, socket);
}
