-- Groups of customers who pay less, and what operators want to know of customers beyond the rest.

CREATE TABLE discount_group (
    id          BIGINT        NOT NULL AUTO_INCREMENT,
    code        VARCHAR(40)   NOT NULL COMMENT 'what the operator calls it',
    label       VARCHAR(100)  COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'what customers know it as',
    percent     DECIMAL(5, 2) NOT NULL COMMENT 'off every recurring price',
    valid_from  DATE          NOT NULL,
    valid_until DATE              NULL COMMENT 'last day, NULL: until further notice',
    version     INT           NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    UNIQUE KEY discount_group_code (code),
    CONSTRAINT discount_group_percent CHECK (percent > 0 AND percent <= 100),
    CONSTRAINT discount_group_ends_after_start CHECK (valid_until >= valid_from)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'Customers who pay less than others (TMF651 Agreement, TMF620 ProductOfferingPrice of a MarketSegment)'
  WITH SYSTEM VERSIONING;

CREATE TABLE customer_discount_group (
    id                BIGINT NOT NULL AUTO_INCREMENT,
    customer_id       BIGINT NOT NULL,
    discount_group_id BIGINT NOT NULL,
    valid_from        DATE   NOT NULL,
    valid_until       DATE       NULL COMMENT 'last day, NULL: until further notice',
    version           INT    NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY customer_discount_group_id (id),
    UNIQUE KEY customer_discount_group_once (customer_id, discount_group_id, valid_from),
    CONSTRAINT customer_discount_group_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT customer_discount_group_group FOREIGN KEY (discount_group_id) REFERENCES discount_group (id),
    CONSTRAINT customer_discount_group_ends_after_start CHECK (valid_until >= valid_from)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'Which customers belong to a discount group, and when'
  WITH SYSTEM VERSIONING;

CREATE TABLE characteristic_specification (
    id         BIGINT       NOT NULL AUTO_INCREMENT,
    code       VARCHAR(40)  NOT NULL COMMENT 'TMF key: what programs call it',
    value_type VARCHAR(8)   NOT NULL COMMENT 'TMF valueType',
    labels     LONGTEXT     NOT NULL COMMENT 'what people read, by language; English at least',
    pattern    VARCHAR(200)     NULL COMMENT 'a regular expression that values match as a whole, NULL: any',
    position   INT          NOT NULL COMMENT 'order among all of them',
    searchable BOOLEAN      NOT NULL DEFAULT FALSE COMMENT 'customers are found by its value',
    version    INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    UNIQUE KEY characteristic_specification_code (code),
    UNIQUE KEY characteristic_specification_position (position),
    UNIQUE KEY characteristic_specification_type (id, value_type),
    CONSTRAINT characteristic_specification_code_form CHECK (code RLIKE '^[a-z][A-Za-z0-9]*$'),
    CONSTRAINT characteristic_specification_value_type_known
        CHECK (value_type IN ('TEXT', 'INTEGER', 'DECIMAL', 'DATE', 'BOOLEAN')),
    CONSTRAINT characteristic_specification_labels_have_english
        CHECK (JSON_VALID(labels) AND COALESCE(JSON_VALUE(labels, '$.en'), '') <> '')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'Something an operator wants to know of customers (TMF CharacteristicSpecification)'
  WITH SYSTEM VERSIONING;

CREATE TABLE customer_characteristic (
    id               BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id      BIGINT       NOT NULL,
    specification_id BIGINT       NOT NULL,
    value_type       VARCHAR(8)   NOT NULL COMMENT 'that of its specification, so that the value can be checked',
    position         INT          NOT NULL COMMENT 'that of its specification, kept with it in one transaction',
    value            VARCHAR(200) NOT NULL COMMENT 'as text: 12.50, 2026-10-01, true',
    version          INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY customer_characteristic_id (id),
    UNIQUE KEY customer_characteristic_once (customer_id, specification_id),
    KEY customer_characteristic_in_order (customer_id, position, id),
    KEY customer_characteristic_by_value (specification_id, value),
    CONSTRAINT customer_characteristic_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT customer_characteristic_specification
        FOREIGN KEY (specification_id) REFERENCES characteristic_specification (id),
    CONSTRAINT customer_characteristic_type
        FOREIGN KEY (specification_id, value_type) REFERENCES characteristic_specification (id, value_type),
    CONSTRAINT customer_characteristic_is_of_its_type CHECK (CASE value_type
        WHEN 'INTEGER' THEN value RLIKE '^-?(0|[1-9][0-9]{0,17})$'
        WHEN 'DECIMAL' THEN value RLIKE '^-?(0|[1-9][0-9]{0,17})([.][0-9]{1,6})?$'
        WHEN 'DATE'    THEN value RLIKE '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
        WHEN 'BOOLEAN' THEN value IN ('true', 'false')
        ELSE value <> '' END)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'What an operator knows of a customer beyond the rest (TMF Characteristic)'
  WITH SYSTEM VERSIONING;

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'CharacteristicValueType', 1, 'TEXT',    'Text',         'neutral'),
    ('de', 'CharacteristicValueType', 1, 'TEXT',    'Text',         'neutral'),
    ('en', 'CharacteristicValueType', 2, 'INTEGER', 'Whole number', 'neutral'),
    ('de', 'CharacteristicValueType', 2, 'INTEGER', 'Ganze Zahl',   'neutral'),
    ('en', 'CharacteristicValueType', 3, 'DECIMAL', 'Number',       'neutral'),
    ('de', 'CharacteristicValueType', 3, 'DECIMAL', 'Zahl',         'neutral'),
    ('en', 'CharacteristicValueType', 4, 'DATE',    'Day',          'neutral'),
    ('de', 'CharacteristicValueType', 4, 'DATE',    'Tag',          'neutral'),
    ('en', 'CharacteristicValueType', 5, 'BOOLEAN', 'Yes or no',    'neutral'),
    ('de', 'CharacteristicValueType', 5, 'BOOLEAN', 'Ja oder nein', 'neutral');
