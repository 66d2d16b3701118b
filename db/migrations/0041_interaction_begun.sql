-- A contact is written down when it begins: what it is about and what comes of it nobody knows yet.

ALTER TABLE party_interaction
    DROP CONSTRAINT party_interaction_reason_known,
    DROP CONSTRAINT party_interaction_result_known,
    ADD CONSTRAINT party_interaction_reason_known CHECK (reason IN
        ('UNKNOWN', 'BILLING', 'FAULT', 'ORDER', 'PRODUCT', 'SIM', 'CUSTOMER_DATA', 'COMPLAINT')),
    ADD CONSTRAINT party_interaction_result_known CHECK (result IN
        ('OPEN', 'SOLVED', 'PASSED_ON', 'CALL_BACK', 'NOT_REACHED'));

UPDATE right_definition SET label = 'Write down contacts, and give tickets to other teams' WHERE bit = 22;

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'InteractionReason', 8, 'UNKNOWN', 'Not said yet',     'neutral'),
    ('de', 'InteractionReason', 8, 'UNKNOWN', 'Noch nicht gesagt', 'neutral'),
    ('en', 'InteractionResult', 5, 'OPEN',    'Account opened',   'info'),
    ('de', 'InteractionResult', 5, 'OPEN',    'Konto geöffnet',   'info');
