/* sweep: what messages were to say to their readers alone does not outlive its time. */
#include "outbox/internal.h"

#include "mariadb/database.h"

enum status sweep_secrets(struct database *database, struct arena *arena)
{
    return database_run(database, arena,
                        STR("DELETE s FROM message_secret AS s\n"
                            "JOIN message_delivery AS d\n"
                            "    ON d.customer_id = s.customer_id AND d.message_id = s.message_id\n"
                            "WHERE d.secret_until <= NOW(6)"),
                        NULL, 0, NULL);
}
