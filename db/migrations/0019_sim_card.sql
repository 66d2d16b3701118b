-- The SIM cards of mobile lines, and the codes that unlock them, sealed.

CREATE TABLE sim_card (
    id           BIGINT      NOT NULL AUTO_INCREMENT,
    customer_id  BIGINT      NOT NULL,
    product_id   BIGINT      NOT NULL COMMENT 'the mobile line',
    msisdn       VARCHAR(16) NOT NULL COMMENT 'the telephone number in E.164, that of its line while in use',
    iccid        VARCHAR(20) NOT NULL COMMENT 'ITU-T E.118, printed on the card',
    imsi         VARCHAR(15) NOT NULL COMMENT '3GPP TS 23.003, what the network knows it by',
    form         VARCHAR(8)  NOT NULL COMMENT 'PLASTIC, EMBEDDED: a profile in the device',
    status       VARCHAR(11) NOT NULL COMMENT 'READY, ACTIVE, SUSPENDED, BLOCKED, REPLACED, DEACTIVATED',
    in_use       BOOLEAN     NOT NULL COMMENT 'not blocked, replaced or deactivated',
    activated_on DATE            NULL COMMENT 'first day in the network',
    ended_on     DATE            NULL COMMENT 'last day in the network',
    version      INT         NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY sim_card_id (id),
    UNIQUE KEY sim_card_iccid (iccid),
    UNIQUE KEY sim_card_imsi (imsi),
    KEY sim_card_in_order (customer_id, in_use, product_id, id),
    KEY sim_card_of_product (product_id, in_use, id),
    CONSTRAINT sim_card_product FOREIGN KEY (customer_id, product_id) REFERENCES product (customer_id, id),
    CONSTRAINT sim_card_msisdn_e164 CHECK (msisdn REGEXP '^[+][1-9][0-9]{5,14}$'),
    CONSTRAINT sim_card_iccid_digits CHECK (iccid REGEXP '^89[0-9]{16,18}$'),
    CONSTRAINT sim_card_imsi_digits CHECK (imsi REGEXP '^[0-9]{14,15}$'),
    CONSTRAINT sim_card_form_known CHECK (form IN ('PLASTIC', 'EMBEDDED')),
    CONSTRAINT sim_card_status_known CHECK (status IN
        ('READY', 'ACTIVE', 'SUSPENDED', 'BLOCKED', 'REPLACED', 'DEACTIVATED')),
    CONSTRAINT sim_card_in_use_says_the_status CHECK (in_use = (status IN ('READY', 'ACTIVE', 'SUSPENDED'))),
    CONSTRAINT sim_card_begins_and_ends CHECK ((status = 'READY') = (activated_on IS NULL)
                                               AND in_use = (ended_on IS NULL)),
    CONSTRAINT sim_card_ends_after_start CHECK (ended_on >= activated_on)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A SIM card, or the profile that stands for one in a device (TMF639 PhysicalResource)'
  WITH SYSTEM VERSIONING;

-- Never read by the schema: no type has this table. A PIN is nowhere; it can only be reset.
CREATE TABLE sim_secret (
    customer_id BIGINT        NOT NULL,
    sim_card_id BIGINT        NOT NULL,
    kind        VARCHAR(4)    NOT NULL COMMENT 'PUK1, PUK2',
    key_id      CHAR(16)      NOT NULL COMMENT 'the name of the key that sealed it',
    nonce       BINARY(12)    NOT NULL,
    ciphertext  VARBINARY(32) NOT NULL COMMENT 'AES-256-GCM, bound to customer, card and kind',
    tag         BINARY(16)    NOT NULL,
    PRIMARY KEY (customer_id, sim_card_id, kind),
    CONSTRAINT sim_secret_card FOREIGN KEY (customer_id, sim_card_id) REFERENCES sim_card (customer_id, id),
    CONSTRAINT sim_secret_kind_known CHECK (kind IN ('PUK1', 'PUK2'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'A code of a SIM card that nobody can read in the database (TMF639 ResourceCharacteristic)';

ALTER TABLE customer_search_term
    DROP CONSTRAINT customer_search_term_kind_known,
    ADD CONSTRAINT customer_search_term_kind_known
        CHECK (kind IN ('NAME', 'PHONE', 'EMAIL', 'CUSTOMER', 'ACCOUNT', 'ORDER', 'SERVICE', 'EXTERNAL', 'TICKET', 'SIM'));

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'SimCardForm', 1, 'PLASTIC',  'SIM card',    'neutral'),
    ('de', 'SimCardForm', 1, 'PLASTIC',  'SIM-Karte',   'neutral'),
    ('en', 'SimCardForm', 2, 'EMBEDDED', 'eSIM',        'neutral'),
    ('de', 'SimCardForm', 2, 'EMBEDDED', 'eSIM',        'neutral'),

    ('en', 'SimCardStatus', 1, 'READY',       'Ready',       'info'),
    ('de', 'SimCardStatus', 1, 'READY',       'Bereit',      'info'),
    ('en', 'SimCardStatus', 2, 'ACTIVE',      'Active',      'ok'),
    ('de', 'SimCardStatus', 2, 'ACTIVE',      'Aktiv',       'ok'),
    ('en', 'SimCardStatus', 3, 'SUSPENDED',   'Suspended',   'warn'),
    ('de', 'SimCardStatus', 3, 'SUSPENDED',   'Ausgesetzt',  'warn'),
    ('en', 'SimCardStatus', 4, 'BLOCKED',     'Blocked',     'bad'),
    ('de', 'SimCardStatus', 4, 'BLOCKED',     'Gesperrt',    'bad'),
    ('en', 'SimCardStatus', 5, 'REPLACED',    'Replaced',    'neutral'),
    ('de', 'SimCardStatus', 5, 'REPLACED',    'Ersetzt',     'neutral'),
    ('en', 'SimCardStatus', 6, 'DEACTIVATED', 'Deactivated', 'neutral'),
    ('de', 'SimCardStatus', 6, 'DEACTIVATED', 'Abgeschaltet', 'neutral'),

    ('en', 'SealedCodeState', 1, 'LOCKED', 'Locked',   'neutral'),
    ('de', 'SealedCodeState', 1, 'LOCKED', 'Gesperrt', 'neutral');
