-- Messages that are sent from here: how far each got on its way, and what is known of why not further.

CREATE TABLE message_delivery (
    message_id       BIGINT       NOT NULL,
    customer_id      BIGINT       NOT NULL,
    channel          VARCHAR(8)   NOT NULL COMMENT 'as in communication_message: POST, EMAIL, SMS',
    state            VARCHAR(8)   NOT NULL DEFAULT 'QUEUED' COMMENT 'QUEUED, SENDING, FAILED: tried again, SENT, PARKED: not tried again',
    address          VARCHAR(254) NOT NULL COMMENT 'where to, in full; empty for letters, and once it has arrived',
    reference        VARCHAR(64)  NOT NULL COMMENT 'what the other side knows it by, the same at each attempt: Message-ID, key of an SMS, name of a file',
    attempts         INT          NOT NULL DEFAULT 0 COMMENT 'begun since it was queued',
    due_at           DATETIME(6)      NULL COMMENT 'when it is tried next; of SENDING, when it is given up; NULL: nothing more is done',
    sender           CHAR(32)         NULL COMMENT 'who is sending it, made anew for each attempt',
    handed_over      BOOLEAN      NOT NULL DEFAULT FALSE COMMENT 'written before the other side can have the whole: from then on it may have arrived',
    problem          VARCHAR(16)      NULL COMMENT 'why it has not arrived; NULL: nothing is known to be wrong',
    reply            VARCHAR(20)      NULL COMMENT 'the code the other side answered with: 550 5.1.1',
    queued_at        DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    finished_at      DATETIME(6)      NULL COMMENT 'when the other side had taken it, NULL: not yet',
    product_order_id BIGINT           NULL COMMENT 'the order it was written about',
    customer_bill_id BIGINT           NULL COMMENT 'the bill it was written about',
    ticket_id        BIGINT           NULL COMMENT 'the ticket it was written about',
    related_kind     VARCHAR(16)  AS (CASE WHEN product_order_id IS NOT NULL THEN 'PRODUCT_ORDER'
                                           WHEN customer_bill_id IS NOT NULL THEN 'CUSTOMER_BILL'
                                           WHEN ticket_id IS NOT NULL THEN 'TROUBLE_TICKET' END) VIRTUAL,
    related_id       BIGINT       AS (COALESCE(product_order_id, customer_bill_id, ticket_id)) VIRTUAL,
    PRIMARY KEY (customer_id, message_id),
    UNIQUE KEY message_delivery_message (message_id),
    UNIQUE KEY message_delivery_reference (reference),
    KEY message_delivery_due (channel, due_at, message_id),
    CONSTRAINT message_delivery_of_message
        FOREIGN KEY (customer_id, message_id) REFERENCES communication_message (customer_id, id),
    CONSTRAINT message_delivery_order
        FOREIGN KEY (customer_id, product_order_id) REFERENCES product_order (customer_id, id),
    CONSTRAINT message_delivery_bill
        FOREIGN KEY (customer_id, customer_bill_id) REFERENCES customer_bill (customer_id, id),
    CONSTRAINT message_delivery_ticket
        FOREIGN KEY (customer_id, ticket_id) REFERENCES trouble_ticket (customer_id, id),
    CONSTRAINT message_delivery_channel_known CHECK (channel IN ('POST', 'EMAIL', 'SMS')),
    CONSTRAINT message_delivery_state_known CHECK (state IN ('QUEUED', 'SENDING', 'FAILED', 'SENT', 'PARKED')),
    CONSTRAINT message_delivery_problem_known CHECK (problem IN
        ('NOT_CONFIGURED', 'UNREACHABLE', 'REFUSED_US', 'BUSY', 'BAD_ADDRESS', 'REFUSED', 'MAYBE_SENT', 'NOT_RENDERED')),
    CONSTRAINT message_delivery_due_while_open CHECK ((due_at IS NULL) = (state IN ('SENT', 'PARKED'))),
    CONSTRAINT message_delivery_finished CHECK ((finished_at IS NULL) = (state <> 'SENT')),
    CONSTRAINT message_delivery_forgets_the_address CHECK (state <> 'SENT' OR address = ''),
    CONSTRAINT message_delivery_parked_says_why CHECK (state NOT IN ('FAILED', 'PARKED') OR problem IS NOT NULL),
    CONSTRAINT message_delivery_about_one_thing CHECK
        ((product_order_id IS NOT NULL) + (customer_bill_id IS NOT NULL) + (ticket_id IS NOT NULL) <= 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The outbox: written with its message in one transaction, worked off by server/outbox';

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (24, 'letters', 'WRITE', 'Send letters, e-mails and SMS');

-- Agents and administrators; partners to their own customers.
INSERT INTO role_right (role_id, bit) VALUES (1, 24), (3, 24), (4, 24);

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'DeliveryState', 1, 'QUEUED',  'Waiting to be sent',   'info'),
    ('de', 'DeliveryState', 1, 'QUEUED',  'Wartet auf Versand',   'info'),
    ('en', 'DeliveryState', 2, 'SENDING', 'Being sent',           'info'),
    ('de', 'DeliveryState', 2, 'SENDING', 'Wird gesendet',        'info'),
    ('en', 'DeliveryState', 3, 'FAILED',  'Failed, tried again',  'warn'),
    ('de', 'DeliveryState', 3, 'FAILED',  'Fehlgeschlagen, wird wiederholt', 'warn'),
    ('en', 'DeliveryState', 4, 'SENT',    'Sent',                 'ok'),
    ('de', 'DeliveryState', 4, 'SENT',    'Gesendet',             'ok'),
    ('en', 'DeliveryState', 5, 'PARKED',  'Stopped, somebody has to look', 'bad'),
    ('de', 'DeliveryState', 5, 'PARKED',  'Angehalten, muss angesehen werden', 'bad'),

    ('en', 'DeliveryProblem', 1, 'NOT_CONFIGURED', 'This way of sending is not set up', 'warn'),
    ('de', 'DeliveryProblem', 1, 'NOT_CONFIGURED', 'Dieser Versandweg ist nicht eingerichtet', 'warn'),
    ('en', 'DeliveryProblem', 2, 'UNREACHABLE',    'The service that sends did not answer', 'warn'),
    ('de', 'DeliveryProblem', 2, 'UNREACHABLE',    'Der Versanddienst hat nicht geantwortet', 'warn'),
    ('en', 'DeliveryProblem', 3, 'REFUSED_US',     'The service that sends did not let us in', 'bad'),
    ('de', 'DeliveryProblem', 3, 'REFUSED_US',     'Der Versanddienst hat uns nicht angenommen', 'bad'),
    ('en', 'DeliveryProblem', 4, 'BUSY',           'The other side asked to try later', 'warn'),
    ('de', 'DeliveryProblem', 4, 'BUSY',           'Die Gegenseite bat um einen späteren Versuch', 'warn'),
    ('en', 'DeliveryProblem', 5, 'BAD_ADDRESS',    'The other side does not know the address', 'bad'),
    ('de', 'DeliveryProblem', 5, 'BAD_ADDRESS',    'Die Gegenseite kennt die Adresse nicht', 'bad'),
    ('en', 'DeliveryProblem', 6, 'REFUSED',        'The other side refused the message', 'bad'),
    ('de', 'DeliveryProblem', 6, 'REFUSED',        'Die Gegenseite hat die Nachricht abgelehnt', 'bad'),
    ('en', 'DeliveryProblem', 7, 'MAYBE_SENT',     'It may have arrived: nobody heard the answer', 'warn'),
    ('de', 'DeliveryProblem', 7, 'MAYBE_SENT',     'Kann angekommen sein: die Antwort blieb aus', 'warn'),
    ('en', 'DeliveryProblem', 8, 'NOT_RENDERED',   'It could not be printed', 'bad'),
    ('de', 'DeliveryProblem', 8, 'NOT_RENDERED',   'Es ließ sich nicht drucken', 'bad');
