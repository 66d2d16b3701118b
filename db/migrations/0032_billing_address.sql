-- Where the bill of an account goes, and where a product's part of it goes when that is another address.

-- Versions of before went to whatever address there was: they name none.
SET SESSION system_versioning_alter_history = 'KEEP';

-- The address comes first in these keys: an index that begins with the customer would be taken for lists of theirs.
ALTER TABLE geographic_address ADD UNIQUE KEY geographic_address_of_customer (id, customer_id);

ALTER TABLE billing_account
    ADD COLUMN billing_address_id BIGINT NULL COMMENT 'where its bills go'
        AFTER customer_id,
    ADD CONSTRAINT billing_account_address
        FOREIGN KEY (billing_address_id, customer_id) REFERENCES geographic_address (id, customer_id);

ALTER TABLE product
    ADD COLUMN billing_address_id BIGINT NULL COMMENT 'where its part of the bill goes: that of its account unless another is named'
        AFTER billing_account_id,
    ADD CONSTRAINT product_billing_address
        FOREIGN KEY (billing_address_id, customer_id) REFERENCES geographic_address (id, customer_id);

SET SESSION system_versioning_alter_history = 'ERROR';

UPDATE billing_account AS account
SET billing_address_id = (
    SELECT id FROM geographic_address
    WHERE customer_id = account.customer_id AND role IN ('BILLING', 'CONTACT')
    ORDER BY role, id LIMIT 1);

UPDATE product
SET billing_address_id = (
    SELECT billing_address_id FROM billing_account
    WHERE customer_id = product.customer_id AND id = product.billing_account_id);
