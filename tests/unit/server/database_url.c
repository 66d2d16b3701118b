/* database_url: addresses of databases that can be used, and those that cannot. */
#include "database_url.h"

#include "base/arena.h"
#include "unit/test.h"

static struct arena *arena;
static struct database_address address;

static bool reads(const char *url)
{
    struct str problem = {0};
    bool read = database_url_read(&address, arena, str_of(url), &problem);
    return read;
}

static bool is(const char *text, const char *wanted)
{
    return text != NULL && strcmp(text, wanted) == 0;
}

int main(void)
{
    arena = arena_create();
    TEST("a full address is read", reads("mariadb://anna:secret@10.0.0.1:3307/care"));
    TEST("with its parts", is(address.user, "anna") && is(address.password, "secret") &&
                               is(address.host, "10.0.0.1") && address.port == 3307 &&
                               is(address.name, "care") && address.socket == NULL);
    TEST("the port may be left out",
         reads("mariadb://anna:secret@db/care") && address.port == 3306);
    TEST("the password may be left out",
         reads("mariadb://anna@db/care") && address.password == NULL);
    TEST("odd characters are percent-encoded", reads("mariadb://an%40na:s%2Fe%3a@db/care") &&
                                                   is(address.user, "an@na") &&
                                                   is(address.password, "s/e:"));
    TEST("a socket may stand for the host",
         reads("mariadb://anna@/care?socket=/run/mysqld/mysqld.sock") &&
             is(address.socket, "/run/mysqld/mysqld.sock") && address.host == NULL);

    TEST("another scheme is refused", !reads("mysql://anna@db/care"));
    TEST("no user is refused", !reads("mariadb://db/care") && !reads("mariadb://@db/care"));
    TEST("no name is refused", !reads("mariadb://anna@db") && !reads("mariadb://anna@db/"));
    TEST("no host is refused", !reads("mariadb://anna@/care"));
    TEST("a host and a socket are refused", !reads("mariadb://anna@db/care?socket=/s"));
    TEST("but for localhost, as other programs write it",
         reads("mariadb://anna@localhost/care?socket=/s") && is(address.socket, "/s"));
    TEST("a relative socket is refused", !reads("mariadb://anna@/care?socket=s"));
    TEST("an unknown setting is refused", !reads("mariadb://anna@db/care?ssl=1"));
    TEST("port 0 is refused", !reads("mariadb://anna@db:0/care"));
    TEST("port 65536 is refused", !reads("mariadb://anna@db:65536/care"));
    TEST("a port in words is refused", !reads("mariadb://anna@db:x/care"));
    TEST("a cut percent sign is refused", !reads("mariadb://an%4@db/care"));
    TEST("an encoded NUL is refused", !reads("mariadb://an%00a@db/care"));
    TEST("nothing is refused", !reads("") && !reads("/") && !reads("mariadb:"));

    struct str problem = {0};
    database_url_read(&address, arena, STR("mysql://anna:secret@db/care"), &problem);
    TEST("the password is not repeated", problem.len > 0 && strstr(problem.at, "secret") == NULL);
    arena_destroy(arena);
    return test_end();
}
