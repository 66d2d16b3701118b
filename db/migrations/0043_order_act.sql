-- Orders that are placed, changed and worked off here: why one waits, what its items come to, and whose turn it is.

-- The new columns are NULL everywhere: no row has to be looked at.
SET SESSION system_versioning_alter_history = 'KEEP';
SET SESSION check_constraint_checks = OFF;

ALTER TABLE product_order
    ADD COLUMN reason       VARCHAR(24) NULL COMMENT 'why it waits, ended badly or goes on (enum OrderReason), NULL: nothing to say',
    ADD COLUMN state_before VARCHAR(24) NULL COMMENT 'where it stood when its cancellation was asked for; a denial leads back',
    ADD CONSTRAINT product_order_reason_known CHECK (reason IN
        ('NO_ANSWER', 'NO_CAPACITY', 'NOT_COMPATIBLE', 'ADDRESS_UNCLEAR', 'CUSTOMER_NOT_ACTIVE', 'WHOLE_MISSING',
         'PRODUCT_CHANGED', 'TOO_LATE', 'WITHDRAWN'));

ALTER TABLE product_order_item
    ADD COLUMN reason         VARCHAR(24) NULL COMMENT 'as of an order',
    ADD COLUMN state_before   VARCHAR(24) NULL COMMENT 'as of an order',
    ADD COLUMN target_status  VARCHAR(20) NULL COMMENT 'of MODIFY: the status that the product is to have; NULL: another offering',
    ADD COLUMN binding_months INT         NULL COMMENT 'minimum term of the offering when it was ordered, NULL: none',
    ADD COLUMN notice_days    INT         NULL COMMENT 'notice period of the offering when it was ordered, NULL: none',
    ADD CONSTRAINT product_order_item_reason_known CHECK (reason IN
        ('NO_ANSWER', 'NO_CAPACITY', 'NOT_COMPATIBLE', 'ADDRESS_UNCLEAR', 'CUSTOMER_NOT_ACTIVE', 'WHOLE_MISSING',
         'PRODUCT_CHANGED', 'TOO_LATE', 'WITHDRAWN')),
    ADD CONSTRAINT product_order_item_target_known CHECK (target_status IN ('ACTIVE', 'SUSPENDED'));

SET SESSION check_constraint_checks = ON;
SET SESSION system_versioning_alter_history = 'ERROR';

CREATE TABLE order_item_price (
    id                    BIGINT     NOT NULL AUTO_INCREMENT,
    customer_id           BIGINT     NOT NULL,
    product_order_id      BIGINT     NOT NULL,
    product_order_item_id BIGINT     NOT NULL,
    type                  VARCHAR(9) NOT NULL COMMENT 'TMF620 priceType: RECURRING, ONE_TIME, USAGE',
    period                VARCHAR(5)     NULL COMMENT 'MONTH, YEAR',
    amount_minor          BIGINT     NOT NULL COMMENT 'before the discount, taxes included',
    discount_minor        BIGINT     NOT NULL COMMENT 'taken off',
    currency              CHAR(3)    NOT NULL COMMENT 'ISO 4217',
    PRIMARY KEY (customer_id, product_order_id, product_order_item_id, id),
    UNIQUE KEY order_item_price_id (id),
    KEY order_item_price_of_item (product_order_item_id, id),
    CONSTRAINT order_item_price_item FOREIGN KEY (customer_id, product_order_id, product_order_item_id)
        REFERENCES product_order_item (customer_id, product_order_id, id),
    CONSTRAINT order_item_price_type_known CHECK (type IN ('RECURRING', 'ONE_TIME', 'USAGE')),
    CONSTRAINT order_item_price_period_known CHECK (period IN ('MONTH', 'YEAR')),
    CONSTRAINT order_item_price_discount CHECK (discount_minor BETWEEN 0 AND amount_minor)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'What an item costs, as offered when it was ordered; never changed (TMF622 itemPrice)';

CREATE TABLE provisioning_task (
    customer_id           BIGINT      NOT NULL,
    product_order_id      BIGINT      NOT NULL,
    product_order_item_id BIGINT      NOT NULL,
    started_at            DATETIME(6)     NULL COMMENT 'when the network was told, NULL: it was not yet',
    attempt               INT         NOT NULL DEFAULT 1 COMMENT 'higher when a person had it tried again',
    status_before         VARCHAR(20)     NULL COMMENT 'of a product that is being ended: what it goes back to when that is undone',
    due_at                DATETIME(6)     NULL COMMENT 'when it is to be looked at next, NULL: a person has to do something first',
    PRIMARY KEY (customer_id, product_order_id, product_order_item_id),
    KEY provisioning_task_due (due_at),
    CONSTRAINT provisioning_task_item FOREIGN KEY (customer_id, product_order_id, product_order_item_id)
        REFERENCES product_order_item (customer_id, product_order_id, id),
    CONSTRAINT provisioning_task_attempt CHECK (attempt >= 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Items that are still to be worked off; a row is deleted when its item has ended';

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (23, 'orders', 'WRITE', 'Place, change and cancel orders');

-- Agents, administrators, partners and customers in self-care.
INSERT INTO role_right (role_id, bit) VALUES (1, 23), (3, 23), (4, 23), (5, 23);

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'OrderReason', 1, 'NO_ANSWER',          'The network did not answer in time',       'warn'),
    ('de', 'OrderReason', 1, 'NO_ANSWER',          'Das Netz hat nicht rechtzeitig geantwortet', 'warn'),
    ('en', 'OrderReason', 2, 'NO_CAPACITY',        'No free port at the exchange',             'bad'),
    ('de', 'OrderReason', 2, 'NO_CAPACITY',        'Kein freier Port in der Vermittlung',      'bad'),
    ('en', 'OrderReason', 3, 'NOT_COMPATIBLE',     'Does not go together with what is there',  'bad'),
    ('de', 'OrderReason', 3, 'NOT_COMPATIBLE',     'Passt nicht zum Bestand',                  'bad'),
    ('en', 'OrderReason', 4, 'ADDRESS_UNCLEAR',    'The network asks for the exact address',   'warn'),
    ('de', 'OrderReason', 4, 'ADDRESS_UNCLEAR',    'Das Netz fragt nach der genauen Adresse',  'warn'),
    ('en', 'OrderReason', 5, 'CUSTOMER_NOT_ACTIVE', 'The customer is barred or has left',      'bad'),
    ('de', 'OrderReason', 5, 'CUSTOMER_NOT_ACTIVE', 'Der Kunde ist gesperrt oder gekündigt',   'bad'),
    ('en', 'OrderReason', 6, 'WHOLE_MISSING',      'What it is a part of was not set up',      'bad'),
    ('de', 'OrderReason', 6, 'WHOLE_MISSING',      'Das Hauptprodukt wurde nicht eingerichtet', 'bad'),
    ('en', 'OrderReason', 7, 'PRODUCT_CHANGED',    'The product is no longer as it was',       'bad'),
    ('de', 'OrderReason', 7, 'PRODUCT_CHANGED',    'Das Produkt ist nicht mehr, wie es war',   'bad'),
    ('en', 'OrderReason', 8, 'TOO_LATE',           'It is too late to cancel',                 'warn'),
    ('de', 'OrderReason', 8, 'TOO_LATE',           'Für eine Stornierung ist es zu spät',      'warn'),
    ('en', 'OrderReason', 9, 'WITHDRAWN',          'Cancelled as asked for',                   'neutral'),
    ('de', 'OrderReason', 9, 'WITHDRAWN',          'Auf Wunsch storniert',                     'neutral');
