/* received_mail: e-mails that wait are filed, become tickets, or are discarded. */
#pragma once

#include "act/act.h"

/* Mutation.fileReceivedMail, createTicketFromMail and discardReceivedMail */
extern const struct action received_mail_file;
extern const struct action received_mail_to_ticket;
extern const struct action received_mail_discard;
