/* mail_read: what is said in an e-mail that somebody sent: who, about what, in answer to what. */
#include "mail/mail_read.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/encode.h"
#include "mail/mail_write.h"
#include <ctype.h>
#include <gmime/gmime.h>
#include <pthread.h>

enum { SENDER_BYTES = 254, ID_BYTES = 250 };

static pthread_once_t begun = PTHREAD_ONCE_INIT;

/* ---- texts of others ---- */

/* Only what is well formed and controls nothing; at most so many bytes. */
static struct str clean(struct arena *arena, const char *text, bool lines, size_t limit,
                        bool *shortened)
{
    struct buf out;
    size_t length = text == NULL ? 0 : strlen(text), i = 0;
    buf_init(&out, arena, (length < limit ? length : limit) + 8);
    for (; i < length && out.len < limit; i++) {
        unsigned char c = (unsigned char)text[i];
        size_t sequence = c < 0x80 ? 1 : utf8_sequence((const unsigned char *)text + i, length - i);
        if (lines && (c == '\n' || c == '\t'))
            buf_add_char(&out, (char)c);
        else if (c == '\r' && lines)
            continue;
        else if (c < ' ' || c == 0x7f)
            buf_add_char(&out, ' ');
        else if (sequence == 0)
            buf_add(&out, STR("\xef\xbf\xbd"));
        else
            buf_add(&out, (struct str){.at = text + i, .len = sequence});
        i += sequence > 1 ? sequence - 1 : 0;
    }
    if (shortened != NULL)
        *shortened = i < length;
    while (out.len > 0 && isspace((unsigned char)out.at[out.len - 1]))
        out.len--;
    return str_copy(arena, buf_str(&out));
}

/* ---- who, and in answer to what ---- */

/* Of several senders none is the one. */
static struct str sender_of(struct arena *arena, GMimeMessage *message)
{
    InternetAddressList *list = g_mime_message_get_from(message);
    if (list == NULL || internet_address_list_length(list) != 1)
        return STR("");
    InternetAddress *one = internet_address_list_get_address(list, 0);
    if (!INTERNET_ADDRESS_IS_MAILBOX(one))
        return STR("");
    const char *address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one));
    struct str text = str_copy(arena, str_of(address == NULL ? "" : address));
    for (size_t i = 0; i < text.len; i++)
        ((char *)text.at)[i] = (char)tolower((unsigned char)text.at[i]);
    return text.len <= SENDER_BYTES && mail_address_valid(text) ? text : STR("");
}

static void add_references(struct mail *mail, struct arena *arena, GMimeMessage *message,
                           const char *header)
{
    const char *text = g_mime_object_get_header(GMIME_OBJECT(message), header);
    if (text == NULL)
        return;
    GMimeReferences *references = g_mime_references_parse(NULL, text);
    int count = g_mime_references_length(references);
    for (int i = 0; i < count && mail->reference_count < MAIL_REFERENCES_MAX; i++)
        mail->references[mail->reference_count++] =
            clean(arena, g_mime_references_get_message_id(references, i), false, ID_BYTES, NULL);
    g_mime_references_free(references);
}

/* RFC 3834 §5, and what was usual before it. */
static bool is_automatic(GMimeMessage *message)
{
    const char *submitted = g_mime_object_get_header(GMIME_OBJECT(message), "Auto-Submitted");
    const char *precedence = g_mime_object_get_header(GMIME_OBJECT(message), "Precedence");
    return (submitted != NULL && strncasecmp(submitted, "no", 2) != 0) ||
           (precedence != NULL &&
            (strcasecmp(precedence, "bulk") == 0 || strcasecmp(precedence, "auto_reply") == 0 ||
             strcasecmp(precedence, "list") == 0 || strcasecmp(precedence, "junk") == 0));
}

/* ---- what is said ---- */

struct search {
    GMimeTextPart *plain, *other; /* the first of each */
    int parts;
};

static void look(struct search *search, GMimeObject *part, int depth)
{
    if (part == NULL || depth > MAIL_DEPTH_MAX || ++search->parts > MAIL_PARTS_MAX)
        return;
    if (GMIME_IS_MULTIPART(part)) {
        int count = g_mime_multipart_get_count(GMIME_MULTIPART(part));
        for (int i = 0; i < count && search->parts <= MAIL_PARTS_MAX; i++)
            look(search, g_mime_multipart_get_part(GMIME_MULTIPART(part), i), depth + 1);
        return;
    }
    GMimeContentDisposition *disposition = g_mime_object_get_content_disposition(part);
    if (!GMIME_IS_TEXT_PART(part) ||
        (disposition != NULL && g_mime_content_disposition_is_attachment(disposition)))
        return;
    bool plain = g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", "plain");
    GMimeTextPart **place = plain ? &search->plain : &search->other;
    if (*place == NULL)
        *place = GMIME_TEXT_PART(part);
}

/* HTML as what is between its marks: for reading, never for showing. */
static char *without_marks(char *html)
{
    char *to = html;
    bool inside = false;
    for (const char *at = html; *at != '\0'; at++) {
        if (*at == '<')
            inside = true;
        else if (*at == '>' && inside)
            inside = false;
        else if (!inside)
            *to++ = *at;
    }
    *to = '\0';
    return html;
}

static void read_text(struct mail *mail, struct arena *arena, GMimeMessage *message)
{
    struct search search = {0};
    look(&search, g_mime_message_get_mime_part(message), 0);
    GMimeTextPart *part = search.plain != NULL ? search.plain : search.other;
    mail->text = STR("");
    char *text = part == NULL ? NULL : g_mime_text_part_get_text(part);
    if (text == NULL)
        return;
    if (search.plain == NULL)
        without_marks(text);
    mail->text = clean(arena, text, true, MAIL_TEXT_BYTES, &mail->shortened);
    g_free(text);
}

bool mail_read(struct mail *mail, struct arena *arena, struct str bytes)
{
    pthread_once(&begun, g_mime_init);
    *mail = (struct mail){0};
    if (bytes.len == 0 || bytes.len > MAIL_BYTES_MAX)
        return false;
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes.at, bytes.len);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    if (message == NULL)
        return false;
    mail->message_id = clean(arena, g_mime_message_get_message_id(message), false, ID_BYTES, NULL);
    mail->sender = sender_of(arena, message);
    mail->subject =
        clean(arena, g_mime_message_get_subject(message), false, MAIL_SUBJECT_BYTES, NULL);
    mail->automatic = is_automatic(message);
    add_references(mail, arena, message, "In-Reply-To");
    add_references(mail, arena, message, "References");
    read_text(mail, arena, message);
    g_object_unref(message);
    return mail->sender.len > 0 || mail->subject.len > 0 || mail->text.len > 0;
}
