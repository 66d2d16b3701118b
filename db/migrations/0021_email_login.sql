-- Mailboxes of customers at the operator. What opens them is known to the mail system alone.

CREATE TABLE email_login (
    id          BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id BIGINT       NOT NULL,
    product_id  BIGINT       NOT NULL COMMENT 'the product it belongs to',
    address     VARCHAR(254) NOT NULL COMMENT 'lower case',
    status      VARCHAR(8)   NOT NULL COMMENT 'ACTIVE, LOCKED, CLOSED',
    quota_bytes BIGINT       NOT NULL COMMENT 'how much its mailbox holds',
    created_on  DATE         NOT NULL,
    changed_at  DATETIME(6)  NOT NULL COMMENT 'when the customer last chose what to sign in with (TMF720 Credential)',
    version     INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY email_login_id (id),
    UNIQUE KEY email_login_address (address),
    CONSTRAINT email_login_product FOREIGN KEY (customer_id, product_id) REFERENCES product (customer_id, id),
    CONSTRAINT email_login_status_known CHECK (status IN ('ACTIVE', 'LOCKED', 'CLOSED')),
    CONSTRAINT email_login_address_lower_case CHECK (address = LOWER(address) AND address LIKE '%_@_%'),
    CONSTRAINT email_login_quota CHECK (quota_bytes > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A mailbox of a customer at the operator (TMF720 DigitalIdentity)'
  WITH SYSTEM VERSIONING;

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'EmailLoginStatus', 1, 'ACTIVE', 'Active',   'ok'),
    ('de', 'EmailLoginStatus', 1, 'ACTIVE', 'Aktiv',    'ok'),
    ('en', 'EmailLoginStatus', 2, 'LOCKED', 'Locked',   'warn'),
    ('de', 'EmailLoginStatus', 2, 'LOCKED', 'Gesperrt', 'warn'),
    ('en', 'EmailLoginStatus', 3, 'CLOSED', 'Closed',   'neutral'),
    ('de', 'EmailLoginStatus', 3, 'CLOSED', 'Gelöscht', 'neutral');
