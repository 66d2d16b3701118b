-- E-mails that wait are worked off: filed in a ticket by somebody, or discarded with a reason.

ALTER TABLE received_mail
    DROP CONSTRAINT received_mail_state_known,
    DROP CONSTRAINT received_mail_waits_for_a_reason,
    MODIFY COLUMN state VARCHAR(12) NOT NULL COMMENT 'FILED: it is an article of its ticket, WAITING: somebody has to look, DISCARDED: somebody has, and it is nothing',
    MODIFY COLUMN reason VARCHAR(16) NULL COMMENT 'why it waits, or waited',
    ADD COLUMN discarded_as VARCHAR(12)      NULL COMMENT 'what it was, when it was nothing',
    ADD COLUMN settled_at   DATETIME(6)      NULL COMMENT 'when somebody filed or discarded it, NULL: it was filed when it came, or waits',
    ADD COLUMN settled_by   VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NULL COMMENT 'their name at that time',
    ADD CONSTRAINT received_mail_state_known CHECK (state IN ('FILED', 'WAITING', 'DISCARDED')),
    ADD CONSTRAINT received_mail_waits_for_a_reason CHECK (state <> 'WAITING' OR reason IS NOT NULL),
    ADD CONSTRAINT received_mail_discarded_as_known CHECK (discarded_as IN ('SPAM', 'DUPLICATE', 'NOT_FOR_US', 'NO_ACTION')),
    ADD CONSTRAINT received_mail_discarded_as_something CHECK ((state = 'DISCARDED') = (discarded_as IS NOT NULL)),
    ADD CONSTRAINT received_mail_settled_by_somebody CHECK ((settled_at IS NULL) = (settled_by IS NULL)),
    COMMENT = 'What came by e-mail; written when it comes, and once more when somebody has settled what waited';

UPDATE right_definition SET label = 'Write down contacts and what came of them, give tickets to other teams, and work off e-mails' WHERE bit = 22;

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'ReceivedMailState', 3, 'DISCARDED', 'Discarded', 'neutral'),
    ('de', 'ReceivedMailState', 3, 'DISCARDED', 'Verworfen', 'neutral'),

    ('en', 'ReceivedMailDiscard', 1, 'SPAM',       'Advertising or fraud', 'neutral'),
    ('de', 'ReceivedMailDiscard', 1, 'SPAM',       'Werbung oder Betrug',  'neutral'),
    ('en', 'ReceivedMailDiscard', 2, 'DUPLICATE',  'Came before',          'neutral'),
    ('de', 'ReceivedMailDiscard', 2, 'DUPLICATE',  'Schon einmal gekommen', 'neutral'),
    ('en', 'ReceivedMailDiscard', 3, 'NOT_FOR_US', 'Not meant for us',     'neutral'),
    ('de', 'ReceivedMailDiscard', 3, 'NOT_FOR_US', 'Nicht für uns',        'neutral'),
    ('en', 'ReceivedMailDiscard', 4, 'NO_ACTION',  'Nothing is to be done', 'neutral'),
    ('de', 'ReceivedMailDiscard', 4, 'NO_ACTION',  'Nichts zu tun',        'neutral');
