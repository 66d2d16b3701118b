/* purpose: what a stream of random numbers is for; new ones go to the end, or all data changes. */
#pragma once

enum purpose {
    PURPOSE_LANGUAGE = 1,
    PURPOSE_IDENTITY,
    PURPOSE_CONTACT,
    PURPOSE_HOLDINGS,
    PURPOSE_ORDERS,
    PURPOSE_LEDGER,
    PURPOSE_TICKETS,
    PURPOSE_USAGE,
    PURPOSE_MESSAGES,
    PURPOSE_INTERACTIONS,
    PURPOSE_RESOURCES,
    PURPOSE_PARTY,
    PURPOSE_EXTRAS,
    PURPOSE_DISCOUNTS,
    PURPOSE_CREDIT,
    PURPOSE_PAYMENT_METHOD,
    PURPOSE_MOBILE,
};
