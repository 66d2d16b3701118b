/* search_definition: what somebody can look for customers by, and how it is compared. */
#pragma once

#include "plan/binding.h"
#include "run/resolver.h"

/* SearchField.operators, of operators. */
enum status search_field_operators(struct compute *compute);

/* SearchDefinition.fields: those about something that is sold or held. */
predicate_function search_field_sold;

/* Query.activeSearchDefinitions: the one that is active for those whom the viewer belongs to. */
predicate_function search_definition_active;
