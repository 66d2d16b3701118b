/* provisioner: a thread that works off what was ordered, one step after the other.
 *
 * It keeps nothing: all it goes by are rows, so it may be killed at any moment, and several servers
 * on one database share the work.
 */
#pragma once

struct database_address;
struct network;
struct vault;
struct provisioner;

/* All must stay until it has stopped. */
struct provisioner *provisioner_start(const struct database_address *address,
                                      const struct network *network, const struct vault *vault);

/* Finishes its step and ends. */
void provisioner_stop(struct provisioner *provisioner);
