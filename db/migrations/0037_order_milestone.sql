-- An order in detail: how each item is to be, and how far it is on its way.

CREATE TABLE item_characteristic_specification (
    id         BIGINT      NOT NULL AUTO_INCREMENT,
    code       VARCHAR(40) NOT NULL COMMENT 'TMF key: what programs call it',
    value_type VARCHAR(8)  NOT NULL COMMENT 'TMF valueType',
    labels     LONGTEXT    NOT NULL COMMENT 'what people read, by language; English at least',
    unit       VARCHAR(20)     NULL COMMENT 'what numbers count, NULL: nothing',
    version    INT         NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    UNIQUE KEY item_characteristic_specification_code (code),
    UNIQUE KEY item_characteristic_specification_type (id, value_type),
    CONSTRAINT item_characteristic_specification_code_form CHECK (code RLIKE '^[a-z][A-Za-z0-9]*$'),
    CONSTRAINT item_characteristic_specification_value_type_known
        CHECK (value_type IN ('TEXT', 'INTEGER', 'DECIMAL', 'DATE', 'BOOLEAN')),
    CONSTRAINT item_characteristic_specification_labels_have_english
        CHECK (JSON_VALID(labels) AND COALESCE(JSON_VALUE(labels, '$.en'), '') <> '')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'What can be said of a thing that is ordered (TMF620 ProductSpecificationCharacteristic)'
  WITH SYSTEM VERSIONING;

INSERT INTO item_characteristic_specification (id, code, value_type, labels, unit) VALUES
    (1, 'telephoneNumber', 'TEXT',    '{"en": "Telephone number", "de": "Rufnummer"}',                NULL),
    (2, 'lineNumber',      'TEXT',    '{"en": "Line", "de": "Anschluss"}',                            NULL),
    (3, 'downloadSpeed',   'INTEGER', '{"en": "Speed, down", "de": "Geschwindigkeit, herunter"}',     'Mbit/s'),
    (4, 'uploadSpeed',     'INTEGER', '{"en": "Speed, up", "de": "Geschwindigkeit, hinauf"}',         'Mbit/s'),
    (5, 'embeddedSim',     'BOOLEAN', '{"en": "eSIM", "de": "eSIM"}',                                 NULL),
    (6, 'boundUntil',      'DATE',    '{"en": "Minimum term until", "de": "Mindestlaufzeit bis"}',    NULL);

CREATE TABLE order_item_characteristic (
    id                    BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id           BIGINT       NOT NULL,
    product_order_id      BIGINT       NOT NULL,
    product_order_item_id BIGINT       NOT NULL,
    specification_id      BIGINT       NOT NULL,
    value_type            VARCHAR(8)   NOT NULL COMMENT 'that of its specification, so that the value can be checked',
    value                 VARCHAR(200) NOT NULL COMMENT 'as text: 12.50, 2026-10-01, true',
    version               INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, product_order_id, product_order_item_id, id),
    UNIQUE KEY order_item_characteristic_id (id),
    UNIQUE KEY order_item_characteristic_once (product_order_item_id, specification_id),
    CONSTRAINT order_item_characteristic_item FOREIGN KEY (customer_id, product_order_id, product_order_item_id)
        REFERENCES product_order_item (customer_id, product_order_id, id),
    CONSTRAINT order_item_characteristic_specification
        FOREIGN KEY (specification_id) REFERENCES item_characteristic_specification (id),
    CONSTRAINT order_item_characteristic_type
        FOREIGN KEY (specification_id, value_type) REFERENCES item_characteristic_specification (id, value_type),
    CONSTRAINT order_item_characteristic_is_of_its_type CHECK (CASE value_type
        WHEN 'INTEGER' THEN value RLIKE '^-?(0|[1-9][0-9]{0,17})$'
        WHEN 'DECIMAL' THEN value RLIKE '^-?(0|[1-9][0-9]{0,17})([.][0-9]{1,6})?$'
        WHEN 'DATE'    THEN value RLIKE '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
        WHEN 'BOOLEAN' THEN value IN ('true', 'false')
        ELSE value <> '' END)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'How an item of an order is to be (TMF622 ProductOrderItem.product.productCharacteristic)'
  WITH SYSTEM VERSIONING;

CREATE TABLE order_milestone (
    id                    BIGINT      NOT NULL AUTO_INCREMENT,
    customer_id           BIGINT      NOT NULL,
    product_order_id      BIGINT      NOT NULL,
    product_order_item_id BIGINT      NOT NULL,
    position              INT         NOT NULL COMMENT 'place on the way of the item, from 1',
    code                  VARCHAR(16) NOT NULL COMMENT 'TMF622 Milestone.name, labels are in enum_label',
    state                 VARCHAR(9)  NOT NULL COMMENT 'TMF622 Milestone.status: PLANNED, REACHED, FAILED, CANCELLED',
    planned_at            DATETIME(6)     NULL COMMENT 'when it was to be reached, NULL: nobody said',
    reached_at            DATETIME(6)     NULL COMMENT 'TMF622 Milestone.milestoneDate',
    version               INT         NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, product_order_id, product_order_item_id, id),
    UNIQUE KEY order_milestone_id (id),
    UNIQUE KEY order_milestone_position (product_order_item_id, position),
    CONSTRAINT order_milestone_item FOREIGN KEY (customer_id, product_order_id, product_order_item_id)
        REFERENCES product_order_item (customer_id, product_order_id, id),
    CONSTRAINT order_milestone_code_known CHECK (code IN
        ('RECEIVED', 'CHECKED', 'CIVIL_WORKS', 'NUMBER_PORTED', 'SHIPPED', 'INSTALLED', 'ACTIVATED', 'CHANGED', 'ENDED')),
    CONSTRAINT order_milestone_state_known CHECK (state IN ('PLANNED', 'REACHED', 'FAILED', 'CANCELLED')),
    CONSTRAINT order_milestone_reached_has_a_moment CHECK ((state = 'REACHED') = (reached_at IS NOT NULL)),
    CONSTRAINT order_milestone_position_from_one CHECK (position >= 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A step on the way of an item of an order (TMF622 Milestone)'
  WITH SYSTEM VERSIONING;

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'OrderMilestoneCode', 1, 'RECEIVED',      'Received',            'neutral'),
    ('de', 'OrderMilestoneCode', 1, 'RECEIVED',      'Eingegangen',         'neutral'),
    ('en', 'OrderMilestoneCode', 2, 'CHECKED',       'Checked',             'neutral'),
    ('de', 'OrderMilestoneCode', 2, 'CHECKED',       'Geprüft',             'neutral'),
    ('en', 'OrderMilestoneCode', 3, 'CIVIL_WORKS',   'Civil works',         'neutral'),
    ('de', 'OrderMilestoneCode', 3, 'CIVIL_WORKS',   'Tiefbau',             'neutral'),
    ('en', 'OrderMilestoneCode', 4, 'NUMBER_PORTED', 'Number taken over',   'neutral'),
    ('de', 'OrderMilestoneCode', 4, 'NUMBER_PORTED', 'Rufnummer übernommen', 'neutral'),
    ('en', 'OrderMilestoneCode', 5, 'SHIPPED',       'Sent',                'neutral'),
    ('de', 'OrderMilestoneCode', 5, 'SHIPPED',       'Versandt',            'neutral'),
    ('en', 'OrderMilestoneCode', 6, 'INSTALLED',     'Installed',           'neutral'),
    ('de', 'OrderMilestoneCode', 6, 'INSTALLED',     'Installiert',         'neutral'),
    ('en', 'OrderMilestoneCode', 7, 'ACTIVATED',     'Activated',           'neutral'),
    ('de', 'OrderMilestoneCode', 7, 'ACTIVATED',     'Freigeschaltet',      'neutral'),
    ('en', 'OrderMilestoneCode', 8, 'CHANGED',       'Changed',             'neutral'),
    ('de', 'OrderMilestoneCode', 8, 'CHANGED',       'Geändert',            'neutral'),
    ('en', 'OrderMilestoneCode', 9, 'ENDED',         'Ended',               'neutral'),
    ('de', 'OrderMilestoneCode', 9, 'ENDED',         'Beendet',             'neutral'),

    ('en', 'OrderMilestoneState', 1, 'PLANNED',   'To come',   'info'),
    ('de', 'OrderMilestoneState', 1, 'PLANNED',   'Steht aus', 'info'),
    ('en', 'OrderMilestoneState', 2, 'REACHED',   'Reached',   'ok'),
    ('de', 'OrderMilestoneState', 2, 'REACHED',   'Erreicht',  'ok'),
    ('en', 'OrderMilestoneState', 3, 'FAILED',    'Failed',    'bad'),
    ('de', 'OrderMilestoneState', 3, 'FAILED',    'Gescheitert', 'bad'),
    ('en', 'OrderMilestoneState', 4, 'CANCELLED', 'Cancelled', 'neutral'),
    ('de', 'OrderMilestoneState', 4, 'CANCELLED', 'Entfällt',  'neutral');
