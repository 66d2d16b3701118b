-- Numbers that move are worked off as orders are: what was agreed is kept, who does not answer is asked again, and then somebody looks.

SET SESSION system_versioning_alter_history = 'KEEP';

ALTER TABLE number_port
    DROP CONSTRAINT number_port_status_known,
    DROP CONSTRAINT number_port_open_says_the_status,
    DROP CONSTRAINT number_port_refused_has_a_reason,
    ADD COLUMN code         VARCHAR(16) NULL COMMENT 'why it was refused, called off or waits (enum PortReason), NULL: nothing to say' AFTER reason,
    ADD COLUMN confirmed_at DATETIME(6) NULL COMMENT 'when the other operator agreed' AFTER requested_at,
    ADD KEY number_port_by_number (number, is_open),
    ADD CONSTRAINT number_port_status_known CHECK (status IN ('REQUESTED', 'CONFIRMED', 'REFUSED', 'DONE', 'CANCELLED', 'HELD')),
    ADD CONSTRAINT number_port_open_says_the_status CHECK (is_open = (status IN ('REQUESTED', 'CONFIRMED', 'HELD'))),
    ADD CONSTRAINT number_port_refused_has_a_reason
        CHECK (status NOT IN ('REFUSED', 'CANCELLED') OR reason IS NOT NULL OR code IS NOT NULL),
    ADD CONSTRAINT number_port_code_known
        CHECK (code IN ('NO_ANSWER', 'NAME_DIFFERS', 'NUMBER_UNKNOWN', 'NUMBER_TAKEN', 'LINE_ENDED'));

UPDATE number_port SET confirmed_at = changed_at WHERE status = 'CONFIRMED';

SET SESSION system_versioning_alter_history = 'ERROR';

CREATE TABLE port_task (
    customer_id    BIGINT      NOT NULL,
    number_port_id BIGINT      NOT NULL,
    due_at         DATETIME(6)     NULL COMMENT 'when it is to be looked at, NULL: a person has to do something first',
    started_at     DATETIME(6)     NULL COMMENT 'when the other operator was told, NULL: not yet',
    attempt        INT         NOT NULL DEFAULT 1 COMMENT 'how often they were asked, with each time a key of its own',
    PRIMARY KEY (customer_id, number_port_id),
    KEY port_task_due (due_at),
    CONSTRAINT port_task_port FOREIGN KEY (customer_id, number_port_id) REFERENCES number_port (customer_id, id),
    CONSTRAINT port_task_attempt CHECK (attempt >= 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Numbers that are still to move; a row is deleted when the other operator has nothing to hear any more';

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'NumberPortStatus', 6, 'HELD', 'Waits for somebody', 'warn'),
    ('de', 'NumberPortStatus', 6, 'HELD', 'Wartet auf jemanden', 'warn'),

    ('en', 'PortReason', 1, 'NO_ANSWER',      'The other operator does not answer',           'warn'),
    ('de', 'PortReason', 1, 'NO_ANSWER',      'Der andere Anbieter antwortet nicht',          'warn'),
    ('en', 'PortReason', 2, 'NAME_DIFFERS',   'The number is somebody else''s there',         'bad'),
    ('de', 'PortReason', 2, 'NAME_DIFFERS',   'Die Rufnummer gehört dort jemand anderem',     'bad'),
    ('en', 'PortReason', 3, 'NUMBER_UNKNOWN', 'The other operator does not know the number',  'bad'),
    ('de', 'PortReason', 3, 'NUMBER_UNKNOWN', 'Der andere Anbieter kennt die Rufnummer nicht', 'bad'),
    ('en', 'PortReason', 4, 'NUMBER_TAKEN',   'A line of ours has the number meanwhile',      'bad'),
    ('de', 'PortReason', 4, 'NUMBER_TAKEN',   'Eine Leitung bei uns hat die Rufnummer inzwischen', 'bad'),
    ('en', 'PortReason', 5, 'LINE_ENDED',     'The line has ended',                           'neutral'),
    ('de', 'PortReason', 5, 'LINE_ENDED',     'Die Leitung ist beendet',                      'neutral'),

    ('en', 'PortAnswer', 1, 'CONFIRMED', 'Agreed',              'ok'),
    ('de', 'PortAnswer', 1, 'CONFIRMED', 'Zugesagt',            'ok'),
    ('en', 'PortAnswer', 2, 'REFUSED',   'Refused',             'bad'),
    ('de', 'PortAnswer', 2, 'REFUSED',   'Abgelehnt',           'bad'),
    ('en', 'PortAnswer', 3, 'DONE',      'Moved the number',      'ok'),
    ('de', 'PortAnswer', 3, 'DONE',      'Rufnummer ist umgezogen', 'ok'),
    ('en', 'PortAnswer', 4, 'ASK_AGAIN', 'Are to be asked again', 'info'),
    ('de', 'PortAnswer', 4, 'ASK_AGAIN', 'Erneut anfragen',     'info');
