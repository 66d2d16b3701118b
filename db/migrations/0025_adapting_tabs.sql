-- Tabs that appear only for customers who hold certain kinds of product, and what each customer holds.

SET SESSION system_versioning_alter_history = 'KEEP';

ALTER TABLE tab_version
    ADD COLUMN only_for JSON NULL COMMENT 'kinds of product, of which a customer has to hold one; NULL: it is for everybody'
        AFTER bit,
    ADD CONSTRAINT tab_version_only_for_known CHECK (
        only_for IS NULL
        OR (JSON_LENGTH(only_for) > 0
            AND JSON_CONTAINS('["MOBILE", "VOICE", "BROADBAND", "FIBRE", "TV", "CONTENT"]', only_for)));

-- Versions of before get counts of none: nobody looked at what was held then.
ALTER TABLE customer
    ADD COLUMN mobile_count    INT NOT NULL DEFAULT 0 AFTER active_product_count,
    ADD COLUMN voice_count     INT NOT NULL DEFAULT 0 AFTER mobile_count,
    ADD COLUMN broadband_count INT NOT NULL DEFAULT 0 AFTER voice_count,
    ADD COLUMN fibre_count     INT NOT NULL DEFAULT 0 AFTER broadband_count,
    ADD COLUMN tv_count        INT NOT NULL DEFAULT 0 AFTER fibre_count,
    ADD COLUMN content_count   INT NOT NULL DEFAULT 0
        COMMENT 'this one and those before: products of the kind that are ACTIVE, SUSPENDED or PENDING_TERMINATE, kept with them'
        AFTER tv_count,
    ADD CONSTRAINT customer_products_held CHECK (
        mobile_count >= 0 AND voice_count >= 0 AND broadband_count >= 0 AND fibre_count >= 0
        AND tv_count >= 0 AND content_count >= 0);

-- Parts are found by what they are a part of, and lines by what was bought, whatever else a customer holds.
ALTER TABLE product
    ADD KEY product_of_parent (parent_id, start_date, id),
    ADD KEY product_by_offering (customer_id, offering_id);

SET SESSION system_versioning_alter_history = 'ERROR';

UPDATE customer
JOIN (
    SELECT product.customer_id,
        SUM(category = 'MOBILE') AS mobile, SUM(category = 'VOICE') AS voice,
        SUM(category = 'BROADBAND') AS broadband, SUM(category = 'FIBRE') AS fibre,
        SUM(category = 'TV') AS tv, SUM(category = 'CONTENT') AS content
    FROM product
    JOIN product_offering AS offering ON offering.id = product.offering_id
    WHERE product.status IN ('ACTIVE', 'SUSPENDED', 'PENDING_TERMINATE')
    GROUP BY product.customer_id) AS held ON held.customer_id = customer.id
SET mobile_count = held.mobile, voice_count = held.voice, broadband_count = held.broadband,
    fibre_count = held.fibre, tv_count = held.tv, content_count = held.content;
