/* message_texts: the templates of the demonstration's messages. */
#include "message_texts.h"

#include "base/arena.h"
#include "cells.h"
#include "db/batch.h"
#include "db/dates.h"

enum {
    LANGUAGES = 3,
    OLD_REMINDERS_ID = 1 + LANGUAGES * MESSAGE_TEXTS,
    NOTICES_ID = OLD_REMINDERS_ID + LANGUAGES,
    OWN_WORDS_ID = NOTICES_ID + NOTICES,
    CODES_ID = OWN_WORDS_ID + LANGUAGES * 3 /* kinds of own words */,
    CODES = 3,
    FIRST_RELEASE_DAYS = 800,
    SECOND_RELEASE_DAYS = 45, /* so long ago reminders got a new text */
};

static const char letterhead[] = "Fernklang\n"
                                 "Fernklang Telekom AG\n"
                                 "Am Funkturm 1, 20095 Hamburg\n"
                                 "service@fernklang.example\n"
                                 "www.fernklang.example";

/* clang-format off */
static const struct message_template texts[LANGUAGES][MESSAGE_TEXTS] = {
    [DEMO_GERMAN] = {
        [TEXT_WELCOME] = {.code = "WELCOME", .title = "Begrüßung", .subject = "Willkommen bei Fernklang",
            .body = "Guten Tag {{name}},\n\nschön, dass Sie bei uns sind. Ihre Kundennummer ist {{number}}; bitte"
                    " halten Sie sie bereit, wenn Sie uns anrufen.\n\nDas haben Sie bestellt:\n{{products}}\n\n"
                    "Alles, was Sie vereinbart haben, lesen Sie jederzeit in Ihrem Kundenkonto. Sie können diesen"
                    " Vertrag innerhalb von vierzehn Tagen ohne Angabe von Gründen widerrufen.\n\n"
                    "Mit freundlichen Grüßen\nIhr Kundendienst"},
        [TEXT_TERMINATION] = {.code = "TERMINATION", .title = "Kündigungsbestätigung",
            .subject = "Ihre Kündigung zum {{until}}",
            .body = "Guten Tag {{name}},\n\nwir bestätigen Ihre Kündigung. Dieser Vertrag endet am {{until}}:\n"
                    "{{products}}\n\nBis dahin können Sie ihn wie gewohnt nutzen. Geräte, die uns gehören, schicken"
                    " Sie bitte innerhalb von vier Wochen zurück.\n\nMit freundlichen Grüßen\nIhr Kundendienst"},
        [TEXT_REMINDER] = {.code = "REMINDER", .version = 2, .title = "Mahnung",
            .subject = "Erinnerung: Rechnung für {{month}}",
            .body = "Guten Tag {{name}},\n\nzu Ihrer Rechnung für {{month}} haben wir noch keine Zahlung gefunden."
                    " Offen sind {{amount}}, darin eine Gebühr von {{fee}}.\n\nBitte überweisen Sie den Betrag"
                    " innerhalb von zehn Tagen und nennen Sie dabei Ihre Kundennummer {{number}}. Fällt Ihnen das"
                    " gerade schwer, rufen Sie uns an: Wir vereinbaren gern Raten mit Ihnen.\n\nHat sich dieser"
                    " Brief mit Ihrer Zahlung überschnitten, betrachten Sie ihn bitte als gegenstandslos.\n\n"
                    "Mit freundlichen Grüßen\nIhr Kundendienst"},
        [TEXT_PRICES] = {.code = "PRICES", .title = "Preisänderung", .subject = "Unsere Preise ab {{until}}",
            .body = "Guten Tag {{name}},\n\nam {{until}} ändern sich einige unserer Preise: Gespräche in Länder"
                    " außerhalb der EU kosten dann 0,29 EUR je Minute, der Reisepass 5,99 EUR am Tag. Der"
                    " Grundpreis Ihrer Verträge bleibt, wie er ist.\n\nSie dürfen wegen dieser Änderung bis einen"
                    " Tag vorher kündigen, ohne eine Frist einzuhalten. Tun Sie nichts, gelten die neuen Preise."
                    "\n\nMit freundlichen Grüßen\nIhr Kundendienst"},
        [TEXT_ORDER] = {.code = "ORDER", .title = "Bestellbestätigung", .subject = "Ihre Bestellung {{order}}",
            .body = "Guten Tag {{name}},\n\nvielen Dank für Ihre Bestellung {{order}} vom {{date}}:\n{{products}}\n\n"
                    "Wir melden uns, sobald es etwas Neues gibt.\n\nIhr Kundendienst"},
        [TEXT_BILL] = {.code = "BILL", .title = "Rechnung bereit", .subject = "Ihre Rechnung für {{month}}",
            .body = "Guten Tag {{name}},\n\nIhre Rechnung für {{month}} über {{amount}} liegt in Ihrem Kundenkonto"
                    " bereit.\n\nIhr Kundendienst"},
        [TEXT_INQUIRY] = {.code = "INQUIRY", .title = "Anfrage", .subject = "{{about}}", .body = "{{text}}"},
        [TEXT_REPLY] = {.code = "REPLY", .title = "Antwort", .subject = "Re: {{about}}",
            .body = "Guten Tag {{name}},\n\n{{text}}\n\nMit freundlichen Grüßen\nIhr Kundendienst"},
        [TEXT_TOP_UP] = {.code = "TOP_UP", .title = "Guthaben aufgeladen",
            .body = "Ihr Guthaben wurde um {{amount}} aufgeladen. Vielen Dank! Fernklang"},
        [TEXT_DATA_USED] = {.code = "DATA_USED", .title = "Datenvolumen zu 80 % verbraucht",
            .body = "Sie haben 80 % Ihres Datenvolumens verbraucht. Mehr bekommen Sie in der App. Fernklang"},
        [TEXT_ROAMING] = {.code = "ROAMING", .title = "Willkommen im Ausland",
            .body = "Willkommen in {{place}}! In der EU telefonieren und surfen Sie zu den Preisen von zu Hause."
                    " Notruf: 112. Fernklang"},
        [TEXT_SERVICE] = {.code = "SERVICE", .title = "Hinweis zum Anschluss",
            .body = "Am {{date}} arbeiten wir zwischen 1 und 5 Uhr am Netz. Ihr Anschluss kann dann kurz ausfallen."
                    " Fernklang"},
    },
    [DEMO_ENGLISH] = {
        [TEXT_WELCOME] = {.code = "WELCOME", .title = "Welcome", .subject = "Welcome to Fernklang",
            .body = "Hello {{name}},\n\nit is good to have you with us. Your customer number is {{number}}; please"
                    " have it at hand when you call.\n\nThis is what you ordered:\n{{products}}\n\n"
                    "Everything we agreed on can be read in your account at any time. You may withdraw from this"
                    " contract within fourteen days, and need not say why.\n\nYours sincerely\nCustomer Service"},
        [TEXT_TERMINATION] = {.code = "TERMINATION", .title = "Confirmation of termination",
            .subject = "Your contract ends on {{until}}",
            .body = "Hello {{name}},\n\nwe confirm that you gave notice. This contract ends on {{until}}:\n"
                    "{{products}}\n\nUntil then you can use it as ever. Please send back within four weeks what"
                    " belongs to us.\n\nYours sincerely\nCustomer Service"},
        [TEXT_REMINDER] = {.code = "REMINDER", .version = 2, .title = "Reminder",
            .subject = "Reminder: your bill for {{month}}",
            .body = "Hello {{name}},\n\nwe have not found a payment for your bill for {{month}}. {{amount}} are open,"
                    " which includes a fee of {{fee}}.\n\nPlease transfer the amount within ten days and give your"
                    " customer number {{number}}. If that is hard for you at the moment, call us: we shall be glad"
                    " to agree on instalments.\n\nIf you have paid in the meantime, please take this letter as"
                    " settled.\n\nYours sincerely\nCustomer Service"},
        [TEXT_PRICES] = {.code = "PRICES", .title = "Change of prices", .subject = "Our prices from {{until}}",
            .body = "Hello {{name}},\n\nsome of our prices change on {{until}}: calls to countries outside the EU will"
                    " cost EUR 0.29 a minute, and the travel pass EUR 5.99 a day. What you pay each month stays as"
                    " it is.\n\nBecause of this change you may end your contract without a period of notice until"
                    " the day before. If you do nothing, the new prices apply.\n\nYours sincerely\nCustomer Service"},
        [TEXT_ORDER] = {.code = "ORDER", .title = "Order confirmation", .subject = "Your order {{order}}",
            .body = "Hello {{name}},\n\nthank you for your order {{order}} of {{date}}:\n{{products}}\n\n"
                    "We shall write as soon as there is news.\n\nCustomer Service"},
        [TEXT_BILL] = {.code = "BILL", .title = "Bill is ready", .subject = "Your bill for {{month}}",
            .body = "Hello {{name}},\n\nyour bill for {{month}} of {{amount}} is in your account.\n\nCustomer Service"},
        [TEXT_INQUIRY] = {.code = "INQUIRY", .title = "Inquiry", .subject = "{{about}}", .body = "{{text}}"},
        [TEXT_REPLY] = {.code = "REPLY", .title = "Reply", .subject = "Re: {{about}}",
            .body = "Hello {{name}},\n\n{{text}}\n\nKind regards\nCustomer Service"},
        [TEXT_TOP_UP] = {.code = "TOP_UP", .title = "Credit topped up",
            .body = "{{amount}} were added to your credit. Thank you! Fernklang"},
        [TEXT_DATA_USED] = {.code = "DATA_USED", .title = "80 % of data used",
            .body = "You have used 80 % of your data. There is more in the app. Fernklang"},
        [TEXT_ROAMING] = {.code = "ROAMING", .title = "Welcome abroad",
            .body = "Welcome to {{place}}! Within the EU you call and surf as at home. Emergencies: 112. Fernklang"},
        [TEXT_SERVICE] = {.code = "SERVICE", .title = "Works on the line",
            .body = "On {{date}} we work on the network between 1 and 5 a.m. Your line may be gone for a moment."
                    " Fernklang"},
    },
    [DEMO_FRENCH] = {
        [TEXT_WELCOME] = {.code = "WELCOME", .title = "Bienvenue", .subject = "Bienvenue chez Fernklang",
            .body = "Bonjour {{name}},\n\nnous sommes heureux de vous compter parmi nous. Votre numéro de client est"
                    " le {{number}} ; ayez-le sous la main quand vous nous appelez.\n\nVoici votre commande :\n"
                    "{{products}}\n\nTout ce qui a été convenu se lit à tout moment dans votre espace client. Vous"
                    " pouvez vous rétracter dans les quatorze jours sans donner de motif.\n\n"
                    "Cordialement\nLe service clients"},
        [TEXT_TERMINATION] = {.code = "TERMINATION", .title = "Confirmation de résiliation",
            .subject = "Votre contrat prend fin le {{until}}",
            .body = "Bonjour {{name}},\n\nnous confirmons votre résiliation. Ce contrat prend fin le {{until}} :\n"
                    "{{products}}\n\nD’ici là, rien ne change. Merci de nous renvoyer sous quatre semaines le"
                    " matériel qui nous appartient.\n\nCordialement\nLe service clients"},
        [TEXT_REMINDER] = {.code = "REMINDER", .version = 2, .title = "Rappel",
            .subject = "Rappel : votre facture de {{month}}",
            .body = "Bonjour {{name}},\n\nnous n’avons pas trouvé de paiement pour votre facture de {{month}}. Il reste"
                    " {{amount}} à régler, dont {{fee}} de frais.\n\nMerci de virer cette somme sous dix jours en"
                    " indiquant votre numéro de client {{number}}. Si c’est difficile en ce moment, appelez-nous :"
                    " nous conviendrons volontiers d’un échelonnement.\n\nSi vous avez payé entre-temps, ne tenez"
                    " pas compte de cette lettre.\n\nCordialement\nLe service clients"},
        [TEXT_PRICES] = {.code = "PRICES", .title = "Changement de tarifs", .subject = "Nos tarifs à partir du {{until}}",
            .body = "Bonjour {{name}},\n\ncertains de nos tarifs changent le {{until}} : les appels hors de l’UE"
                    " coûteront 0,29 EUR la minute et le pass voyage 5,99 EUR par jour. Vos abonnements restent"
                    " au même prix.\n\nVous pouvez résilier sans préavis jusqu’à la veille en raison de ce"
                    " changement. Sans réponse de votre part, les nouveaux tarifs s’appliquent.\n\n"
                    "Cordialement\nLe service clients"},
        [TEXT_ORDER] = {.code = "ORDER", .title = "Confirmation de commande", .subject = "Votre commande {{order}}",
            .body = "Bonjour {{name}},\n\nmerci pour votre commande {{order}} du {{date}} :\n{{products}}\n\n"
                    "Nous vous écrirons dès qu’il y a du nouveau.\n\nLe service clients"},
        [TEXT_BILL] = {.code = "BILL", .title = "Facture disponible", .subject = "Votre facture de {{month}}",
            .body = "Bonjour {{name}},\n\nvotre facture de {{month}}, d’un montant de {{amount}}, est dans votre espace"
                    " client.\n\nLe service clients"},
        [TEXT_INQUIRY] = {.code = "INQUIRY", .title = "Demande", .subject = "{{about}}", .body = "{{text}}"},
        [TEXT_REPLY] = {.code = "REPLY", .title = "Réponse", .subject = "Re: {{about}}",
            .body = "Bonjour {{name}},\n\n{{text}}\n\nCordialement\nLe service clients"},
        [TEXT_TOP_UP] = {.code = "TOP_UP", .title = "Crédit rechargé",
            .body = "Votre crédit a été rechargé de {{amount}}. Merci ! Fernklang"},
        [TEXT_DATA_USED] = {.code = "DATA_USED", .title = "80 % des données utilisées",
            .body = "Vous avez utilisé 80 % de vos données. Il y en a d’autres dans l’appli. Fernklang"},
        [TEXT_ROAMING] = {.code = "ROAMING", .title = "Bienvenue à l’étranger",
            .body = "Bienvenue en {{place}} ! Dans l’UE, vous appelez et surfez comme chez vous. Urgences : 112."
                    " Fernklang"},
        [TEXT_SERVICE] = {.code = "SERVICE", .title = "Travaux sur la ligne",
            .body = "Le {{date}}, nous travaillons sur le réseau entre 1 h et 5 h. Votre ligne peut être coupée un"
                    " instant. Fernklang"},
    },
};

static const struct message_template old_reminders[LANGUAGES] = {
    [DEMO_GERMAN] = {.title = "Mahnung", .subject = "Mahnung: Rechnung für {{month}}",
        .body = "Guten Tag {{name}},\n\nIhre Rechnung für {{month}} ist offen. Bitte zahlen Sie {{amount}} innerhalb von"
                " zehn Tagen.\n\nMit freundlichen Grüßen\nIhr Kundendienst"},
    [DEMO_ENGLISH] = {.title = "Reminder", .subject = "Your bill for {{month}} is unpaid",
        .body = "Hello {{name}},\n\nyour bill for {{month}} is unpaid. Please pay {{amount}} within ten days.\n\n"
                "Yours sincerely\nCustomer Service"},
    [DEMO_FRENCH] = {.title = "Rappel", .subject = "Votre facture de {{month}} est impayée",
        .body = "Bonjour {{name}},\n\nvotre facture de {{month}} est impayée. Merci de régler {{amount}} sous dix"
                " jours.\n\nCordialement\nLe service clients"},
};

static const struct message_template notices[NOTICES] = {
    [NOTICE_ARABIC] = {.locale = "ar", .title = "إعلان", .subject = "أسعار المكالمات الدولية من {{until}}",
        .body = "إلى {{name}}،\n\nيسرّنا أن نعلمكم بأسعار المكالمات الدولية الجديدة ابتداءً من {{until}}. سعر الدقيقة"
                " إلى المغرب وتونس ومصر هو 0,09 EUR، وإلى سائر البلدان 0,29 EUR.\n\nيرجى تعليق هذا الإعلان في مكان ظاهر"
                " داخل المحل. للاستفسار اكتبوا إلى service@fernklang.example.\n\nمع أطيب التحيات\nخدمة العملاء"},
    [NOTICE_GREEK] = {.locale = "el", .title = "Ανακοίνωση", .subject = "Τιμές διεθνών κλήσεων από {{until}}",
        .body = "Προς {{name}},\n\nσας ενημερώνουμε για τις νέες τιμές διεθνών κλήσεων από {{until}}. Το λεπτό προς την"
                " Ελλάδα και την Κύπρο κοστίζει 0,09 EUR και προς τις άλλες χώρες 0,29 EUR.\n\nΠαρακαλούμε να αναρτήσετε"
                " την ανακοίνωση σε εμφανές σημείο του καταστήματος.\n\nΜε εκτίμηση\nΕξυπηρέτηση πελατών"},
    [NOTICE_HEBREW] = {.locale = "he", .title = "הודעה", .subject = "מחירי שיחות בינלאומיות מיום {{until}}",
        .body = "לכבוד {{name}},\n\nאנו שמחים להודיע על המחירים החדשים של שיחות בינלאומיות מיום {{until}}. מחיר דקת שיחה"
                " לישראל הוא 0,09 EUR ולשאר הארצות 0,29 EUR.\n\nנא לתלות הודעה זו במקום בולט בחנות.\n\nבברכה\nשירות"
                " הלקוחות"},
    [NOTICE_JAPANESE] = {.locale = "ja", .title = "お知らせ", .subject = "{{until}}からの国際通話料金",
        .body = "{{name}} 御中\n\n{{until}}より国際通話料金が変わりますので、お知らせいたします。日本への通話は1分につき"
                "0,09 EUR、その他の国への通話は1分につき0,29 EURです。\n\nこのお知らせを店内の見やすい場所に掲示してください。"
                "\n\n敬具\nカスタマーサービス"},
};

enum own_words { OWN_LETTER, OWN_MAIL, OWN_SMS, OWN_WORDS };

static const char *const own_titles[LANGUAGES] = {
    [DEMO_GERMAN] = "Nachricht", [DEMO_ENGLISH] = "Message", [DEMO_FRENCH] = "Message"};

static const struct message_template own_texts[OWN_WORDS] = {
    [OWN_LETTER] = {.kind = "LETTER", .subject = "{{about}}", .body = "{{text}}"},
    [OWN_MAIL] = {.kind = "EMAIL", .subject = "{{about}}", .body = "{{text}}"},
    [OWN_SMS] = {.kind = "SMS", .body = "{{text}}"},
};

/* What only the reader may know; nobody has been sent any of these yet. */
static const struct message_template codes[LANGUAGES][CODES] = {
    [DEMO_GERMAN] = {
        {.code = "PASSWORD_RESET", .kind = "EMAIL", .title = "Neues Passwort", .subject = "Ihr neues Passwort für {{mailbox}}",
            .body = "Guten Tag {{name}},\n\nhier wählen Sie ein neues Passwort für {{mailbox}}:\n"
                    "https://post.fernklang.example/reset#{{token}}\n\nDer Link gilt {{minutes}} Minuten und nur einmal."
                    " Haben Sie ihn nicht angefordert, tun Sie bitte nichts: Ihr Passwort bleibt, wie es ist.\n\n"
                    "Ihr Kundendienst"},
        {.code = "PASSWORD_RESET", .kind = "SMS", .title = "Neues Passwort",
            .body = "Neues Passwort für {{mailbox}}: https://post.fernklang.example/reset#{{token}} gilt {{minutes}} Minuten,"
                    " einmal. Fernklang"},
        {.code = "VOICEMAIL_PIN", .kind = "SMS", .title = "Neue PIN der Mailbox",
            .body = "Die neue PIN Ihrer Mailbox ist {{pin}}. Geben Sie sie niemandem. Fernklang"},
    },
    [DEMO_ENGLISH] = {
        {.code = "PASSWORD_RESET", .kind = "EMAIL", .title = "New password", .subject = "Your new password for {{mailbox}}",
            .body = "Hello {{name}},\n\nhere you choose a new password for {{mailbox}}:\n"
                    "https://post.fernklang.example/reset#{{token}}\n\nThe link is good for {{minutes}} minutes, and once."
                    " If you did not ask for it, do nothing: your password stays as it is.\n\nCustomer Service"},
        {.code = "PASSWORD_RESET", .kind = "SMS", .title = "New password",
            .body = "New password for {{mailbox}}: https://post.fernklang.example/reset#{{token}} good for {{minutes}}"
                    " minutes, once. Fernklang"},
        {.code = "VOICEMAIL_PIN", .kind = "SMS", .title = "New PIN of the mailbox",
            .body = "The new PIN of your voice mailbox is {{pin}}. Give it to nobody. Fernklang"},
    },
    [DEMO_FRENCH] = {
        {.code = "PASSWORD_RESET", .kind = "EMAIL", .title = "Nouveau mot de passe",
            .subject = "Votre nouveau mot de passe pour {{mailbox}}",
            .body = "Bonjour {{name}},\n\nchoisissez ici un nouveau mot de passe pour {{mailbox}} :\n"
                    "https://post.fernklang.example/reset#{{token}}\n\nLe lien est valable {{minutes}} minutes et une seule"
                    " fois. Si vous ne l'avez pas demandé, ne faites rien : votre mot de passe reste le même.\n\n"
                    "Le service clients"},
        {.code = "PASSWORD_RESET", .kind = "SMS", .title = "Nouveau mot de passe",
            .body = "Nouveau mot de passe pour {{mailbox}} : https://post.fernklang.example/reset#{{token}} valable"
                    " {{minutes}} minutes, une fois. Fernklang"},
        {.code = "VOICEMAIL_PIN", .kind = "SMS", .title = "Nouveau code de la messagerie",
            .body = "Le nouveau code de votre messagerie est {{pin}}. Ne le donnez à personne. Fernklang"},
    },
};
/* clang-format on */

static const char *const locales[LANGUAGES] = {
    [DEMO_GERMAN] = "de", [DEMO_ENGLISH] = "en", [DEMO_FRENCH] = "fr"};

const char *message_texts_locale(enum demo_language language)
{
    return locales[language];
}

static const char *kind_of(enum message_text text)
{
    return text <= TEXT_PRICES ? "LETTER" : text <= TEXT_REPLY ? "EMAIL" : "SMS";
}

struct message_template message_texts_find(enum demo_language language, enum message_text text,
                                           int64_t days_ago)
{
    bool old = text == TEXT_REMINDER && days_ago > SECOND_RELEASE_DAYS;
    struct message_template found = old ? old_reminders[language] : texts[language][text];
    found.id =
        old ? OLD_REMINDERS_ID + (int)language : 1 + (int)language * MESSAGE_TEXTS + (int)text;
    found.code = texts[language][text].code;
    found.kind = kind_of(text);
    found.locale = locales[language];
    found.version = found.version == 0 ? 1 : found.version;
    return found;
}

struct message_template message_texts_notice(enum notice_language language)
{
    struct message_template found = notices[language];
    found.id = NOTICES_ID + (int)language;
    found.code = "CALL_SHOP_NOTICE";
    found.kind = "LETTER";
    found.version = 1;
    return found;
}

/* What agents write in their own words. */
static struct message_template own_words(enum demo_language language, enum own_words kind)
{
    struct message_template found = own_texts[kind];
    found.id = OWN_WORDS_ID + (int)language * OWN_WORDS + (int)kind;
    found.code = "MESSAGE";
    found.locale = locales[language];
    found.version = 1;
    found.title = own_titles[language];
    return found;
}

static struct message_template find_code(int language, int which)
{
    struct message_template found = codes[language][which];
    found.id = CODES_ID + language * CODES + which;
    found.locale = locales[language];
    found.version = 1;
    return found;
}

static void add(struct batch *batch, struct message_template template, int64_t released_on)
{
    struct cell cells[] = {
        cell_int(template.id),      word(template.code),
        word(template.kind),        word(template.locale),
        cell_int(template.version), word(template.title),
        word(letterhead),           word(template.subject == NULL ? "" : template.subject),
        word(template.body),        moment_or_null(dates_midnight(released_on)),
    };
    memcpy(batch_row(batch), cells, sizeof(cells));
}

enum status message_texts_store(struct database *database, struct arena *arena, int64_t today)
{
    static const struct batch_table table = {
        .name = "message_template",
        .columns =
            "id, code, kind, locale, version, title, letterhead, subject, body, released_at"};
    int64_t first = today - FIRST_RELEASE_DAYS, second = today - SECOND_RELEASE_DAYS;
    struct batch batch;
    batch_init(&batch, &table, arena);
    for (int language = 0; language < LANGUAGES; language++) {
        for (int text = 0; text < MESSAGE_TEXTS; text++) {
            struct message_template template =
                message_texts_find((enum demo_language)language, (enum message_text)text, 0);
            add(&batch, template, template.version == 1 ? first : second);
        }
        add(&batch,
            message_texts_find((enum demo_language)language, TEXT_REMINDER,
                               SECOND_RELEASE_DAYS + 1),
            first);
        for (int kind = 0; kind < OWN_WORDS; kind++)
            add(&batch, own_words((enum demo_language)language, (enum own_words)kind), first);
        for (int which = 0; which < CODES; which++)
            add(&batch, find_code(language, which), first);
    }
    for (int language = 0; language < NOTICES; language++)
        add(&batch, message_texts_notice((enum notice_language)language), first);
    return batch_send(&batch, database, NULL);
}
