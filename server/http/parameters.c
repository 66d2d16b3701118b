/* parameters: what a GraphQL request asks for. */
#include "http/parameters.h"

#include "base/arena.h"
#include "base/encode.h"
#include "http/plain_body.h"

static void release_json(void *json)
{
    json_decref(json);
}

/* Before jansson recurses into it. Strings are skipped; whether it is JSON at all is not decided
 * here. */
static bool too_deep(struct str text, uint32_t limit)
{
    size_t depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (in_string) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > limit)
                return true;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return false;
}

enum status parameters_json_object(json_t **object, struct arena *arena, uint32_t depth,
                                   struct str text, const char **problem)
{
    json_error_t error;
    if (text.len == 0) {
        *problem = "The body is empty; send a JSON object.";
        return STATUS_INVALID;
    }
    if (too_deep(text, depth)) {
        *problem = "The JSON is nested too deeply.";
        return STATUS_LIMIT;
    }
    json_t *json = json_loadb(text.at, text.len, JSON_REJECT_DUPLICATES, &error);
    if (json == NULL) {
        *problem = json_error_code(&error) == json_error_duplicate_key
                       ? "A key occurs twice in one object of the JSON."
                       : "This is not well-formed JSON in UTF-8.";
        return STATUS_INVALID;
    }
    arena_defer(arena, release_json, json);
    if (!json_is_object(json)) {
        *problem = json_is_array(json)
                       ? "Several requests in one array are not supported; send them one by one."
                       : "Send a JSON object.";
        return STATUS_REFUSED;
    }
    *object = json;
    return STATUS_OK;
}

/* True when it is absent, null, or a string. */
static bool optional_string(const json_t *object, const char *key, struct str *out)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value))
        return true;
    if (!json_is_string(value))
        return false;
    *out = (struct str){.at = json_string_value(value), .len = json_string_length(value)};
    return true;
}

static bool optional_object(const json_t *object, const char *key, const json_t **out)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value))
        return true;
    *out = value;
    return json_is_object(value);
}

/* What we know of the request's extensions; others are none of our business. */
static enum status read_extensions(struct parameters *parameters, const json_t *extensions,
                                   const char **problem)
{
    const json_t *cost = json_object_get(extensions, "cost");
    parameters->tells_cost = json_is_true(cost);
    if (cost == NULL || json_is_boolean(cost))
        return STATUS_OK;
    *problem = "extensions.cost must be true or false.";
    return STATUS_REFUSED;
}

static enum status check_document(const struct parameters *parameters, const char **problem)
{
    if (parameters->query.at == NULL && parameters->document_id.at == NULL)
        *problem = "Neither query nor documentId is given.";
    else if (parameters->query.at != NULL && parameters->document_id.at != NULL)
        *problem = "Both query and documentId are given; send one of them.";
    else
        return STATUS_OK;
    return STATUS_REFUSED;
}

/* Counted as JSON, so that many small values weigh as much as one large text. Not where what came
 * is so short that they cannot be too large: nothing becomes eight times as long. */
static enum status check_variables(const struct parameters *parameters,
                                   const struct parameter_limits *limits, size_t bytes,
                                   const char **problem)
{
    if (parameters->variables == NULL || bytes <= limits->variables / 8 ||
        json_dumpb(parameters->variables, NULL, 0, JSON_COMPACT) <= limits->variables)
        return STATUS_OK;
    *problem = "The variables are larger than is allowed.";
    return STATUS_LIMIT;
}

static enum status check(struct parameters *parameters, const json_t *extensions,
                         const struct parameter_limits *limits, size_t bytes, const char **problem)
{
    TRY(check_document(parameters, problem));
    TRY(read_extensions(parameters, extensions, problem));
    return check_variables(parameters, limits, bytes, problem);
}

static enum status read_any(struct parameters *parameters, struct arena *arena,
                            const struct parameter_limits *limits, struct str body,
                            const char **problem)
{
    const json_t *extensions = NULL;
    json_t *json;

    *parameters = (struct parameters){0};
    TRY(parameters_json_object(&json, arena, limits->json_depth, body, problem));
    if (!optional_string(json, "query", &parameters->query))
        *problem = "query must be a string.";
    else if (!optional_string(json, "documentId", &parameters->document_id))
        *problem = "documentId must be a string.";
    else if (!optional_string(json, "operationName", &parameters->operation_name))
        *problem = "operationName must be a string.";
    else if (!optional_object(json, "variables", &parameters->variables))
        *problem = "variables must be an object.";
    else if (!optional_object(json, "extensions", &extensions))
        *problem = "extensions must be an object.";
    else
        return check(parameters, extensions, limits, body.len, problem);
    return STATUS_REFUSED;
}

/* False: it is not the usual body, or something is wrong with it. */
static bool read_plain(struct parameters *parameters, struct arena *arena,
                       const struct parameter_limits *limits, struct str body)
{
    struct str variables;
    json_t *object;
    const char *unused;
    *parameters = (struct parameters){0};
    if (!plain_body_read(parameters, arena, body, &variables))
        return false;
    if (variables.at == NULL)
        return true;
    if (parameters_json_object(&object, arena, limits->json_depth - 1, variables, &unused) !=
        STATUS_OK)
        return false;
    parameters->variables = object;
    return true;
}

enum status parameters_from_json(struct parameters *parameters, struct arena *arena,
                                 const struct parameter_limits *limits, struct str body,
                                 const char **problem)
{
    if (read_plain(parameters, arena, limits, body))
        return check(parameters, NULL, limits, body.len, problem);
    return read_any(parameters, arena, limits, body, problem);
}

/* ---- query strings ---- */

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* application/x-www-form-urlencoded; false when a percent sign is not followed by two digits, or
 * when what comes out is not text. */
static bool url_decode(struct arena *arena, struct str text, struct str *out)
{
    char *to = arena_text(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            int high = i + 2 < text.len ? hex_value(text.at[i + 1]) : -1;
            int low = i + 2 < text.len ? hex_value(text.at[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        }
        to[len++] = c;
    }
    to[len] = '\0';
    *out = (struct str){.at = to, .len = len};
    return memchr(to, '\0', len) == NULL && utf8_valid(*out);
}

static enum status url_object(struct arena *arena, uint32_t depth, struct str text,
                              const char *name, const json_t **out, const char **problem)
{
    json_t *object;
    if (text.len == 0 || str_is(text, "null"))
        return STATUS_OK;
    enum status status = parameters_json_object(&object, arena, depth, text, problem);
    if (status != STATUS_OK && status != STATUS_LIMIT)
        *problem = name;
    if (status == STATUS_OK)
        *out = object;
    return status;
}

enum status parameters_from_url(struct parameters *parameters, struct arena *arena,
                                const struct parameter_limits *limits, struct str query_string,
                                const char **problem)
{
    struct str variables = {0}, extensions_text = {0};
    const json_t *extensions = NULL;
    struct {
        const char *name;
        struct str *value;
    } known[] = {
        {"query", &parameters->query},
        {"documentId", &parameters->document_id},
        {"operationName", &parameters->operation_name},
        {"variables", &variables},
        {"extensions", &extensions_text},
    };

    *parameters = (struct parameters){0};
    for (struct str rest = query_string; rest.len > 0;) {
        const char *end = memchr(rest.at, '&', rest.len);
        struct str pair = {.at = rest.at, .len = end == NULL ? rest.len : (size_t)(end - rest.at)};
        rest.at += end == NULL ? pair.len : pair.len + 1;
        rest.len -= end == NULL ? pair.len : pair.len + 1;
        const char *equals = memchr(pair.at, '=', pair.len);
        struct str name = {.at = pair.at,
                           .len = equals == NULL ? pair.len : (size_t)(equals - pair.at)};
        struct str raw = {.at = pair.at + name.len + 1,
                          .len = equals == NULL ? 0 : pair.len - name.len - 1};
        for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
            if (!str_is(name, known[i].name))
                continue;
            if (known[i].value->at != NULL || !url_decode(arena, raw, known[i].value)) {
                *problem = "The query string names a parameter twice, or one is not UTF-8 encoded "
                           "with percent signs.";
                return STATUS_INVALID;
            }
        }
    }
    TRY(url_object(arena, limits->json_depth, variables, "variables must be a JSON object.",
                   &parameters->variables, problem));
    TRY(url_object(arena, limits->json_depth, extensions_text, "extensions must be a JSON object.",
                   &extensions, problem));
    return check(parameters, extensions, limits, query_string.len, problem);
}
