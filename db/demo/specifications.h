/* specifications: what the offerings of the demonstration are made of, and on what terms they are
 * sold. */
#pragma once

#include "base/status.h"

struct arena;
struct database;

/* Specifications, prices, terms and bundles. The offerings are there already. Inside a transaction.
 */
enum status specifications_store(struct database *database, struct arena *arena);

/* How long before its end an offering has to be given up; 0: at once. By position in the catalogue.
 */
int specifications_notice_days(int offering);

/* Megabits a second; 0: no line. */
int specifications_download_mbit(int offering);
int specifications_upload_mbit(int offering);
