/* ticket: how promises about a ticket stand, and what its state is called elsewhere. */
#pragma once

#include "run/resolver.h"

enum status ticket_clock_state(struct compute *compute);
enum status ticket_clock_due_in_seconds(struct compute *compute);
enum status ticket_service_request_state(struct compute *compute);
enum status ticket_turn(struct compute *compute);
