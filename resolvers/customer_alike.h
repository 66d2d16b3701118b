/* customer_alike: customers who may be the same person or organisation as somebody new. */
#pragma once

#include "act/act.h"
#include "resolvers/customer_name.h"

struct customer_alike {
    struct customer_names names;
    /* As they are kept; empty: none. */
    struct str mobile, phone, email;
};

/* A user error at that member when there are some that the viewer may see, with them as reasons. */
enum status customer_alike_check(struct act *act, const struct customer_alike *somebody,
                                 const char *member);
