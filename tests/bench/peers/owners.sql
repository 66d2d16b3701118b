-- Whose the customers of the peers' database are, in Dossier's own.

INSERT INTO partner (id, parent_id, path, name, kind) VALUES
    (2, 1, '/1/2/', 'Measured', 'RESELLER'),
    (3, 2, '/1/2/3/', 'Below the measured', 'AGENCY');

CREATE TABLE customer_owner (
    customer_id INT UNSIGNED NOT NULL PRIMARY KEY,
    partner_id  BIGINT       NOT NULL,
    KEY customer_owner_partner (partner_id)
) ENGINE = InnoDB;

-- All of them, so that a partner's answers are those of everybody else; half through the partner below.
INSERT INTO customer_owner (customer_id, partner_id)
SELECT id, 2 + id MOD 2
FROM care.customer;

ANALYZE TABLE customer_owner;
