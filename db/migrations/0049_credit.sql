-- How far usage that is paid afterwards may run before somebody looks, within what the customer's credit class allows.

CREATE TABLE credit_policy (
    class         CHAR(1) NOT NULL COMMENT 'as in credit_profile; C as well for who has none',
    currency      CHAR(3) NOT NULL COMMENT 'ISO 4217',
    highest_minor BIGINT  NOT NULL COMMENT 'the most that a limit may be',
    PRIMARY KEY (class, currency),
    CONSTRAINT credit_policy_class_known CHECK (class IN ('A', 'B', 'C', 'D', 'E')),
    CONSTRAINT credit_policy_not_negative CHECK (highest_minor >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The highest credit limit of accounts of customers of a class'
  WITH SYSTEM VERSIONING;

INSERT INTO credit_policy (class, currency, highest_minor) VALUES
    ('A', 'EUR', 1000000), ('B', 'EUR', 500000), ('C', 'EUR', 50000), ('D', 'EUR', 15000), ('E', 'EUR', 5000);

SET STATEMENT system_versioning_alter_history = KEEP FOR ALTER TABLE billing_account
    ADD COLUMN credit_limit_minor BIGINT NOT NULL DEFAULT 0 COMMENT 'what usage may come to before somebody looks; 0: nothing beyond what is paid'
        AFTER overdue_minor,
    ADD CONSTRAINT billing_account_credit_limit CHECK (credit_limit_minor >= 0);

INSERT INTO policy (name, value, about) VALUES
    ('top_up_least_minor', 500, 'the least that credit is topped up by, in minor units'),
    ('top_up_most_minor', 20000, 'the most that credit is topped up by at once, in minor units');

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (42, 'credit', 'WRITE', 'Top up credit and set credit limits');

INSERT INTO role_right (role_id, bit) VALUES (1, 42), (3, 42);
