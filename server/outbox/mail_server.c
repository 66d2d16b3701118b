/* mail_server: e-mails are handed to a mail server by SMTP (RFC 5321), which libcurl speaks.
 *
 * A mail server takes what it is given as often as it is given. So nothing is sent again once its
 * end may have been heard: the moment before is written down (parcel_hand_over), and whatever is
 * answered from then on counts; when nothing is, nobody knows.
 */
#include "outbox/internal.h"

#include "base/arena.h"
#include "mail/mail_write.h"
#include <ctype.h>
#include <curl/curl.h>
#include <stdio.h>

struct mail_server {
    struct way super;
    CURL *curl;
    const char *url, *certificates;
    struct str from_name, from;
    struct str name, password; /* .at NULL: none is asked for */
    uint32_t timeout_s;
};

/* One e-mail while it is sent. */
struct handing {
    struct parcel *parcel;
    struct str bytes;
    size_t at;
    bool over; /* its end may have been heard */
    struct outcome *outcome;
};

/* ---- for curl ---- */

static size_t on_read(char *to, size_t size, size_t count, void *context)
{
    struct handing *handing = context;
    size_t room = size * count, left = handing->bytes.len - handing->at;
    size_t some = left < room ? left : room;
    if (left == 0) { /* the dot that ends it is next */
        handing->outcome->reply[0] = '\0';
        handing->over = parcel_hand_over(handing->parcel);
        return handing->over ? 0 : CURL_READFUNC_ABORT;
    }
    memcpy(to, handing->bytes.at + handing->at, some);
    handing->at += some;
    return some;
}

/* "550 5.1.1" of "550 5.1.1 Nobody is called so": no more, since the rest may name somebody. */
static size_t on_reply(char *line, size_t size, size_t count, void *context)
{
    struct outcome *outcome = ((struct handing *)context)->outcome;
    size_t length = size * count, dots = 0, end = 3;
    bool farewell = length >= 3 && strncmp(line, "221", 3) == 0; /* to QUIT, whatever was before */
    if (length >= 4 && !farewell && isdigit((unsigned char)line[0]) &&
        isdigit((unsigned char)line[1]) && isdigit((unsigned char)line[2])) {
        for (size_t i = 4; i < length && (isdigit((unsigned char)line[i]) || line[i] == '.'); i++) {
            dots += line[i] == '.';
            end = i + 1;
        }
        if (dots != 2 || end >= sizeof(outcome->reply))
            end = 3;
        snprintf(outcome->reply, sizeof(outcome->reply), "%.*s", (int)end, line);
        if (end > 3)
            outcome->reply[3] = ' ';
    }
    return length;
}

static int on_progress(void *context, curl_off_t total, curl_off_t now, curl_off_t upload,
                       curl_off_t uploaded)
{
    const struct handing *handing = context;
    (void)total, (void)now, (void)upload, (void)uploaded;
    return !handing->over && __atomic_load_n(handing->parcel->stopping, __ATOMIC_RELAXED);
}

/* ---- what came of it ---- */

static struct outcome result_of(enum result result, const char *problem, const struct outcome *now)
{
    struct outcome outcome = *now;
    outcome.result = result;
    outcome.problem = problem;
    return outcome;
}

/* RFC 3463: 5.1 is about addresses, of which 7 and 8 are the sender's. */
static bool is_about_address(const char *reply)
{
    if (reply[3] == ' ')
        return strncmp(reply + 4, "5.1.", 4) == 0 && reply[8] != '7' && reply[8] != '8';
    return strncmp(reply, "550", 3) == 0 || strncmp(reply, "551", 3) == 0 ||
           strncmp(reply, "553", 3) == 0;
}

static bool is_about_us(CURLcode code, const char *reply)
{
    return code == CURLE_LOGIN_DENIED || code == CURLE_REMOTE_ACCESS_DENIED ||
           code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR ||
           code == CURLE_USE_SSL_FAILED || code == CURLE_SSL_CACERT_BADFILE ||
           strncmp(reply, "530", 3) == 0 || strncmp(reply, "535", 3) == 0;
}

static struct outcome judge(CURLcode code, const struct handing *handing)
{
    const struct outcome *now = handing->outcome;
    const char *reply = now->reply;
    if (code == CURLE_OK)
        return result_of(RESULT_SENT, NULL, now);
    if (code != CURLE_SEND_ERROR && code != CURLE_WEIRD_SERVER_REPLY && handing->over)
        return result_of(RESULT_UNKNOWN, "MAYBE_SENT", &(struct outcome){0});
    if (is_about_us(code, reply) || (code == CURLE_WEIRD_SERVER_REPLY && !handing->over))
        return result_of(RESULT_LATER, "REFUSED_US", now);
    if (reply[0] == '4')
        return result_of(RESULT_LATER, "BUSY", now);
    if (reply[0] == '5')
        return result_of(RESULT_NEVER,
                         !handing->over && is_about_address(reply) ? "BAD_ADDRESS" : "REFUSED",
                         now);
    if (handing->over)
        return result_of(RESULT_UNKNOWN, "MAYBE_SENT", &(struct outcome){0});
    return result_of(RESULT_LATER, "UNREACHABLE", &(struct outcome){0});
}

/* ---- sending ---- */

/* What is sealed with a password is not sent in the open. */
static void set_options(struct mail_server *server, struct handing *handing,
                        struct curl_slist *recipients)
{
    CURL *curl = server->curl;
    struct arena *arena = handing->parcel->arena;
    bool sealed = server->name.at != NULL;
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, server->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)server->timeout_s);
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(sealed ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM,
                     str_printf(arena, "<" STR_FMT ">", STR_ARG(server->from)).at);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(curl, CURLOPT_READDATA, handing);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_reply);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, handing);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, handing);
    if (server->certificates != NULL)
        curl_easy_setopt(curl, CURLOPT_CAINFO, server->certificates);
    if (sealed) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, server->name.at);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password.at);
    }
}

/* The text, and below it who writes, as mail readers know signatures. */
static struct str write_mail(const struct mail_server *server, const struct parcel *parcel)
{
    const char *domain = memchr(server->from.at, '@', server->from.len);
    const struct letter *letter = &parcel->letter;
    const struct mail_text text = {
        .from_name = server->from_name,
        .from = server->from,
        .to = parcel->address,
        .subject = letter->subject,
        .body = str_printf(parcel->arena, STR_FMT "\n\n-- \n" STR_FMT "\n", STR_ARG(letter->body),
                           STR_ARG(letter->letterhead)),
        .message_id = str_printf(parcel->arena, STR_FMT "%s", STR_ARG(parcel->reference), domain),
        .written_at = letter->sent_at / 1000000,
    };
    return mail_write(parcel->arena, &text);
}

static void hand_over(struct way *way, struct parcel *parcel, struct outcome *outcome)
{
    struct mail_server *server = (struct mail_server *)way;
    if (!mail_address_valid(parcel->address)) {
        *outcome = (struct outcome){.result = RESULT_NEVER, .problem = "BAD_ADDRESS"};
        return;
    }
    struct handing handing = {
        .parcel = parcel, .bytes = write_mail(server, parcel), .outcome = outcome};
    struct curl_slist *recipients = curl_slist_append(
        NULL, str_printf(parcel->arena, "<" STR_FMT ">", STR_ARG(parcel->address)).at);
    set_options(server, &handing, recipients);
    CURLcode code = curl_easy_perform(server->curl);
    *outcome = judge(code, &handing);
    curl_slist_free_all(recipients);
}

/* ---- setting up ---- */

static void close_curl(void *curl)
{
    curl_easy_cleanup(curl);
}

struct way *mail_server_open(struct arena *arena, const char *url, const char *from,
                             const char *login_file, const char *certificates, uint32_t timeout_s,
                             struct str *problem)
{
    struct mail_server *server = arena_new(arena, struct mail_server);
    struct str login[2] = {{0}};
    if (strncmp(url, "smtp://", 7) != 0 && strncmp(url, "smtps://", 8) != 0) {
        *problem = STR("--mail-server must be smtp://host:port or smtps://host:port");
        return NULL;
    }
    if (!mail_address_read(arena, str_of(from), &server->from_name, &server->from)) {
        *problem = STR("--mail-from must be an address, or \"Name <address>\"");
        return NULL;
    }
    if (login_file != NULL && !secret_file_read(arena, login_file, login, 2, problem))
        return NULL;
    if (login_file != NULL) {
        server->name = str_copy(arena, login[0]);
        server->password = str_copy(arena, login[1]);
    }
    server->super = (struct way){.channel = "EMAIL", .send = hand_over};
    server->url = url;
    server->certificates = certificates;
    server->timeout_s = timeout_s;
    server->curl = curl_easy_init();
    if (server->curl == NULL) {
        *problem = STR("libcurl cannot be used");
        return NULL;
    }
    arena_defer(arena, close_curl, server->curl);
    return &server->super;
}
