-- What a page of terms may have, in a few numbers: pages that cannot have what is looked for are not read.

CREATE TABLE customer_search_sieve (
    kind VARCHAR(10) NOT NULL COMMENT 'as in customer_search_page',
    page BIGINT      NOT NULL,
    s0   BIGINT      NOT NULL COMMENT 'bits of three characters in a row that are on the page, 63 in each of these',
    s1   BIGINT      NOT NULL,
    s2   BIGINT      NOT NULL,
    s3   BIGINT      NOT NULL,
    s4   BIGINT      NOT NULL,
    s5   BIGINT      NOT NULL,
    s6   BIGINT      NOT NULL,
    s7   BIGINT      NOT NULL,
    s8   BIGINT      NOT NULL,
    s9   BIGINT      NOT NULL,
    s10  BIGINT      NOT NULL,
    s11  BIGINT      NOT NULL,
    s12  BIGINT      NOT NULL,
    s13  BIGINT      NOT NULL,
    s14  BIGINT      NOT NULL,
    s15  BIGINT      NOT NULL,
    PRIMARY KEY (kind, page)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Which pages may have a pattern; derived from customer_search_page';

-- Of pages that are there already nothing is known, so they are read until their terms change.
SET @all = 9223372036854775807;
INSERT INTO customer_search_sieve
SELECT kind, page, @all, @all, @all, @all, @all, @all, @all, @all, @all, @all, @all, @all, @all, @all, @all, @all
FROM customer_search_page;
