-- What is within a name is looked for among all different words of names, which are few, and not among all customers.

CREATE TABLE customer_search_gram (
    gram VARCHAR(3)   NOT NULL COMMENT 'three characters in a row of the word',
    word VARCHAR(100) NOT NULL COMMENT 'customer_search_term.term of the kind NAME',
    PRIMARY KEY (gram, word)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The words of names by each three characters that they have; derived from customer_search_term, some may be of nobody any more';

INSERT INTO customer_search_gram (gram, word)
SELECT DISTINCT SUBSTRING(words.term, at.seq, 3), words.term
FROM (SELECT DISTINCT term FROM customer_search_term WHERE kind = 'NAME' AND CHAR_LENGTH(term) >= 3) AS words
JOIN seq_1_to_98 AS at ON at.seq <= CHAR_LENGTH(words.term) - 2;
