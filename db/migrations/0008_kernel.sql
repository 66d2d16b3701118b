-- What the installation remembers about itself: numbers already given out, and settings.

CREATE TABLE number_sequence (
    name   VARCHAR(16) NOT NULL COMMENT 'what is numbered',
    next   BIGINT      NOT NULL COMMENT 'the number without its check digit that is given out next',
    PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Human numbers are given out in blocks, under a row lock';

-- The first digit says what is numbered. Below these begins the range of generated data.
INSERT INTO number_sequence (name, next) VALUES
    ('customer', 150000000),
    ('account',  550000000),
    ('order',    750000000);

CREATE TABLE setting (
    name  VARCHAR(64)  NOT NULL,
    value VARCHAR(255) NOT NULL,
    PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'What the installation remembers about itself'
  WITH SYSTEM VERSIONING;
