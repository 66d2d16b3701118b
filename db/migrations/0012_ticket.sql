-- What customers report and ask for, what was written about it, who works on it, and by when.

CREATE TABLE team (
    id   BIGINT       NOT NULL AUTO_INCREMENT,
    name VARCHAR(100) COLLATE utf8mb4_uca1400_ai_ci NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY team_name (name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'People who work on the same things'
  WITH SYSTEM VERSIONING;

CREATE TABLE queue_definition (
    id      BIGINT       NOT NULL AUTO_INCREMENT,
    team_id BIGINT       NOT NULL COMMENT 'who works it off',
    name    VARCHAR(100) COLLATE utf8mb4_uca1400_ai_ci NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY queue_definition_name (name),
    CONSTRAINT queue_definition_team FOREIGN KEY (team_id) REFERENCES team (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'Where tickets wait for somebody'
  WITH SYSTEM VERSIONING;

CREATE TABLE trouble_ticket (
    id                 BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id        BIGINT       NOT NULL,
    number             VARCHAR(16)  NOT NULL COMMENT 'read aloud, the last digit is a check digit',
    type               VARCHAR(12)  NOT NULL COMMENT 'TMF621 ticketType: BILLING, FAULT, ORDER, SIM, COMPLAINT',
    severity           VARCHAR(8)   NOT NULL COMMENT 'TMF621: CRITICAL, MAJOR, MINOR',
    priority           VARCHAR(8)   NOT NULL COMMENT 'TMF621: HIGH, MEDIUM, LOW',
    status             VARCHAR(12)  NOT NULL COMMENT 'TMF621 TroubleTicketStatusType',
    sub_status         VARCHAR(16)      NULL COMMENT 'DRAFT: no clock runs yet; TEMPORARY_FIX: works again, not repaired',
    is_open            BOOLEAN      NOT NULL COMMENT 'not yet closed, cancelled or rejected',
    subject            VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'TMF621 name',
    queue_id           BIGINT       NOT NULL,
    team_id            BIGINT       NOT NULL COMMENT 'who has it now, which need not be who works the queue off',
    assignee_name      VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NULL COMMENT 'who works on it, NULL: nobody yet',
    opened_at          DATETIME(6)  NOT NULL COMMENT 'TMF621 creationDate',
    updated_at         DATETIME(6)  NOT NULL COMMENT 'TMF621 lastUpdate',
    resolved_at        DATETIME(6)      NULL COMMENT 'TMF621 resolutionDate',
    first_viewed_at    DATETIME(6)      NULL COMMENT 'when its assignee first looked at it',
    last_customer_at   DATETIME(6)      NULL COMMENT 'the newest message of the customer',
    last_agent_at      DATETIME(6)      NULL COMMENT 'the newest message to the customer',
    customer_viewed_at DATETIME(6)      NULL COMMENT 'when the customer last looked at it',
    next_due_at        DATETIME(6)      NULL COMMENT 'the first due moment of the clocks that run, NULL: none runs',
    escalated          BOOLEAN      NOT NULL DEFAULT FALSE,
    reopened_count     INT          NOT NULL DEFAULT 0 COMMENT 'how often a resolution was refused',
    product_id         BIGINT           NULL COMMENT 'the product it is about',
    product_order_id   BIGINT           NULL COMMENT 'the order it is about',
    related_kind       VARCHAR(16)  AS (CASE WHEN product_id IS NOT NULL THEN 'PRODUCT'
                                             WHEN product_order_id IS NOT NULL THEN 'PRODUCT_ORDER' END) VIRTUAL
                                    COMMENT 'TMF621 relatedEntity.@referredType, derived so that it cannot lie',
    related_id         BIGINT       AS (COALESCE(product_id, product_order_id)) VIRTUAL COMMENT 'TMF621 relatedEntity.id',
    version            INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY trouble_ticket_id (id),
    UNIQUE KEY trouble_ticket_number (number),
    KEY trouble_ticket_in_order (customer_id, is_open, opened_at, id),
    CONSTRAINT trouble_ticket_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT trouble_ticket_queue FOREIGN KEY (queue_id) REFERENCES queue_definition (id),
    CONSTRAINT trouble_ticket_team FOREIGN KEY (team_id) REFERENCES team (id),
    CONSTRAINT trouble_ticket_product FOREIGN KEY (customer_id, product_id) REFERENCES product (customer_id, id),
    CONSTRAINT trouble_ticket_order
        FOREIGN KEY (customer_id, product_order_id) REFERENCES product_order (customer_id, id),
    CONSTRAINT trouble_ticket_about_one_thing CHECK (product_id IS NULL OR product_order_id IS NULL),
    CONSTRAINT trouble_ticket_type_known CHECK (type IN ('BILLING', 'FAULT', 'ORDER', 'SIM', 'COMPLAINT')),
    CONSTRAINT trouble_ticket_severity_known CHECK (severity IN ('CRITICAL', 'MAJOR', 'MINOR')),
    CONSTRAINT trouble_ticket_priority_known CHECK (priority IN ('HIGH', 'MEDIUM', 'LOW')),
    CONSTRAINT trouble_ticket_status_known CHECK (status IN
        ('ACKNOWLEDGED', 'REJECTED', 'PENDING', 'HELD', 'IN_PROGRESS', 'RESOLVED', 'CLOSED', 'CANCELLED')),
    CONSTRAINT trouble_ticket_sub_status_fits CHECK (
        sub_status IS NULL
        OR (sub_status = 'DRAFT' AND status = 'ACKNOWLEDGED')
        OR (sub_status = 'TEMPORARY_FIX' AND status = 'IN_PROGRESS')),
    CONSTRAINT trouble_ticket_open_says_the_status CHECK (is_open = (status NOT IN ('REJECTED', 'CLOSED', 'CANCELLED'))),
    CONSTRAINT trouble_ticket_resolved_has_a_moment CHECK (status NOT IN ('RESOLVED', 'CLOSED') OR resolved_at IS NOT NULL),
    CONSTRAINT trouble_ticket_no_clock_runs_after_all CHECK (
        next_due_at IS NULL OR status NOT IN ('RESOLVED', 'REJECTED', 'CLOSED', 'CANCELLED')),
    CONSTRAINT trouble_ticket_reopened CHECK (reopened_count >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'What a customer reports or asks for, until it is settled (TMF621 TroubleTicket)'
  WITH SYSTEM VERSIONING;

CREATE TABLE ticket_article (
    id          BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id BIGINT       NOT NULL,
    ticket_id   BIGINT       NOT NULL,
    kind        VARCHAR(8)   NOT NULL COMMENT 'MESSAGE: between customer and operator, NOTE: among those who work on it',
    author_kind VARCHAR(8)   NOT NULL COMMENT 'CUSTOMER, AGENT, SYSTEM',
    author_name VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL,
    written_at  DATETIME(6)  NOT NULL,
    subject     VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL,
    text        TEXT         COLLATE utf8mb4_uca1400_ai_ci NOT NULL,
    PRIMARY KEY (customer_id, ticket_id, id),
    UNIQUE KEY ticket_article_id (id),
    KEY ticket_article_in_order (ticket_id, written_at, id),
    CONSTRAINT ticket_article_ticket FOREIGN KEY (customer_id, ticket_id) REFERENCES trouble_ticket (customer_id, id),
    CONSTRAINT ticket_article_kind_known CHECK (kind IN ('MESSAGE', 'NOTE')),
    CONSTRAINT ticket_article_author_known CHECK (author_kind IN ('CUSTOMER', 'AGENT', 'SYSTEM')),
    CONSTRAINT ticket_article_customers_write_no_notes CHECK (kind = 'MESSAGE' OR author_kind <> 'CUSTOMER')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'What was written about a ticket, only ever added to (TMF621 Note)';

CREATE TABLE ticket_clock (
    id          BIGINT      NOT NULL AUTO_INCREMENT,
    customer_id BIGINT      NOT NULL,
    ticket_id   BIGINT      NOT NULL,
    kind        VARCHAR(8)  NOT NULL COMMENT 'RESPOND: first answer, RESTORE: works again, FIX: settled for good',
    started_at  DATETIME(6) NOT NULL,
    due_at      DATETIME(6) NOT NULL,
    stopped_at  DATETIME(6)     NULL COMMENT 'when what was promised was done, NULL: the clock runs',
    breached    BOOLEAN     NOT NULL DEFAULT FALSE COMMENT 'it was noticed to be late',
    version     INT         NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, ticket_id, id),
    UNIQUE KEY ticket_clock_id (id),
    UNIQUE KEY ticket_clock_kind (ticket_id, kind),
    CONSTRAINT ticket_clock_ticket FOREIGN KEY (customer_id, ticket_id) REFERENCES trouble_ticket (customer_id, id),
    CONSTRAINT ticket_clock_kind_known CHECK (kind IN ('RESPOND', 'RESTORE', 'FIX')),
    CONSTRAINT ticket_clock_in_time CHECK (due_at > started_at AND stopped_at >= started_at),
    CONSTRAINT ticket_clock_late_is_breached CHECK (stopped_at IS NULL OR breached = (stopped_at > due_at))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'By when something about a ticket was promised'
  WITH SYSTEM VERSIONING;

-- Versions of before had no tickets: they get a count of none.
SET SESSION system_versioning_alter_history = 'KEEP';

ALTER TABLE customer
    ADD COLUMN open_ticket_count INT NOT NULL DEFAULT 0 COMMENT 'kept with the tickets, in one transaction'
        AFTER active_product_count,
    ADD CONSTRAINT customer_open_tickets CHECK (open_ticket_count >= 0);

SET SESSION system_versioning_alter_history = 'ERROR';

ALTER TABLE customer_search_term
    DROP CONSTRAINT customer_search_term_kind_known,
    ADD CONSTRAINT customer_search_term_kind_known
        CHECK (kind IN ('NAME', 'PHONE', 'EMAIL', 'CUSTOMER', 'ACCOUNT', 'ORDER', 'SERVICE', 'EXTERNAL', 'TICKET'));

INSERT INTO number_sequence (name, next) VALUES ('ticket', 850000000);

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (7, 'tickets', 'READ', 'See trouble tickets and what was written with the customer'),
    (8, 'notes',   'READ', 'See who works on a ticket and what they write among themselves');

-- Partners and customers in self-care see tickets, but no notes.
INSERT INTO role_right (role_id, bit) VALUES
    (1, 7), (1, 8),
    (3, 7), (3, 8),
    (4, 7),
    (5, 7);

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'TicketType', 1, 'BILLING',   'Bill or account',    'neutral'),
    ('de', 'TicketType', 1, 'BILLING',   'Rechnung oder Konto', 'neutral'),
    ('en', 'TicketType', 2, 'FAULT',     'Fault',              'neutral'),
    ('de', 'TicketType', 2, 'FAULT',     'Störung',            'neutral'),
    ('en', 'TicketType', 3, 'ORDER',     'Order or delivery',  'neutral'),
    ('de', 'TicketType', 3, 'ORDER',     'Bestellung oder Lieferung', 'neutral'),
    ('en', 'TicketType', 4, 'SIM',       'SIM or profile',     'neutral'),
    ('de', 'TicketType', 4, 'SIM',       'SIM oder Profil',    'neutral'),
    ('en', 'TicketType', 5, 'COMPLAINT', 'Complaint',          'warn'),
    ('de', 'TicketType', 5, 'COMPLAINT', 'Beschwerde',         'warn'),

    ('en', 'TicketSeverity', 1, 'CRITICAL', 'Critical', 'bad'),
    ('de', 'TicketSeverity', 1, 'CRITICAL', 'Kritisch', 'bad'),
    ('en', 'TicketSeverity', 2, 'MAJOR',    'Major',    'warn'),
    ('de', 'TicketSeverity', 2, 'MAJOR',    'Erheblich', 'warn'),
    ('en', 'TicketSeverity', 3, 'MINOR',    'Minor',    'neutral'),
    ('de', 'TicketSeverity', 3, 'MINOR',    'Gering',   'neutral'),

    ('en', 'TicketPriority', 1, 'HIGH',   'High',   'warn'),
    ('de', 'TicketPriority', 1, 'HIGH',   'Hoch',   'warn'),
    ('en', 'TicketPriority', 2, 'MEDIUM', 'Medium', 'neutral'),
    ('de', 'TicketPriority', 2, 'MEDIUM', 'Mittel', 'neutral'),
    ('en', 'TicketPriority', 3, 'LOW',    'Low',    'neutral'),
    ('de', 'TicketPriority', 3, 'LOW',    'Niedrig', 'neutral'),

    ('en', 'TroubleTicketStatus', 1, 'ACKNOWLEDGED', 'Received',              'info'),
    ('de', 'TroubleTicketStatus', 1, 'ACKNOWLEDGED', 'Eingegangen',           'info'),
    ('en', 'TroubleTicketStatus', 2, 'REJECTED',     'Rejected',              'bad'),
    ('de', 'TroubleTicketStatus', 2, 'REJECTED',     'Abgelehnt',             'bad'),
    ('en', 'TroubleTicketStatus', 3, 'PENDING',      'Waiting for information', 'warn'),
    ('de', 'TroubleTicketStatus', 3, 'PENDING',      'Wartet auf Angaben',    'warn'),
    ('en', 'TroubleTicketStatus', 4, 'HELD',         'On hold',               'warn'),
    ('de', 'TroubleTicketStatus', 4, 'HELD',         'Angehalten',            'warn'),
    ('en', 'TroubleTicketStatus', 5, 'IN_PROGRESS',  'In progress',           'info'),
    ('de', 'TroubleTicketStatus', 5, 'IN_PROGRESS',  'In Arbeit',             'info'),
    ('en', 'TroubleTicketStatus', 6, 'RESOLVED',     'Resolved',              'ok'),
    ('de', 'TroubleTicketStatus', 6, 'RESOLVED',     'Gelöst',                'ok'),
    ('en', 'TroubleTicketStatus', 7, 'CLOSED',       'Closed',                'ok'),
    ('de', 'TroubleTicketStatus', 7, 'CLOSED',       'Abgeschlossen',         'ok'),
    ('en', 'TroubleTicketStatus', 8, 'CANCELLED',    'Cancelled',             'neutral'),
    ('de', 'TroubleTicketStatus', 8, 'CANCELLED',    'Storniert',             'neutral'),

    ('en', 'TicketSubStatus', 1, 'DRAFT',         'Draft',         'neutral'),
    ('de', 'TicketSubStatus', 1, 'DRAFT',         'Entwurf',       'neutral'),
    ('en', 'TicketSubStatus', 2, 'TEMPORARY_FIX', 'Temporary fix', 'info'),
    ('de', 'TicketSubStatus', 2, 'TEMPORARY_FIX', 'Vorläufig behoben', 'info'),

    ('en', 'TicketClockKind', 1, 'RESPOND', 'First answer', 'neutral'),
    ('de', 'TicketClockKind', 1, 'RESPOND', 'Erste Antwort', 'neutral'),
    ('en', 'TicketClockKind', 2, 'RESTORE', 'Works again',  'neutral'),
    ('de', 'TicketClockKind', 2, 'RESTORE', 'Funktioniert wieder', 'neutral'),
    ('en', 'TicketClockKind', 3, 'FIX',     'Settled',      'neutral'),
    ('de', 'TicketClockKind', 3, 'FIX',     'Erledigt',     'neutral'),

    ('en', 'TicketClockState', 1, 'RUNNING', 'Running',     'info'),
    ('de', 'TicketClockState', 1, 'RUNNING', 'Läuft',       'info'),
    ('en', 'TicketClockState', 2, 'OVERDUE', 'Overdue',     'bad'),
    ('de', 'TicketClockState', 2, 'OVERDUE', 'Überfällig',  'bad'),
    ('en', 'TicketClockState', 3, 'KEPT',    'In time',     'ok'),
    ('de', 'TicketClockState', 3, 'KEPT',    'Eingehalten', 'ok'),
    ('en', 'TicketClockState', 4, 'MISSED',  'Too late',    'warn'),
    ('de', 'TicketClockState', 4, 'MISSED',  'Zu spät',     'warn'),

    ('en', 'ServiceRequestState', 1, 'DRAFT',                'Draft',               'neutral'),
    ('de', 'ServiceRequestState', 1, 'DRAFT',                'Entwurf',             'neutral'),
    ('en', 'ServiceRequestState', 2, 'PENDING',              'Not yet answered',    'warn'),
    ('de', 'ServiceRequestState', 2, 'PENDING',              'Noch nicht beantwortet', 'warn'),
    ('en', 'ServiceRequestState', 3, 'RESPONDED',            'Answered',            'info'),
    ('de', 'ServiceRequestState', 3, 'RESPONDED',            'Beantwortet',         'info'),
    ('en', 'ServiceRequestState', 4, 'TEMPORARILY_RESOLVED', 'Temporarily resolved', 'info'),
    ('de', 'ServiceRequestState', 4, 'TEMPORARILY_RESOLVED', 'Vorläufig gelöst',    'info'),
    ('en', 'ServiceRequestState', 5, 'FINALLY_RESOLVED',     'Resolved for good',   'ok'),
    ('de', 'ServiceRequestState', 5, 'FINALLY_RESOLVED',     'Endgültig gelöst',    'ok'),
    ('en', 'ServiceRequestState', 6, 'COMPLETED',            'Completed',           'ok'),
    ('de', 'ServiceRequestState', 6, 'COMPLETED',            'Abgeschlossen',       'ok'),
    ('en', 'ServiceRequestState', 7, 'CANCELLED',            'Cancelled',           'neutral'),
    ('de', 'ServiceRequestState', 7, 'CANCELLED',            'Storniert',           'neutral'),

    ('en', 'TicketTurn', 1, 'NEW',                'New',                  'info'),
    ('de', 'TicketTurn', 1, 'NEW',                'Neu',                  'info'),
    ('en', 'TicketTurn', 2, 'OPEN',               'Answered',             'neutral'),
    ('de', 'TicketTurn', 2, 'OPEN',               'Beantwortet',          'neutral'),
    ('en', 'TicketTurn', 3, 'WAITING',            'Customer is waiting',  'warn'),
    ('de', 'TicketTurn', 3, 'WAITING',            'Kunde wartet',         'warn'),
    ('en', 'TicketTurn', 4, 'EXPIRED_UNANSWERED', 'Customer waits too long', 'bad'),
    ('de', 'TicketTurn', 4, 'EXPIRED_UNANSWERED', 'Kunde wartet zu lange', 'bad'),
    ('en', 'TicketTurn', 5, 'EXPIRED_UNREAD',     'Answer not read',      'warn'),
    ('de', 'TicketTurn', 5, 'EXPIRED_UNREAD',     'Antwort ungelesen',    'warn'),

    ('en', 'ArticleKind', 1, 'MESSAGE', 'Message',       'neutral'),
    ('de', 'ArticleKind', 1, 'MESSAGE', 'Nachricht',     'neutral'),
    ('en', 'ArticleKind', 2, 'NOTE',    'Internal note', 'warn'),
    ('de', 'ArticleKind', 2, 'NOTE',    'Interne Notiz', 'warn'),

    ('en', 'ArticleAuthor', 1, 'CUSTOMER', 'Customer',     'neutral'),
    ('de', 'ArticleAuthor', 1, 'CUSTOMER', 'Kunde',        'neutral'),
    ('en', 'ArticleAuthor', 2, 'AGENT',    'Agent',        'neutral'),
    ('de', 'ArticleAuthor', 2, 'AGENT',    'Mitarbeiter',  'neutral'),
    ('en', 'ArticleAuthor', 3, 'SYSTEM',   'Automatic',    'neutral'),
    ('de', 'ArticleAuthor', 3, 'SYSTEM',   'Automatisch',  'neutral');
