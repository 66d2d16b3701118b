-- What products are charged to, and every amount that ever moved there.
-- balance_minor of an account equals balance_after_minor of its last entry, in the same transaction.

CREATE TABLE billing_account (
    id             BIGINT      NOT NULL AUTO_INCREMENT,
    customer_id    BIGINT      NOT NULL,
    number         VARCHAR(16) NOT NULL COMMENT 'read aloud, the last digit is a check digit',
    rating_type    VARCHAR(8)  NOT NULL COMMENT 'TMF666: PREPAID, POSTPAID',
    payment_status VARCHAR(16) NOT NULL COMMENT 'TMF666: DUE, PAID, IN_ARREARS',
    balance_minor  BIGINT      NOT NULL DEFAULT 0 COMMENT 'positive is owed by the customer, negative is credit',
    currency       CHAR(3)     NOT NULL COMMENT 'ISO 4217',
    version        INT         NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY billing_account_id (id),
    UNIQUE KEY billing_account_number (number),
    CONSTRAINT billing_account_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT billing_account_rating_type_known CHECK (rating_type IN ('PREPAID', 'POSTPAID')),
    CONSTRAINT billing_account_payment_status_known CHECK (payment_status IN ('DUE', 'PAID', 'IN_ARREARS')),
    CONSTRAINT billing_account_currency_form CHECK (currency RLIKE '^[A-Z]{3}$')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'What products are charged to and bills are drawn on (TMF666 BillingAccount)'
  WITH SYSTEM VERSIONING;

CREATE TABLE ledger_entry (
    id                  BIGINT      NOT NULL AUTO_INCREMENT,
    customer_id         BIGINT      NOT NULL,
    billing_account_id  BIGINT      NOT NULL,
    seq                 INT         NOT NULL COMMENT 'from 1, without gaps',
    kind                VARCHAR(8)  NOT NULL COMMENT 'OPENING, CHARGE, PAYMENT, TOP_UP, CREDIT, FEE',
    amount_minor        BIGINT      NOT NULL COMMENT 'positive: the customer owes more',
    balance_after_minor BIGINT      NOT NULL COMMENT 'balance_after_minor of the entry before plus amount_minor',
    currency            CHAR(3)     NOT NULL COMMENT 'ISO 4217, that of the account',
    effective_at        DATETIME(6) NOT NULL,
    reference           VARCHAR(64) NOT NULL DEFAULT '' COMMENT 'what it is about, for example a period or a payment',
    PRIMARY KEY (customer_id, billing_account_id, seq),
    UNIQUE KEY ledger_entry_id (id),
    KEY ledger_entry_in_order (customer_id, effective_at, id),
    CONSTRAINT ledger_entry_account
        FOREIGN KEY (customer_id, billing_account_id) REFERENCES billing_account (customer_id, id),
    CONSTRAINT ledger_entry_kind_known
        CHECK (kind IN ('OPENING', 'CHARGE', 'PAYMENT', 'TOP_UP', 'CREDIT', 'FEE')),
    CONSTRAINT ledger_entry_seq_from_one CHECK (seq >= 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'Every amount that moved on an account, append only (TMF654 BalanceAction, TMF676 Payment)';
