-- What administrators read of why somebody sees something, or does not.

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'AccessDecision', 1, 'VISIBLE',       'Visible',                    'ok'),
    ('de', 'AccessDecision', 1, 'VISIBLE',       'Sichtbar',                   'ok'),
    ('en', 'AccessDecision', 2, 'NOT_IN_SCHEMA', 'Not in the schema',          'neutral'),
    ('de', 'AccessDecision', 2, 'NOT_IN_SCHEMA', 'Nicht im Schema',            'neutral'),
    ('en', 'AccessDecision', 3, 'DISABLED',      'Account disabled',           'bad'),
    ('de', 'AccessDecision', 3, 'DISABLED',      'Zugang gesperrt',            'bad'),
    ('en', 'AccessDecision', 4, 'RIGHT_MISSING', 'Right missing',              'warn'),
    ('de', 'AccessDecision', 4, 'RIGHT_MISSING', 'Recht fehlt',                'warn'),
    ('en', 'AccessDecision', 5, 'NOT_FOUND',     'Not found',                  'neutral'),
    ('de', 'AccessDecision', 5, 'NOT_FOUND',     'Nicht gefunden',             'neutral'),
    ('en', 'AccessDecision', 6, 'OUT_OF_SCOPE',  'Belongs to somebody else',   'warn'),
    ('de', 'AccessDecision', 6, 'OUT_OF_SCOPE',  'Gehört jemand anderem',      'warn');
