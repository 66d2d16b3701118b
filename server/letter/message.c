/* message: a stored message, as the engine answers it, becomes a letter. */
#include "letter/message.h"

#include "base/arena.h"
#include "base/placeholder.h"
#include <stdio.h>
#include <time.h>

enum { INPUTS_MAX = 100 };

const struct str message_document = STR("query MessageToRender($id: ID!) {\n"
                                        "  node(id: $id) {\n"
                                        "    ... on CommunicationMessage {\n"
                                        "      kind direction sentAt subject recipient inputs\n"
                                        "      template { locale letterhead body }\n"
                                        "      documents { renderer sha256 }\n"
                                        "    }\n"
                                        "  }\n"
                                        "}");

/* What is there of it is there in the arena. */
static struct str text_of(struct arena *arena, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value))
        return (struct str){0};
    return str_copy(arena,
                    (struct str){.at = json_string_value(value), .len = json_string_length(value)});
}

static enum letter_kind kind_of(struct str kind)
{
    return str_is(kind, "LETTER") ? LETTER_PAPER : str_is(kind, "SMS") ? LETTER_SMS : LETTER_EMAIL;
}

/* 2026-10-01T12:30:00Z; 0 for what is none. */
static int64_t moment_of(const char *text)
{
    struct tm tm = {0};
    if (text == NULL || sscanf(text, "%d-%d-%dT%d:%d:%d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
                               &tm.tm_hour, &tm.tm_min, &tm.tm_sec) != 6)
        return 0;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    return (int64_t)timegm(&tm) * 1000000;
}

static struct str recorded_of(struct arena *arena, const json_t *documents)
{
    size_t index;
    const json_t *document;
    json_array_foreach(documents, index, document)
    {
        if (str_is(text_of(arena, document, "renderer"), letter_renderer()))
            return text_of(arena, document, "sha256");
    }
    return (struct str){0};
}

static uint32_t read_inputs(struct arena *arena, const json_t *inputs, struct placeholder *out)
{
    const char *name;
    json_t *value;
    uint32_t count = 0;
    json_object_foreach((json_t *)inputs, name, value)
    {
        if (count < INPUTS_MAX && json_is_string(value))
            out[count++] = (struct placeholder){.name = str_copy(arena, str_of(name)),
                                                .value = text_of(arena, inputs, name)};
    }
    return count;
}

void message_compose(struct letter *letter, struct arena *arena, const struct message_parts *parts)
{
    struct placeholder placeholders[INPUTS_MAX];
    uint32_t count = read_inputs(arena, parts->inputs, placeholders);
    *letter = (struct letter){
        .kind = kind_of(parts->kind),
        .received = str_is(parts->direction, "INBOUND"),
        .locale = parts->locale,
        .letterhead = parts->letterhead,
        .other = parts->recipient,
        .address = text_of(arena, parts->inputs, "address"),
        .date = text_of(arena, parts->inputs, "date"),
        .number = text_of(arena, parts->inputs, "number"),
        .subject = parts->subject,
        .body = placeholder_fill(arena, parts->body, placeholders, count),
        .sent_at = parts->sent_at,
    };
}

static void read_node(struct message *message, struct arena *arena, const json_t *node)
{
    const json_t *template = json_object_get(node, "template");
    const struct message_parts parts = {
        .kind = text_of(arena, node, "kind"),
        .direction = text_of(arena, node, "direction"),
        .subject = text_of(arena, node, "subject"),
        .recipient = text_of(arena, node, "recipient"),
        .locale = text_of(arena, template, "locale"),
        .letterhead = text_of(arena, template, "letterhead"),
        .body = text_of(arena, template, "body"),
        .inputs = json_object_get(node, "inputs"),
        .sent_at = moment_of(text_of(arena, node, "sentAt").at),
    };
    message_compose(&message->letter, arena, &parts);
    message->recorded = recorded_of(arena, json_object_get(node, "documents"));
}

enum status message_read(struct message *message, struct arena *arena, struct str body)
{
    *message = (struct message){0};
    json_t *json = json_loadb(body.at, body.len, 0, NULL);
    const json_t *data = json_object_get(json, "data");
    const json_t *node = json_object_get(data, "node");
    enum status status = !json_is_object(data)                       ? STATUS_INTERNAL
                         : json_object_get(node, "template") == NULL ? STATUS_NOT_FOUND
                                                                     : STATUS_OK;
    if (status == STATUS_OK)
        read_node(message, arena, node);
    json_decref(json);
    return status;
}
