-- Customers are found by SIM card, device, and by what they identify themselves with.

ALTER TABLE search_field
    DROP CONSTRAINT search_field_section_known,
    ADD CONSTRAINT search_field_section_known
        CHECK (section IN ('CONTACT', 'ADDRESS', 'RECEIVABLES', 'SUBSCRIPTION', 'IDENTIFIERS', 'TOKENS'));

INSERT INTO search_field (definition, position, section, criterion, operators, is_default) VALUES
    ('standard', 22, 'SUBSCRIPTION', 'SIM_CARD',      'EQUAL,LIKE', FALSE),
    ('standard', 23, 'SUBSCRIPTION', 'DEVICE_SERIAL', 'EQUAL,LIKE', FALSE),
    ('standard', 24, 'TOKENS',       'TOKEN_VALUE',   '',           FALSE);

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'SearchSection', 6, 'TOKENS', 'Cards, tags and logins',            'neutral'),
    ('de', 'SearchSection', 6, 'TOKENS', 'Karten, Anhänger und Anmeldungen',  'neutral'),

    ('en', 'SearchCriterion', 22, 'SIM_CARD',      'SIM card or IMSI',   'neutral'),
    ('de', 'SearchCriterion', 22, 'SIM_CARD',      'SIM-Karte oder IMSI', 'neutral'),
    ('en', 'SearchCriterion', 23, 'DEVICE_SERIAL', 'Serial number',      'neutral'),
    ('de', 'SearchCriterion', 23, 'DEVICE_SERIAL', 'Seriennummer',       'neutral'),
    ('en', 'SearchCriterion', 24, 'TOKEN_VALUE',   'Number or name on it', 'neutral'),
    ('de', 'SearchCriterion', 24, 'TOKEN_VALUE',   'Nummer oder Name darauf', 'neutral');
