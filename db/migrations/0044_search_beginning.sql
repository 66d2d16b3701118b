-- Which customers have a term that begins so, as bits: who has two beginnings that many have is found without reading all of either.

CREATE TABLE customer_search_beginning (
    beginning VARCHAR(4)      NOT NULL COMMENT 'the first two or the first four characters of a term that begins with no digit',
    block     BIGINT          NOT NULL COMMENT 'customer_id DIV 64',
    bits      BIGINT UNSIGNED NOT NULL COMMENT 'bit n: customer block * 64 + n may have such a term',
    PRIMARY KEY (beginning, block)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Which customers may have terms that begin so; derived from customer_search_term';

INSERT INTO customer_search_beginning (beginning, block, bits)
SELECT LEFT(term, 2), customer_id DIV 64, BIT_OR(1 << customer_id % 64)
FROM customer_search_term
WHERE term >= ':' AND CHAR_LENGTH(term) >= 2
GROUP BY LEFT(term, 2), customer_id DIV 64;

INSERT INTO customer_search_beginning (beginning, block, bits)
SELECT LEFT(term, 4), customer_id DIV 64, BIT_OR(1 << customer_id % 64)
FROM customer_search_term
WHERE term >= ':' AND CHAR_LENGTH(term) >= 4
GROUP BY LEFT(term, 4), customer_id DIV 64;

CREATE TABLE customer_search_bit (
    bit  INT             NOT NULL COMMENT '0 to 63',
    mask BIGINT UNSIGNED NOT NULL COMMENT 'the number in which only this bit is set',
    PRIMARY KEY (bit)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The bits of a number, to take them apart';

INSERT INTO customer_search_bit (bit, mask)
WITH RECURSIVE counted (bit) AS (SELECT 0 UNION ALL SELECT bit + 1 FROM counted WHERE bit < 63)
SELECT bit, 1 << bit FROM counted;
