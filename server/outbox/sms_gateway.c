/* sms_gateway: an SMS is posted to a gateway as JSON, with a key that makes a repetition harmless.
 *
 *     POST … Authorization: Bearer KEY, Idempotency-Key: REFERENCE
 *     {"id": "REFERENCE", "to": "+4915…", "text": "…"}
 *
 * 2xx: it has it; 4xx: it will not take it, but for those that say to try again or to sign in.
 */
#include "outbox/internal.h"

#include "base/arena.h"
#include <curl/curl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

struct sms_gateway {
    struct way super;
    CURL *curl;
    const char *url;
    struct str key; /* .at NULL: none */
    uint32_t timeout_s;
};

/* What a gateway says besides its status is not read. */
static size_t on_answer(char *bytes, size_t size, size_t count, void *context)
{
    (void)bytes, (void)context;
    return size * count;
}

static int on_progress(void *context, curl_off_t total, curl_off_t now, curl_off_t upload,
                       curl_off_t uploaded)
{
    const struct parcel *parcel = context;
    (void)total, (void)now, (void)upload, (void)uploaded;
    return __atomic_load_n(parcel->stopping, __ATOMIC_RELAXED);
}

static struct outcome judge(CURLcode code, long status)
{
    struct outcome outcome = {.result = RESULT_LATER, .problem = "UNREACHABLE"};
    if (code != CURLE_OK)
        return outcome;
    snprintf(outcome.reply, sizeof(outcome.reply), "%ld", status);
    if (status >= 200 && status < 300) {
        outcome.result = RESULT_SENT;
        outcome.problem = NULL;
    } else if (status == 401 || status == 403) {
        outcome.problem = "REFUSED_US";
    } else if (status == 408 || status == 409 || status == 425 || status == 429 || status >= 500) {
        outcome.problem = "BUSY";
    } else if (status >= 400) {
        outcome.result = RESULT_NEVER;
        outcome.problem = "REFUSED";
    }
    return outcome;
}

static struct curl_slist *headers_of(const struct sms_gateway *gateway, const struct parcel *parcel)
{
    struct arena *arena = parcel->arena;
    struct str key = str_printf(arena, "Idempotency-Key: " STR_FMT, STR_ARG(parcel->reference));
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Expect:");
    headers = curl_slist_append(headers, key.at);
    if (gateway->key.at != NULL)
        headers = curl_slist_append(
            headers, str_printf(arena, "Authorization: Bearer " STR_FMT, STR_ARG(gateway->key)).at);
    return headers;
}

static char *body_of(const struct parcel *parcel)
{
    struct str text = parcel->letter.body;
    json_t *json =
        json_pack("{s:s%, s:s%, s:s%}", "id", parcel->reference.at, parcel->reference.len, "to",
                  parcel->address.at, parcel->address.len, "text", text.at, text.len);
    char *body = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);
    json_decref(json);
    return body;
}

static void hand_over(struct way *way, struct parcel *parcel, struct outcome *outcome)
{
    struct sms_gateway *gateway = (struct sms_gateway *)way;
    CURL *curl = gateway->curl;
    long status = 0;
    char *body = body_of(parcel);
    if (body == NULL) {
        *outcome = (struct outcome){.result = RESULT_NEVER, .problem = "NOT_RENDERED"};
        return;
    }
    struct curl_slist *headers = headers_of(gateway, parcel);
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, gateway->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)gateway->timeout_s);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_answer);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, parcel);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    *outcome = judge(code, status);
    curl_slist_free_all(headers);
    free(body);
}

static void close_curl(void *curl)
{
    curl_easy_cleanup(curl);
}

struct way *sms_gateway_open(struct arena *arena, const char *url, const char *key_file,
                             uint32_t timeout_s, struct str *problem)
{
    struct sms_gateway *gateway = arena_new(arena, struct sms_gateway);
    struct str key = {0};
    if (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0) {
        *problem = STR("--sms-gateway must be an http:// or https:// address");
        return NULL;
    }
    if (key_file != NULL && !secret_file_read(arena, key_file, &key, 1, problem))
        return NULL;
    *gateway = (struct sms_gateway){
        .super = {.channel = "SMS", .repeatable = true, .send = hand_over},
        .curl = curl_easy_init(),
        .url = url,
        .key = key,
        .timeout_s = timeout_s,
    };
    if (gateway->curl == NULL) {
        *problem = STR("libcurl cannot be used");
        return NULL;
    }
    arena_defer(arena, close_curl, gateway->curl);
    return &gateway->super;
}
