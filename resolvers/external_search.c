/* external_search: what another system answers is taken as data made by others: checked, cut, and
 * nothing of it trusted. Whatever goes wrong is an answer, too: that it did not answer.
 */
#include "resolvers/external_search.h"

#include "base/arena.h"
#include "base/encode.h"
#include "base/log.h"
#include "base/viewer.h"
#include "graphql/coerce.h"
#include "graphql/schema.h"
#include "outside/http_get.h"
#include "resolvers/search_pattern.h"
#include "run/door.h"
#include <jansson.h>

enum { HITS = 20, TEXT_BYTES = 200, URL_BYTES = 2000, ANSWER_BYTES = 65536 };

struct external_hit {
    struct str name, number, contact, url; /* .at NULL: not told */
};

struct asking {
    struct resolve *resolve;
    struct http_get get;
    bool answered;
    uint32_t count;
    struct external_hit hits[HITS];
};

static const struct search_provider *the_provider;

void external_search_use(const struct search_provider *provider)
{
    the_provider = provider;
}

/* ---- what comes back: {"hits": [{"name": …, "number": …, "contact": …, "url": …}]} ---- */

/* .at NULL where it is missing, is no text, or is too long. */
static struct str text_of(struct arena *arena, const json_t *hit, const char *member, size_t most)
{
    const json_t *value = json_object_get(hit, member);
    size_t length = json_string_length(value);
    if (length == 0 || length > most)
        return (struct str){0};
    return str_copy(arena, (struct str){.at = json_string_value(value), .len = length});
}

/* A page to look at; anything else, such as javascript:, is none. */
static bool is_page(struct str url)
{
    if (!str_starts(url, STR("https://")) && !str_starts(url, STR("http://")))
        return false;
    for (size_t i = 0; i < url.len; i++) {
        if (url.at[i] <= ' ' || url.at[i] == '"' || url.at[i] == 0x7f)
            return false;
    }
    return true;
}

static void read_hits(struct asking *asking, const json_t *hits)
{
    struct arena *arena = asking->get.arena;
    for (size_t i = 0; i < json_array_size(hits) && asking->count < HITS; i++) {
        const json_t *hit = json_array_get(hits, i);
        struct external_hit *out = &asking->hits[asking->count];
        struct str url = text_of(arena, hit, "url", URL_BYTES);
        *out = (struct external_hit){
            .name = text_of(arena, hit, "name", TEXT_BYTES),
            .number = text_of(arena, hit, "number", TEXT_BYTES),
            .contact = text_of(arena, hit, "contact", TEXT_BYTES),
            .url = url.at != NULL && is_page(url) ? url : (struct str){0},
        };
        asking->count += out->name.at != NULL;
    }
}

static void read_answer(struct asking *asking)
{
    json_t *answer = json_loadb(asking->get.body.at, asking->get.body.len, 0, NULL);
    const json_t *hits = json_object_get(answer, "hits");
    asking->answered = json_is_array(hits);
    read_hits(asking, hits);
    json_decref(answer);
}

static void on_done(struct http_get *get)
{
    struct asking *asking = get->context;
    if (get->status == STATUS_OK)
        read_answer(asking);
    if (!asking->answered)
        log_event(LOG_WARN, "the other system that searches did not answer", "host",
                  log_format(STR_FMT, STR_ARG(get->address->host)), NULL);
    resolve_add(asking->resolve, 0, asking);
    resolve_done(asking->resolve, STATUS_OK);
}

/* ---- what is asked ---- */

void external_search(struct resolve *resolve)
{
    struct source_request *request = resolve->request;
    struct str search = request->arguments[0].text;
    if (search.len == 0 || search.len > SEARCH_BYTES_LIMIT) {
        request->problem = STR("Give 1 to 200 bytes of what to look for.");
        resolve_done(resolve, STATUS_INVALID);
        return;
    }
    struct asking *asking = arena_new(request->arena, struct asking);
    *asking = (struct asking){
        .resolve = resolve,
        .get = {.loop = door_loop(request->engine),
                .arena = request->arena,
                .limit_bytes = ANSWER_BYTES,
                .on_done = on_done,
                .context = asking},
    };
    /* Of what others know no row rule says whose it is: partners and customers get nothing. */
    if (the_provider == NULL || request->viewer->kind != VIEWER_OPERATOR) {
        resolve_done(resolve, STATUS_OK);
        return;
    }
    asking->get.address = the_provider->address;
    asking->get.timeout_ms = the_provider->timeout_ms;
    asking->get.target = http_query(request->arena, the_provider->address->path, "search", search);
    http_get_start(&asking->get);
}

/* ---- the answer ---- */

static struct cell text_or_null(struct str text)
{
    return text.at == NULL ? (struct cell){.kind = CELL_NULL} : cell_text(text);
}

void external_search_leaf(const struct resolve *resolve, const void *object,
                          const struct field *field, struct cell *out)
{
    const struct asking *asking = object;
    if (str_is(field->name, "source"))
        *out = cell_text(the_provider->name);
    else if (str_is(field->name, "answered"))
        *out = cell_int(asking->answered);
}

enum status external_search_hits(struct resolve *resolve)
{
    const struct source_request *request = resolve->request;
    for (uint32_t i = 0; i < request->parent_count; i++) {
        const struct asking *asking = request->parents[i].object;
        for (uint32_t j = 0; j < asking->count; j++)
            resolve_add(resolve, i, &asking->hits[j]);
    }
    return STATUS_OK;
}

void external_hit_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                       struct cell *out)
{
    const struct external_hit *hit = object;
    if (str_is(field->name, "name"))
        *out = cell_text(hit->name);
    else if (str_is(field->name, "number"))
        *out = text_or_null(hit->number);
    else if (str_is(field->name, "contact"))
        *out = text_or_null(hit->contact);
    else if (str_is(field->name, "url"))
        *out = text_or_null(hit->url);
}
