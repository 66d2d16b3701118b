/* party: an identification for most, persons who act for some, organisations that are parts of
 * others.
 *
 * Parts and wholes are near each other, so that the same writer stores them, the whole first.
 */
#include "party.h"

#include "base/arena.h"
#include "db/dates.h"
#include "identity.h"
#include "names.h"
#include "purpose.h"
#include "random.h"
#include "showcase.h"
#include "showcase_party.h"
#include "telephone.h"
#include <assert.h>

enum {
    YEAR = 365,
    PARTS_PERMILLE = 150,      /* of organisations */
    FORMER_PERMILLE = 60,      /* had another number once */
    IDENTIFIED_PERMILLE = 930, /* of persons */
    VERIFIED_PERMILLE = 950,   /* of those */
    RENEWED_PERMILLE = 850,    /* of those who were looked at long ago */
    CARD_YEARS = 10,
};

static const char number_characters[] = "0123456789CFGHJKLMNPRTVWXYZ";

struct parties {
    struct demo_customer *customer;
    struct demo_party *party;
    struct random random;
    int64_t day;
};

/* ---- parts of others ---- */

/* The first organisation of the neighbours; of the first ones of all it is Hafenlicht. */
static int64_t whole_of(const struct demo_customer *customer)
{
    int64_t first = customer->ordinal / PARTY_TOGETHER * PARTY_TOGETHER;
    if (first == 0)
        return SHOWCASE_BUSINESS;
    while (first < customer->ordinal && !identity_is_organization(customer->world, first))
        first++;
    return first;
}

static void belong(struct parties *parties)
{
    static const char *const kinds[] = {"SUBSIDIARY", "BRANCH", "DEPARTMENT"};
    static const uint32_t weights[] = {450, 400, 150, 0};
    struct demo_customer *customer = parties->customer;
    bool is_part = random_permille(&parties->random, PARTS_PERMILLE);
    const char *kind = kinds[random_weighted(&parties->random, weights)];
    is_part = is_part || customer->ordinal < PARTY_TOGETHER;
    if (customer->organization_name.at == NULL || !is_part || customer->ordinal == DEMO_CORPORATION)
        return;
    int64_t whole = whole_of(customer);
    if (whole == customer->ordinal)
        return;
    parties->party->parent = whole;
    parties->party->unit_kind = kind;
}

/* ---- identifications ---- */

static const char *city_of(const struct demo_customer *customer)
{
    assert(customer->address_count > 0);
    struct str city = customer->addresses[0].city;
    return str_copy(customer->arena, city).at;
}

static struct str issuer_of(const struct demo_customer *customer, const char *kind)
{
    static const char *const registers[] = {[DEMO_GERMAN] = "Amtsgericht %s",
                                            [DEMO_ENGLISH] = "Companies Registration Office",
                                            [DEMO_FRENCH] = "Greffe du tribunal de commerce de %s"};
    static const char *const passports[] = {[DEMO_GERMAN] = "Stadt %s",
                                            [DEMO_ENGLISH] = "Department of Foreign Affairs",
                                            [DEMO_FRENCH] = "Préfecture de %s"};
    bool is_register = strcmp(kind, "COMMERCIAL_REGISTER") == 0;
    const char *form = (is_register ? registers : passports)[customer->language];
    const char *mark = strstr(form, "%s");
    if (mark == NULL)
        return str_of(form);
    return str_printf(customer->arena, "%.*s%s", (int)(mark - form), form, city_of(customer));
}

void party_identify(struct demo_customer *customer, struct demo_party *party,
                    struct party_proof proof, const char *number_end)
{
    assert(party->identification_count < PARTY_IDENTIFICATIONS);
    int64_t end = proof.years == 0 ? 0 : dates_add_months(proof.issued, proof.years * 12) - 1;
    const int64_t noon = (int64_t)12 * 3600 * 1000000;
    party->identifications[party->identification_count++] = (struct party_identification){
        .kind = proof.kind,
        .number_end = str_of(number_end),
        .issued_by = issuer_of(customer, proof.kind),
        .country = names[customer->language].country,
        .valid_from = proof.issued,
        .valid_until = end,
        .verified_at = proof.looked_at == 0 ? 0 : dates_midnight(proof.looked_at) + noon,
    };
}

static const char *draw_number_end(struct parties *parties)
{
    char *end = arena_text(parties->customer->arena, 5);
    for (int i = 0; i < 4; i++)
        end[i] = number_characters[random_below(&parties->random, sizeof(number_characters) - 1)];
    end[4] = 0;
    return end;
}

/* There are no identity cards in Ireland. */
static const char *draw_kind(struct parties *parties)
{
    static const char *const kinds[] = {"IDENTITY_CARD", "PASSPORT", "RESIDENCE_PERMIT"};
    static const uint32_t weights[] = {780, 130, 90, 0};
    const char *kind = kinds[random_weighted(&parties->random, weights)];
    bool irish = parties->customer->language == DEMO_ENGLISH;
    return irish && strcmp(kind, "IDENTITY_CARD") == 0 ? "PASSPORT" : kind;
}

/* Whoever was looked at long ago was mostly asked again. */
static void identify(struct parties *parties)
{
    struct demo_customer *customer = parties->customer;
    struct random *random = &parties->random;
    bool is_organization = customer->organization_name.at != NULL;
    bool identified = random_permille(random, IDENTIFIED_PERMILLE);
    bool verified = random_permille(random, VERIFIED_PERMILLE);
    bool renewed = random_permille(random, RENEWED_PERMILLE);
    int64_t again = parties->day - random_between(random, 0, 5 * YEAR);
    int64_t looked_at = customer->since < again && renewed ? again : customer->since;
    int64_t issued = looked_at - random_between(random, 0, (CARD_YEARS - 1) * YEAR);
    const char *kind = draw_kind(parties), *number_end = draw_number_end(parties);
    if (!identified)
        return;
    struct party_proof proof = {
        .kind = is_organization ? "COMMERCIAL_REGISTER" : kind,
        .issued = is_organization ? customer->since - 2 * YEAR : issued,
        .looked_at = verified ? looked_at : 0,
        .years = is_organization ? 0 : CARD_YEARS,
    };
    party_identify(customer, parties->party, proof, number_end);
}

bool party_is_verified(const struct demo_party *party, int64_t *valid_until)
{
    bool verified = false, endless = false;
    int64_t last = 0;
    for (int i = 0; i < party->identification_count; i++) {
        const struct party_identification *one = &party->identifications[i];
        if (one->verified_at == 0)
            continue;
        verified = true;
        endless = endless || one->valid_until == 0;
        last = one->valid_until > last ? one->valid_until : last;
    }
    *valid_until = endless ? 0 : last;
    return verified;
}

/* ---- persons ---- */

struct party_person *party_add_person(struct demo_customer *customer, struct demo_party *party,
                                      const char *role, const char *given, const char *family)
{
    assert(party->person_count < PARTY_PERSONS);
    struct party_person *person = &party->persons[party->person_count++];
    struct str name = str_printf(customer->arena, "%s %s", given, family);
    *person = (struct party_person){
        .role = role,
        .given_name = str_of(given),
        .family_name = str_of(family),
        .phone = telephone_mobile(customer),
        .email = identity_mail_address(customer, name, party->person_count),
        .valid_from = customer->since,
    };
    return person;
}

static void draw_person(struct parties *parties, const char *role, const char *family)
{
    struct demo_customer *customer = parties->customer;
    struct random *random = &parties->random;
    const struct names *of = &names[customer->language];
    const char *const *given = random_permille(random, 500) ? of->women : of->men;
    const char *first = given[random_skewed(random, names_count(given))];
    if (family == NULL)
        family = of->families[random_skewed(random, names_count(of->families))];
    struct party_person *person = party_add_person(customer, parties->party, role, first, family);
    int64_t days = parties->day - customer->since;
    person->valid_from = customer->since + random_between(random, 0, days > 0 ? days : 0);
    if (random_permille(random, 80))
        person->valid_until = random_between(random, person->valid_from, parties->day);
    if (random_permille(random, 250))
        person->email = (struct str){0};
}

static void name_persons(struct parties *parties)
{
    struct demo_customer *customer = parties->customer;
    if (customer->organization_name.at == NULL) {
        if (random_permille(&parties->random, 110))
            draw_person(parties, "AUTHORISED_PERSON",
                        str_copy(customer->arena, customer->family_name).at);
        return;
    }
    draw_person(parties, "AUTHORISED_PERSON", NULL);
    if (random_permille(&parties->random, 450))
        draw_person(parties, "TECHNICAL_CONTACT", NULL);
    if (random_permille(&parties->random, 350))
        draw_person(parties, "BILLING_CONTACT", NULL);
}

/* ---- agreements ---- */

struct party_agreement *party_agree(struct demo_party *party, const char *purpose,
                                    const char *channel, const char *state, int64_t stated_at)
{
    assert(party->agreement_count < PARTY_AGREEMENTS);
    struct party_agreement *agreement = &party->agreements[party->agreement_count++];
    *agreement = (struct party_agreement){.purpose = purpose,
                                          .channel = channel,
                                          .state = state,
                                          .source = "CONTRACT",
                                          .stated_at = stated_at};
    return agreement;
}

static const char *draw_state(struct random *random, uint32_t agreed_permille)
{
    if (random_permille(random, 25))
        return random_permille(random, 500) ? "IN_PROGRESS" : "PENDING_UPDATE";
    return random_permille(random, agreed_permille) ? "VALIDATED" : "REJECTED";
}

static void agree(struct parties *parties)
{
    static const struct {
        const char *purpose, *channel;
        uint32_t asked_permille, agreed_permille;
    } asked[PARTY_AGREEMENTS] = {
        {"MARKETING", "EMAIL", 640, 520},    {"MARKETING", "PHONE", 420, 240},
        {"MARKETING", "SMS", 300, 450},      {"MARKETING", "LETTER", 150, 700},
        {"USAGE_ANALYSIS", "ANY", 350, 380}, {"PARTNER_OFFERS", "EMAIL", 90, 200},
    };
    static const char *const sources[] = {"CONTRACT", "SELF_CARE", "AGENT", "SHOP"};
    static const uint32_t weights[] = {600, 250, 100, 50, 0};
    struct random *random = &parties->random;
    for (int i = 0; i < PARTY_AGREEMENTS; i++) {
        if (!random_permille(random, asked[i].asked_permille))
            continue;
        const char *source = sources[random_weighted(random, weights)];
        bool at_once = strcmp(source, "CONTRACT") == 0;
        int64_t since = parties->customer->since;
        int64_t last = parties->day - 1 > since ? parties->day - 1 : since;
        party_agree(parties->party, asked[i].purpose, asked[i].channel,
                    draw_state(random, asked[i].agreed_permille),
                    random_moment(random, at_once ? since : random_between(random, since, last)))
            ->source = source;
    }
}

/* ---- ways to reach them ---- */

void party_add_former_number(struct demo_customer *customer, int64_t last_day)
{
    struct demo_contact *contact =
        model_add_contact(customer, "MOBILE", telephone_mobile(customer));
    contact->valid_from = customer->since;
    contact->valid_until = last_day;
}

static void date_contacts(struct parties *parties)
{
    struct demo_customer *customer = parties->customer;
    for (int i = 0; i < customer->contact_count; i++)
        customer->contacts[i].valid_from = customer->since;
    bool had_another = random_permille(&parties->random, FORMER_PERMILLE);
    int64_t last_day = parties->day - random_between(&parties->random, 30, 3 * YEAR);
    if (had_another && last_day > customer->since)
        party_add_former_number(customer, last_day);
}

struct demo_party *party_make(struct demo_customer *customer)
{
    struct parties parties = {
        .customer = customer,
        .party = arena_new(customer->arena, struct demo_party),
        .random = random_of(customer->world->seed, (uint64_t)customer->ordinal, PURPOSE_PARTY),
        .day = customer->world->day,
    };
    if (showcase_party_make(customer, parties.party))
        return parties.party;
    date_contacts(&parties);
    agree(&parties);
    if (model_is_prospect(customer))
        return parties.party;
    belong(&parties);
    identify(&parties);
    name_persons(&parties);
    return parties.party;
}
