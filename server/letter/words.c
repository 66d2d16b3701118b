/* words: the few words of a sheet that are not the writer's. */
#include "letter/words.h"

/* clang-format off */
static const struct words languages[] = {
    {"en", "From",       "To",          "Time",        "Subject",  "Date",         "Customer number", "Page %u of %u"},
    {"de", "Von",        "An",          "Zeit",        "Betreff",  "Datum",        "Kundennummer",    "Seite %u von %u"},
    {"fr", "De",         "À",           "Heure",       "Objet",    "Date",         "Numéro de client", "Page %u sur %u"},
    {"ar", "من",         "إلى",         "الوقت",       "الموضوع",  "التاريخ",      "رقم العميل",      "صفحة %u من %u"},
    {"he", "מאת",        "אל",          "שעה",         "נושא",     "תאריך",        "מספר לקוח",       "עמוד %u מתוך %u"},
    {"el", "Από",        "Προς",        "Ώρα",         "Θέμα",     "Ημερομηνία",   "Αριθμός πελάτη",  "Σελίδα %u από %u"},
    {"ja", "差出人",     "宛先",        "日時",        "件名",     "日付",         "お客様番号",      "%u / %u ページ"},
};
/* clang-format on */

const struct words *words_in(struct str locale)
{
    const char *dash = locale.len == 0 ? NULL : memchr(locale.at, '-', locale.len);
    struct str language = {.at = locale.at,
                           .len = dash == NULL ? locale.len : (size_t)(dash - locale.at)};
    for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
        if (str_is(language, languages[i].locale))
            return &languages[i];
    }
    return &languages[0];
}
