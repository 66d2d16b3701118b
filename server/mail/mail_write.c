/* mail_write: a text as an e-mail, byte by byte as it is handed to a mail server. */
#include "mail/mail_write.h"

#include "base/arena.h"
#include <gmime/gmime.h>
#include <pthread.h>

static pthread_once_t begun = PTHREAD_ONCE_INIT;

/* A value in one line: what controls anything is a blank. */
static const char *line_of(struct arena *arena, struct str text)
{
    char *line = arena_text(arena, text.len + 1);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        line[i] = c < ' ' || c == 0x7f ? ' ' : (char)c;
    }
    line[text.len] = '\0';
    return line;
}

static GMimeObject *body_of(struct arena *arena, struct str text)
{
    GMimeTextPart *part = g_mime_text_part_new_with_subtype("plain");
    g_mime_text_part_set_charset(part, "utf-8");
    g_mime_text_part_set_text(part, str_copy(arena, text).at);
    g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return GMIME_OBJECT(part);
}

static void set_date(GMimeMessage *message, int64_t seconds)
{
    GDateTime *date = g_date_time_new_from_unix_utc(seconds);
    g_mime_message_set_date(message, date);
    g_date_time_unref(date);
}

struct str mail_write(struct arena *arena, const struct mail_text *text)
{
    pthread_once(&begun, g_mime_init);
    GMimeMessage *message = g_mime_message_new(TRUE);
    GMimeObject *body = body_of(arena, text->body);
    GMimeFormatOptions *format = g_mime_format_options_new();
    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, line_of(arena, text->from_name),
                               line_of(arena, text->from));
    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, line_of(arena, text->to));
    g_mime_message_set_subject(message, line_of(arena, text->subject), "utf-8");
    g_mime_message_set_message_id(message, line_of(arena, text->message_id));
    set_date(message, text->written_at);
    g_mime_message_set_mime_part(message, body);
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    char *bytes = g_mime_object_to_string(GMIME_OBJECT(message), format);
    struct str mail = str_copy(arena, str_of(bytes));
    g_free(bytes);
    g_mime_format_options_free(format);
    g_object_unref(body);
    g_object_unref(message);
    return mail;
}

/* ---- addresses ---- */

bool mail_address_valid(struct str address)
{
    size_t ats = 0;
    for (size_t i = 0; i < address.len; i++) {
        unsigned char c = (unsigned char)address.at[i];
        if (c <= ' ' || c >= 0x7f || strchr("<>()[],;:\\\"", c) != NULL)
            return false;
        ats += c == '@';
    }
    return ats == 1 && address.at[0] != '@' && address.at[address.len - 1] != '@';
}

bool mail_address_read(struct arena *arena, struct str text, struct str *name, struct str *address)
{
    const char *open = text.len == 0 ? NULL : memchr(text.at, '<', text.len);
    *name = (struct str){.at = text.at, .len = 0};
    *address = text;
    if (open != NULL && text.at[text.len - 1] == '>') {
        name->len = (size_t)(open - text.at);
        while (name->len > 0 && name->at[name->len - 1] == ' ')
            name->len--;
        *address = (struct str){.at = open + 1, .len = text.len - (size_t)(open - text.at) - 2};
    }
    *name = str_copy(arena, *name);
    *address = str_copy(arena, *address);
    return mail_address_valid(*address);
}
