/* status: how an operation of ours can end. One list, read by code, logs and clients. */
#pragma once

/*       name             code for clients      what it means */
#define STATUS_LIST(X)                                                                             \
    X(OK,                 "OK",                 "done")                                            \
    X(INVALID,            "BAD_USER_INPUT",     "the input cannot be used as it is")               \
    X(NOT_FOUND,          "NOT_FOUND",          "there is nothing here by that name or id")        \
    X(REFUSED,            "REFUSED",            "a rule of the business forbids it")               \
    X(CONFLICT,           "CONFLICT",           "somebody else changed it in the meantime")        \
    X(UNAUTHENTICATED,    "UNAUTHENTICATED",    "sign in first")                                   \
    X(FORBIDDEN,          "FORBIDDEN",          "the viewer has no right to it")                   \
    X(LIMIT,              "LIMIT",              "larger or deeper than is allowed")                \
    X(RATE,               "RATE_LIMITED",       "too many in too short a time")                    \
    X(UNAVAILABLE,        "UNAVAILABLE",        "a part that is needed does not answer right now") \
    X(TIMEOUT,            "TIMEOUT",            "it took longer than is allowed")                  \
    X(INTERNAL,           "INTERNAL",           "our own mistake, see the log")

enum status {
#define X(name, code, meaning) STATUS_##name,
    STATUS_LIST(X)
#undef X
};

const char *status_code(enum status status);
const char *status_meaning(enum status status);

/* Hands a status that is not OK to the caller. */
#define TRY(expression)                                                                            \
    do {                                                                                           \
        enum status try_status = (expression);                                                     \
        if (try_status != STATUS_OK)                                                               \
            return try_status;                                                                     \
    } while (0)
