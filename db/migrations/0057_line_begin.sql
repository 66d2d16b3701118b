-- A new mobile line waits where there is no number or SIM card for it, and says so.

ALTER TABLE product_order
    DROP CONSTRAINT product_order_reason_known,
    ADD CONSTRAINT product_order_reason_known CHECK (reason IN
        ('NO_ANSWER', 'NO_CAPACITY', 'NOT_COMPATIBLE', 'ADDRESS_UNCLEAR', 'CUSTOMER_NOT_ACTIVE', 'WHOLE_MISSING',
         'PRODUCT_CHANGED', 'TOO_LATE', 'WITHDRAWN', 'OUT_OF_STOCK'));

ALTER TABLE product_order_item
    DROP CONSTRAINT product_order_item_reason_known,
    ADD CONSTRAINT product_order_item_reason_known CHECK (reason IN
        ('NO_ANSWER', 'NO_CAPACITY', 'NOT_COMPATIBLE', 'ADDRESS_UNCLEAR', 'CUSTOMER_NOT_ACTIVE', 'WHOLE_MISSING',
         'PRODUCT_CHANGED', 'TOO_LATE', 'WITHDRAWN', 'OUT_OF_STOCK'));

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'OrderReason', 10, 'OUT_OF_STOCK', 'No number or SIM card is free',       'warn'),
    ('de', 'OrderReason', 10, 'OUT_OF_STOCK', 'Keine Rufnummer oder SIM-Karte frei', 'warn');
