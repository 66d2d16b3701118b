/* ticket_texts: for each type, in the language of the customer. */
#include "ticket_texts.h"

const char *const ticket_type_names[TICKET_TYPES] = {
    [TICKET_BILLING] = "BILLING", [TICKET_FAULT] = "FAULT",         [TICKET_ORDER] = "ORDER",
    [TICKET_SIM] = "SIM",         [TICKET_COMPLAINT] = "COMPLAINT",
};

/* clang-format off */
const struct ticket_texts ticket_texts[TICKET_TYPES][TICKET_LANGUAGES] = {
    [TICKET_BILLING] = {
        [DEMO_GERMAN] = {
            {"Rechnung höher als erwartet", "Zahlung nicht gutgeschrieben"},
            {"Meine letzte Rechnung ist höher als sonst. Ich habe nichts dazugebucht. Bitte prüfen Sie das.",
             "Ich habe vor zehn Tagen überwiesen, der Betrag steht aber noch offen."},
            "Danke für Ihre Nachricht. Wir sehen uns die Positionen an und melden uns.",
            "Gibt es schon etwas Neues dazu?",
            "Wir haben den Betrag geprüft und Ihrem Konto gutgeschrieben. Die nächste Rechnung weist ihn aus."},
        [DEMO_ENGLISH] = {
            {"Bill is higher than expected", "Payment is not on the account"},
            {"My last bill is higher than usual. I have not booked anything new. Please check.",
             "I paid by transfer ten days ago, but the amount is still shown as open."},
            "Thank you for your message. We are looking at the lines of the bill and will get back to you.",
            "Is there any news on this?",
            "We have checked the amount and credited it to your account. You will see it on the next bill."},
        [DEMO_FRENCH] = {
            {"Facture plus élevée que prévu", "Paiement non enregistré"},
            {"Ma dernière facture est plus élevée que d’habitude. Je n’ai rien ajouté. Merci de vérifier.",
             "J’ai fait un virement il y a dix jours, mais le montant est toujours dû."},
            "Merci pour votre message. Nous examinons le détail et revenons vers vous.",
            "Avez-vous du nouveau ?",
            "Nous avons vérifié le montant et crédité votre compte. La prochaine facture le montrera."},
    },
    [TICKET_FAULT] = {
        [DEMO_GERMAN] = {
            {"Verbindung bricht ab", "Kein Netz seit gestern Abend"},
            {"Die Verbindung bricht mehrmals am Tag ab, vor allem abends.",
             "Seit gestern Abend geht gar nichts mehr. Neu gestartet habe ich schon alles."},
            "Wir haben eine Messung gestartet. Bitte lassen Sie das Gerät eingeschaltet.",
            "Heute ist es wieder passiert, gegen 19 Uhr.",
            "Der Fehler ist behoben, unsere Messung ist jetzt einwandfrei. Bitte melden Sie sich, falls er wiederkommt."},
        [DEMO_ENGLISH] = {
            {"Connection drops", "No service since last night"},
            {"The connection drops several times a day, mostly in the evening.",
             "Nothing has worked since last night. I have restarted everything already."},
            "We have started a measurement. Please leave the device switched on.",
            "It happened again today, at about seven.",
            "The fault is repaired and our measurement is clean now. Please tell us if it comes back."},
        [DEMO_FRENCH] = {
            {"La connexion se coupe", "Aucun service depuis hier soir"},
            {"La connexion se coupe plusieurs fois par jour, surtout le soir.",
             "Plus rien ne fonctionne depuis hier soir. J’ai déjà tout redémarré."},
            "Nous avons lancé une mesure. Merci de laisser l’appareil allumé.",
            "C’est encore arrivé aujourd’hui, vers dix-neuf heures.",
            "La panne est réparée et notre mesure est bonne. Dites-nous si elle revient."},
    },
    [TICKET_ORDER] = {
        [DEMO_GERMAN] = {
            {"Wo bleibt meine Bestellung?", "Techniker kam nicht"},
            {"Ich warte noch auf meine Lieferung. Wann kommt sie?",
             "Am vereinbarten Tag ist niemand gekommen. Ich habe extra freigenommen."},
            "Wir fragen beim Versand nach und nennen Ihnen einen Termin.",
            "Bitte nicht vormittags.",
            "Ihre Bestellung ist unterwegs und der Termin bestätigt. Sie haben eine Nachricht mit den Einzelheiten."},
        [DEMO_ENGLISH] = {
            {"Where is my order?", "Technician did not come"},
            {"I am still waiting for the delivery. When will it arrive?",
             "Nobody came on the day we had agreed. I had taken the day off."},
            "We are asking the warehouse and will name a date.",
            "Not in the morning, please.",
            "Your order is on its way and the date is confirmed. You have a message with the details."},
        [DEMO_FRENCH] = {
            {"Où est ma commande ?", "Le technicien n’est pas venu"},
            {"J’attends toujours la livraison. Quand arrivera-t-elle ?",
             "Personne n’est venu le jour convenu. J’avais pris un congé."},
            "Nous nous renseignons et vous proposons une date.",
            "Pas le matin, s’il vous plaît.",
            "Votre commande est en route et la date confirmée. Un message vous donne les détails."},
    },
    [TICKET_SIM] = {
        [DEMO_GERMAN] = {
            {"PIN gesperrt", "eSIM lässt sich nicht laden"},
            {"Ich habe die PIN dreimal falsch eingegeben und finde die PUK nicht.",
             "Das neue Telefon sagt, das Profil sei nicht verfügbar."},
            "Zur Sicherheit brauchen wir Ihr Kundenkennwort. Rufen Sie uns bitte an.",
            "Ich habe angerufen, das Kennwort ist bestätigt.",
            "Die Karte ist entsperrt und das Profil neu bereitgestellt."},
        [DEMO_ENGLISH] = {
            {"PIN is blocked", "eSIM cannot be loaded"},
            {"I entered the wrong PIN three times and cannot find the PUK.",
             "The new phone says that the profile is not available."},
            "To be safe we need your password. Please give us a call.",
            "I have called, the password is confirmed.",
            "The card is unblocked and the profile is ready to be loaded."},
        [DEMO_FRENCH] = {
            {"Code PIN bloqué", "Impossible de charger l’eSIM"},
            {"J’ai saisi trois fois un mauvais code PIN et je ne trouve pas le PUK.",
             "Le nouveau téléphone dit que le profil n’est pas disponible."},
            "Par sécurité il nous faut votre mot de passe. Merci de nous appeler.",
            "J’ai appelé, le mot de passe est confirmé.",
            "La carte est débloquée et le profil prêt à être chargé."},
    },
    [TICKET_COMPLAINT] = {
        [DEMO_GERMAN] = {
            {"Beschwerde über lange Wartezeit", "Falsche Auskunft erhalten"},
            {"Ich hing vierzig Minuten in der Warteschleife und wurde dann getrennt.",
             "Mir wurde am Telefon ein anderer Preis genannt als jetzt auf der Rechnung steht."},
            "Das tut uns leid. Wir hören uns an, was passiert ist, und kommen auf Sie zu.",
            "Ich erwarte eine Entschuldigung und dass es nicht wieder vorkommt.",
            "Sie haben recht, und wir bitten um Entschuldigung. Als Ausgleich erhalten Sie eine Gutschrift."},
        [DEMO_ENGLISH] = {
            {"Complaint about waiting time", "Was told something wrong"},
            {"I waited in the queue for forty minutes and was then cut off.",
             "I was told another price on the telephone than the one that is on the bill now."},
            "We are sorry. We will find out what happened and come back to you.",
            "I expect an apology, and that it does not happen again.",
            "You are right, and we apologise. You get a credit to make up for it."},
        [DEMO_FRENCH] = {
            {"Réclamation sur le temps d’attente", "Renseignement erroné"},
            {"J’ai attendu quarante minutes puis la ligne a été coupée.",
             "On m’a annoncé au téléphone un autre prix que celui de la facture."},
            "Nous sommes désolés. Nous allons voir ce qui s’est passé et revenons vers vous.",
            "J’attends des excuses, et que cela ne se reproduise pas.",
            "Vous avez raison et nous vous présentons nos excuses. Un avoir vous est accordé."},
    },
};

const char *const ticket_notes[TICKET_NOTES] = {
    "Called back, nobody answered. Will try again tomorrow before noon.",
    "Looks like the case from last month, same area. Asked second line.",
    "Customer is polite but has had enough. Please do not transfer again.",
    "Checked the account: nothing unusual there.",
    "Goodwill up to 20 EUR is fine with the team lead.",
    "Waiting for the report of the technician.",
};

const char *const ticket_again[TICKET_LANGUAGES] = {
    [DEMO_GERMAN] = "Leider ist es damit nicht erledigt, es ist wieder wie vorher.",
    [DEMO_ENGLISH] = "I am afraid that did not settle it, it is as it was before.",
    [DEMO_FRENCH] = "Hélas ce n’est pas réglé, c’est de nouveau comme avant.",
};
/* clang-format on */
