/* token: only our own tokens pass the gate, whole and in time; and keys are looked after. */
#include "auth/token.h"

#include "auth/keys.h"
#include "base/arena.h"
#include "base/encode.h"
#include "unit/test.h"
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/dossier-keys-XXXXXX";
static struct arena *arena;
static const struct keys *keys;

enum { NOW = 1700000000 };

static struct claims good_claims(void)
{
    return (struct claims){
        .user_id = 42,
        .kind = VIEWER_PARTNER,
        .scope_id = 7,
        .rights_version = 3,
        .rights = 0x800000000000000fULL,
        .session = STR("00112233445566778899aabbccddeeff"),
        .client_id = STR(""),
        .issued_at = NOW,
        .expires_at = NOW + 600,
    };
}

static bool passes_at(struct str token, int64_t now)
{
    struct claims claims;
    const char *reason;
    return token_read(&claims, arena, keys, token, now, &reason) == STATUS_OK;
}

static bool passes(struct str token)
{
    return passes_at(token, NOW);
}

static void test_good_token(void)
{
    struct claims given = good_claims(), claims;
    const char *reason;
    struct str token = token_write(arena, keys, &given);
    TEST("our token passes", token_read(&claims, arena, keys, token, NOW, &reason) == STATUS_OK);
    TEST("it says whose it is",
         claims.user_id == 42 && claims.kind == VIEWER_PARTNER && claims.scope_id == 7);
    TEST("it says what they may do", claims.rights == given.rights && claims.rights_version == 3);
    TEST_TEXT("it names its session", claims.session, given.session);
    TEST("it is shorter than 1,000 bytes", token.len < 1000);
    TEST("it passes in its last second", passes_at(token, NOW + 599));
    TEST("it does not pass when it ends", !passes_at(token, NOW + 600));
    TEST("it does not pass a year later", !passes_at(token, NOW + 365 * 86400));
    TEST("a clock that is 30 seconds behind is forgiven", passes_at(token, NOW - 30));
    TEST("a clock that is a minute behind is not", !passes_at(token, NOW - 60));
}

/* Every bit of it. */
static void test_tampering(void)
{
    struct claims claims = good_claims();
    struct str token = token_write(arena, keys, &claims);
    unsigned accepted = 0;
    for (size_t bit = 0; bit < token.len * 8; bit++) {
        struct str copy = str_copy(arena, token);
        ((char *)copy.at)[bit / 8] ^= (char)(1 << (bit % 8));
        accepted += passes(copy);
    }
    TEST("no token with one bit flipped passes", accepted == 0);
}

/* A token of these parts, signed with that key in the way that HS256 does. */
static struct str forge(const char *header, const char *payload, const void *key, size_t key_len)
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    struct str text = str_printf(arena, "%s.%s", base64url_encode(arena, str_of(header)).at,
                                 base64url_encode(arena, str_of(payload)).at);
    crypto_auth_hmacsha256_init(&state, key, key_len);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)text.at, text.len);
    crypto_auth_hmacsha256_final(&state, mac);
    return str_printf(
        arena, STR_FMT "." STR_FMT, STR_ARG(text),
        STR_ARG(base64url_encode(arena, (struct str){(const char *)mac, sizeof(mac)})));
}

static const char *our_header(void)
{
    struct str header;
    base64url_decode(arena, keys->list[0].header, &header);
    return str_copy(arena, header).at;
}

static struct str forge_claims(const char *payload)
{
    return forge(our_header(), payload, keys->list[0].secret, KEY_BYTES);
}

#define REST                                                                                   \
    "\"sub\":\"42\",\"rights\":\"f\",\"sid\":\"\",\"client\":\"\",\"iat\":1700000000,\"nbf\":" \
    "1700000000,\"rv\":3,"                                                                     \
    "\"scope\":0"
#define GOOD \
    "{\"iss\":\"dossier\",\"aud\":\"operator\",\"use\":\"access\",\"exp\":1700000600," REST "}"

static void test_headers(void)
{
    const void *key = keys->list[0].secret;
    TEST("the forger's own tool makes tokens that pass", passes(forge_claims(GOOD)));
    TEST("alg none does not pass", !passes(forge("{\"alg\":\"none\"}", GOOD, key, KEY_BYTES)));
    TEST("a plain HS256 header without our key's name does not pass",
         !passes(forge("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", GOOD, key, KEY_BYTES)));
    TEST("our header in another order does not pass",
         !passes(forge(str_printf(arena, "{\"typ\":\"JWT\",\"kid\":\"%s\",\"alg\":\"HS256\"}",
                                  keys->list[0].name)
                           .at,
                       GOOD, key, KEY_BYTES)));
    TEST("an empty key does not pass", !passes(forge(our_header(), GOOD, "", 0)));
    TEST("another key does not pass",
         !passes(forge(our_header(), GOOD, "01234567890123456789012345678901", 32)));
    TEST("an empty signature does not pass",
         !passes(str_printf(arena, STR_FMT ".e30.", STR_ARG(keys->list[0].header))));
}

static void test_claims(void)
{
    TEST(
        "a refresh token is not an access token",
        !passes(forge_claims(
            "{\"iss\":\"dossier\",\"aud\":\"operator\",\"use\":\"refresh\",\"exp\":1700000600," REST
            "}")));
    TEST("another issuer does not pass",
         !passes(forge_claims(
             "{\"iss\":\"other\",\"aud\":\"operator\",\"use\":\"access\",\"exp\":1700000600," REST
             "}")));
    TEST("a list of audiences does not pass",
         !passes(forge_claims("{\"iss\":\"dossier\",\"aud\":[\"operator\"],\"use\":\"access\","
                              "\"exp\":1700000600," REST "}")));
    TEST("an unknown audience does not pass",
         !passes(forge_claims(
             "{\"iss\":\"dossier\",\"aud\":\"root\",\"use\":\"access\",\"exp\":1700000600," REST
             "}")));
    TEST("no end does not pass",
         !passes(forge_claims("{\"iss\":\"dossier\",\"aud\":\"operator\",\"use\":\"access\"," REST
                              "}")));
    TEST("an end in a string does not pass",
         !passes(forge_claims("{\"iss\":\"dossier\",\"aud\":\"operator\",\"use\":\"access\","
                              "\"exp\":\"1700000600\"," REST "}")));
    TEST("an end of 1e30 does not pass",
         !passes(forge_claims(
             "{\"iss\":\"dossier\",\"aud\":\"operator\",\"use\":\"access\",\"exp\":1e30," REST
             "}")));
    TEST("a negative end does not pass",
         !passes(forge_claims(
             "{\"iss\":\"dossier\",\"aud\":\"operator\",\"use\":\"access\",\"exp\":-1," REST "}")));
    TEST("a doubled claim does not pass",
         !passes(forge_claims("{\"iss\":\"dossier\",\"aud\":\"operator\",\"use\":\"access\","
                              "\"exp\":1700000600,\"sub\":\"1\"," REST "}")));
    TEST("claims in an array do not pass", !passes(forge_claims("[1]")));
    TEST("no claims do not pass", !passes(forge_claims("{}")));
}

static void test_shapes(void)
{
    static char text[5000];
    static const char *const shapes[] = {"",       ".",       "..",           "...",
                                         ".e30.",  "a.b.c",   "a.b.c.d",      " a.b.c",
                                         "a.b.c=", "a b.c.d", "\xc3\xa4.b.c", "%61.b.c"};
    unsigned accepted = 0;
    for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
        accepted += passes(str_of(shapes[i]));
    TEST("what has not the shape of a token does not pass", accepted == 0);
    memset(text, 'a', sizeof(text));
    memcpy(text, keys->list[0].header.at, keys->list[0].header.len);
    text[keys->list[0].header.len] = '.';
    text[4500] = '.';
    TEST("5,000 bytes do not pass", !passes((struct str){text, sizeof(text)}));
    TEST("nothing does not pass", !passes((struct str){0}));
}

static void test_keys(void)
{
    struct str problem = {0};
    const char *path = str_printf(arena, "%s/token.key", folder).at;
    const char *previous = str_printf(arena, "%s/previous.key", folder).at;
    struct stat info;
    struct claims claims = good_claims();
    struct str token = token_write(arena, keys, &claims);

    TEST("the key is for its owner only", stat(path, &info) == 0 && (info.st_mode & 0777) == 0600);
    const struct keys *again = keys_open(arena, folder, &problem);
    const struct keys *first = keys;
    keys = again;
    TEST("a second start uses the same key", again != NULL && passes(token));
    TEST("a key that others can read is refused",
         chmod(path, 0644) == 0 && keys_open(arena, folder, &problem) == NULL);
    TEST("a key that is cut is refused", chmod(path, 0600) == 0 && truncate(path, 31) == 0 &&
                                             keys_open(arena, folder, &problem) == NULL);
    TEST("the reason says what to do", strstr(problem.at, "32 bytes") != NULL);
    int fd = open(path, O_WRONLY | O_TRUNC);
    TEST("the key is put back",
         write(fd, first->list[0].secret, KEY_BYTES) == KEY_BYTES && close(fd) == 0);

    TEST("a key is replaced", rename(path, previous) == 0);
    keys = keys_open(arena, folder, &problem);
    TEST("tokens of the previous key pass still",
         keys != NULL && keys->count == 2 && passes(token));
    struct str fresh = token_write(arena, keys, &claims);
    TEST("fresh tokens are made with the fresh key",
         !str_starts(fresh, first->list[0].header) && passes(fresh));
    TEST("the previous key is thrown away", unlink(previous) == 0);
    keys = keys_open(arena, folder, &problem);
    TEST("its tokens do not pass any more", keys != NULL && !passes(token) && passes(fresh));
    unlink(path);
}

int main(void)
{
    struct str problem = {0};
    arena = arena_create();
    if (sodium_init() < 0 || mkdtemp(folder) == NULL)
        abort();
    keys = keys_open(arena, folder, &problem);
    if (!TEST("a first key is made", keys != NULL))
        return test_end();
    test_good_token();
    test_tampering();
    test_headers();
    test_claims();
    test_shapes();
    test_keys();
    rmdir(folder);
    arena_destroy(arena);
    return test_end();
}
