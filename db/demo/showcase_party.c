/* showcase_party: a guardian, a card that expired, one that nobody has looked at, a group. */
#include "showcase_party.h"

#include "base/arena.h"
#include "db/dates.h"
#include "showcase.h"

enum { YEAR = 365 };

static int64_t days_ago(const struct demo_customer *customer, int days)
{
    return customer->world->day - days;
}

static int64_t moment(const struct demo_customer *customer, int days)
{
    return dates_midnight(days_ago(customer, days)) + (int64_t)14 * 3600 * 1000000;
}

static void identify(struct demo_customer *customer, struct demo_party *party, const char *kind,
                     int issued, int looked_at, const char *number_end)
{
    const struct party_proof proof = {
        .kind = kind,
        .issued = days_ago(customer, issued),
        .looked_at = looked_at == 0 ? 0 : days_ago(customer, looked_at),
        .years = strcmp(kind, "COMMERCIAL_REGISTER") == 0 ? 0 : 10,
    };
    party_identify(customer, party, proof, number_end);
}

static void prepaid_youth(struct demo_customer *customer, struct demo_party *party)
{
    identify(customer, party, "IDENTITY_CARD", 3 * YEAR, 2 * YEAR, "K7T2");
    party_add_person(customer, party, "GUARDIAN", "Sabine", "Sommer");
    party_add_person(customer, party, "GUARDIAN", "Uwe", "Sommer")->email = (struct str){0};
    party_agree(party, "MARKETING", "SMS", "REJECTED", moment(customer, 2 * YEAR));
}

static void family_bundle(struct demo_customer *customer, struct demo_party *party)
{
    identify(customer, party, "IDENTITY_CARD", 4 * YEAR, 3 * YEAR, "XR94");
    struct party_person *husband =
        party_add_person(customer, party, "AUTHORISED_PERSON", "Stefan", "Berger");
    husband->valid_from = days_ago(customer, 3 * YEAR);
    party_agree(party, "MARKETING", "EMAIL", "VALIDATED", moment(customer, 400))->source =
        "SELF_CARE";
    party_agree(party, "MARKETING", "PHONE", "REJECTED", moment(customer, 3 * YEAR));
    party_agree(party, "USAGE_ANALYSIS", "ANY", "PENDING_UPDATE", moment(customer, 8 * YEAR));
    party_add_former_number(customer, days_ago(customer, 3 * YEAR));
}

static void in_arrears(struct demo_customer *customer, struct demo_party *party)
{
    identify(customer, party, "IDENTITY_CARD", 11 * YEAR, 5 * YEAR, "0C3P");
    party_agree(party, "MARKETING", "EMAIL", "REJECTED", moment(customer, 90))->source = "AGENT";
}

static void business_with_many_lines(struct demo_customer *customer, struct demo_party *party)
{
    identify(customer, party, "COMMERCIAL_REGISTER", 14 * YEAR, 9 * YEAR, "7741");
    party_add_person(customer, party, "AUTHORISED_PERSON", "Henrike", "Petersen-Voß");
    party_add_person(customer, party, "TECHNICAL_CONTACT", "Ole", "Lorenz");
    party_add_person(customer, party, "BILLING_CONTACT", "Natascha", "Şahin");
    struct party_person *before =
        party_add_person(customer, party, "TECHNICAL_CONTACT", "Till", "Brandt");
    before->valid_until = days_ago(customer, 500);
    party_agree(party, "MARKETING", "EMAIL", "VALIDATED", moment(customer, 9 * YEAR));
    party_agree(party, "PARTNER_OFFERS", "EMAIL", "REJECTED", moment(customer, 9 * YEAR));
}

static void call_shop(struct demo_customer *customer, struct demo_party *party)
{
    identify(customer, party, "COMMERCIAL_REGISTER", 8 * YEAR, 6 * YEAR, "118B");
    party_add_person(customer, party, "AUTHORISED_PERSON", "Amina", "Haddad");
}

static void long_names(struct demo_customer *customer, struct demo_party *party)
{
    identify(customer, party, "PASSPORT", 6 * YEAR, 2 * YEAR, "9GZ1");
    party->identifications[0].issued_by = STR("Landeshauptstadt München, Kreisverwaltungsreferat, "
                                              "Hauptabteilung II Bürgerangelegenheiten");
    party_add_person(customer, party, "AUTHORISED_PERSON", "Karl-Theodor Maria Nikolaus",
                     "Freiherr von Hohenstein-Wittelsbach zu Altenburg und Unterschleißheim");
    static const char *const channels[] = {"EMAIL", "SMS", "PHONE", "LETTER"};
    for (int i = 0; i < 4; i++)
        party_agree(party, "MARKETING", channels[i], i == 3 ? "VALIDATED" : "REJECTED",
                    moment(customer, 700 + i));
    party_agree(party, "USAGE_ANALYSIS", "ANY", "REJECTED", moment(customer, 700));
    party_agree(party, "PARTNER_OFFERS", "EMAIL", "REJECTED", moment(customer, 700));
}

/* Sent a copy yesterday that nobody has looked at. */
static void brand_new(struct demo_customer *customer, struct demo_party *party)
{
    identify(customer, party, "RESIDENCE_PERMIT", 300, 0, "M5V8");
    party_agree(party, "MARKETING", "EMAIL", "IN_PROGRESS", moment(customer, 1))->source =
        "SELF_CARE";
}

static void gone(struct demo_customer *customer, struct demo_party *party)
{
    identify(customer, party, "IDENTITY_CARD", 9 * YEAR, 8 * YEAR, "2LJ6");
    struct party_person *daughter =
        party_add_person(customer, party, "AUTHORISED_PERSON", "Renate", "Groß");
    daughter->valid_until = days_ago(customer, 200);
}

bool showcase_party_make(struct demo_customer *customer, struct demo_party *party)
{
    static void (*const stories[SHOWCASE_COUNT])(struct demo_customer *, struct demo_party *) = {
        [0] = prepaid_youth, [1] = family_bundle, [3] = in_arrears, [4] = business_with_many_lines,
        [5] = call_shop,     [9] = long_names,    [10] = brand_new, [11] = gone,
    };
    if (customer->ordinal > SHOWCASE_COUNT || stories[customer->ordinal - 1] == NULL)
        return false;
    for (int i = 0; i < customer->contact_count; i++)
        customer->contacts[i].valid_from = customer->since;
    stories[customer->ordinal - 1](customer, party);
    return true;
}
