/* action_of: `actions` of each type that has them. */
#pragma once

struct resolve;

void action_of_customers(struct resolve *resolve);
void action_of_ports(struct resolve *resolve);
void action_of_products(struct resolve *resolve);
void action_of_orders(struct resolve *resolve);
void action_of_accounts(struct resolve *resolve);
void action_of_addresses(struct resolve *resolve);
void action_of_cards(struct resolve *resolve);
void action_of_identifications(struct resolve *resolve);
void action_of_mailboxes(struct resolve *resolve);
void action_of_media(struct resolve *resolve);
void action_of_memberships(struct resolve *resolve);
void action_of_messages(struct resolve *resolve);
void action_of_tickets(struct resolve *resolve);
