-- How each account is paid, so that agents see it and find customers by it.

SET SESSION system_versioning_alter_history = 'KEEP';

-- Versions of before get a transfer: nobody wrote down what was agreed then.
ALTER TABLE billing_account
    ADD COLUMN payment_method VARCHAR(13) NOT NULL DEFAULT 'BANK_TRANSFER'
        COMMENT 'TMF676 paymentMethod, as agreed for what is to come; ledger_entry.method is what it was' AFTER payment_status,
    ADD KEY billing_account_by_payment_method (payment_method),
    ADD CONSTRAINT billing_account_payment_method_known CHECK (payment_method IN
        ('DIRECT_DEBIT', 'BANK_TRANSFER', 'CARD', 'VOUCHER', 'CASH'));

SET SESSION system_versioning_alter_history = 'ERROR';

-- As the last payment was made.
UPDATE billing_account AS account
SET payment_method = COALESCE((
    SELECT method FROM ledger_entry
    WHERE customer_id = account.customer_id AND billing_account_id = account.id
    AND kind IN ('PAYMENT', 'TOP_UP') AND method IS NOT NULL
    ORDER BY seq DESC LIMIT 1), IF(rating_type = 'PREPAID', 'VOUCHER', 'BANK_TRANSFER'));

-- It is looked for after when usage is paid.
SET @after = (SELECT position FROM search_field WHERE definition = 'standard' AND criterion = 'RATING_TYPE');
UPDATE search_field SET position = position + 1 WHERE definition = 'standard' AND position > @after ORDER BY position DESC;
INSERT INTO search_field (definition, position, section, criterion, operators) VALUES
    ('standard', @after + 1, 'RECEIVABLES', 'PAYMENT_METHOD', '');

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'SearchCriterion', 26, 'PAYMENT_METHOD', 'Pays by',     'neutral'),
    ('de', 'SearchCriterion', 26, 'PAYMENT_METHOD', 'Zahlungsart', 'neutral');
