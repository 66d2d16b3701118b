/* message_way: the ways that messages leave by, which of them are set up here, and their outbox. */
#include "resolvers/message_way.h"

static struct message_ways offered;

static const struct message_way ways[] = {
    {"POST", "LETTER", &offered.post},
    {"EMAIL", "EMAIL", &offered.email},
    {"SMS", "SMS", &offered.sms},
    {"PORTAL", "LETTER", NULL},
};

void message_way_use(const struct message_ways *set_up)
{
    offered = *set_up;
}

struct str message_way_country(void)
{
    return offered.country;
}

const struct message_way *message_way_of(struct str channel)
{
    const struct message_way *way = ways;
    while (!str_is(channel, way->channel))
        way++;
    return way;
}

struct cell message_way_problem(const struct message_way *way)
{
    return *way->is_offered ? (struct cell){.kind = CELL_NULL} : cell_text(STR("NOT_CONFIGURED"));
}

enum status message_way_queue(struct act *act, const struct message_delivery *delivery)
{
    struct cell minutes = delivery->secret_minutes > 0 ? cell_int(delivery->secret_minutes)
                                                       : (struct cell){.kind = CELL_NULL};
    const struct cell parameters[] = {cell_int(delivery->message_id),
                                      cell_int(act->customer),
                                      cell_text(str_of(delivery->way->channel)),
                                      cell_text(delivery->address),
                                      message_way_problem(delivery->way),
                                      delivery->order,
                                      delivery->bill,
                                      delivery->ticket,
                                      minutes};
    return act_run(act,
                   "INSERT INTO message_delivery\n"
                   "    (message_id, customer_id, channel, address, problem, product_order_id,\n"
                   "     customer_bill_id, ticket_id, secret_until, reference, due_at)\n"
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, NOW(6) + INTERVAL ? MINUTE,\n"
                   "    LOWER(HEX(RANDOM_BYTES(16))), NOW(6))",
                   parameters, sizeof(parameters) / sizeof(*parameters), NULL);
}
