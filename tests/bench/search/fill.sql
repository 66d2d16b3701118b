-- A million customers to search: names of 3,000 families, a telephone number and an e-mail address each.
-- One in five belongs to one of 50 partners, which are of very different size: 60,000 customers down to 40.

SET unique_checks = 0, foreign_key_checks = 0, group_concat_max_len = 4194304;
CREATE TABLE partner (id BIGINT PRIMARY KEY, path VARCHAR(100) NOT NULL) CHARSET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO partner SELECT seq, CONCAT('/1/', seq, '/') FROM seq_2_to_51;

CREATE TABLE customer (
    id BIGINT PRIMARY KEY, sort_name VARCHAR(200) NOT NULL, partner_id BIGINT NULL,
    KEY customer_by_name (sort_name, id), KEY customer_partner (partner_id)
) CHARSET utf8mb4 COLLATE utf8mb4_bin;

CREATE TEMPORARY TABLE syllable (n INT PRIMARY KEY, s VARCHAR(5) CHARSET utf8mb4);
INSERT INTO syllable VALUES (0,'mu'),(1,'ler'),(2,'sch'),(3,'ann'),(4,'ber'),(5,'ger'),(6,'hof'),(7,'stein'),(8,'wal'),
    (9,'ter'),(10,'kel'),(11,'ri'),(12,'ma'),(13,'na'),(14,'do');

INSERT INTO customer
SELECT c.seq,
       CONCAT(a.s, b.s, d.s, ' ', e.s, f.s),
       IF(c.seq % 5 = 0, 2 + FLOOR(49.99 * POW((CRC32(c.seq) % 10007) / 10007, 3)), NULL)
FROM seq_1_to_1000000 AS c
JOIN syllable AS a ON a.n = CRC32(CONCAT('a', c.seq)) % 15
JOIN syllable AS b ON b.n = CRC32(CONCAT('b', c.seq)) % 15
JOIN syllable AS d ON d.n = CRC32(CONCAT('d', c.seq)) % 15
JOIN syllable AS e ON e.n = CRC32(CONCAT('e', c.seq)) % 15
JOIN syllable AS f ON f.n = CRC32(CONCAT('f', c.seq)) % 15;

CREATE TABLE customer_search_term (
    term VARCHAR(100) NOT NULL, customer_id BIGINT NOT NULL, kind VARCHAR(10) NOT NULL, page BIGINT NOT NULL,
    PRIMARY KEY (term, customer_id, kind)
) CHARSET utf8mb4 COLLATE utf8mb4_bin;

INSERT IGNORE INTO customer_search_term
SELECT term, id, kind, IFNULL(partner_id * 4294967296 + id DIV 1024, id DIV 64) FROM (
    SELECT SUBSTRING_INDEX(sort_name, ' ', 1) AS term, id, 'NAME' AS kind, partner_id FROM customer
    UNION ALL SELECT SUBSTRING_INDEX(sort_name, ' ', -1), id, 'NAME', partner_id FROM customer
    UNION ALL SELECT CONCAT('4917', LPAD(CRC32(CONCAT('p', id)) % 1000000000, 9, '0')), id, 'PHONE', partner_id FROM customer
    UNION ALL SELECT CONCAT(REPLACE(sort_name, ' ', '.'), id % 100, '@mail.example'), id, 'EMAIL', partner_id FROM customer
) AS terms ORDER BY term, id;
ALTER TABLE customer_search_term ADD KEY customer_search_term_customer (customer_id),
                                 ADD KEY customer_search_term_page (page, kind);

CREATE TABLE customer_search_page (
    page BIGINT NOT NULL, kind VARCHAR(10) NOT NULL, partner_id BIGINT NULL, terms MEDIUMBLOB NOT NULL,
    PRIMARY KEY (kind, page), KEY customer_search_page_partner (partner_id, kind)
) CHARSET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO customer_search_page
SELECT page, kind, NULLIF(page DIV 4294967296, 0), CONCAT('\n', GROUP_CONCAT(term SEPARATOR '\n'), '\n')
FROM customer_search_term GROUP BY kind, page;
CREATE TABLE customer_search_sieve (
    kind VARCHAR(10) NOT NULL, page BIGINT NOT NULL, s0 BIGINT NOT NULL, s1 BIGINT NOT NULL, s2 BIGINT NOT NULL,
    s3 BIGINT NOT NULL, s4 BIGINT NOT NULL, s5 BIGINT NOT NULL, s6 BIGINT NOT NULL, s7 BIGINT NOT NULL, s8 BIGINT NOT NULL,
    s9 BIGINT NOT NULL, s10 BIGINT NOT NULL, s11 BIGINT NOT NULL, s12 BIGINT NOT NULL, s13 BIGINT NOT NULL,
    s14 BIGINT NOT NULL, s15 BIGINT NOT NULL, PRIMARY KEY (kind, page)
) CHARSET utf8mb4 COLLATE utf8mb4_bin;
ANALYZE TABLE customer, customer_search_term, customer_search_page, partner;
