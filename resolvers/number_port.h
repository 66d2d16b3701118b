/* number_port: numbers that customers take along from other operators, or to them. */
#pragma once

#include "act/act.h"

extern const struct action number_port_in;
extern const struct action number_port_out;
extern const struct action number_port_cancel;
extern const struct action number_port_answer;
