-- Devices that customers have of the operator: telephones, routers, set-top boxes, terminals.

CREATE TABLE device (
    id             BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id    BIGINT       NOT NULL,
    product_id     BIGINT       NOT NULL COMMENT 'the product it came with',
    kind           VARCHAR(16)  NOT NULL COMMENT 'PHONE, ROUTER, SET_TOP_BOX, OPTICAL_TERMINAL',
    manufacturer   VARCHAR(60)  COLLATE utf8mb4_uca1400_ai_ci NOT NULL,
    model          VARCHAR(60)  COLLATE utf8mb4_uca1400_ai_ci NOT NULL,
    serial_number  VARCHAR(40)  NOT NULL COMMENT 'as printed on it (TMF639 serialNumber)',
    owner          VARCHAR(8)   NOT NULL COMMENT 'whose it is: CUSTOMER, OPERATOR',
    delivered_on   DATE         NOT NULL,
    returned_on    DATE             NULL COMMENT 'NULL: the customer has it',
    warranty_until DATE             NULL COMMENT 'last day; NULL: what is rented is exchanged as long as it is',
    version        INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY device_id (id),
    UNIQUE KEY device_serial_number (manufacturer, serial_number),
    KEY device_in_order (customer_id, delivered_on, id),
    KEY device_of_product (product_id, delivered_on, id),
    CONSTRAINT device_product FOREIGN KEY (customer_id, product_id) REFERENCES product (customer_id, id),
    CONSTRAINT device_kind_known CHECK (kind IN ('PHONE', 'ROUTER', 'SET_TOP_BOX', 'OPTICAL_TERMINAL')),
    CONSTRAINT device_owner_known CHECK (owner IN ('CUSTOMER', 'OPERATOR')),
    CONSTRAINT device_returned_after_delivery CHECK (returned_on >= delivered_on),
    CONSTRAINT device_warranty_after_delivery CHECK (warranty_until >= delivered_on),
    CONSTRAINT device_only_what_is_lent_is_returned CHECK (returned_on IS NULL OR owner = 'OPERATOR')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A device that a customer has of the operator (TMF639 PhysicalResource)'
  WITH SYSTEM VERSIONING;

ALTER TABLE customer_search_term
    DROP CONSTRAINT customer_search_term_kind_known,
    ADD CONSTRAINT customer_search_term_kind_known
        CHECK (kind IN ('NAME', 'PHONE', 'EMAIL', 'CUSTOMER', 'ACCOUNT', 'ORDER', 'SERVICE', 'EXTERNAL', 'TICKET', 'SIM',
                        'DEVICE'));

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'DeviceKind', 1, 'PHONE',            'Telephone',        'neutral'),
    ('de', 'DeviceKind', 1, 'PHONE',            'Telefon',          'neutral'),
    ('en', 'DeviceKind', 2, 'ROUTER',           'Router',           'neutral'),
    ('de', 'DeviceKind', 2, 'ROUTER',           'Router',           'neutral'),
    ('en', 'DeviceKind', 3, 'SET_TOP_BOX',      'TV box',           'neutral'),
    ('de', 'DeviceKind', 3, 'SET_TOP_BOX',      'TV-Box',           'neutral'),
    ('en', 'DeviceKind', 4, 'OPTICAL_TERMINAL', 'Fibre terminal',   'neutral'),
    ('de', 'DeviceKind', 4, 'OPTICAL_TERMINAL', 'Glasfaser-Modem',  'neutral'),

    ('en', 'DeviceOwner', 1, 'CUSTOMER', 'Customer', 'neutral'),
    ('de', 'DeviceOwner', 1, 'CUSTOMER', 'Kunde',    'neutral'),
    ('en', 'DeviceOwner', 2, 'OPERATOR', 'Operator', 'neutral'),
    ('de', 'DeviceOwner', 2, 'OPERATOR', 'Anbieter', 'neutral');
