-- Codes are read by few and seldom, and what opens something is sent to the customer and to nobody else.

INSERT INTO policy (name, value, about) VALUES
    ('reveals_per_hour', 10, 'codes of SIM cards that one user may read in an hour'),
    ('reveal_seconds', 60, 'seconds that a code is on the screen'),
    ('reset_link_minutes', 60, 'minutes that a link to choose a new password is good for'),
    ('resets_per_day', 5, 'links and PINs that are sent for one mailbox or line in a day');

CREATE TABLE secret_reveal (
    id              BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id     BIGINT       NOT NULL,
    sim_card_id     BIGINT       NOT NULL,
    kind            VARCHAR(4)   NOT NULL COMMENT 'PUK1, PUK2',
    user_account_id BIGINT       NOT NULL COMMENT 'who read it',
    interaction_id  BIGINT       NOT NULL COMMENT 'when they were in touch with the customer',
    reason          VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL,
    revealed_at     DATETIME(6)  NOT NULL,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY secret_reveal_id (id),
    KEY secret_reveal_of_user (user_account_id, revealed_at),
    CONSTRAINT secret_reveal_card FOREIGN KEY (customer_id, sim_card_id) REFERENCES sim_card (customer_id, id),
    CONSTRAINT secret_reveal_interaction
        FOREIGN KEY (customer_id, interaction_id) REFERENCES party_interaction (customer_id, id),
    CONSTRAINT secret_reveal_user FOREIGN KEY (user_account_id) REFERENCES user_account (id),
    CONSTRAINT secret_reveal_kind_known CHECK (kind IN ('PUK1', 'PUK2'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'That a code was read, never which it was; only ever added to';

-- Whoever reads a code holds this row until the end of the transaction, so that several processes count alike.
CREATE TABLE reveal_meter (
    user_account_id BIGINT      NOT NULL,
    last_at         DATETIME(6) NOT NULL,
    PRIMARY KEY (user_account_id),
    CONSTRAINT reveal_meter_user FOREIGN KEY (user_account_id) REFERENCES user_account (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'When a user last read a code';

-- Never read by the schema: no type has this table. A row goes when its message has left.
CREATE TABLE message_secret (
    customer_id BIGINT         NOT NULL,
    message_id  BIGINT         NOT NULL,
    name        VARCHAR(20)    NOT NULL COMMENT 'of the placeholder',
    key_id      CHAR(16)       NOT NULL COMMENT 'the name of the key that sealed it',
    nonce       BINARY(12)     NOT NULL,
    ciphertext  VARBINARY(200) NOT NULL COMMENT 'AES-256-GCM, bound to customer, message and name',
    tag         BINARY(16)     NOT NULL,
    PRIMARY KEY (customer_id, message_id, name),
    CONSTRAINT message_secret_message
        FOREIGN KEY (customer_id, message_id) REFERENCES communication_message (customer_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'What a message says to its reader alone';

CREATE TABLE password_reset (
    id             BIGINT      NOT NULL AUTO_INCREMENT,
    customer_id    BIGINT      NOT NULL,
    email_login_id BIGINT      NOT NULL,
    token_hash     CHAR(64)    NOT NULL COMMENT 'SHA-256 in hexadecimal of what the link ends with: 256 random bits',
    requested_at   DATETIME(6) NOT NULL,
    expires_at     DATETIME(6) NOT NULL COMMENT 'good before then, once; a newer link ends the ones before',
    used_at        DATETIME(6)     NULL,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY password_reset_id (id),
    UNIQUE KEY password_reset_token (token_hash),
    KEY password_reset_of_login (email_login_id, requested_at),
    CONSTRAINT password_reset_login
        FOREIGN KEY (customer_id, email_login_id) REFERENCES email_login (customer_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A link by which a customer chooses what to sign in with';

CREATE TABLE voicemail_pin (
    id          BIGINT      NOT NULL AUTO_INCREMENT,
    customer_id BIGINT      NOT NULL,
    product_id  BIGINT      NOT NULL COMMENT 'the mobile line',
    fingerprint BINARY(32)  NOT NULL COMMENT 'HMAC-SHA256 of line and PIN: what the mailbox compares',
    set_at      DATETIME(6) NOT NULL,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY voicemail_pin_id (id),
    KEY voicemail_pin_of_product (product_id, set_at),
    CONSTRAINT voicemail_pin_product FOREIGN KEY (customer_id, product_id) REFERENCES product (customer_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'What opens the mailbox of a line, the newest counts; only ever added to';

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (43, 'secrets', 'READ', 'Read the PUK of a verified caller''s SIM card');

INSERT INTO role_right (role_id, bit) VALUES (1, 43), (3, 43);

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'SimCode', 1, 'PUK1', 'PUK',   'neutral'),
    ('de', 'SimCode', 1, 'PUK1', 'PUK',   'neutral'),
    ('en', 'SimCode', 2, 'PUK2', 'PUK 2', 'neutral'),
    ('de', 'SimCode', 2, 'PUK2', 'PUK 2', 'neutral'),

    ('en', 'UserErrorCode', 12, 'TOO_OFTEN', 'Too often', 'warn'),
    ('de', 'UserErrorCode', 12, 'TOO_OFTEN', 'Zu oft',    'warn');
