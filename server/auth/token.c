/* token: access tokens behind a gate. */
#include "auth/token.h"

#include "auth/keys.h"
#include "base/arena.h"
#include "base/encode.h"
#include <ctype.h>
#include <jansson.h>
#include <jwt.h>
#include <sodium.h>
#include <stdlib.h>

static const char issuer[] = "dossier";
static const char use_access[] = "access";
static const char *const audiences[] = {
    [VIEWER_OPERATOR] = "operator",
    [VIEWER_PARTNER] = "partner",
    [VIEWER_CUSTOMER] = "customer",
};

/* ---- writing ---- */

/* Anything that fails here is our own mistake or the end of memory. */
static void must(int problem)
{
    if (problem != 0)
        abort();
}

static struct str encode(struct arena *arena, const struct key *key, const char *claims)
{
    jwt_t *jwt = NULL;
    must(jwt_new(&jwt));
    must(jwt_add_header(jwt, "kid", key->name));
    must(jwt_set_alg(jwt, JWT_ALG_HS256, key->secret, KEY_BYTES));
    if (claims != NULL)
        must(jwt_add_grants_json(jwt, claims));
    char *text = jwt_encode_str(jwt);
    must(text == NULL);
    struct str token = str_copy(arena, str_of(text));
    free(text);
    jwt_free(jwt);
    return token;
}

struct str token_header(struct arena *arena, const struct key *key)
{
    struct str token = encode(arena, key, NULL);
    token.len = (size_t)(strchr(token.at, '.') - token.at);
    return token;
}

struct str token_write(struct arena *arena, const struct keys *keys, const struct claims *claims)
{
    char rights[17];
    snprintf(rights, sizeof(rights), "%016llx", (unsigned long long)claims->rights);
    json_t *json = json_pack(
        "{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:s, s:I, s:I, s:s%, s:s%}", "iss", issuer, "aud",
        audiences[claims->kind], "use", use_access, "sub",
        str_printf(arena, "%lld", (long long)claims->user_id).at, "iat",
        (json_int_t)claims->issued_at, "nbf", (json_int_t)claims->issued_at, "exp",
        (json_int_t)claims->expires_at, "rights", rights, "rv", (json_int_t)claims->rights_version,
        "scope", (json_int_t)claims->scope_id, "sid", claims->session.at, claims->session.len,
        "client", claims->client_id.at, claims->client_id.len);
    must(json == NULL);
    char *text = json_dumps(json, JSON_COMPACT);
    must(text == NULL);
    struct str token = encode(arena, &keys->list[0], text);
    free(text);
    json_decref(json);
    return token;
}

/* ---- the gate ---- */

static bool is_base64url(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!isalnum((unsigned char)s.at[i]) && s.at[i] != '-' && s.at[i] != '_')
            return false;
    return s.len > 0;
}

static bool split(struct str token, struct str *header, struct str *payload, struct str *signature)
{
    const char *first = memchr(token.at, '.', token.len), *end = token.at + token.len;
    const char *second = first == NULL ? NULL : memchr(first + 1, '.', (size_t)(end - first - 1));
    if (second == NULL)
        return false;
    *header = (struct str){.at = token.at, .len = (size_t)(first - token.at)};
    *payload = (struct str){.at = first + 1, .len = (size_t)(second - first - 1)};
    *signature = (struct str){.at = second + 1, .len = (size_t)(end - second - 1)};
    return is_base64url(*header) && is_base64url(*payload) && is_base64url(*signature);
}

static const struct key *key_of_header(const struct keys *keys, struct str header)
{
    for (size_t i = 0; i < keys->count; i++)
        if (str_equal(keys->list[i].header, header))
            return &keys->list[i];
    return NULL;
}

static bool signature_is_ours(struct arena *arena, struct str token, const struct key *key)
{
    jwt_t *jwt = NULL;
    struct str text = str_copy(arena, token);
    if (jwt_decode(&jwt, text.at, key->secret, KEY_BYTES) != 0 || jwt == NULL)
        return false;
    bool ours = jwt_get_alg(jwt) == JWT_ALG_HS256;
    jwt_free(jwt);
    return ours;
}

/* ---- the claims ---- */

static void release_json(void *json)
{
    json_decref(json);
}

static bool text_claim(const json_t *json, const char *name, struct str *out)
{
    const json_t *value = json_object_get(json, name);
    if (!json_is_string(value))
        return false;
    *out = (struct str){.at = json_string_value(value), .len = json_string_length(value)};
    return true;
}

static bool integer_claim(const json_t *json, const char *name, int64_t *out)
{
    const json_t *value = json_object_get(json, name);
    if (!json_is_integer(value))
        return false;
    *out = json_integer_value(value);
    return *out >= 0;
}

static bool number_text(struct str text, int base, uint64_t *out)
{
    char copy[24], *end;
    if (text.len == 0 || text.len >= sizeof(copy) || !isxdigit((unsigned char)text.at[0]))
        return false;
    memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    *out = strtoull(copy, &end, base);
    return *end == '\0';
}

static bool audience_kind(struct str audience, enum viewer_kind *kind)
{
    for (size_t i = 0; i < sizeof(audiences) / sizeof(audiences[0]); i++) {
        if (str_is(audience, audiences[i])) {
            *kind = (enum viewer_kind)i;
            return true;
        }
    }
    return false;
}

/* NULL when all is well, else what is wrong. Every claim must be there and of its type. */
static const char *read_claims(struct claims *claims, const json_t *json, int64_t now)
{
    struct str iss, aud, use, sub, rights;
    int64_t not_before;
    uint64_t user_id;

    if (!text_claim(json, "iss", &iss) || !text_claim(json, "aud", &aud) ||
        !text_claim(json, "use", &use) || !text_claim(json, "sub", &sub) ||
        !text_claim(json, "rights", &rights) || !text_claim(json, "sid", &claims->session) ||
        !text_claim(json, "client", &claims->client_id) ||
        !integer_claim(json, "iat", &claims->issued_at) ||
        !integer_claim(json, "nbf", &not_before) ||
        !integer_claim(json, "exp", &claims->expires_at) ||
        !integer_claim(json, "rv", &claims->rights_version) ||
        !integer_claim(json, "scope", &claims->scope_id))
        return "a claim is missing or of the wrong type";
    if (!str_is(iss, issuer) || !str_is(use, use_access) || !audience_kind(aud, &claims->kind))
        return "made for something else";
    if (!number_text(sub, 10, &user_id) || user_id > INT64_MAX ||
        !number_text(rights, 16, &claims->rights))
        return "a claim is not a number";
    claims->user_id = (int64_t)user_id;
    if (now >= claims->expires_at)
        return "expired";
    if (not_before > now + TOKEN_LEEWAY_SECONDS || claims->issued_at > now + TOKEN_LEEWAY_SECONDS)
        return "not valid yet";
    return NULL;
}

enum status token_read(struct claims *claims, struct arena *arena, const struct keys *keys,
                       struct str token, int64_t now, const char **reason)
{
    struct str header, payload, signature, bytes;
    json_t *json = NULL;

    *claims = (struct claims){0};
    *reason = "not a token of ours";
    if (token.len == 0 || token.len > TOKEN_BYTES_MAX ||
        !split(token, &header, &payload, &signature))
        return STATUS_UNAUTHENTICATED;
    const struct key *key = key_of_header(keys, header);
    if (key == NULL || !signature_is_ours(arena, token, key))
        return STATUS_UNAUTHENTICATED;
    if (base64url_decode(arena, payload, &bytes))
        json = json_loadb(bytes.at, bytes.len, JSON_REJECT_DUPLICATES, NULL);
    if (json == NULL)
        return STATUS_UNAUTHENTICATED;
    arena_defer(arena, release_json, json);
    *reason =
        json_is_object(json) ? read_claims(claims, json, now) : "the claims are not an object";
    return *reason == NULL ? STATUS_OK : STATUS_UNAUTHENTICATED;
}
