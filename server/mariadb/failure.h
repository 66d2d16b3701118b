/* failure: what an error number of MariaDB or of Connector/C means for us. */
#pragma once

#include "base/status.h"
#include <stdbool.h>

/* The status that the caller gets. */
enum status failure_status(unsigned number);

/* The connection is of no more use. */
bool failure_is_lost(unsigned number);

/* The statement has to be prepared again; it was not executed, or it was a SELECT. */
bool failure_is_stale(unsigned number);

/* Somebody ended the statement with KILL QUERY. */
bool failure_is_kill(unsigned number);
