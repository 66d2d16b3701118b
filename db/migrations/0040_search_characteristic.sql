-- Customers are looked for by what the operator itself wants to know of them, too.

SET SESSION system_versioning_alter_history = 'KEEP';

ALTER TABLE search_field
    DROP CONSTRAINT search_field_section_known,
    ADD CONSTRAINT search_field_section_known CHECK (section IN
        ('CONTACT', 'ADDRESS', 'RECEIVABLES', 'SUBSCRIPTION', 'IDENTIFIERS', 'TOKENS', 'CHARACTERISTIC'));

SET SESSION system_versioning_alter_history = 'ERROR';

SET @after = (SELECT MAX(position) FROM search_field WHERE definition = 'standard');
INSERT INTO search_field (definition, position, section, criterion, operators) VALUES
    ('standard', @after + 1, 'CHARACTERISTIC', 'KEY',   ''),
    ('standard', @after + 2, 'CHARACTERISTIC', 'VALUE', '');

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'SearchSection',   7,  'CHARACTERISTIC', 'Particulars', 'neutral'),
    ('de', 'SearchSection',   7,  'CHARACTERISTIC', 'Merkmale',    'neutral'),
    ('en', 'SearchCriterion', 27, 'KEY',            'What',        'neutral'),
    ('de', 'SearchCriterion', 27, 'KEY',            'Was',         'neutral'),
    ('en', 'SearchCriterion', 28, 'VALUE',          'Is',          'neutral'),
    ('de', 'SearchCriterion', 28, 'VALUE',          'Ist',         'neutral');
