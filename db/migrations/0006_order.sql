-- What customers ordered and how far it is.

CREATE TABLE product_order (
    id             BIGINT      NOT NULL AUTO_INCREMENT,
    customer_id    BIGINT      NOT NULL,
    number         VARCHAR(16) NOT NULL COMMENT 'read aloud, the last digit is a check digit',
    state          VARCHAR(24) NOT NULL COMMENT 'TMF622 ProductOrderStateType',
    channel        VARCHAR(16) NOT NULL COMMENT 'AGENT, PARTNER, SELF_CARE, SHOP, IMPORT',
    ordered_at     DATETIME(6) NOT NULL,
    requested_date DATE            NULL COMMENT 'TMF622 requestedCompletionDate',
    expected_date  DATE            NULL COMMENT 'TMF622 expectedCompletionDate',
    completed_at   DATETIME(6)     NULL COMMENT 'when it ended, in whatever way (TMF622 completionDate)',
    version        INT         NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY product_order_id (id),
    UNIQUE KEY product_order_number (number),
    KEY product_order_in_order (customer_id, ordered_at, id),
    CONSTRAINT product_order_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT product_order_state_known CHECK (state IN
        ('ACKNOWLEDGED', 'REJECTED', 'PENDING', 'HELD', 'IN_PROGRESS', 'ASSESSING_CANCELLATION',
         'PENDING_CANCELLATION', 'CANCELLED', 'COMPLETED', 'FAILED', 'PARTIAL')),
    CONSTRAINT product_order_channel_known CHECK (channel IN ('AGENT', 'PARTNER', 'SELF_CARE', 'SHOP', 'IMPORT')),
    CONSTRAINT product_order_ended_has_a_moment CHECK (
        (state IN ('REJECTED', 'CANCELLED', 'COMPLETED', 'FAILED', 'PARTIAL')) = (completed_at IS NOT NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'What a customer ordered, as a whole (TMF622 ProductOrder)'
  WITH SYSTEM VERSIONING;

CREATE TABLE product_order_item (
    id               BIGINT      NOT NULL AUTO_INCREMENT,
    customer_id      BIGINT      NOT NULL,
    product_order_id BIGINT      NOT NULL,
    position         INT         NOT NULL COMMENT 'place in the order, from 1',
    action           VARCHAR(9)  NOT NULL COMMENT 'TMF622: ADD, MODIFY, DELETE, NO_CHANGE',
    state            VARCHAR(24) NOT NULL COMMENT 'TMF622 ProductOrderItemStateType: as an order, never PARTIAL',
    offering_id      BIGINT      NOT NULL,
    product_id       BIGINT          NULL COMMENT 'the product it sets up, changes or ends, once there is one',
    quantity         INT         NOT NULL DEFAULT 1,
    price_minor      BIGINT      NOT NULL,
    currency         CHAR(3)     NOT NULL COMMENT 'ISO 4217',
    version          INT         NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, product_order_id, id),
    UNIQUE KEY product_order_item_id (id),
    UNIQUE KEY product_order_item_position (product_order_id, position),
    CONSTRAINT product_order_item_order
        FOREIGN KEY (customer_id, product_order_id) REFERENCES product_order (customer_id, id),
    CONSTRAINT product_order_item_offering FOREIGN KEY (offering_id) REFERENCES product_offering (id),
    CONSTRAINT product_order_item_product FOREIGN KEY (customer_id, product_id) REFERENCES product (customer_id, id),
    CONSTRAINT product_order_item_state_known CHECK (state IN
        ('ACKNOWLEDGED', 'REJECTED', 'PENDING', 'HELD', 'IN_PROGRESS', 'ASSESSING_CANCELLATION',
         'PENDING_CANCELLATION', 'CANCELLED', 'COMPLETED', 'FAILED')),
    CONSTRAINT product_order_item_action_known CHECK (action IN ('ADD', 'MODIFY', 'DELETE', 'NO_CHANGE')),
    CONSTRAINT product_order_item_numbers CHECK (position >= 1 AND quantity >= 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'One thing ordered (TMF622 ProductOrderItem)'
  WITH SYSTEM VERSIONING;
