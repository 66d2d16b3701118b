/* ticket_texts: what customers and agents of the demonstration write about tickets. */
#pragma once

#include "model.h"

enum ticket_type {
    TICKET_BILLING,
    TICKET_FAULT,
    TICKET_ORDER,
    TICKET_SIM,
    TICKET_COMPLAINT,
    TICKET_TYPES
};

enum { TICKET_SUBJECTS = 2, TICKET_NOTES = 6, TICKET_LANGUAGES = 3 };

struct ticket_texts {
    const char *subjects[TICKET_SUBJECTS], *reports[TICKET_SUBJECTS];
    const char *answer; /* what is asked or promised first */
    const char *reply;  /* of the customer */
    const char *solved;
};

extern const struct ticket_texts ticket_texts[TICKET_TYPES][TICKET_LANGUAGES];

/* TicketType, as the table has it. */
extern const char *const ticket_type_names[TICKET_TYPES];

/* Among agents, who write English. */
extern const char *const ticket_notes[TICKET_NOTES];

/* What a customer whose solution did not last writes. */
extern const char *const ticket_again[TICKET_LANGUAGES];
