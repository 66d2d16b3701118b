/* number_port: numbers that customers take along from other operators, or to them. */
#pragma once

#include "act/act.h"

struct hindrances;

extern const struct action number_port_in;
extern const struct action number_port_out;
extern const struct action number_port_cancel;
extern const struct action number_port_answer;

/* What keeps a port of this status from being answered and called off. */
void number_port_hinders(struct str status, struct hindrances *out);
