-- What is written to customers and what they write: letters, e-mails and SMS, and the texts they are made of.

CREATE TABLE message_template (
    id          BIGINT       NOT NULL,
    code        VARCHAR(40)  NOT NULL COMMENT 'what it is for, the same in all kinds, languages and versions: BILL_READY',
    kind        VARCHAR(8)   NOT NULL COMMENT 'LETTER, EMAIL, SMS',
    locale      VARCHAR(35)  NOT NULL COMMENT 'BCP 47',
    version     INT          NOT NULL COMMENT 'from 1; once released a version never changes, there is a next one',
    title       VARCHAR(100) NOT NULL COMMENT 'what people call it',
    letterhead  VARCHAR(500) NOT NULL COMMENT 'who writes: the name, then a line for each thing to know of them',
    subject     VARCHAR(200) NOT NULL COMMENT 'with {{placeholders}}; empty for SMS',
    body        TEXT         NOT NULL COMMENT 'with {{placeholders}}, paragraphs are apart by an empty line',
    released_at DATETIME(6)  NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY message_template_version (code, kind, locale, version),
    CONSTRAINT message_template_kind_known CHECK (kind IN ('LETTER', 'EMAIL', 'SMS')),
    CONSTRAINT message_template_version_from_one CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'A version of a text that messages are made of';

CREATE TABLE communication_message (
    id                  BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id         BIGINT       NOT NULL,
    kind                VARCHAR(8)   NOT NULL COMMENT 'TMF681 messageType: LETTER, EMAIL, SMS',
    channel             VARCHAR(8)   NOT NULL COMMENT 'the way it went: POST, EMAIL, SMS, PORTAL',
    direction           VARCHAR(8)   NOT NULL COMMENT 'OUTBOUND to the customer, INBOUND from them',
    message_template_id BIGINT       NOT NULL COMMENT 'the version it was made of',
    state               VARCHAR(12)  NOT NULL COMMENT 'TMF681 CommunicationMessageStateType',
    sent_at             DATETIME(6)  NOT NULL COMMENT 'or received; of what has not left, when it was made',
    subject             VARCHAR(300) NOT NULL COMMENT 'as it was sent; empty for SMS',
    recipient           VARCHAR(100) NOT NULL COMMENT 'the other side, in part only: +49 15••••••12',
    inputs              JSON         NOT NULL COMMENT 'what the placeholders stood for',
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY communication_message_id (id),
    KEY communication_message_in_order (customer_id, sent_at, id),
    CONSTRAINT communication_message_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT communication_message_template FOREIGN KEY (message_template_id) REFERENCES message_template (id),
    CONSTRAINT communication_message_kind_known CHECK (kind IN ('LETTER', 'EMAIL', 'SMS')),
    CONSTRAINT communication_message_channel_known CHECK (channel IN ('POST', 'EMAIL', 'SMS', 'PORTAL')),
    CONSTRAINT communication_message_direction_known CHECK (direction IN ('OUTBOUND', 'INBOUND')),
    CONSTRAINT communication_message_state_known CHECK (state IN
        ('INITIAL', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED', 'FAILED'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'Something written to or by a customer (TMF681 CommunicationMessage); only ever added to';

CREATE TABLE message_document (
    id          BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id BIGINT       NOT NULL,
    message_id  BIGINT       NOT NULL,
    renderer    VARCHAR(80)  NOT NULL COMMENT 'the libraries and fonts that made it: other ones make other bytes',
    sha256      CHAR(64)     NOT NULL COMMENT 'of the PDF, in hexadecimal',
    bytes       INT          NOT NULL,
    pages       INT          NOT NULL,
    rendered_at DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6) COMMENT 'for the first time',
    PRIMARY KEY (customer_id, message_id, renderer),
    UNIQUE KEY message_document_id (id),
    UNIQUE KEY message_document_of_message (message_id, renderer),
    CONSTRAINT message_document_message
        FOREIGN KEY (customer_id, message_id) REFERENCES communication_message (customer_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'What a message looked like when it was first shown (TMF667 Document); only ever added to';

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (13, 'letters', 'READ', 'See letters, e-mails and SMS');

INSERT INTO role_right (role_id, bit) VALUES (1, 13), (3, 13), (4, 13), (5, 13);

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'MessageKind', 1, 'LETTER', 'Letter', 'neutral'),
    ('de', 'MessageKind', 1, 'LETTER', 'Brief',  'neutral'),
    ('en', 'MessageKind', 2, 'EMAIL',  'E-mail', 'neutral'),
    ('de', 'MessageKind', 2, 'EMAIL',  'E-Mail', 'neutral'),
    ('en', 'MessageKind', 3, 'SMS',    'SMS',    'neutral'),
    ('de', 'MessageKind', 3, 'SMS',    'SMS',    'neutral'),

    ('en', 'MessageChannel', 1, 'POST',   'By post',        'neutral'),
    ('de', 'MessageChannel', 1, 'POST',   'Per Post',       'neutral'),
    ('en', 'MessageChannel', 2, 'EMAIL',  'By e-mail',      'neutral'),
    ('de', 'MessageChannel', 2, 'EMAIL',  'Per E-Mail',     'neutral'),
    ('en', 'MessageChannel', 3, 'SMS',    'By SMS',         'neutral'),
    ('de', 'MessageChannel', 3, 'SMS',    'Per SMS',        'neutral'),
    ('en', 'MessageChannel', 4, 'PORTAL', 'In self-care',   'neutral'),
    ('de', 'MessageChannel', 4, 'PORTAL', 'Im Kundenportal', 'neutral'),

    ('en', 'MessageDirection', 1, 'OUTBOUND', 'Sent',      'neutral'),
    ('de', 'MessageDirection', 1, 'OUTBOUND', 'Gesendet',  'neutral'),
    ('en', 'MessageDirection', 2, 'INBOUND',  'Received',  'info'),
    ('de', 'MessageDirection', 2, 'INBOUND',  'Empfangen', 'info'),

    ('en', 'MessageState', 1, 'INITIAL',     'To be sent',    'info'),
    ('de', 'MessageState', 1, 'INITIAL',     'Zu versenden',  'info'),
    ('en', 'MessageState', 2, 'IN_PROGRESS', 'On its way',    'info'),
    ('de', 'MessageState', 2, 'IN_PROGRESS', 'Unterwegs',     'info'),
    ('en', 'MessageState', 3, 'COMPLETED',   'Delivered',     'ok'),
    ('de', 'MessageState', 3, 'COMPLETED',   'Zugestellt',    'ok'),
    ('en', 'MessageState', 4, 'CANCELLED',   'Called off',    'neutral'),
    ('de', 'MessageState', 4, 'CANCELLED',   'Abgebrochen',   'neutral'),
    ('en', 'MessageState', 5, 'FAILED',      'Not delivered', 'bad'),
    ('de', 'MessageState', 5, 'FAILED',      'Nicht zugestellt', 'bad');
