/* log: one line of JSON per event on standard error. Values are data, never format strings.
 *
 *     log_event(LOG_WARN, "database lost", "socket", path, "errno", text, NULL);
 */
#pragma once

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

void log_set_level(enum log_level level);

/* Pairs of C strings (key, value), ended by NULL. A NULL value is written as null. */
void log_event(enum log_level level, const char *message, ...) __attribute__((sentinel));

/* For the value of a pair: a small text on a ring of buffers of this thread. */
const char *log_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
