-- What is done to mobile lines: services are barred, numbers change and move between operators, cards are exchanged.

CREATE TABLE policy (
    name  VARCHAR(40)  NOT NULL,
    value BIGINT       NOT NULL,
    about VARCHAR(200) NOT NULL COMMENT 'what it decides, in English, with its unit',
    PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Numbers that an operator decides by'
  WITH SYSTEM VERSIONING;

INSERT INTO policy (name, value, about) VALUES
    ('number_rest_days', 180, 'days that a number is nobody''s before somebody else gets it'),
    ('port_days_most', 120, 'days that a number may be wanted to move ahead of time'),
    ('caller_verified_minutes', 30, 'minutes that a verified caller stays verified');

CREATE TABLE line_bar (
    id          BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id BIGINT       NOT NULL,
    product_id  BIGINT       NOT NULL COMMENT 'the mobile line',
    kind        VARCHAR(7)   NOT NULL COMMENT 'what is barred: ROAMING, DATA, PREMIUM',
    barred_at   DATETIME(6)  NOT NULL,
    reason      VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'why, for those who come after; empty: nobody said',
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY line_bar_id (id),
    UNIQUE KEY line_bar_of_product (product_id, kind),
    CONSTRAINT line_bar_product FOREIGN KEY (customer_id, product_id) REFERENCES product (customer_id, id),
    CONSTRAINT line_bar_kind_known CHECK (kind IN ('ROAMING', 'DATA', 'PREMIUM'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A service that a mobile line does not have while the row is there'
  WITH SYSTEM VERSIONING;

CREATE TABLE free_number (
    id        BIGINT      NOT NULL AUTO_INCREMENT,
    number    VARCHAR(16) NOT NULL COMMENT 'E.164',
    free_from DATE        NOT NULL COMMENT 'first day it can be given to a line: a number that was somebody''s rests before',
    PRIMARY KEY (id),
    UNIQUE KEY free_number_number (number),
    KEY free_number_by_day (free_from, number),
    CONSTRAINT free_number_e164 CHECK (number REGEXP '^[+][1-9][0-9]{5,14}$')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A telephone number that is nobody''s (TMF639 LogicalResource)'
  WITH SYSTEM VERSIONING;

CREATE TABLE number_port (
    id             BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id    BIGINT       NOT NULL,
    product_id     BIGINT       NOT NULL COMMENT 'the line that gets the number, or loses it',
    direction      VARCHAR(3)   NOT NULL COMMENT 'IN from another operator, OUT to one',
    number         VARCHAR(16)  NOT NULL COMMENT 'E.164',
    other_operator VARCHAR(100) COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'who has the number, or is to have it',
    status         VARCHAR(9)   NOT NULL COMMENT 'REQUESTED, CONFIRMED, REFUSED, DONE, CANCELLED',
    is_open        BOOLEAN      NOT NULL COMMENT 'REQUESTED or CONFIRMED',
    wanted_on      DATE         NOT NULL,
    requested_at   DATETIME(6)  NOT NULL,
    changed_at     DATETIME(6)  NOT NULL COMMENT 'when the status last became another one',
    reason         VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NULL COMMENT 'why it was refused or cancelled',
    version        INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY number_port_id (id),
    KEY number_port_of_product (product_id, id),
    KEY number_port_to_do (is_open, wanted_on, id),
    CONSTRAINT number_port_product FOREIGN KEY (customer_id, product_id) REFERENCES product (customer_id, id),
    CONSTRAINT number_port_direction_known CHECK (direction IN ('IN', 'OUT')),
    CONSTRAINT number_port_status_known CHECK (status IN ('REQUESTED', 'CONFIRMED', 'REFUSED', 'DONE', 'CANCELLED')),
    CONSTRAINT number_port_open_says_the_status CHECK (is_open = (status IN ('REQUESTED', 'CONFIRMED'))),
    CONSTRAINT number_port_refused_has_a_reason CHECK (status NOT IN ('REFUSED', 'CANCELLED') OR reason IS NOT NULL),
    CONSTRAINT number_port_e164 CHECK (number REGEXP '^[+][1-9][0-9]{5,14}$')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A number that a customer takes along from another operator, or to one'
  WITH SYSTEM VERSIONING;

CREATE TABLE spare_sim (
    id    BIGINT      NOT NULL AUTO_INCREMENT,
    iccid VARCHAR(20) NOT NULL COMMENT 'ITU-T E.118, printed on the card',
    imsi  VARCHAR(15) NOT NULL COMMENT '3GPP TS 23.003',
    form  VARCHAR(8)  NOT NULL COMMENT 'PLASTIC, EMBEDDED',
    PRIMARY KEY (id),
    UNIQUE KEY spare_sim_iccid (iccid),
    UNIQUE KEY spare_sim_imsi (imsi),
    CONSTRAINT spare_sim_iccid_digits CHECK (iccid REGEXP '^89[0-9]{16,18}$'),
    CONSTRAINT spare_sim_imsi_digits CHECK (imsi REGEXP '^[0-9]{14,15}$'),
    CONSTRAINT spare_sim_form_known CHECK (form IN ('PLASTIC', 'EMBEDDED'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A SIM card, or the profile of one, that no line has yet'
  WITH SYSTEM VERSIONING;

-- As sim_secret: no type of the schema has this table. Sealed anew when the card becomes a customer's.
CREATE TABLE spare_sim_secret (
    spare_sim_id BIGINT        NOT NULL,
    kind         VARCHAR(4)    NOT NULL COMMENT 'PUK1, PUK2',
    key_id       CHAR(16)      NOT NULL COMMENT 'the name of the key that sealed it',
    nonce        BINARY(12)    NOT NULL,
    ciphertext   VARBINARY(32) NOT NULL COMMENT 'AES-256-GCM, bound to card and kind',
    tag          BINARY(16)    NOT NULL,
    PRIMARY KEY (spare_sim_id, kind),
    CONSTRAINT spare_sim_secret_card FOREIGN KEY (spare_sim_id) REFERENCES spare_sim (id),
    CONSTRAINT spare_sim_secret_kind_known CHECK (kind IN ('PUK1', 'PUK2'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'A code of a card in stock that nobody can read in the database';

CREATE TABLE caller_verification (
    id              BIGINT      NOT NULL AUTO_INCREMENT,
    customer_id     BIGINT      NOT NULL,
    interaction_id  BIGINT      NOT NULL COMMENT 'when they spoke',
    user_account_id BIGINT      NOT NULL COMMENT 'who looked',
    method          VARCHAR(9)  NOT NULL COMMENT 'by what: QUESTIONS, DOCUMENT, CALL_BACK',
    verified_at     DATETIME(6) NOT NULL,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY caller_verification_id (id),
    KEY caller_verification_of_user (customer_id, user_account_id, verified_at),
    CONSTRAINT caller_verification_interaction
        FOREIGN KEY (customer_id, interaction_id) REFERENCES party_interaction (customer_id, id),
    CONSTRAINT caller_verification_user FOREIGN KEY (user_account_id) REFERENCES user_account (id),
    CONSTRAINT caller_verification_method_known CHECK (method IN ('QUESTIONS', 'DOCUMENT', 'CALL_BACK'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'That somebody looked whether a caller is the customer; only ever added to';

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (40, 'mobile', 'WRITE', 'Verify callers; change SIM cards, numbers and bars of mobile lines'),
    (41, 'ports',  'WRITE', 'Say what other operators answered about numbers that move');

-- Agents, administrators, and partners for their own customers; what other operators say is for administrators.
INSERT INTO role_right (role_id, bit) VALUES (1, 40), (3, 40), (4, 40), (3, 41);

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'LineBarKind', 1, 'ROAMING', 'Abroad',           'warn'),
    ('de', 'LineBarKind', 1, 'ROAMING', 'Ausland',          'warn'),
    ('en', 'LineBarKind', 2, 'DATA',    'Mobile data',      'warn'),
    ('de', 'LineBarKind', 2, 'DATA',    'Mobile Daten',     'warn'),
    ('en', 'LineBarKind', 3, 'PREMIUM', 'Premium services', 'warn'),
    ('de', 'LineBarKind', 3, 'PREMIUM', 'Mehrwertdienste',  'warn'),

    ('en', 'PortDirection', 1, 'IN',  'To us',             'info'),
    ('de', 'PortDirection', 1, 'IN',  'Zu uns',            'info'),
    ('en', 'PortDirection', 2, 'OUT', 'Away from us',      'warn'),
    ('de', 'PortDirection', 2, 'OUT', 'Von uns weg',       'warn'),

    ('en', 'NumberPortStatus', 1, 'REQUESTED', 'Requested',  'info'),
    ('de', 'NumberPortStatus', 1, 'REQUESTED', 'Angefragt',  'info'),
    ('en', 'NumberPortStatus', 2, 'CONFIRMED', 'Confirmed',  'info'),
    ('de', 'NumberPortStatus', 2, 'CONFIRMED', 'Bestätigt',  'info'),
    ('en', 'NumberPortStatus', 3, 'REFUSED',   'Refused',    'bad'),
    ('de', 'NumberPortStatus', 3, 'REFUSED',   'Abgelehnt',  'bad'),
    ('en', 'NumberPortStatus', 4, 'DONE',      'Moved',      'ok'),
    ('de', 'NumberPortStatus', 4, 'DONE',      'Umgezogen',  'ok'),
    ('en', 'NumberPortStatus', 5, 'CANCELLED', 'Called off', 'neutral'),
    ('de', 'NumberPortStatus', 5, 'CANCELLED', 'Abgebrochen', 'neutral'),

    ('en', 'SimChangeReason', 1, 'LOST',      'Lost',              'bad'),
    ('de', 'SimChangeReason', 1, 'LOST',      'Verloren',          'bad'),
    ('en', 'SimChangeReason', 2, 'STOLEN',    'Stolen',            'bad'),
    ('de', 'SimChangeReason', 2, 'STOLEN',    'Gestohlen',         'bad'),
    ('en', 'SimChangeReason', 3, 'DEFECTIVE', 'Does not work',     'warn'),
    ('de', 'SimChangeReason', 3, 'DEFECTIVE', 'Funktioniert nicht', 'warn'),
    ('en', 'SimChangeReason', 4, 'EXCHANGE',  'Another form of it', 'neutral'),
    ('de', 'SimChangeReason', 4, 'EXCHANGE',  'Andere Bauform',    'neutral'),

    ('en', 'CallerCheck', 1, 'QUESTIONS', 'Answers only the customer knows', 'ok'),
    ('de', 'CallerCheck', 1, 'QUESTIONS', 'Antworten, die nur die Kundschaft kennt', 'ok'),
    ('en', 'CallerCheck', 2, 'DOCUMENT',  'An identity document, seen',      'ok'),
    ('de', 'CallerCheck', 2, 'DOCUMENT',  'Ausweis gesehen',                 'ok'),
    ('en', 'CallerCheck', 3, 'CALL_BACK', 'Called back on a known number',   'ok'),
    ('de', 'CallerCheck', 3, 'CALL_BACK', 'Rückruf auf bekannter Nummer',    'ok'),

    ('en', 'UserErrorCode', 11, 'NOT_VERIFIED', 'Caller not verified', 'warn'),
    ('de', 'UserErrorCode', 11, 'NOT_VERIFIED', 'Nicht ausgewiesen',   'warn');
