-- Bits of 512 customers in a row instead of 64: an eighth of the rows to bring together; partners have bits of their own customers.

CREATE TABLE customer_search_bits (
    beginning VARCHAR(20)     NOT NULL COMMENT 'the first two or the first four characters of a term that begins with no digit; # and a number: partner',
    block     BIGINT          NOT NULL COMMENT 'customer_id DIV 512',
    b0        BIGINT UNSIGNED NOT NULL COMMENT 'bit n: customer block * 512 + n may have such a term, or is of that partner',
    b1        BIGINT UNSIGNED NOT NULL COMMENT 'the same of the next 64 customers',
    b2        BIGINT UNSIGNED NOT NULL COMMENT 'and so on',
    b3        BIGINT UNSIGNED NOT NULL COMMENT 'and so on',
    b4        BIGINT UNSIGNED NOT NULL COMMENT 'and so on',
    b5        BIGINT UNSIGNED NOT NULL COMMENT 'and so on',
    b6        BIGINT UNSIGNED NOT NULL COMMENT 'and so on',
    b7        BIGINT UNSIGNED NOT NULL COMMENT 'of the last 64 customers',
    PRIMARY KEY (beginning, block)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Which customers may have terms that begin so, and which are of a partner; derived from customer_search_term and customer';

INSERT INTO customer_search_bits (beginning, block, b0, b1, b2, b3, b4, b5, b6, b7)
SELECT beginning, block DIV 8,
       BIT_OR(bits & -(block % 8 = 0)), BIT_OR(bits & -(block % 8 = 1)),
       BIT_OR(bits & -(block % 8 = 2)), BIT_OR(bits & -(block % 8 = 3)),
       BIT_OR(bits & -(block % 8 = 4)), BIT_OR(bits & -(block % 8 = 5)),
       BIT_OR(bits & -(block % 8 = 6)), BIT_OR(bits & -(block % 8 = 7))
FROM customer_search_beginning
GROUP BY beginning, block DIV 8;

INSERT INTO customer_search_bits (beginning, block, b0, b1, b2, b3, b4, b5, b6, b7)
SELECT CONCAT('#', partner_id), id DIV 512,
       BIT_OR((1 << id % 64) & -(id DIV 64 % 8 = 0)), BIT_OR((1 << id % 64) & -(id DIV 64 % 8 = 1)),
       BIT_OR((1 << id % 64) & -(id DIV 64 % 8 = 2)), BIT_OR((1 << id % 64) & -(id DIV 64 % 8 = 3)),
       BIT_OR((1 << id % 64) & -(id DIV 64 % 8 = 4)), BIT_OR((1 << id % 64) & -(id DIV 64 % 8 = 5)),
       BIT_OR((1 << id % 64) & -(id DIV 64 % 8 = 6)), BIT_OR((1 << id % 64) & -(id DIV 64 % 8 = 7))
FROM customer
WHERE partner_id IS NOT NULL
GROUP BY partner_id, id DIV 512;

DROP TABLE customer_search_beginning, customer_search_bit;

CREATE TABLE customer_search_part (
    part INT NOT NULL COMMENT '0 to 7',
    PRIMARY KEY (part)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The words of a row of bits, and the bytes of a word, to take them apart';

INSERT INTO customer_search_part (part) VALUES (0), (1), (2), (3), (4), (5), (6), (7);

CREATE TABLE customer_search_byte (
    byte INT NOT NULL COMMENT '1 to 255',
    bit  INT NOT NULL COMMENT '0 to 7: a bit that is set in it',
    PRIMARY KEY (byte, bit)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The bits of a byte, to take it apart';

INSERT INTO customer_search_byte (byte, bit)
WITH RECURSIVE counted (byte) AS (SELECT 1 UNION ALL SELECT byte + 1 FROM counted WHERE byte < 255)
SELECT byte, part FROM counted JOIN customer_search_part ON byte & 1 << part <> 0;

-- The terms of a customer by what they are of: who is left is looked for among two or three of them instead of a dozen.
ALTER TABLE customer_search_term
    DROP INDEX customer_search_term_customer,
    ADD INDEX customer_search_term_customer (customer_id, kind, term);
