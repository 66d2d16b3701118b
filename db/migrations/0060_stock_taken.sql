-- What an order took from the stock is known of each of its items: it gives back that, and nothing else.

SET SESSION system_versioning_alter_history = 'KEEP';

ALTER TABLE product_order_item
    ADD COLUMN took_stock INT NOT NULL DEFAULT 0 COMMENT 'pieces that are taken from the stock for it';

ALTER TABLE product_stock
    ADD COLUMN delivered INT NOT NULL DEFAULT 0 COMMENT 'pieces that ever came: what orders took of them is not available' AFTER available;

-- Of the orders so far those that were judged took a piece for what they sold.
UPDATE product_order_item AS i
JOIN product_stock AS k ON k.offering_id = i.offering_id
JOIN order_qualification AS q ON q.customer_id = i.customer_id AND q.product_order_id = i.product_order_id
SET i.took_stock = 1
WHERE (i.action = 'ADD' OR (i.action = 'MODIFY' AND i.target_status IS NULL))
    AND i.state NOT IN ('REJECTED', 'CANCELLED', 'FAILED');

UPDATE product_stock AS k
SET delivered = available + (SELECT COALESCE(SUM(took_stock), 0) FROM product_order_item WHERE offering_id = k.offering_id);

ALTER TABLE product_stock
    ADD CONSTRAINT product_stock_came CHECK (available <= delivered);

SET SESSION system_versioning_alter_history = 'ERROR';
