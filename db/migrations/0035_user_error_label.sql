-- What the reasons for which nothing was done are called.

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'UserErrorCode', 1, 'NOT_FOUND', 'Not found', 'neutral'),
    ('de', 'UserErrorCode', 1, 'NOT_FOUND', 'Nicht gefunden', 'neutral'),
    ('en', 'UserErrorCode', 2, 'CONFLICT', 'Changed meanwhile', 'warn'),
    ('de', 'UserErrorCode', 2, 'CONFLICT', 'Inzwischen geändert', 'warn'),
    ('en', 'UserErrorCode', 3, 'INVALID', 'Cannot be used', 'bad'),
    ('de', 'UserErrorCode', 3, 'INVALID', 'Nicht verwendbar', 'bad'),
    ('en', 'UserErrorCode', 4, 'REQUIRED', 'Missing', 'bad'),
    ('de', 'UserErrorCode', 4, 'REQUIRED', 'Fehlt', 'bad'),
    ('en', 'UserErrorCode', 5, 'KEY_REUSED', 'Sent before', 'neutral'),
    ('de', 'UserErrorCode', 5, 'KEY_REUSED', 'Schon gesendet', 'neutral'),
    ('en', 'UserErrorCode', 6, 'OUT_OF_SCOPE', 'Out of sight', 'warn'),
    ('de', 'UserErrorCode', 6, 'OUT_OF_SCOPE', 'Außer Sicht', 'warn'),
    ('en', 'UserErrorCode', 7, 'NOT_OPEN', 'Settled', 'neutral'),
    ('de', 'UserErrorCode', 7, 'NOT_OPEN', 'Erledigt', 'neutral'),
    ('en', 'UserErrorCode', 8, 'NOT_ALLOWED', 'Not allowed', 'warn'),
    ('de', 'UserErrorCode', 8, 'NOT_ALLOWED', 'Nicht möglich', 'warn'),
    ('en', 'UserErrorCode', 9, 'NOT_CONFIGURED', 'Not set up', 'warn'),
    ('de', 'UserErrorCode', 9, 'NOT_CONFIGURED', 'Nicht eingerichtet', 'warn');
