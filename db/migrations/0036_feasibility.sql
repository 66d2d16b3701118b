-- What a customer can have: rules, what reaches a place, what is in stock, how customers pay. And what was found out
-- when something was ordered.

CREATE TABLE feasibility_rule (
    id                      BIGINT       NOT NULL AUTO_INCREMENT,
    code                    VARCHAR(40)  NOT NULL COMMENT 'what the operator calls it, in all its versions',
    version                 INT          NOT NULL COMMENT 'a rule is changed by a new version, from a day on',
    state                   VARCHAR(6)   NOT NULL COMMENT 'DRAFT: not looked at, TRIAL: looked at without consequence, ACTIVE',
    valid_from              DATE         NOT NULL,
    valid_until             DATE             NULL COMMENT 'last day, NULL: until further notice',
    kind                    VARCHAR(13)  NOT NULL COMMENT 'what it looks at, see server/feasibility/kinds.c',
    result                  VARCHAR(11)  NOT NULL DEFAULT 'UNQUALIFIED' COMMENT 'when it is not met',
    ends                    BOOLEAN      NOT NULL DEFAULT FALSE COMMENT 'asked of what is ended, else of what is set up or changed',
    offering_id             BIGINT           NULL COMMENT 'what it is about: one offering,',
    specification_id        BIGINT           NULL COMMENT 'all of a specification,',
    category                VARCHAR(80)      NULL COMMENT 'all of some categories by commas, with all three NULL everything',
    target_offering_id      BIGINT           NULL COMMENT 'what it looks for, said likewise, NULL: what it is about',
    target_specification_id BIGINT           NULL,
    target_category         VARCHAR(80)      NULL,
    number                  INT              NULL COMMENT 'years, or how many',
    word                    VARCHAR(40)      NULL COMMENT 'kinds of customer by commas, a credit class, a technology',
    texts                   TEXT         NOT NULL COMMENT 'JSON: by language, by case (refused, unknown, later, slower) what is said, {offering}, {other}, {number}, {limit}, {date}, {technology} are filled in',
    PRIMARY KEY (id),
    UNIQUE KEY feasibility_rule_version (code, version),
    CONSTRAINT feasibility_rule_offering FOREIGN KEY (offering_id) REFERENCES product_offering (id),
    CONSTRAINT feasibility_rule_specification FOREIGN KEY (specification_id) REFERENCES product_specification (id),
    CONSTRAINT feasibility_rule_target FOREIGN KEY (target_offering_id) REFERENCES product_offering (id),
    CONSTRAINT feasibility_rule_target_specification
        FOREIGN KEY (target_specification_id) REFERENCES product_specification (id),
    CONSTRAINT feasibility_rule_version_counts CHECK (version >= 1),
    CONSTRAINT feasibility_rule_state_known CHECK (state IN ('DRAFT', 'TRIAL', 'ACTIVE')),
    CONSTRAINT feasibility_rule_ends_after_start CHECK (valid_until >= valid_from),
    CONSTRAINT feasibility_rule_kind_known CHECK (kind IN
        ('ON_SALE', 'CUSTOMER_KIND', 'MINIMUM_AGE', 'MAXIMUM_AGE', 'IDENTITY', 'CREDIT_CLASS', 'ARREARS', 'TECHNOLOGY',
         'REQUIRES', 'EXCLUDES', 'REPLACES', 'BINDING', 'LINES', 'HOUSEHOLD', 'STOCK')),
    CONSTRAINT feasibility_rule_result_known CHECK (result IN ('CONDITIONAL', 'UNQUALIFIED')),
    CONSTRAINT feasibility_rule_category_known CHECK (category RLIKE
        '^((MOBILE|VOICE|BROADBAND|FIBRE|TV|CONTENT|ADD_ON|DEVICE)(,|$))+$'),
    CONSTRAINT feasibility_rule_target_category_known CHECK (target_category RLIKE
        '^((MOBILE|VOICE|BROADBAND|FIBRE|TV|CONTENT|ADD_ON|DEVICE)(,|$))+$'),
    CONSTRAINT feasibility_rule_says_how_many CHECK (
        kind NOT IN ('MINIMUM_AGE', 'MAXIMUM_AGE', 'LINES', 'HOUSEHOLD')
        OR (number IS NOT NULL AND number >= 0 AND number <= 100000)),
    CONSTRAINT feasibility_rule_says_which CHECK (kind NOT IN ('CUSTOMER_KIND', 'CREDIT_CLASS') OR word IS NOT NULL),
    CONSTRAINT feasibility_rule_says_what_it_looks_for CHECK (
        kind NOT IN ('REQUIRES', 'EXCLUDES', 'REPLACES')
        OR COALESCE(target_offering_id, target_specification_id, target_category) IS NOT NULL),
    CONSTRAINT feasibility_rule_has_words CHECK (JSON_VALID(texts) AND JSON_EXISTS(texts, '$.en.refused'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'What has to be so for something to be set up, changed or ended (TMF679)'
  WITH SYSTEM VERSIONING;

CREATE TABLE service_coverage (
    country        CHAR(2)     NOT NULL COMMENT 'ISO 3166-1 alpha-2',
    postcode       VARCHAR(16) NOT NULL,
    technology     VARCHAR(8)  NOT NULL COMMENT 'as product_specification.technology',
    download_mbit  INT         NOT NULL COMMENT 'megabits a second, at most',
    available_from DATE        NOT NULL COMMENT 'first day, in the past or to come',
    version        INT         NOT NULL DEFAULT 1,
    PRIMARY KEY (country, postcode, technology),
    CONSTRAINT service_coverage_technology_known CHECK (technology IN
        ('FTTH', 'VDSL', 'CABLE', 'NR', 'LTE', 'VOIP', 'IPTV')),
    CONSTRAINT service_coverage_country_form CHECK (country RLIKE '^[A-Z]{2}$'),
    CONSTRAINT service_coverage_speed CHECK (download_mbit > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Which lines reach which places, and since when or from when on (TMF645)'
  WITH SYSTEM VERSIONING;

CREATE TABLE product_stock (
    offering_id BIGINT NOT NULL,
    available   INT    NOT NULL COMMENT 'pieces, taken in the transaction of the order',
    expected_on DATE       NULL COMMENT 'when more come, NULL: nobody knows',
    version     INT    NOT NULL DEFAULT 1,
    PRIMARY KEY (offering_id),
    CONSTRAINT product_stock_offering FOREIGN KEY (offering_id) REFERENCES product_offering (id),
    CONSTRAINT product_stock_is_there CHECK (available >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'How many there are of what is counted (TMF687 ProductStock), what has no row is not'
  WITH SYSTEM VERSIONING;

CREATE TABLE credit_profile (
    customer_id BIGINT  NOT NULL,
    class       CHAR(1) NOT NULL COMMENT 'A: pays always, E: does not pay',
    checked_on  DATE    NOT NULL,
    version     INT     NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id),
    CONSTRAINT credit_profile_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT credit_profile_class_known CHECK (class IN ('A', 'B', 'C', 'D', 'E'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'How a customer is expected to pay, without a row nobody has checked'
  WITH SYSTEM VERSIONING;

CREATE TABLE order_qualification (
    customer_id      BIGINT      NOT NULL,
    product_order_id BIGINT      NOT NULL,
    evaluated_at     DATETIME(6) NOT NULL,
    inputs           MEDIUMTEXT  NOT NULL COMMENT 'JSON: the facts, as they were (server/feasibility/keep.h)',
    results          MEDIUMTEXT  NOT NULL COMMENT 'JSON: what came of each item, with rules, versions and words',
    PRIMARY KEY (customer_id, product_order_id),
    UNIQUE KEY order_qualification_order (product_order_id),
    KEY order_qualification_newest (evaluated_at, product_order_id),
    CONSTRAINT order_qualification_of_order
        FOREIGN KEY (customer_id, product_order_id) REFERENCES product_order (customer_id, id),
    CONSTRAINT order_qualification_is_json CHECK (JSON_VALID(inputs) AND JSON_VALID(results))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Why an order was feasible, only ever added to';

-- Who lives at the same place.
SET SESSION system_versioning_alter_history = 'KEEP';

ALTER TABLE geographic_address
    ADD KEY geographic_address_by_place (postcode, street);

SET SESSION system_versioning_alter_history = 'ERROR';

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'UserErrorCode', 10, 'NOT_FEASIBLE', 'Not feasible', 'bad'),
    ('de', 'UserErrorCode', 10, 'NOT_FEASIBLE', 'Nicht machbar', 'bad'),

    ('en', 'QualificationResult', 1, 'QUALIFIED',   'Feasible',     'ok'),
    ('de', 'QualificationResult', 1, 'QUALIFIED',   'Möglich',      'ok'),
    ('en', 'QualificationResult', 2, 'CONDITIONAL', 'On condition', 'warn'),
    ('de', 'QualificationResult', 2, 'CONDITIONAL', 'Mit Auflage',  'warn'),
    ('en', 'QualificationResult', 3, 'UNQUALIFIED', 'Not feasible', 'bad'),
    ('de', 'QualificationResult', 3, 'UNQUALIFIED', 'Nicht möglich', 'bad'),

    ('en', 'FeasibilityRuleKind', 1,  'ON_SALE',       'Sale',             'neutral'),
    ('de', 'FeasibilityRuleKind', 1,  'ON_SALE',       'Verkauf',          'neutral'),
    ('en', 'FeasibilityRuleKind', 2,  'CUSTOMER_KIND', 'Kind of customer', 'neutral'),
    ('de', 'FeasibilityRuleKind', 2,  'CUSTOMER_KIND', 'Kundenart',        'neutral'),
    ('en', 'FeasibilityRuleKind', 3,  'MINIMUM_AGE',   'Minimum age',      'neutral'),
    ('de', 'FeasibilityRuleKind', 3,  'MINIMUM_AGE',   'Mindestalter',     'neutral'),
    ('en', 'FeasibilityRuleKind', 4,  'MAXIMUM_AGE',   'Maximum age',      'neutral'),
    ('de', 'FeasibilityRuleKind', 4,  'MAXIMUM_AGE',   'Höchstalter',      'neutral'),
    ('en', 'FeasibilityRuleKind', 5,  'IDENTITY',      'Identity',         'neutral'),
    ('de', 'FeasibilityRuleKind', 5,  'IDENTITY',      'Identität',        'neutral'),
    ('en', 'FeasibilityRuleKind', 6,  'CREDIT_CLASS',  'Credit',           'neutral'),
    ('de', 'FeasibilityRuleKind', 6,  'CREDIT_CLASS',  'Bonität',          'neutral'),
    ('en', 'FeasibilityRuleKind', 7,  'ARREARS',       'Arrears',          'neutral'),
    ('de', 'FeasibilityRuleKind', 7,  'ARREARS',       'Zahlungsrückstand', 'neutral'),
    ('en', 'FeasibilityRuleKind', 8,  'TECHNOLOGY',    'Technology at the place', 'neutral'),
    ('de', 'FeasibilityRuleKind', 8,  'TECHNOLOGY',    'Technik am Ort',   'neutral'),
    ('en', 'FeasibilityRuleKind', 9,  'REQUIRES',      'Needs something',  'neutral'),
    ('de', 'FeasibilityRuleKind', 9,  'REQUIRES',      'Setzt etwas voraus', 'neutral'),
    ('en', 'FeasibilityRuleKind', 10, 'EXCLUDES',      'Excludes something', 'neutral'),
    ('de', 'FeasibilityRuleKind', 10, 'EXCLUDES',      'Schließt etwas aus', 'neutral'),
    ('en', 'FeasibilityRuleKind', 11, 'REPLACES',      'Replaces something', 'neutral'),
    ('de', 'FeasibilityRuleKind', 11, 'REPLACES',      'Ersetzt etwas',    'neutral'),
    ('en', 'FeasibilityRuleKind', 12, 'BINDING',       'Minimum term',     'neutral'),
    ('de', 'FeasibilityRuleKind', 12, 'BINDING',       'Mindestlaufzeit',  'neutral'),
    ('en', 'FeasibilityRuleKind', 13, 'LINES',         'Number of lines',  'neutral'),
    ('de', 'FeasibilityRuleKind', 13, 'LINES',         'Zahl der Anschlüsse', 'neutral'),
    ('en', 'FeasibilityRuleKind', 14, 'HOUSEHOLD',     'Household',        'neutral'),
    ('de', 'FeasibilityRuleKind', 14, 'HOUSEHOLD',     'Haushalt',         'neutral'),
    ('en', 'FeasibilityRuleKind', 15, 'STOCK',         'Stock',            'neutral'),
    ('de', 'FeasibilityRuleKind', 15, 'STOCK',         'Lagerbestand',     'neutral'),

    ('en', 'FeasibilityChangeKind', 1,  'ADD_OFFERING',       'Order with it',        'info'),
    ('de', 'FeasibilityChangeKind', 1,  'ADD_OFFERING',       'Dazu bestellen',       'info'),
    ('en', 'FeasibilityChangeKind', 2,  'LEAVE_OUT_OFFERING', 'Do not order with it', 'info'),
    ('de', 'FeasibilityChangeKind', 2,  'LEAVE_OUT_OFFERING', 'Nicht zusammen bestellen', 'info'),
    ('en', 'FeasibilityChangeKind', 3,  'END_PRODUCT',        'End first',            'info'),
    ('de', 'FeasibilityChangeKind', 3,  'END_PRODUCT',        'Vorher beenden',       'info'),
    ('en', 'FeasibilityChangeKind', 4,  'WAIT_UNTIL',         'Possible from',        'info'),
    ('de', 'FeasibilityChangeKind', 4,  'WAIT_UNTIL',         'Möglich ab',           'info'),
    ('en', 'FeasibilityChangeKind', 5,  'ORDER_FEWER',        'Order fewer',          'info'),
    ('de', 'FeasibilityChangeKind', 5,  'ORDER_FEWER',        'Weniger bestellen',    'info'),
    ('en', 'FeasibilityChangeKind', 6,  'NAME_PLACE',         'Choose another address', 'info'),
    ('de', 'FeasibilityChangeKind', 6,  'NAME_PLACE',         'Andere Adresse wählen', 'info'),
    ('en', 'FeasibilityChangeKind', 7,  'STATE_BIRTH_DATE',   'Enter the date of birth', 'info'),
    ('de', 'FeasibilityChangeKind', 7,  'STATE_BIRTH_DATE',   'Geburtsdatum erfassen', 'info'),
    ('en', 'FeasibilityChangeKind', 8,  'VERIFY_IDENTITY',    'Look at an identification', 'info'),
    ('de', 'FeasibilityChangeKind', 8,  'VERIFY_IDENTITY',    'Ausweis prüfen',       'info'),
    ('en', 'FeasibilityChangeKind', 9,  'CHECK_CREDIT',       'Have the credit checked', 'info'),
    ('de', 'FeasibilityChangeKind', 9,  'CHECK_CREDIT',       'Bonität prüfen lassen', 'info'),
    ('en', 'FeasibilityChangeKind', 10, 'PAY_ARREARS',        'Pay what is overdue',  'info'),
    ('de', 'FeasibilityChangeKind', 10, 'PAY_ARREARS',        'Rückstand begleichen', 'info');
