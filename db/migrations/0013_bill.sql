-- Bills with their lines, what of them is still to be paid, and what became of them on the account.
-- A bill is the sum of its lines and, on the ledger, one charge; remaining_minor is what payments and credits left of it.
-- due_minor of an account is the sum of remaining_minor of its bills, in the same transaction.

CREATE TABLE customer_bill (
    id                 BIGINT      NOT NULL AUTO_INCREMENT,
    customer_id        BIGINT      NOT NULL,
    billing_account_id BIGINT      NOT NULL,
    number             VARCHAR(16) NOT NULL COMMENT 'TMF678 billNo: the account, which bill of it, a check digit',
    state              VARCHAR(16) NOT NULL COMMENT 'TMF678 StateValue',
    run_type           VARCHAR(9)  NOT NULL COMMENT 'TMF678 runType: ON_CYCLE, OFF_CYCLE',
    period_from        DATE        NOT NULL COMMENT 'TMF678 billingPeriod, first day',
    period_until       DATE        NOT NULL COMMENT 'last day',
    bill_date          DATE        NOT NULL COMMENT 'TMF678 billDate',
    due_date           DATE        NOT NULL COMMENT 'TMF678 paymentDueDate, the last day in time',
    amount_minor       BIGINT      NOT NULL COMMENT 'TMF678 taxIncludedAmount, the sum of the lines',
    tax_minor          BIGINT      NOT NULL COMMENT 'contained in it, the sum of the lines',
    remaining_minor    BIGINT      NOT NULL COMMENT 'TMF678 remainingAmount',
    currency           CHAR(3)     NOT NULL COMMENT 'ISO 4217, that of the account',
    version            INT         NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY customer_bill_id (id),
    UNIQUE KEY customer_bill_number (number),
    KEY customer_bill_in_order (customer_id, bill_date, id),
    KEY customer_bill_of_account (billing_account_id, bill_date, id),
    CONSTRAINT customer_bill_account
        FOREIGN KEY (customer_id, billing_account_id) REFERENCES billing_account (customer_id, id),
    CONSTRAINT customer_bill_state_known CHECK (state IN
        ('NEW', 'ON_HOLD', 'VALIDATED', 'SENT', 'PARTIALLY_PAID', 'SETTLED')),
    CONSTRAINT customer_bill_run_type_known CHECK (run_type IN ('ON_CYCLE', 'OFF_CYCLE')),
    CONSTRAINT customer_bill_period CHECK (period_until >= period_from AND due_date >= bill_date),
    CONSTRAINT customer_bill_settled_leaves_nothing CHECK ((state = 'SETTLED') = (remaining_minor = 0))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'What a customer is asked to pay for a period (TMF678 CustomerBill)'
  WITH SYSTEM VERSIONING;

CREATE TABLE applied_billing_rate (
    customer_id      BIGINT       NOT NULL,
    customer_bill_id BIGINT       NOT NULL,
    position         INT          NOT NULL COMMENT 'in the bill, from 1',
    kind             VARCHAR(9)   NOT NULL COMMENT 'RECURRING, ONE_TIME, USAGE, FEE, CREDIT',
    description      VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'as it was called when it was billed',
    product_id       BIGINT           NULL COMMENT 'what it was charged for',
    period_from      DATE         NOT NULL COMMENT 'TMF678 periodCoverage, first day',
    period_until     DATE         NOT NULL COMMENT 'last day',
    amount_minor     BIGINT       NOT NULL COMMENT 'TMF678 taxIncludedAmount',
    tax_minor        BIGINT       NOT NULL COMMENT 'contained in it',
    currency         CHAR(3)      NOT NULL COMMENT 'ISO 4217, that of the bill',
    PRIMARY KEY (customer_id, customer_bill_id, position),
    UNIQUE KEY applied_billing_rate_of_bill (customer_bill_id, position),
    CONSTRAINT applied_billing_rate_bill
        FOREIGN KEY (customer_id, customer_bill_id) REFERENCES customer_bill (customer_id, id),
    CONSTRAINT applied_billing_rate_product
        FOREIGN KEY (customer_id, product_id) REFERENCES product (customer_id, id),
    CONSTRAINT applied_billing_rate_kind_known CHECK (kind IN ('RECURRING', 'ONE_TIME', 'USAGE', 'FEE', 'CREDIT')),
    CONSTRAINT applied_billing_rate_position_from_one CHECK (position >= 1),
    CONSTRAINT applied_billing_rate_period CHECK (period_until >= period_from)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'A line of a bill, never changed (TMF678 AppliedCustomerBillingRate)';

ALTER TABLE ledger_entry
    DROP CONSTRAINT ledger_entry_kind_known,
    MODIFY COLUMN kind VARCHAR(8) NOT NULL
        COMMENT 'OPENING, CHARGE, USAGE, FEE, PAYMENT, TOP_UP, DEPOSIT, CREDIT, REFUND',
    ADD COLUMN method VARCHAR(13) NULL COMMENT 'TMF676 paymentMethod, how money came or went: DIRECT_DEBIT …' AFTER reference,
    ADD COLUMN customer_bill_id BIGINT NULL COMMENT 'the bill it charges, pays or reminds of' AFTER method,
    ADD UNIQUE KEY ledger_entry_of_account (billing_account_id, seq),
    ADD CONSTRAINT ledger_entry_bill
        FOREIGN KEY (customer_id, customer_bill_id) REFERENCES customer_bill (customer_id, id),
    ADD CONSTRAINT ledger_entry_kind_known CHECK (kind IN
        ('OPENING', 'CHARGE', 'USAGE', 'FEE', 'PAYMENT', 'TOP_UP', 'DEPOSIT', 'CREDIT', 'REFUND')),
    ADD CONSTRAINT ledger_entry_method_known CHECK (method IN
        ('DIRECT_DEBIT', 'BANK_TRANSFER', 'CARD', 'VOUCHER', 'CASH')),
    ADD CONSTRAINT ledger_entry_method_of_money
        CHECK (method IS NULL OR kind IN ('PAYMENT', 'TOP_UP', 'DEPOSIT', 'REFUND'));

SET STATEMENT system_versioning_alter_history = KEEP FOR ALTER TABLE billing_account
    ADD COLUMN due_minor BIGINT NOT NULL DEFAULT 0 COMMENT 'kept with the bills: the sum of what remains of them'
        AFTER balance_minor,
    ADD COLUMN overdue_minor BIGINT NOT NULL DEFAULT 0 COMMENT 'what of it was overdue when arrears were last looked at'
        AFTER due_minor,
    ADD COLUMN dunning_state VARCHAR(12) NOT NULL DEFAULT 'NONE' COMMENT 'how far a customer in arrears has been pursued'
        AFTER payment_status,
    ADD CONSTRAINT billing_account_dunning_state_known CHECK (dunning_state IN
        ('NONE', 'REMINDED', 'FINAL_NOTICE', 'BARRED', 'COLLECTION')),
    ADD CONSTRAINT billing_account_overdue_is_due CHECK (overdue_minor >= 0 AND overdue_minor <= due_minor),
    ADD CONSTRAINT billing_account_dunned_for_something CHECK (dunning_state = 'NONE' OR overdue_minor > 0);

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (11, 'entries', 'READ', 'See bills, payments and every other entry of an account');

INSERT INTO role_right (role_id, bit) VALUES (1, 11), (3, 11), (4, 11), (5, 11);

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'DunningState', 1, 'NONE',         'No reminder',          'neutral'),
    ('de', 'DunningState', 1, 'NONE',         'Keine Mahnung',        'neutral'),
    ('en', 'DunningState', 2, 'REMINDED',     'Reminded',             'warn'),
    ('de', 'DunningState', 2, 'REMINDED',     'Gemahnt',              'warn'),
    ('en', 'DunningState', 3, 'FINAL_NOTICE', 'Final notice',         'bad'),
    ('de', 'DunningState', 3, 'FINAL_NOTICE', 'Letzte Mahnung',       'bad'),
    ('en', 'DunningState', 4, 'BARRED',       'Barred for arrears',   'bad'),
    ('de', 'DunningState', 4, 'BARRED',       'Wegen Rückstand gesperrt', 'bad'),
    ('en', 'DunningState', 5, 'COLLECTION',   'With debt collection', 'bad'),
    ('de', 'DunningState', 5, 'COLLECTION',   'Beim Inkasso',         'bad'),

    ('en', 'LedgerEntryKind', 1, 'OPENING', 'Opening balance', 'neutral'),
    ('de', 'LedgerEntryKind', 1, 'OPENING', 'Anfangssaldo',    'neutral'),
    ('en', 'LedgerEntryKind', 2, 'CHARGE',  'Charge',          'neutral'),
    ('de', 'LedgerEntryKind', 2, 'CHARGE',  'Forderung',       'neutral'),
    ('en', 'LedgerEntryKind', 3, 'USAGE',   'Usage',           'neutral'),
    ('de', 'LedgerEntryKind', 3, 'USAGE',   'Verbrauch',       'neutral'),
    ('en', 'LedgerEntryKind', 4, 'FEE',     'Reminder fee',    'warn'),
    ('de', 'LedgerEntryKind', 4, 'FEE',     'Mahngebühr',      'warn'),
    ('en', 'LedgerEntryKind', 5, 'PAYMENT', 'Payment',         'ok'),
    ('de', 'LedgerEntryKind', 5, 'PAYMENT', 'Zahlung',         'ok'),
    ('en', 'LedgerEntryKind', 6, 'TOP_UP',  'Top-up',          'ok'),
    ('de', 'LedgerEntryKind', 6, 'TOP_UP',  'Aufladung',       'ok'),
    ('en', 'LedgerEntryKind', 7, 'DEPOSIT', 'Deposit',         'ok'),
    ('de', 'LedgerEntryKind', 7, 'DEPOSIT', 'Kaution',         'ok'),
    ('en', 'LedgerEntryKind', 8, 'CREDIT',  'Credit',          'info'),
    ('de', 'LedgerEntryKind', 8, 'CREDIT',  'Gutschrift',      'info'),
    ('en', 'LedgerEntryKind', 9, 'REFUND',  'Refund',          'info'),
    ('de', 'LedgerEntryKind', 9, 'REFUND',  'Erstattung',      'info'),

    ('en', 'PaymentMethodKind', 1, 'DIRECT_DEBIT',  'Direct debit',  'neutral'),
    ('de', 'PaymentMethodKind', 1, 'DIRECT_DEBIT',  'Lastschrift',   'neutral'),
    ('en', 'PaymentMethodKind', 2, 'BANK_TRANSFER', 'Bank transfer', 'neutral'),
    ('de', 'PaymentMethodKind', 2, 'BANK_TRANSFER', 'Überweisung',   'neutral'),
    ('en', 'PaymentMethodKind', 3, 'CARD',          'Card',          'neutral'),
    ('de', 'PaymentMethodKind', 3, 'CARD',          'Karte',         'neutral'),
    ('en', 'PaymentMethodKind', 4, 'VOUCHER',       'Voucher',       'neutral'),
    ('de', 'PaymentMethodKind', 4, 'VOUCHER',       'Guthabenkarte', 'neutral'),
    ('en', 'PaymentMethodKind', 5, 'CASH',          'Cash',          'neutral'),
    ('de', 'PaymentMethodKind', 5, 'CASH',          'Bar',           'neutral'),

    ('en', 'CustomerBillState', 1, 'NEW',            'Being made',     'info'),
    ('de', 'CustomerBillState', 1, 'NEW',            'Wird erstellt',  'info'),
    ('en', 'CustomerBillState', 2, 'ON_HOLD',        'On hold',        'warn'),
    ('de', 'CustomerBillState', 2, 'ON_HOLD',        'Angehalten',     'warn'),
    ('en', 'CustomerBillState', 3, 'VALIDATED',      'Ready to be sent', 'info'),
    ('de', 'CustomerBillState', 3, 'VALIDATED',      'Versandbereit',  'info'),
    ('en', 'CustomerBillState', 4, 'SENT',           'Open',           'info'),
    ('de', 'CustomerBillState', 4, 'SENT',           'Offen',          'info'),
    ('en', 'CustomerBillState', 5, 'PARTIALLY_PAID', 'Paid in part',   'warn'),
    ('de', 'CustomerBillState', 5, 'PARTIALLY_PAID', 'Teilweise bezahlt', 'warn'),
    ('en', 'CustomerBillState', 6, 'SETTLED',        'Paid',           'ok'),
    ('de', 'CustomerBillState', 6, 'SETTLED',        'Bezahlt',        'ok'),

    ('en', 'BillRunType', 1, 'ON_CYCLE',  'Regular bill',   'neutral'),
    ('de', 'BillRunType', 1, 'ON_CYCLE',  'Turnusrechnung', 'neutral'),
    ('en', 'BillRunType', 2, 'OFF_CYCLE', 'Extra bill',     'info'),
    ('de', 'BillRunType', 2, 'OFF_CYCLE', 'Sonderrechnung', 'info'),

    ('en', 'BillLineKind', 1, 'RECURRING', 'Recurring',    'neutral'),
    ('de', 'BillLineKind', 1, 'RECURRING', 'Laufend',      'neutral'),
    ('en', 'BillLineKind', 2, 'ONE_TIME',  'Once',         'neutral'),
    ('de', 'BillLineKind', 2, 'ONE_TIME',  'Einmalig',     'neutral'),
    ('en', 'BillLineKind', 3, 'USAGE',     'Usage',        'neutral'),
    ('de', 'BillLineKind', 3, 'USAGE',     'Verbrauch',    'neutral'),
    ('en', 'BillLineKind', 4, 'FEE',       'Fee',          'warn'),
    ('de', 'BillLineKind', 4, 'FEE',       'Gebühr',       'warn'),
    ('en', 'BillLineKind', 5, 'CREDIT',    'Credit',       'info'),
    ('de', 'BillLineKind', 5, 'CREDIT',    'Gutschrift',   'info');
