-- Who becomes a customer: how old they are at least, and what it is called when they may be there already.

INSERT INTO policy (name, value, about) VALUES
    ('customer_years_least', 14, 'years that a person has to be to become a customer');

SET @after = (SELECT MAX(position) FROM enum_label WHERE type = 'UserErrorCode' AND language = 'en');
INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'UserErrorCode', @after + 1, 'LIKE_ANOTHER', 'Perhaps here already',    'warn'),
    ('de', 'UserErrorCode', @after + 1, 'LIKE_ANOTHER', 'Vielleicht schon Kunde',  'warn');
