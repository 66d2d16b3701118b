-- What can be looked for follows what the operator sells: without mobile lines nobody is asked for a SIM card.

SET SESSION system_versioning_alter_history = 'KEEP';

ALTER TABLE search_field
    ADD COLUMN only_for JSON NULL COMMENT 'kinds of product, of which one has to be sold or held; NULL: it is always there',
    ADD CONSTRAINT search_field_only_for_known CHECK (
        only_for IS NULL
        OR (JSON_LENGTH(only_for) > 0
            AND JSON_CONTAINS('["MOBILE", "VOICE", "BROADBAND", "FIBRE", "TV", "CONTENT"]', only_for)));

SET SESSION system_versioning_alter_history = 'ERROR';

UPDATE search_field SET only_for = '["MOBILE"]' WHERE criterion = 'SIM_CARD';
