-- E-mails that customers sent: each is filed in its ticket once, or waits for somebody with the reason.

CREATE TABLE received_mail (
    id          BIGINT       NOT NULL AUTO_INCREMENT,
    digest      CHAR(64)     NOT NULL COMMENT 'SHA-256 of Message-ID and sender, without a Message-ID of the whole: the same e-mail comes once',
    received_at DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    sender      VARCHAR(254) NOT NULL COMMENT 'as the e-mail says, in lower case; empty: it does not say one',
    subject     VARCHAR(600) COLLATE utf8mb4_uca1400_ai_ci NOT NULL,
    text        TEXT         COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'what it says in words, without attachments',
    state       VARCHAR(8)   NOT NULL COMMENT 'FILED: it is an article of its ticket, WAITING: somebody has to look',
    reason      VARCHAR(16)      NULL COMMENT 'why it waits',
    customer_id BIGINT           NULL COMMENT 'whose ticket it was filed in',
    ticket_id   BIGINT           NULL,
    PRIMARY KEY (id),
    UNIQUE KEY received_mail_once (digest),
    KEY received_mail_in_order (state, received_at, id),
    CONSTRAINT received_mail_ticket FOREIGN KEY (customer_id, ticket_id) REFERENCES trouble_ticket (customer_id, id),
    CONSTRAINT received_mail_state_known CHECK (state IN ('FILED', 'WAITING')),
    CONSTRAINT received_mail_reason_known CHECK (reason IN
        ('NO_TICKET', 'UNKNOWN_SENDER', 'TICKET_SETTLED', 'AUTOMATIC', 'NO_TEXT')),
    CONSTRAINT received_mail_waits_for_a_reason CHECK ((state = 'WAITING') = (reason IS NOT NULL)),
    CONSTRAINT received_mail_filed_in_a_ticket CHECK ((state = 'FILED') = (ticket_id IS NOT NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'What came by e-mail; only ever added to';

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'ReceivedMailState', 1, 'FILED',   'Filed in its ticket', 'ok'),
    ('de', 'ReceivedMailState', 1, 'FILED',   'Im Ticket abgelegt',  'ok'),
    ('en', 'ReceivedMailState', 2, 'WAITING', 'Somebody has to look', 'warn'),
    ('de', 'ReceivedMailState', 2, 'WAITING', 'Muss angesehen werden', 'warn'),

    ('en', 'ReceivedMailReason', 1, 'NO_TICKET',      'It names no ticket of ours', 'neutral'),
    ('de', 'ReceivedMailReason', 1, 'NO_TICKET',      'Nennt kein Ticket von uns',  'neutral'),
    ('en', 'ReceivedMailReason', 2, 'UNKNOWN_SENDER', 'Its sender is not the ticket''s customer', 'warn'),
    ('de', 'ReceivedMailReason', 2, 'UNKNOWN_SENDER', 'Absender ist nicht der Kunde des Tickets', 'warn'),
    ('en', 'ReceivedMailReason', 3, 'TICKET_SETTLED', 'The ticket is settled', 'neutral'),
    ('de', 'ReceivedMailReason', 3, 'TICKET_SETTLED', 'Das Ticket ist erledigt', 'neutral'),
    ('en', 'ReceivedMailReason', 4, 'AUTOMATIC',      'A program wrote it', 'neutral'),
    ('de', 'ReceivedMailReason', 4, 'AUTOMATIC',      'Von einem Programm geschrieben', 'neutral'),
    ('en', 'ReceivedMailReason', 5, 'NO_TEXT',        'It says nothing in words', 'neutral'),
    ('de', 'ReceivedMailReason', 5, 'NO_TEXT',        'Enthält keinen Text', 'neutral');
