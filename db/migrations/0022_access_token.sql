-- Cards, tags and logins that customers identify themselves with: found by value, known by fingerprint only.

CREATE TABLE access_token (
    id          BIGINT     NOT NULL AUTO_INCREMENT,
    customer_id BIGINT     NOT NULL,
    product_id  BIGINT     NOT NULL COMMENT 'what it gives access to',
    kind        VARCHAR(5) NOT NULL COMMENT 'CARD, TAG, LOGIN',
    fingerprint CHAR(64)   NOT NULL COMMENT 'HMAC-SHA256 in hexadecimal of its value under a key of the data folder',
    ending      CHAR(4)        NULL COMMENT 'the last characters as printed on it; NULL: nothing is',
    status      VARCHAR(7) NOT NULL COMMENT 'ACTIVE, BLOCKED, ENDED',
    issued_on   DATE       NOT NULL,
    version     INT        NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY access_token_id (id),
    KEY access_token_by_fingerprint (fingerprint, customer_id),
    CONSTRAINT access_token_product FOREIGN KEY (customer_id, product_id) REFERENCES product (customer_id, id),
    CONSTRAINT access_token_kind_known CHECK (kind IN ('CARD', 'TAG', 'LOGIN')),
    CONSTRAINT access_token_status_known CHECK (status IN ('ACTIVE', 'BLOCKED', 'ENDED')),
    CONSTRAINT access_token_fingerprint_only CHECK (fingerprint REGEXP '^[0-9a-f]{64}$')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A card, tag or login of a customer (TMF632 Identification, TMF720 Credential)'
  WITH SYSTEM VERSIONING;

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'AccessTokenKind', 1, 'CARD',  'Card',      'neutral'),
    ('de', 'AccessTokenKind', 1, 'CARD',  'Karte',     'neutral'),
    ('en', 'AccessTokenKind', 2, 'TAG',   'Tag',       'neutral'),
    ('de', 'AccessTokenKind', 2, 'TAG',   'Schlüsselanhänger', 'neutral'),
    ('en', 'AccessTokenKind', 3, 'LOGIN', 'Login',     'neutral'),
    ('de', 'AccessTokenKind', 3, 'LOGIN', 'Anmeldung', 'neutral'),

    ('en', 'AccessTokenStatus', 1, 'ACTIVE',  'Active',   'ok'),
    ('de', 'AccessTokenStatus', 1, 'ACTIVE',  'Aktiv',    'ok'),
    ('en', 'AccessTokenStatus', 2, 'BLOCKED', 'Blocked',  'bad'),
    ('de', 'AccessTokenStatus', 2, 'BLOCKED', 'Gesperrt', 'bad'),
    ('en', 'AccessTokenStatus', 3, 'ENDED',   'Ended',    'neutral'),
    ('de', 'AccessTokenStatus', 3, 'ENDED',   'Beendet',  'neutral');
