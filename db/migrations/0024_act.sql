-- What mutations leave behind besides what they change: keys that make a repetition harmless, and who did what.

CREATE TABLE idempotency_key (
    user_account_id BIGINT      NOT NULL,
    idempotency_key VARCHAR(64) NOT NULL COMMENT 'made by the client, for one change',
    input_digest    CHAR(64)    NOT NULL COMMENT 'SHA-256 in hexadecimal of the mutation and its input',
    object_id       BIGINT          NULL COMMENT 'what it was about',
    customer_id     BIGINT          NULL COMMENT 'whose that is',
    created_at      DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    PRIMARY KEY (user_account_id, idempotency_key),
    KEY idempotency_key_by_age (created_at),
    CONSTRAINT idempotency_key_user FOREIGN KEY (user_account_id) REFERENCES user_account (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Written in the transaction of the change: a key is good for one change, once';

CREATE TABLE audit_record (
    id              BIGINT      NOT NULL AUTO_INCREMENT,
    recorded_at     DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    user_account_id BIGINT      NOT NULL COMMENT 'who',
    mutation        VARCHAR(64) NOT NULL COMMENT 'did what: a field of the type Mutation',
    object_type     VARCHAR(64) NOT NULL COMMENT 'to what: a type of the schema',
    object_id       BIGINT          NULL,
    customer_id     BIGINT          NULL COMMENT 'whose that is',
    input           MEDIUMTEXT  NOT NULL COMMENT 'as it was given, JSON',
    PRIMARY KEY (id),
    KEY audit_record_of_customer (customer_id, id),
    KEY audit_record_of_user (user_account_id, id),
    CONSTRAINT audit_record_user FOREIGN KEY (user_account_id) REFERENCES user_account (id),
    CONSTRAINT audit_record_input_is_json CHECK (JSON_VALID(input))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Every change through the API, written in its transaction; never changed';

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (20, 'customer', 'WRITE', 'Change master data');

-- Agents and administrators; partners for their own customers.
INSERT INTO role_right (role_id, bit) VALUES (1, 20), (3, 20), (4, 20);
