/* identity: kind, names, language, status, partner, contacts and addresses. */
#include "identity.h"

#include "base/arena.h"
#include "db/dates.h"
#include "db/fold.h"
#include "names.h"
#include "partners.h"
#include "purpose.h"
#include "random.h"
#include "showcase.h"
#include "telephone.h"

enum {
    DAYS_PER_YEAR = 365,
    SLUG_LIMIT = 48, /* the part before the @ has 64 at most */
};

/* Language and rank follow from the ordinal: of each ten customers seven are German-speaking, two
 * English and one French, in an order of their own. Rank is unique within a language. */
static void set_language(struct demo_customer *customer)
{
    enum demo_language languages[10] = {
        DEMO_GERMAN, DEMO_GERMAN, DEMO_GERMAN,  DEMO_GERMAN,  DEMO_GERMAN,
        DEMO_GERMAN, DEMO_GERMAN, DEMO_ENGLISH, DEMO_ENGLISH, DEMO_FRENCH,
    };
    static const uint32_t per_ten[] = {[DEMO_GERMAN] = 7, [DEMO_ENGLISH] = 2, [DEMO_FRENCH] = 1};
    uint32_t position = (uint32_t)(customer->ordinal - SHOWCASE_COUNT - 1);
    struct random random = random_of(customer->world->seed, position / 10, PURPOSE_LANGUAGE);
    for (uint32_t i = 9; i > 0; i--) {
        uint32_t other = random_below(&random, i + 1);
        enum demo_language kept = languages[i];
        languages[i] = languages[other];
        languages[other] = kept;
    }
    uint32_t before = 0;
    for (uint32_t i = 0; i < position % 10; i++)
        before += languages[i] == languages[position % 10];
    customer->language = languages[position % 10];
    customer->language_rank = SHOWCASE_RANKS + position / 10 * per_ten[customer->language] + before;
}

void identity_person(struct demo_customer *customer, const char *given, const char *family,
                     int64_t birth_date)
{
    customer->kind = "RESIDENTIAL";
    customer->given_name = str_of(given);
    customer->family_name = str_of(family);
    customer->birth_date = birth_date;
    customer->display_name = str_printf(customer->arena, "%s %s", given, family);
    customer->sort_name = str_printf(customer->arena, "%s, %s", family, given);
}

void identity_organization(struct demo_customer *customer, struct str name)
{
    customer->kind = "BUSINESS";
    customer->organization_name = name;
    customer->birth_date = DEMO_NO_DATE;
    customer->display_name = name;
    customer->sort_name = name;
}

/* Folded words with something between them: the part of an e-mail address that is a name. */
static struct str slug(struct arena *arena, struct str name, char between)
{
    struct str folded = fold_text_german(arena, name), word;
    char *out = arena_text(arena, folded.len + 1);
    size_t length = 0;
    while (fold_next_word(&folded, &word)) {
        if (length > 0)
            out[length++] = between;
        for (size_t i = 0; i < word.len; i++) {
            if ((word.at[i] >= 'a' && word.at[i] <= 'z') ||
                (word.at[i] >= '0' && word.at[i] <= '9'))
                out[length++] = word.at[i];
        }
    }
    length = length < SLUG_LIMIT ? length : SLUG_LIMIT;
    while (length > 0 && out[length - 1] == between)
        length--;
    return (struct str){.at = out, .len = length};
}

static struct str mail_address(struct demo_customer *customer)
{
    struct arena *arena = customer->arena;
    if (customer->organization_name.at != NULL) {
        struct str name = slug(arena, customer->organization_name, '-');
        return str_printf(arena, "info@" STR_FMT "-%lld.example", STR_ARG(name),
                          (long long)customer->ordinal);
    }
    struct str name = slug(arena, customer->display_name, '.');
    return str_printf(arena, STR_FMT ".%lld@%s", STR_ARG(name), (long long)customer->ordinal,
                      names[customer->language].mail_domain);
}

struct str identity_mail_address(struct demo_customer *customer, struct str name, int which)
{
    struct str slugged = slug(customer->arena, name, '.');
    return str_printf(customer->arena, STR_FMT ".%lld-%d@%s", STR_ARG(slugged),
                      (long long)customer->ordinal, which, names[customer->language].mail_domain);
}

void identity_draw_address(struct demo_customer *customer, struct random *random,
                           struct demo_address *address)
{
    const struct names *of = &names[customer->language];
    const char *town = of->towns[random_skewed(random, names_count(of->towns))];
    const char *bar = strchr(town, '|');
    const char *street = of->streets[random_skewed(random, names_count(of->streets))];
    const char *mark = strstr(street, "%d");
    int house = (int)random_between(random, 1, 120);
    address->street =
        str_printf(customer->arena, "%.*s%d%s", (int)(mark - street), street, house, mark + 2);
    address->postcode = (struct str){.at = town, .len = (size_t)(bar - town)};
    address->city = str_of(bar + 1);
    address->country = of->country;
}

void identity_contacts(struct demo_customer *customer)
{
    struct random random =
        random_of(customer->world->seed, (uint64_t)customer->ordinal, PURPOSE_CONTACT);
    bool by_phone = random_permille(&random, 700);
    struct demo_contact *phone = model_add_contact(customer, "MOBILE", telephone_mobile(customer));
    phone->preferred = by_phone;
    if (random_permille(&random, 600))
        phone->verified_at =
            random_moment(&random, random_between(&random, customer->since, customer->world->day));
    if (random_permille(&random, 900) || !by_phone) {
        struct demo_contact *mail = model_add_contact(customer, "EMAIL", mail_address(customer));
        mail->preferred = !by_phone;
        if (random_permille(&random, 500))
            mail->verified_at = random_moment(
                &random, random_between(&random, customer->since, customer->world->day));
    }
    identity_draw_address(customer, &random, model_add_address(customer, "CONTACT"));
    if (random_permille(&random, 80))
        identity_draw_address(customer, &random, model_add_address(customer, "BILLING"));
}

static void make_person(struct demo_customer *customer, struct random *random)
{
    const struct names *of = &names[customer->language];
    const char *const *given = random_permille(random, 505) ? of->women : of->men;
    const char *first = given[random_skewed(random, names_count(given))];
    const char *family = of->families[random_skewed(random, names_count(of->families))];
    if (customer->language == DEMO_GERMAN && random_permille(random, 40)) {
        const char *second = of->families[random_skewed(random, names_count(of->families))];
        if (strchr(family, ' ') == NULL && strchr(second, ' ') == NULL && second != family)
            family = str_printf(customer->arena, "%s-%s", family, second).at;
    }
    int64_t age_days = random_between(random, 18 * DAYS_PER_YEAR + 5, 86 * DAYS_PER_YEAR);
    identity_person(customer, first, family, customer->world->day - age_days);
    bool young = age_days < 27 * DAYS_PER_YEAR;
    customer->segment = young ? "YOUNG" : random_permille(random, 150) ? "PREMIUM" : "STANDARD";
}

static void make_organization(struct demo_customer *customer, struct random *random)
{
    const struct names *of = &names[customer->language];
    const char *family = of->families[random_skewed(random, names_count(of->families))];
    const char *form = of->companies[random_below(random, names_count(of->companies))];
    const char *mark = strstr(form, "%s");
    identity_organization(customer, str_printf(customer->arena, "%.*s%s%s", (int)(mark - form),
                                               form, family, mark + 2));
    customer->segment = random_permille(random, 50) ? "KEY_ACCOUNT" : "SMALL_BUSINESS";
}

/* Half of those who are not yet customers have ordered something, the others are prospects. */
static const char *draw_status(const struct demo_world *world, struct random *random,
                               int64_t *since)
{
    static const char *const statuses[] = {"ACTIVE", "CLOSED", "SUSPENDED", "INITIALIZED"};
    static const uint32_t weights[] = {930, 50, 15, 5, 0};
    const char *status = statuses[random_weighted(random, weights)];
    int64_t day = world->day;
    *since = day - 1 - random_skewed(random, 15 * DAYS_PER_YEAR);
    if (strcmp(status, "INITIALIZED") == 0) {
        *since = day - random_between(random, 0, 9);
        return (day - *since) % 2 == 0 ? "PROSPECT" : status;
    }
    if (strcmp(status, "CLOSED") == 0 && *since > day - 2 * DAYS_PER_YEAR)
        *since -= 2 * DAYS_PER_YEAR;
    else if (strcmp(status, "SUSPENDED") == 0 && *since > day - DAYS_PER_YEAR)
        *since -= DAYS_PER_YEAR;
    return status;
}

static bool draw_is_organization(struct random *random)
{
    return !random_permille(random, 920);
}

bool identity_is_organization(const struct demo_world *world, int64_t ordinal)
{
    struct random random = random_of(world->seed, (uint64_t)ordinal, PURPOSE_IDENTITY);
    int64_t since;
    draw_status(world, &random, &since);
    return draw_is_organization(&random);
}

void identity_make(struct demo_customer *customer)
{
    struct random random =
        random_of(customer->world->seed, (uint64_t)customer->ordinal, PURPOSE_IDENTITY);
    set_language(customer);
    customer->status = draw_status(customer->world, &random, &customer->since);
    if (draw_is_organization(&random))
        make_organization(customer, &random);
    else
        make_person(customer, &random);
    if (random_permille(&random, 220))
        customer->partner_id = partners_draw(&random);
    identity_contacts(customer);
}
