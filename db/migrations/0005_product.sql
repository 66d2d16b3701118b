-- What the operator sells, and what customers hold of it.

CREATE TABLE product_offering (
    id       BIGINT       NOT NULL AUTO_INCREMENT,
    code     VARCHAR(40)  NOT NULL COMMENT 'what the operator calls it',
    name     VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'what customers know it as',
    category VARCHAR(16)  NOT NULL COMMENT 'MOBILE, VOICE, BROADBAND, FIBRE, TV, CONTENT, ADD_ON, DEVICE',
    version  INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    UNIQUE KEY product_offering_code (code),
    CONSTRAINT product_offering_category_known CHECK (category IN
        ('MOBILE', 'VOICE', 'BROADBAND', 'FIBRE', 'TV', 'CONTENT', 'ADD_ON', 'DEVICE'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'Something the operator sells (TMF620 ProductOffering)'
  WITH SYSTEM VERSIONING;

CREATE TABLE product (
    id                 BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id        BIGINT       NOT NULL,
    billing_account_id BIGINT       NOT NULL COMMENT 'what it is charged to',
    offering_id        BIGINT       NOT NULL,
    parent_id          BIGINT           NULL COMMENT 'the bundle or main product it is a part of',
    status             VARCHAR(20)  NOT NULL COMMENT 'TMF637 ProductStatusType',
    service_identifier VARCHAR(64)      NULL COMMENT 'telephone number in E.164, line or device',
    start_date         DATE         NOT NULL COMMENT 'first day, the planned one until it is ACTIVE',
    binding_until      DATE             NULL COMMENT 'last day of the minimum term (TMF637 productTerm)',
    termination_date   DATE             NULL COMMENT 'last day, once it is known',
    version            INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY product_id (id),
    KEY product_in_order (customer_id, start_date, id),
    KEY product_by_parent (customer_id, parent_id),
    KEY product_by_service (service_identifier),
    CONSTRAINT product_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT product_account
        FOREIGN KEY (customer_id, billing_account_id) REFERENCES billing_account (customer_id, id),
    CONSTRAINT product_parent FOREIGN KEY (customer_id, parent_id) REFERENCES product (customer_id, id),
    CONSTRAINT product_offering_sold FOREIGN KEY (offering_id) REFERENCES product_offering (id),
    CONSTRAINT product_status_known CHECK (status IN
        ('CREATED', 'PENDING_ACTIVE', 'ACTIVE', 'SUSPENDED', 'PENDING_TERMINATE', 'TERMINATED',
         'CANCELLED', 'ABORTED')),
    CONSTRAINT product_ends_after_start CHECK (termination_date >= start_date),
    CONSTRAINT product_bound_after_start CHECK (binding_until >= start_date),
    CONSTRAINT product_terminated_has_a_last_day CHECK (status <> 'TERMINATED' OR termination_date IS NOT NULL)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'Something a customer has bought and holds (TMF637 Product)'
  WITH SYSTEM VERSIONING;

CREATE TABLE product_price (
    id           BIGINT     NOT NULL AUTO_INCREMENT,
    customer_id  BIGINT     NOT NULL,
    product_id   BIGINT     NOT NULL,
    type         VARCHAR(9) NOT NULL COMMENT 'TMF620 priceType: RECURRING, ONE_TIME, USAGE',
    period       VARCHAR(5)     NULL COMMENT 'MONTH, YEAR',
    amount_minor BIGINT     NOT NULL COMMENT 'before discounts, taxes included',
    currency     CHAR(3)    NOT NULL COMMENT 'ISO 4217',
    version      INT        NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, product_id, id),
    UNIQUE KEY product_price_id (id),
    KEY product_price_of_product (product_id, id),
    CONSTRAINT product_price_product
        FOREIGN KEY (customer_id, product_id) REFERENCES product (customer_id, id),
    CONSTRAINT product_price_type_known CHECK (type IN ('RECURRING', 'ONE_TIME', 'USAGE')),
    CONSTRAINT product_price_period_known CHECK (period IN ('MONTH', 'YEAR')),
    CONSTRAINT product_price_period_when_recurring CHECK ((type = 'RECURRING') = (period IS NOT NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'What a product costs (TMF637 ProductPrice)'
  WITH SYSTEM VERSIONING;
