-- What is sold, in full: what it is made of, what it costs, on what terms and together with what. And what a product
-- costs after discounts, how soon it can be ended, and where it is.

CREATE TABLE product_specification (
    id         BIGINT       NOT NULL AUTO_INCREMENT,
    code       VARCHAR(40)  NOT NULL COMMENT 'what the operator calls it',
    name       VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL,
    category   VARCHAR(16)  NOT NULL COMMENT 'as product_offering.category',
    technology VARCHAR(8)       NULL COMMENT 'how a line reaches the customer: FTTH, VDSL, CABLE, NR, LTE, VOIP, IPTV; NULL: no line',
    version    INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    UNIQUE KEY product_specification_code (code),
    UNIQUE KEY product_specification_of_category (id, category),
    CONSTRAINT product_specification_category_known CHECK (category IN
        ('MOBILE', 'VOICE', 'BROADBAND', 'FIBRE', 'TV', 'CONTENT', 'ADD_ON', 'DEVICE')),
    CONSTRAINT product_specification_technology_known CHECK (technology IN
        ('FTTH', 'VDSL', 'CABLE', 'NR', 'LTE', 'VOIP', 'IPTV'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'What a product is, whatever it is sold as (TMF620 ProductSpecification)'
  WITH SYSTEM VERSIONING;

SET SESSION system_versioning_alter_history = 'KEEP';

ALTER TABLE product_offering
    ADD COLUMN specification_id BIGINT     NULL COMMENT 'NULL: taken over from a system that has none' AFTER category,
    ADD COLUMN lifecycle_status VARCHAR(9) NOT NULL DEFAULT 'ACTIVE' COMMENT 'TMF620: IN_DESIGN, ACTIVE, RETIRED'
        AFTER specification_id,
    ADD COLUMN download_mbit    INT        NULL COMMENT 'megabits a second, at most' AFTER lifecycle_status,
    ADD COLUMN upload_mbit      INT        NULL AFTER download_mbit,
    ADD KEY product_offering_in_order (name, id),
    ADD CONSTRAINT product_offering_specification
        FOREIGN KEY (specification_id, category) REFERENCES product_specification (id, category),
    ADD CONSTRAINT product_offering_lifecycle_known CHECK (lifecycle_status IN ('IN_DESIGN', 'ACTIVE', 'RETIRED')),
    ADD CONSTRAINT product_offering_speed CHECK (download_mbit > 0 AND upload_mbit > 0);

ALTER TABLE product
    ADD COLUMN notice_days INT    NULL COMMENT 'how long before its end it has to be given up, as agreed; NULL: no notice'
        AFTER binding_until,
    ADD COLUMN place_id    BIGINT NULL COMMENT 'where it is installed (TMF637 place)' AFTER service_identifier,
    ADD CONSTRAINT product_place FOREIGN KEY (customer_id, place_id) REFERENCES geographic_address (customer_id, id),
    ADD CONSTRAINT product_notice CHECK (notice_days > 0);

-- What is there already was never discounted.
ALTER TABLE product_price
    MODIFY COLUMN amount_minor BIGINT NOT NULL COMMENT 'before the discount, taxes included',
    ADD COLUMN discount_minor BIGINT NOT NULL DEFAULT 0 COMMENT 'taken off' AFTER amount_minor,
    ADD COLUMN net_minor      BIGINT NOT NULL DEFAULT (amount_minor - discount_minor) COMMENT 'what is billed' AFTER discount_minor,
    ADD CONSTRAINT product_price_net CHECK (net_minor = amount_minor - discount_minor AND discount_minor >= 0);

SET SESSION system_versioning_alter_history = 'ERROR';

CREATE TABLE product_offering_price (
    id           BIGINT     NOT NULL AUTO_INCREMENT,
    offering_id  BIGINT     NOT NULL,
    type         VARCHAR(9) NOT NULL COMMENT 'TMF620 priceType: RECURRING, ONE_TIME, USAGE',
    period       VARCHAR(5)     NULL COMMENT 'MONTH, YEAR',
    amount_minor BIGINT     NOT NULL COMMENT 'taxes included',
    currency     CHAR(3)    NOT NULL COMMENT 'ISO 4217',
    version      INT        NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    UNIQUE KEY product_offering_price_of (offering_id, type, period, currency),
    KEY product_offering_price_in_order (offering_id, id),
    CONSTRAINT product_offering_price_offering FOREIGN KEY (offering_id) REFERENCES product_offering (id),
    CONSTRAINT product_offering_price_type_known CHECK (type IN ('RECURRING', 'ONE_TIME', 'USAGE')),
    CONSTRAINT product_offering_price_period_known CHECK (period IN ('MONTH', 'YEAR')),
    CONSTRAINT product_offering_price_period_when_recurring CHECK ((type = 'RECURRING') = (period IS NOT NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'What an offering costs who buys it now (TMF620 ProductOfferingPrice)'
  WITH SYSTEM VERSIONING;

CREATE TABLE offering_term (
    id          BIGINT      NOT NULL AUTO_INCREMENT,
    offering_id BIGINT      NOT NULL,
    kind        VARCHAR(7)  NOT NULL COMMENT 'BINDING: how long it cannot be ended, NOTICE: how long before its end it is given up, RENEWAL: by how much it goes on',
    duration    INT         NOT NULL,
    unit        VARCHAR(5)  NOT NULL COMMENT 'DAY, MONTH',
    version     INT         NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    UNIQUE KEY offering_term_of (offering_id, kind),
    KEY offering_term_in_order (offering_id, id),
    CONSTRAINT offering_term_offering FOREIGN KEY (offering_id) REFERENCES product_offering (id),
    CONSTRAINT offering_term_kind_known CHECK (kind IN ('BINDING', 'NOTICE', 'RENEWAL')),
    CONSTRAINT offering_term_unit_known CHECK (unit IN ('DAY', 'MONTH')),
    CONSTRAINT offering_term_duration CHECK (duration > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'On what terms an offering is sold (TMF620 ProductOfferingTerm)'
  WITH SYSTEM VERSIONING;

CREATE TABLE bundled_offering (
    id          BIGINT NOT NULL AUTO_INCREMENT,
    bundle_id   BIGINT NOT NULL,
    offering_id BIGINT NOT NULL COMMENT 'what is in it',
    lower_limit INT    NOT NULL COMMENT 'TMF620 numberRelOfferLowerLimit; 0: it may be left out',
    upper_limit INT    NOT NULL COMMENT 'TMF620 numberRelOfferUpperLimit',
    version     INT    NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    UNIQUE KEY bundled_offering_once (bundle_id, offering_id),
    KEY bundled_offering_in_order (bundle_id, id),
    CONSTRAINT bundled_offering_bundle FOREIGN KEY (bundle_id) REFERENCES product_offering (id),
    CONSTRAINT bundled_offering_offering FOREIGN KEY (offering_id) REFERENCES product_offering (id),
    CONSTRAINT bundled_offering_not_itself CHECK (bundle_id <> offering_id),
    CONSTRAINT bundled_offering_limits CHECK (lower_limit >= 0 AND upper_limit >= 1 AND upper_limit >= lower_limit)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'What a bundle is made of (TMF620 BundledProductOffering)'
  WITH SYSTEM VERSIONING;

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'LineTechnology', 1, 'FTTH',  'Fibre to the home', 'neutral'),
    ('de', 'LineTechnology', 1, 'FTTH',  'Glasfaser bis ins Haus', 'neutral'),
    ('en', 'LineTechnology', 2, 'VDSL',  'VDSL',              'neutral'),
    ('de', 'LineTechnology', 2, 'VDSL',  'VDSL',              'neutral'),
    ('en', 'LineTechnology', 3, 'CABLE', 'Television cable',  'neutral'),
    ('de', 'LineTechnology', 3, 'CABLE', 'Fernsehkabel',      'neutral'),
    ('en', 'LineTechnology', 4, 'NR',    '5G',                'neutral'),
    ('de', 'LineTechnology', 4, 'NR',    '5G',                'neutral'),
    ('en', 'LineTechnology', 5, 'LTE',   '4G',                'neutral'),
    ('de', 'LineTechnology', 5, 'LTE',   '4G',                'neutral'),
    ('en', 'LineTechnology', 6, 'VOIP',  'Telephony over internet', 'neutral'),
    ('de', 'LineTechnology', 6, 'VOIP',  'Telefonie über Internet', 'neutral'),
    ('en', 'LineTechnology', 7, 'IPTV',  'Television over internet', 'neutral'),
    ('de', 'LineTechnology', 7, 'IPTV',  'Fernsehen über Internet',  'neutral'),

    ('en', 'OfferingLifecycleStatus', 1, 'IN_DESIGN', 'Being designed', 'info'),
    ('de', 'OfferingLifecycleStatus', 1, 'IN_DESIGN', 'In Planung',     'info'),
    ('en', 'OfferingLifecycleStatus', 2, 'ACTIVE',    'On sale',        'ok'),
    ('de', 'OfferingLifecycleStatus', 2, 'ACTIVE',    'Im Verkauf',     'ok'),
    ('en', 'OfferingLifecycleStatus', 3, 'RETIRED',   'No longer sold', 'neutral'),
    ('de', 'OfferingLifecycleStatus', 3, 'RETIRED',   'Nicht mehr im Verkauf', 'neutral'),

    ('en', 'OfferingTermKind', 1, 'BINDING', 'Minimum term',      'neutral'),
    ('de', 'OfferingTermKind', 1, 'BINDING', 'Mindestlaufzeit',   'neutral'),
    ('en', 'OfferingTermKind', 2, 'NOTICE',  'Notice period',     'neutral'),
    ('de', 'OfferingTermKind', 2, 'NOTICE',  'Kündigungsfrist',   'neutral'),
    ('en', 'OfferingTermKind', 3, 'RENEWAL', 'Renewed by',        'neutral'),
    ('de', 'OfferingTermKind', 3, 'RENEWAL', 'Verlängerung um',   'neutral'),

    ('en', 'OfferingTermUnit', 1, 'DAY',   'days',   'neutral'),
    ('de', 'OfferingTermUnit', 1, 'DAY',   'Tage',   'neutral'),
    ('en', 'OfferingTermUnit', 2, 'MONTH', 'months', 'neutral'),
    ('de', 'OfferingTermUnit', 2, 'MONTH', 'Monate', 'neutral');
