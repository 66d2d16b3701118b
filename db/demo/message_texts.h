/* message_texts: the templates of the demonstration's messages. */
#pragma once

#include "base/status.h"
#include "model.h"

struct arena;
struct database;

enum message_text {
    TEXT_WELCOME,
    TEXT_TERMINATION,
    TEXT_REMINDER,
    TEXT_PRICES,
    TEXT_ORDER,
    TEXT_BILL,
    TEXT_INQUIRY,
    TEXT_REPLY,
    TEXT_TOP_UP,
    TEXT_DATA_USED,
    TEXT_ROAMING,
    TEXT_SERVICE,
    MESSAGE_TEXTS
};

/* What a call shop hangs up for those who call from there. */
enum notice_language { NOTICE_ARABIC, NOTICE_GREEK, NOTICE_HEBREW, NOTICE_JAPANESE, NOTICES };

/* A version of a text, in a language. */
struct message_template {
    int64_t id;
    const char *code, *kind, *locale;
    int version;
    const char *title, *subject, *body;
};

/* The version that was to be used so many days before today. */
struct message_template message_texts_find(enum demo_language language, enum message_text text,
                                           int64_t days_ago);
struct message_template message_texts_notice(enum notice_language language);

/* BCP 47 */
const char *message_texts_locale(enum demo_language language);

/* Writes all templates. */
enum status message_texts_store(struct database *database, struct arena *arena, int64_t today);
