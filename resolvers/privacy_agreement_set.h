/* privacy_agreement_set: Mutation.setPrivacyAgreement. */
#pragma once

#include "act/act.h"

extern const struct action privacy_agreement_set;
