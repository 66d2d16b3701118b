/* number_port: numbers that customers take along from other operators, or to them. */
#pragma once

#include "act/act.h"

struct hindrances;

extern const struct action number_port_in;
extern const struct action number_port_out;
extern const struct action number_port_cancel;
extern const struct action number_port_answer;

/* What keeps a line, of which a number moves, from having another one move. */
void number_port_moving(bool moves, struct hindrances *out);

/* What keeps the number of a line from leaving. */
void number_port_unnumbered(const struct cell *number, struct hindrances *out);

/* What keeps a port of this status from being answered and called off. */
void number_port_hinders(struct str status, struct hindrances *out);
