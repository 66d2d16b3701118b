-- What was used: single events, what they add up to, and the allowances they are taken from.
-- A month of a customer is a period. Its sums, those of its days and those of each product and day change in the
-- transaction that adds an event, so that no screen ever adds events up.

CREATE TABLE usage_period (
    id           BIGINT      NOT NULL AUTO_INCREMENT,
    customer_id  BIGINT      NOT NULL,
    start_date   DATE        NOT NULL COMMENT 'first day',
    end_date     DATE        NOT NULL COMMENT 'last day',
    state        VARCHAR(6)  NOT NULL COMMENT 'OPEN while it runs, BILLED once it has been charged',
    event_count  BIGINT      NOT NULL DEFAULT 0 COMMENT 'events of the period',
    amount_minor BIGINT      NOT NULL DEFAULT 0 COMMENT 'what they cost, taxes included',
    currency     CHAR(3)     NOT NULL COMMENT 'ISO 4217',
    collected_at DATETIME(6) NOT NULL COMMENT 'until when events have been taken in',
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY usage_period_id (id),
    UNIQUE KEY usage_period_in_order (customer_id, start_date),
    CONSTRAINT usage_period_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT usage_period_state_known CHECK (state IN ('OPEN', 'BILLED')),
    CONSTRAINT usage_period_ends_after_start CHECK (end_date >= start_date),
    CONSTRAINT usage_period_counts CHECK (event_count >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'What a customer used in a month (TMF677 UsageConsumption)'
  WITH SYSTEM VERSIONING;

CREATE TABLE usage_total (
    customer_id     BIGINT     NOT NULL,
    usage_period_id BIGINT     NOT NULL,
    type            VARCHAR(7) NOT NULL COMMENT 'VOICE, MESSAGE, DATA, OTHER',
    event_count     BIGINT     NOT NULL,
    quantity        BIGINT     NOT NULL COMMENT 'in the unit',
    unit            VARCHAR(7) NOT NULL COMMENT 'SECOND, MESSAGE, BYTE, PIECE',
    amount_minor    BIGINT     NOT NULL,
    currency        CHAR(3)    NOT NULL COMMENT 'ISO 4217',
    PRIMARY KEY (customer_id, usage_period_id, type),
    UNIQUE KEY usage_total_of_period (usage_period_id, type),
    CONSTRAINT usage_total_period
        FOREIGN KEY (customer_id, usage_period_id) REFERENCES usage_period (customer_id, id),
    CONSTRAINT usage_total_unit_fits CHECK ((type, unit) IN
        (('VOICE', 'SECOND'), ('MESSAGE', 'MESSAGE'), ('DATA', 'BYTE'), ('OTHER', 'PIECE')))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The sum of a periods events of a type (TMF677 UsageVolumeBalance)'
  WITH SYSTEM VERSIONING;

CREATE TABLE usage_day (
    customer_id     BIGINT NOT NULL,
    usage_period_id BIGINT NOT NULL,
    day             DATE   NOT NULL COMMENT 'in UTC',
    event_count     BIGINT NOT NULL,
    voice_seconds   BIGINT NOT NULL DEFAULT 0,
    message_count   BIGINT NOT NULL DEFAULT 0,
    data_bytes      BIGINT NOT NULL DEFAULT 0,
    amount_minor    BIGINT NOT NULL DEFAULT 0,
    currency        CHAR(3) NOT NULL COMMENT 'ISO 4217',
    PRIMARY KEY (customer_id, usage_period_id, day),
    UNIQUE KEY usage_day_of_period (usage_period_id, day),
    CONSTRAINT usage_day_period
        FOREIGN KEY (customer_id, usage_period_id) REFERENCES usage_period (customer_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The sums of a days events of all products of a customer'
  WITH SYSTEM VERSIONING;

CREATE TABLE usage_daily (
    customer_id  BIGINT     NOT NULL,
    product_id   BIGINT     NOT NULL,
    day          DATE       NOT NULL COMMENT 'in UTC',
    type         VARCHAR(7) NOT NULL COMMENT 'VOICE, MESSAGE, DATA, OTHER',
    event_count  BIGINT     NOT NULL,
    quantity     BIGINT     NOT NULL COMMENT 'in the unit',
    unit         VARCHAR(7) NOT NULL COMMENT 'SECOND, MESSAGE, BYTE, PIECE',
    amount_minor BIGINT     NOT NULL,
    currency     CHAR(3)    NOT NULL COMMENT 'ISO 4217',
    PRIMARY KEY (customer_id, product_id, day, type),
    UNIQUE KEY usage_daily_of_product (product_id, day, type),
    CONSTRAINT usage_daily_product FOREIGN KEY (customer_id, product_id) REFERENCES product (customer_id, id),
    CONSTRAINT usage_daily_unit_fits CHECK ((type, unit) IN
        (('VOICE', 'SECOND'), ('MESSAGE', 'MESSAGE'), ('DATA', 'BYTE'), ('OTHER', 'PIECE')))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The sum of a days events of a product and a type'
  WITH SYSTEM VERSIONING;

CREATE TABLE usage_bucket (
    id                 BIGINT      NOT NULL AUTO_INCREMENT,
    customer_id        BIGINT      NOT NULL,
    usage_period_id    BIGINT      NOT NULL,
    product_id         BIGINT      NOT NULL COMMENT 'what grants it: the line or an option of it',
    type               VARCHAR(7)  NOT NULL COMMENT 'what it is for: VOICE, MESSAGE, DATA, OTHER',
    unit               VARCHAR(7)  NOT NULL COMMENT 'SECOND, MESSAGE, BYTE, PIECE',
    total_quantity     BIGINT      NOT NULL COMMENT 'granted, in the unit',
    used_quantity      BIGINT      NOT NULL COMMENT 'of which used',
    remaining_quantity BIGINT      NOT NULL COMMENT 'of which left',
    start_date         DATE        NOT NULL COMMENT 'TMF654 validFor',
    end_date           DATE        NOT NULL COMMENT 'last day',
    status             VARCHAR(9)  NOT NULL COMMENT 'TMF654: ACTIVE, SUSPENDED, EXPIRED',
    version            INT         NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY usage_bucket_id (id),
    KEY usage_bucket_of_period (usage_period_id, id),
    KEY usage_bucket_of_product (product_id, start_date, id),
    CONSTRAINT usage_bucket_period
        FOREIGN KEY (customer_id, usage_period_id) REFERENCES usage_period (customer_id, id),
    CONSTRAINT usage_bucket_product FOREIGN KEY (customer_id, product_id) REFERENCES product (customer_id, id),
    CONSTRAINT usage_bucket_status_known CHECK (status IN ('ACTIVE', 'SUSPENDED', 'EXPIRED')),
    CONSTRAINT usage_bucket_adds_up CHECK (
        used_quantity >= 0 AND remaining_quantity >= 0 AND used_quantity + remaining_quantity = total_quantity),
    CONSTRAINT usage_bucket_unit_fits CHECK ((type, unit) IN
        (('VOICE', 'SECOND'), ('MESSAGE', 'MESSAGE'), ('DATA', 'BYTE'), ('OTHER', 'PIECE')))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'An allowance: so much of a type is included in a period (TMF654 Bucket)'
  WITH SYSTEM VERSIONING;

-- Events lie together by period, and a period is of one customer. MariaDB has no foreign keys on partitioned tables: who
-- adds events checks customer, period and product, and dossier doctor looks whether all sums are those of the events.
CREATE TABLE usage_event (
    id                 BIGINT      NOT NULL COMMENT 'never given twice',
    customer_id        BIGINT      NOT NULL,
    usage_period_id    BIGINT      NOT NULL,
    product_id         BIGINT      NOT NULL,
    type               VARCHAR(7)  NOT NULL COMMENT 'VOICE, MESSAGE, DATA, OTHER',
    direction          VARCHAR(8)      NULL COMMENT 'OUTGOING, INCOMING, NULL where there is no other party',
    other_party_masked VARCHAR(20)     NULL COMMENT 'telephone number with its last three digits hidden',
    started_at         DATETIME(6) NOT NULL,
    recorded_at        DATETIME(6) NOT NULL COMMENT 'when it was taken in',
    quantity           BIGINT      NOT NULL COMMENT 'in the unit',
    unit               VARCHAR(7)  NOT NULL COMMENT 'SECOND, MESSAGE, BYTE, PIECE',
    amount_minor       BIGINT      NOT NULL COMMENT 'what it costs beyond what is included, taxes included',
    currency           CHAR(3)     NOT NULL COMMENT 'ISO 4217',
    status             VARCHAR(8)  NOT NULL COMMENT 'TMF635 UsageStatusType',
    PRIMARY KEY (usage_period_id, started_at, id),
    UNIQUE KEY usage_event_of_product (product_id, started_at, id),
    CONSTRAINT usage_event_type_known CHECK (type IN ('VOICE', 'MESSAGE', 'DATA', 'OTHER')),
    CONSTRAINT usage_event_direction_known CHECK (direction IN ('OUTGOING', 'INCOMING')),
    CONSTRAINT usage_event_status_known CHECK (status IN
        ('RECEIVED', 'GUIDED', 'RATED', 'RERATED', 'BILLED', 'REJECTED', 'RECYCLED')),
    CONSTRAINT usage_event_unit_known CHECK (unit IN ('SECOND', 'MESSAGE', 'BYTE', 'PIECE')),
    CONSTRAINT usage_event_unit_fits CHECK ((type, unit) IN
        (('VOICE', 'SECOND'), ('MESSAGE', 'MESSAGE'), ('DATA', 'BYTE'), ('OTHER', 'PIECE')))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'One call, message or amount of data (TMF635 Usage)'
PARTITION BY RANGE COLUMNS (started_at) (
    PARTITION usage_event_before VALUES LESS THAN ('2025-07-01'),
    PARTITION usage_event_2025_07 VALUES LESS THAN ('2025-08-01'),
    PARTITION usage_event_2025_08 VALUES LESS THAN ('2025-09-01'),
    PARTITION usage_event_2025_09 VALUES LESS THAN ('2025-10-01'),
    PARTITION usage_event_2025_10 VALUES LESS THAN ('2025-11-01'),
    PARTITION usage_event_2025_11 VALUES LESS THAN ('2025-12-01'),
    PARTITION usage_event_2025_12 VALUES LESS THAN ('2026-01-01'),
    PARTITION usage_event_2026_01 VALUES LESS THAN ('2026-02-01'),
    PARTITION usage_event_2026_02 VALUES LESS THAN ('2026-03-01'),
    PARTITION usage_event_2026_03 VALUES LESS THAN ('2026-04-01'),
    PARTITION usage_event_2026_04 VALUES LESS THAN ('2026-05-01'),
    PARTITION usage_event_2026_05 VALUES LESS THAN ('2026-06-01'),
    PARTITION usage_event_2026_06 VALUES LESS THAN ('2026-07-01'),
    PARTITION usage_event_2026_07 VALUES LESS THAN ('2026-08-01'),
    PARTITION usage_event_2026_08 VALUES LESS THAN ('2026-09-01'),
    PARTITION usage_event_2026_09 VALUES LESS THAN ('2026-10-01'),
    PARTITION usage_event_2026_10 VALUES LESS THAN ('2026-11-01'),
    PARTITION usage_event_2026_11 VALUES LESS THAN ('2026-12-01'),
    PARTITION usage_event_2026_12 VALUES LESS THAN ('2027-01-01'),
    PARTITION usage_event_2027_01 VALUES LESS THAN ('2027-02-01'),
    PARTITION usage_event_2027_02 VALUES LESS THAN ('2027-03-01'),
    PARTITION usage_event_2027_03 VALUES LESS THAN ('2027-04-01'),
    PARTITION usage_event_2027_04 VALUES LESS THAN ('2027-05-01'),
    PARTITION usage_event_2027_05 VALUES LESS THAN ('2027-06-01'),
    PARTITION usage_event_2027_06 VALUES LESS THAN ('2027-07-01'),
    PARTITION usage_event_2027_07 VALUES LESS THAN ('2027-08-01'),
    PARTITION usage_event_2027_08 VALUES LESS THAN ('2027-09-01'),
    PARTITION usage_event_2027_09 VALUES LESS THAN ('2027-10-01'),
    PARTITION usage_event_2027_10 VALUES LESS THAN ('2027-11-01'),
    PARTITION usage_event_2027_11 VALUES LESS THAN ('2027-12-01'),
    PARTITION usage_event_2027_12 VALUES LESS THAN ('2028-01-01'),
    PARTITION usage_event_later VALUES LESS THAN (MAXVALUE)
);

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (10, 'usage', 'READ', 'See calls, messages and data, and what is left of allowances');

INSERT INTO role_right (role_id, bit) VALUES (1, 10), (3, 10), (4, 10), (5, 10);

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'UsagePeriodState', 1, 'OPEN',   'Running',     'info'),
    ('de', 'UsagePeriodState', 1, 'OPEN',   'Läuft',       'info'),
    ('en', 'UsagePeriodState', 2, 'BILLED', 'Billed',      'neutral'),
    ('de', 'UsagePeriodState', 2, 'BILLED', 'Abgerechnet', 'neutral'),

    ('en', 'UsageType', 1, 'VOICE',   'Calls',       'neutral'),
    ('de', 'UsageType', 1, 'VOICE',   'Gespräche',   'neutral'),
    ('en', 'UsageType', 2, 'MESSAGE', 'Messages',    'neutral'),
    ('de', 'UsageType', 2, 'MESSAGE', 'Nachrichten', 'neutral'),
    ('en', 'UsageType', 3, 'DATA',    'Data',        'neutral'),
    ('de', 'UsageType', 3, 'DATA',    'Daten',       'neutral'),
    ('en', 'UsageType', 4, 'OTHER',   'Services',    'neutral'),
    ('de', 'UsageType', 4, 'OTHER',   'Dienste',     'neutral'),

    ('en', 'UsageUnit', 1, 'SECOND',  'seconds',     'neutral'),
    ('de', 'UsageUnit', 1, 'SECOND',  'Sekunden',    'neutral'),
    ('en', 'UsageUnit', 2, 'MESSAGE', 'messages',    'neutral'),
    ('de', 'UsageUnit', 2, 'MESSAGE', 'Nachrichten', 'neutral'),
    ('en', 'UsageUnit', 3, 'BYTE',    'bytes',       'neutral'),
    ('de', 'UsageUnit', 3, 'BYTE',    'Byte',        'neutral'),
    ('en', 'UsageUnit', 4, 'PIECE',   'pieces',      'neutral'),
    ('de', 'UsageUnit', 4, 'PIECE',   'Stück',       'neutral'),

    ('en', 'UsageDirection', 1, 'OUTGOING', 'Outgoing',  'neutral'),
    ('de', 'UsageDirection', 1, 'OUTGOING', 'Ausgehend', 'neutral'),
    ('en', 'UsageDirection', 2, 'INCOMING', 'Incoming',  'neutral'),
    ('de', 'UsageDirection', 2, 'INCOMING', 'Eingehend', 'neutral'),

    ('en', 'UsageStatus', 1, 'RECEIVED', 'Received',       'info'),
    ('de', 'UsageStatus', 1, 'RECEIVED', 'Empfangen',      'info'),
    ('en', 'UsageStatus', 2, 'GUIDED',   'Assigned',       'info'),
    ('de', 'UsageStatus', 2, 'GUIDED',   'Zugeordnet',     'info'),
    ('en', 'UsageStatus', 3, 'RATED',    'Priced',         'ok'),
    ('de', 'UsageStatus', 3, 'RATED',    'Bewertet',       'ok'),
    ('en', 'UsageStatus', 4, 'RERATED',  'Priced again',   'info'),
    ('de', 'UsageStatus', 4, 'RERATED',  'Neu bewertet',   'info'),
    ('en', 'UsageStatus', 5, 'BILLED',   'Billed',         'neutral'),
    ('de', 'UsageStatus', 5, 'BILLED',   'Abgerechnet',    'neutral'),
    ('en', 'UsageStatus', 6, 'REJECTED', 'Refused',        'bad'),
    ('de', 'UsageStatus', 6, 'REJECTED', 'Abgewiesen',     'bad'),
    ('en', 'UsageStatus', 7, 'RECYCLED', 'Tried again',    'warn'),
    ('de', 'UsageStatus', 7, 'RECYCLED', 'Erneut versucht', 'warn'),

    ('en', 'UsageBucketStatus', 1, 'ACTIVE',    'Active',     'ok'),
    ('de', 'UsageBucketStatus', 1, 'ACTIVE',    'Aktiv',      'ok'),
    ('en', 'UsageBucketStatus', 2, 'SUSPENDED', 'Suspended',  'warn'),
    ('de', 'UsageBucketStatus', 2, 'SUSPENDED', 'Ausgesetzt', 'warn'),
    ('en', 'UsageBucketStatus', 3, 'EXPIRED',   'Expired',    'neutral'),
    ('de', 'UsageBucketStatus', 3, 'EXPIRED',   'Abgelaufen', 'neutral');
