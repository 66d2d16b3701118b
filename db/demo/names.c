/* names: lists of them. */
#include "names.h"

/* clang-format off */
static const char *const german_women[] = {
    "Anna", "Maria", "Sabine", "Julia", "Katharina", "Lena", "Petra", "Claudia", "Lea", "Sophie", "Monika", "Emma",
    "Andrea", "Mia", "Birgit", "Laura", "Susanne", "Hannah", "Nicole", "Johanna", "Ursula", "Stefanie", "Heike",
    "Karin", "Clara", "Ingrid", "Franziska", "Martina", "Nele", "Renate", "Antje", "Charlotte", "Elif", "Frieda",
    "Gisela", "Jana", "Käthe", "Leonie", "Magdalena", "Natascha", "Özlem", "Paula", "Ronja", "Svenja", "Theresa",
    "Ulrike", "Veronika", "Wiebke", "Yvonne", "Zoë", "Agnieszka", "Bärbel", "Dörte", "Aylin", "Ivana", "Linh",
    NULL};
static const char *const german_men[] = {
    "Thomas", "Michael", "Andreas", "Peter", "Stefan", "Christian", "Paul", "Leon", "Lukas", "Jan", "Markus", "Jonas",
    "Martin", "Felix", "Frank", "Finn", "Klaus", "Wolfgang", "Maximilian", "Jürgen", "Alexander", "Uwe", "Tim",
    "Bernd", "Moritz", "Sebastian", "Dieter", "Ben", "Oliver", "Günter", "David", "Ralf", "Emil", "Mehmet", "Hans",
    "Jakob", "Jörg", "Karl", "Linus", "Matthias", "Niklas", "Ole", "Philipp", "Rainer", "Sven", "Till", "Volker",
    "Werner", "Anton", "Björn", "Can", "Dragan", "Götz", "Marek", "Sönke", "Minh", NULL};
static const char *const german_families[] = {
    "Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz", "Hoffmann", "Koch",
    "Schäfer", "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann", "Schwarz", "Zimmermann", "Braun", "Krüger",
    "Hofmann", "Hartmann", "Lange", "Schmitt", "Werner", "Krause", "Meier", "Lehmann", "Schmid", "Schulze", "Maier",
    "Köhler", "Herrmann", "König", "Walter", "Mayer", "Huber", "Kaiser", "Fuchs", "Peters", "Lang", "Scholz", "Möller",
    "Weiß", "Jung", "Hahn", "Schubert", "Vogel", "Friedrich", "Keller", "Günther", "Frank", "Berger", "Winkler", "Roth",
    "Beck", "Lorenz", "Baumann", "Franke", "Albrecht", "Schuster", "Simon", "Ludwig", "Böhm", "Winter", "Kraus",
    "Martin", "Schumacher", "Krämer", "Vogt", "Stein", "Jäger", "Otto", "Sommer", "Groß", "Seidel", "Heinrich",
    "Brandt", "Haas", "Schreiber", "Graf", "Schulte", "Dietrich", "Ziegler", "Kuhn", "Kühn", "Pohl", "Engel", "Horn",
    "Busch", "Bergmann", "Thomas", "Voigt", "Sauer", "Arnold", "Wolff", "Pfeiffer", "Yılmaz", "Kaya", "Nowak",
    "Kowalski", "Nguyen", "Şahin", "Popović", "Horvat", "Özdemir", "Petrović", "Wójcik", "Dąbrowski", "Çelik",
    "von der Heide", "zu Löwenstein", "van den Berg", "de Vries", "Strauß", "Preuß", "Grün", "Thießen", NULL};
static const char *const german_streets[] = {
    "Hauptstraße %d", "Schulstraße %d", "Gartenstraße %d", "Bahnhofstraße %d", "Dorfstraße %d", "Bergstraße %d",
    "Birkenweg %d", "Lindenstraße %d", "Kirchstraße %d", "Waldstraße %d", "Ringstraße %d", "Schillerstraße %d",
    "Goethestraße %d", "Jahnstraße %d", "Wiesenweg %d", "Mühlenweg %d", "Am Sportplatz %d", "Rosenweg %d",
    "Amselweg %d", "Buchenweg %d", "Feldstraße %d", "Mozartstraße %d", "Blumenstraße %d", "Eichenweg %d",
    "Ahornweg %d", "Fasanenweg %d", "Am Alten Markt %d", "Königsallee %d", "Große Bleichen %d", "Käthe-Kollwitz-Ring %d",
    NULL};
static const char *const german_towns[] = {
    "10115|Berlin", "12047|Berlin", "10437|Berlin", "20095|Hamburg", "22767|Hamburg", "80331|München", "81667|München",
    "50667|Köln", "50823|Köln", "60311|Frankfurt am Main", "60486|Frankfurt am Main", "70173|Stuttgart",
    "40213|Düsseldorf", "04109|Leipzig", "04229|Leipzig", "44135|Dortmund", "45127|Essen", "28195|Bremen",
    "01067|Dresden", "30159|Hannover", "90402|Nürnberg", "79098|Freiburg im Breisgau", "24103|Kiel", "18055|Rostock",
    "99084|Erfurt", "55116|Mainz", "34117|Kassel", "48143|Münster", "97070|Würzburg", "02826|Görlitz",
    "72070|Tübingen", "23552|Lübeck", "93047|Regensburg", "17489|Greifswald", NULL};
static const char *const german_companies[] = {
    "Bäckerei %s GmbH", "Autohaus %s GmbH & Co. KG", "%s Elektrotechnik GmbH", "Praxis Dr. %s", "Tischlerei %s",
    "%s Steuerberatung PartG mbB", "Gasthof %s", "%s & Söhne Bau GmbH", "Apotheke %s", "%s Logistik GmbH",
    "Gärtnerei %s", "%s Softwarehaus UG", "Kanzlei %s", "Friseur %s", "%s Maschinenbau AG", "Hotel %s garni", NULL};

static const char *const english_women[] = {
    "Mary", "Emily", "Grace", "Sarah", "Fiona", "Aoife", "Olivia", "Niamh", "Emma", "Siobhán", "Claire", "Ciara",
    "Hannah", "Lucy", "Margaret", "Sinéad", "Kate", "Róisín", "Ella", "Áine", "Bridget", "Chloe", "Deirdre", "Eimear",
    "Gráinne", "Helen", "Imelda", "Jane", "Karen", "Laoise", "Maeve", "Nora", "Orla", "Patricia", "Rachel", "Saoirse",
    "Tara", "Una", "Yvette", NULL};
static const char *const english_men[] = {
    "John", "James", "Patrick", "Michael", "Jack", "Conor", "Seán", "Daniel", "Liam", "Thomas", "David", "Ciarán",
    "Brian", "Oisín", "Adam", "Cian", "Darragh", "Eoin", "Fionn", "Gerard", "Harry", "Iarla", "Kevin", "Luke", "Mark",
    "Noah", "Oscar", "Padraig", "Robert", "Ryan", "Shane", "Tadhg", "Vincent", "William", "Zach", NULL};
static const char *const english_families[] = {
    "Murphy", "Kelly", "O'Sullivan", "Walsh", "Smith", "O'Brien", "Byrne", "Ryan", "O'Connor", "O'Neill", "O'Reilly",
    "Doyle", "McCarthy", "Gallagher", "Doherty", "Kennedy", "Lynch", "Murray", "Quinn", "Moore", "McLoughlin",
    "O'Carroll", "Connolly", "Daly", "O'Connell", "Wilson", "Dunne", "Brennan", "Burke", "Collins", "Campbell",
    "Clarke", "Johnston", "Hughes", "O'Farrell", "Fitzgerald", "Brown", "Martin", "Maguire", "Nolan", "Flynn",
    "Thompson", "Callaghan", "O'Donnell", "Duffy", "O'Mahony", "Boyle", "Healy", "O'Shea", "White", "Sweeney",
    "Hayes", "Kavanagh", "Power", "McGrath", "Moran", "Brady", "Stewart", "Casey", "Foley", "Fitzpatrick",
    "O'Leary", "McDonnell", "MacMahon", "Donnelly", "Regan", "Ó Briain", "Ní Dhomhnaill", "Mac Giolla", "Okafor",
    "Kowalczyk", "Singh", NULL};
static const char *const english_streets[] = {
    "%d Main Street", "%d Church Street", "%d Chapel Lane", "%d Castle Road", "%d Bridge Street", "%d Abbey View",
    "%d St. Patrick's Terrace", "%d Harbour Row", "%d The Grove", "%d Oak Park", "%d Mill Lane", "%d Strand Road",
    "%d O'Connell Avenue", "%d Riverside", "%d Orchard Drive", "%d Pearse Square", "%d Sea View", "%d College Green",
    NULL};
static const char *const english_towns[] = {
    "D01 X4E2|Dublin 1", "D02 K7R9|Dublin 2", "D04 W1P5|Dublin 4", "D06 A3H8|Dublin 6", "D08 T6F0|Dublin 8",
    "T12 V5C1|Cork", "T23 N8D4|Cork", "H91 E2Y7|Galway", "V94 R0K3|Limerick", "X91 P6W9|Waterford", "R95 C1T5|Kilkenny",
    "F91 H4V8|Sligo", "N37 Y7A2|Athlone", "A92 D3X6|Drogheda", "A91 F9N0|Dundalk", "V92 K5E1|Tralee", "V95 W8R4|Ennis",
    NULL};
static const char *const english_companies[] = {
    "%s & Sons Ltd", "%s's Bakery", "%s Dental Practice", "%s Solicitors LLP", "The %s Arms", "%s Motors Ltd",
    "%s Plumbing and Heating", "%s Pharmacy", "%s Seafood Ltd", "%s Consulting DAC", "%s Garden Centre", NULL};

static const char *const french_women[] = {
    "Marie", "Camille", "Léa", "Chloé", "Nathalie", "Isabelle", "Sylvie", "Manon", "Julie", "Sophie", "Inès",
    "Françoise", "Catherine", "Aurélie", "Céline", "Élodie", "Hélène", "Jade", "Lucie", "Margaux", "Noémie", "Océane",
    "Pauline", "Renée", "Sarah", "Valérie", "Zoé", "Anne-Sophie", "Agnès", "Fatima", NULL};
static const char *const french_men[] = {
    "Jean", "Pierre", "Michel", "Nicolas", "Philippe", "Julien", "Lucas", "Hugo", "Louis", "Jean-Pierre", "Antoine",
    "Gabriel", "Alain", "Bruno", "Cédric", "Didier", "Émile", "François", "Gaël", "Henri", "Jérôme", "Loïc", "Mathieu",
    "Noël", "Olivier", "Rémi", "Sébastien", "Thierry", "Yann", "Mohamed", NULL};
static const char *const french_families[] = {
    "Martin", "Bernard", "Dubois", "Thomas", "Robert", "Richard", "Petit", "Durand", "Leroy", "Moreau", "Simon",
    "Laurent", "Lefèvre", "Michel", "Garcia", "David", "Bertrand", "Roux", "Vincent", "Fournier", "Morel", "Girard",
    "André", "Mercier", "Dupont", "Lambert", "Bonnet", "François", "Martinez", "Legrand", "Garnier", "Faure",
    "Rousseau", "Blanc", "Guérin", "Müller", "Henry", "Roussel", "Nicolas", "Perrin", "Mathieu", "Clément",
    "Gauthier", "Dumont", "López", "Fontaine", "Chevalier", "Robin", "Masson", "Noël", "Gérard", "D'Angelo",
    "de La Fontaine", "Le Goff", "Benali", "Traoré", "Nguyễn", NULL};
static const char *const french_streets[] = {
    "%d rue de la République", "%d rue Victor Hugo", "%d avenue Jean Jaurès", "%d place de l'Église", "%d rue du Moulin",
    "%d boulevard de la Liberté", "%d rue des Écoles", "%d rue Pasteur", "%d impasse des Lilas", "%d chemin des Vignes",
    "%d quai de la Loire", "%d rue de l'Hôtel de Ville", "%d allée des Tilleuls", NULL};
static const char *const french_towns[] = {
    "75011|Paris", "75018|Paris", "69003|Lyon", "13006|Marseille", "59000|Lille", "44000|Nantes", "67000|Strasbourg",
    "31000|Toulouse", "33000|Bordeaux", "35000|Rennes", "34000|Montpellier", "06000|Nice", "38000|Grenoble",
    "57000|Metz", "68100|Mulhouse", "21000|Dijon", "29200|Brest", "63000|Clermont-Ferrand", NULL};
static const char *const french_companies[] = {
    "Boulangerie %s", "Garage %s SARL", "Cabinet %s", "%s et Fils SA", "Librairie %s", "Pharmacie %s",
    "Transports %s SAS", "Café %s", "%s Électricité SARL", NULL};
/* clang-format on */

const struct names names[] = {
    [DEMO_GERMAN] = {german_women, german_men, german_families, german_streets, german_towns,
                     german_companies, "DE", "example.org"},
    [DEMO_ENGLISH] = {english_women, english_men, english_families, english_streets, english_towns,
                      english_companies, "IE", "example.com"},
    [DEMO_FRENCH] = {french_women, french_men, french_families, french_streets, french_towns,
                     french_companies, "FR", "example.net"},
};

uint32_t names_count(const char *const *list)
{
    uint32_t count = 0;
    while (list[count] != NULL)
        count++;
    return count;
}
