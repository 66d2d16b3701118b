-- Customers who were there twice are merged: the row of the one stays, and leads to the other.

SET STATEMENT system_versioning_alter_history = KEEP FOR ALTER TABLE customer
    ADD COLUMN merged_into_id BIGINT NULL COMMENT 'the customer who has everything that was theirs, NULL: they were not merged into anybody'
        AFTER unit_kind,
    ADD KEY customer_by_survivor (merged_into_id, id),
    ADD CONSTRAINT customer_survivor FOREIGN KEY (merged_into_id) REFERENCES customer (id),
    ADD CONSTRAINT customer_merged_is_closed CHECK (merged_into_id IS NULL OR status = 'CLOSED');

INSERT INTO policy (name, value, about) VALUES
    ('merge_rows_most', 25000, 'rows that a customer may have to be merged into another one');

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (28, 'merge', 'WRITE', 'Merge customers who are there twice');

-- Agents and administrators.
INSERT INTO role_right (role_id, bit) VALUES (1, 28), (3, 28);

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'MergeField', 1, 'NAME',              'Name',               'neutral'),
    ('de', 'MergeField', 1, 'NAME',              'Name',               'neutral'),
    ('en', 'MergeField', 2, 'BIRTH_DATE',        'Date of birth',      'neutral'),
    ('de', 'MergeField', 2, 'BIRTH_DATE',        'Geburtsdatum',       'neutral'),
    ('en', 'MergeField', 3, 'LANGUAGE',          'Language',           'neutral'),
    ('de', 'MergeField', 3, 'LANGUAGE',          'Sprache',            'neutral'),
    ('en', 'MergeField', 4, 'SEGMENT',           'Segment',            'neutral'),
    ('de', 'MergeField', 4, 'SEGMENT',           'Segment',            'neutral'),
    ('en', 'MergeField', 5, 'CUSTOMER_SINCE',    'Customer since',     'neutral'),
    ('de', 'MergeField', 5, 'CUSTOMER_SINCE',    'Kunde seit',         'neutral'),
    ('en', 'MergeField', 6, 'CREDIT_CLASS',      'Credit class',       'neutral'),
    ('de', 'MergeField', 6, 'CREDIT_CLASS',      'Bonitätsklasse',     'neutral'),
    ('en', 'MergeField', 7, 'PREFERRED_CONTACT', 'Preferred contact',  'neutral'),
    ('de', 'MergeField', 7, 'PREFERRED_CONTACT', 'Bevorzugter Kontakt', 'neutral'),
    ('en', 'MergeField', 8, 'CONTACT_ADDRESS',   'Contact address',    'neutral'),
    ('de', 'MergeField', 8, 'CONTACT_ADDRESS',   'Kontaktadresse',     'neutral'),
    ('en', 'MergeField', 9, 'PARENT',            'Part of',            'neutral'),
    ('de', 'MergeField', 9, 'PARENT',            'Teil von',           'neutral'),

    ('en', 'MergeRule', 1, 'SAME_CONTACT_MEDIUM',  'Numbers and addresses that both have are kept once', 'neutral'),
    ('de', 'MergeRule', 1, 'SAME_CONTACT_MEDIUM',  'Nummern und Adressen, die beide haben, bleiben einmal', 'neutral'),
    ('en', 'MergeRule', 2, 'SAME_IDENTIFICATION',  'Identifications that both showed are kept once', 'neutral'),
    ('de', 'MergeRule', 2, 'SAME_IDENTIFICATION',  'Ausweise, die beide vorgelegt haben, bleiben einmal', 'neutral'),
    ('en', 'MergeRule', 3, 'LATEST_CONSENT',       'Of two consents to the same the one stated last counts', 'warn'),
    ('de', 'MergeRule', 3, 'LATEST_CONSENT',       'Von zwei Einwilligungen zum selben gilt die jüngere', 'warn'),
    ('en', 'MergeRule', 4, 'SAME_DISCOUNT_GROUP',  'Discount groups that both are in go on until the later end', 'neutral'),
    ('de', 'MergeRule', 4, 'SAME_DISCOUNT_GROUP',  'Rabattgruppen von beiden gelten bis zum späteren Ende', 'neutral'),
    ('en', 'MergeRule', 5, 'OWN_CHARACTERISTIC',   'Of characteristics that both have that of the survivor stays', 'neutral'),
    ('de', 'MergeRule', 5, 'OWN_CHARACTERISTIC',   'Von Merkmalen beider bleibt das des bleibenden Kontos', 'neutral'),
    ('en', 'MergeRule', 6, 'SAME_USAGE_PERIOD',    'Usage of the same months is added up', 'neutral'),
    ('de', 'MergeRule', 6, 'SAME_USAGE_PERIOD',    'Die Nutzung gleicher Monate wird zusammengezählt', 'neutral'),
    ('en', 'MergeRule', 7, 'LOWER_CREDIT_LIMIT',   'Credit limits above what the credit class allows are lowered to it', 'warn'),
    ('de', 'MergeRule', 7, 'LOWER_CREDIT_LIMIT',   'Kreditlimits über dem, was die Bonitätsklasse erlaubt, werden gesenkt', 'warn'),

    ('en', 'MergedKind',  1, 'BILLING_ACCOUNT', 'Billing accounts',       'neutral'),
    ('de', 'MergedKind',  1, 'BILLING_ACCOUNT', 'Rechnungskonten',        'neutral'),
    ('en', 'MergedKind',  2, 'ENTRY',           'Entries',                'neutral'),
    ('de', 'MergedKind',  2, 'ENTRY',           'Buchungen',              'neutral'),
    ('en', 'MergedKind',  3, 'BILL',            'Bills',                  'neutral'),
    ('de', 'MergedKind',  3, 'BILL',            'Rechnungen',             'neutral'),
    ('en', 'MergedKind',  4, 'PRODUCT',         'Products',               'neutral'),
    ('de', 'MergedKind',  4, 'PRODUCT',         'Produkte',               'neutral'),
    ('en', 'MergedKind',  5, 'ORDER',           'Orders',                 'neutral'),
    ('de', 'MergedKind',  5, 'ORDER',           'Aufträge',               'neutral'),
    ('en', 'MergedKind',  6, 'TICKET',          'Tickets',                'neutral'),
    ('de', 'MergedKind',  6, 'TICKET',          'Tickets',                'neutral'),
    ('en', 'MergedKind',  7, 'INTERACTION',     'Contacts',               'neutral'),
    ('de', 'MergedKind',  7, 'INTERACTION',     'Kontakte',               'neutral'),
    ('en', 'MergedKind',  8, 'MESSAGE',         'Letters and messages',   'neutral'),
    ('de', 'MergedKind',  8, 'MESSAGE',         'Briefe und Nachrichten', 'neutral'),
    ('en', 'MergedKind',  9, 'USAGE_EVENT',     'Usage records',          'neutral'),
    ('de', 'MergedKind',  9, 'USAGE_EVENT',     'Nutzungsdatensätze',     'neutral'),
    ('en', 'MergedKind', 10, 'SIM_CARD',        'SIM cards',              'neutral'),
    ('de', 'MergedKind', 10, 'SIM_CARD',        'SIM-Karten',             'neutral'),
    ('en', 'MergedKind', 11, 'DEVICE',          'Devices',                'neutral'),
    ('de', 'MergedKind', 11, 'DEVICE',          'Geräte',                 'neutral'),
    ('en', 'MergedKind', 12, 'MAILBOX',         'Mailboxes',              'neutral'),
    ('de', 'MergedKind', 12, 'MAILBOX',         'Postfächer',             'neutral'),
    ('en', 'MergedKind', 13, 'ACCESS_TOKEN',    'Cards, tags and logins', 'neutral'),
    ('de', 'MergedKind', 13, 'ACCESS_TOKEN',    'Karten, Chips und Anmeldungen', 'neutral'),
    ('en', 'MergedKind', 14, 'CONTACT_MEDIUM',  'Telephone numbers and e-mail addresses', 'neutral'),
    ('de', 'MergedKind', 14, 'CONTACT_MEDIUM',  'Telefonnummern und E-Mail-Adressen', 'neutral'),
    ('en', 'MergedKind', 15, 'ADDRESS',         'Postal addresses',       'neutral'),
    ('de', 'MergedKind', 15, 'ADDRESS',         'Postadressen',           'neutral'),
    ('en', 'MergedKind', 16, 'PERSON',          'Persons who act for them', 'neutral'),
    ('de', 'MergedKind', 16, 'PERSON',          'Personen, die für sie handeln', 'neutral'),
    ('en', 'MergedKind', 17, 'IDENTIFICATION',  'Identifications',        'neutral'),
    ('de', 'MergedKind', 17, 'IDENTIFICATION',  'Ausweise',               'neutral'),
    ('en', 'MergedKind', 18, 'CONSENT',         'Consents',               'neutral'),
    ('de', 'MergedKind', 18, 'CONSENT',         'Einwilligungen',         'neutral'),
    ('en', 'MergedKind', 19, 'DISCOUNT_GROUP',  'Discount groups',        'neutral'),
    ('de', 'MergedKind', 19, 'DISCOUNT_GROUP',  'Rabattgruppen',          'neutral'),
    ('en', 'MergedKind', 20, 'CHARACTERISTIC',  'Characteristics',        'neutral'),
    ('de', 'MergedKind', 20, 'CHARACTERISTIC',  'Merkmale',               'neutral'),
    ('en', 'MergedKind', 21, 'EXTERNAL_ID',     'Ids of other systems',   'neutral'),
    ('de', 'MergedKind', 21, 'EXTERNAL_ID',     'Kennungen anderer Systeme', 'neutral'),
    ('en', 'MergedKind', 22, 'LOGIN',           'Logins to self-care',    'neutral'),
    ('de', 'MergedKind', 22, 'LOGIN',           'Zugänge zum Kundenportal', 'neutral'),
    ('en', 'MergedKind', 23, 'SUBSIDIARY',      'Customers who are a part of them', 'neutral'),
    ('de', 'MergedKind', 23, 'SUBSIDIARY',      'Kunden, die ein Teil davon sind', 'neutral');
