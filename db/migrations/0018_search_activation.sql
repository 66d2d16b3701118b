-- Which definition of a search counts for whom: always exactly one.

CREATE TABLE search_activation (
    audience   VARCHAR(8)  NOT NULL COMMENT 'whom the viewer works for: OPERATOR, PARTNER, CUSTOMER',
    definition VARCHAR(40) NOT NULL COMMENT 'activating another one is a change of this column',
    PRIMARY KEY (audience),
    CONSTRAINT search_activation_definition FOREIGN KEY (definition) REFERENCES search_definition (name),
    CONSTRAINT search_activation_audience_known CHECK (audience IN ('OPERATOR', 'PARTNER', 'CUSTOMER'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The one definition that is active for an audience'
  WITH SYSTEM VERSIONING;

INSERT INTO search_activation (audience, definition) VALUES
    ('OPERATOR', 'standard'), ('PARTNER', 'standard'), ('CUSTOMER', 'standard');

-- How far a customer in arrears has been pursued can be looked for, too, after the state of payment.
UPDATE search_field SET position = position + 1 WHERE definition = 'standard' AND position > 12 ORDER BY position DESC;
INSERT INTO search_field (definition, position, section, criterion, operators, is_default) VALUES
    ('standard', 13, 'RECEIVABLES', 'DUNNING_STATE', '', FALSE);

SET SESSION system_versioning_alter_history = 'KEEP';

ALTER TABLE search_field
    ADD COLUMN default_of VARCHAR(40) AS (CASE WHEN is_default THEN definition END) VIRTUAL
        COMMENT 'a search begins with one field only',
    ADD UNIQUE KEY search_field_one_default (default_of),
    ADD CONSTRAINT search_field_default_is_enabled CHECK (enabled OR NOT is_default);

ALTER TABLE billing_account ADD KEY billing_account_by_dunning_state (dunning_state);

SET SESSION system_versioning_alter_history = 'ERROR';

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'SearchCriterion', 21, 'DUNNING_STATE', 'Dunning',    'neutral'),
    ('de', 'SearchCriterion', 21, 'DUNNING_STATE', 'Mahnstufe',  'neutral');
