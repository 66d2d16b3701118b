/* outbox: sends what mutations have put into message_delivery, a thread for each way out.
 *
 * Each thread has a connection of its own. What is due is claimed in one transaction, sent outside
 * of any, and settled in another; what a process that was killed had claimed is claimed again when
 * its time is over, unless it had been handed over (docs/decisions/0026-outbox.md). What a message
 * says to its reader alone is opened in the memory of the thread that sends it, and nowhere else.
 */
#pragma once

#include "base/str.h"

struct arena;
struct buf;
struct database_address;
struct outbox;
struct vault;

struct outbox_options {
    const struct database_address *address;
    /* NULL: messages of that way wait. */
    const char *mail_server, *sms_gateway, *print_spool;
    const char *mail_from, *mail_login, *mail_certificates, *sms_key;
    uint32_t attempts, pause_s, timeout_s;
    const struct vault *vault; /* opens what is told to readers alone */
};

/* NULL with the reason in *problem: something cannot be used as it is. */
struct outbox *outbox_start(const struct outbox_options *options, struct arena *arena,
                            struct str *problem);

/* What is being handed over may finish; what is not, is given up and due again. */
void outbox_stop(struct outbox *outbox);

/* For Prometheus. */
void outbox_tell_metrics(const struct outbox *outbox, struct buf *out);
