-- When a customer and the operator were in touch, who it was, why, and what came of it.

CREATE TABLE party_interaction (
    id                BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id       BIGINT       NOT NULL,
    started_at        DATETIME(6)  NOT NULL COMMENT 'TMF683 interactionDate.startDateTime',
    channel           VARCHAR(8)   NOT NULL COMMENT 'TMF683 channel: PHONE, EMAIL, CHAT, SHOP, PORTAL',
    direction         VARCHAR(8)   NOT NULL COMMENT 'TMF683: INBOUND from the customer, OUTBOUND to them',
    reason            VARCHAR(16)  NOT NULL COMMENT 'TMF683 reason',
    result            VARCHAR(12)  NOT NULL COMMENT 'what came of it',
    user_account_id   BIGINT           NULL COMMENT 'who of us it was, NULL: a program, or somebody without an account',
    agent_name        VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NULL COMMENT 'their name at that time, NULL: a program',
    note              VARCHAR(500) COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'what they wrote about it, for those who come after',
    trouble_ticket_id BIGINT           NULL COMMENT 'the ticket it was about',
    product_order_id  BIGINT           NULL COMMENT 'the order it was about',
    related_kind      VARCHAR(16)  AS (CASE WHEN trouble_ticket_id IS NOT NULL THEN 'TROUBLE_TICKET'
                                            WHEN product_order_id IS NOT NULL THEN 'PRODUCT_ORDER' END) VIRTUAL
                                   COMMENT 'TMF683 relatedEntity.@referredType, derived so that it cannot lie',
    related_id        BIGINT       AS (COALESCE(trouble_ticket_id, product_order_id)) VIRTUAL COMMENT 'TMF683 relatedEntity.id',
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY party_interaction_id (id),
    KEY party_interaction_in_order (customer_id, started_at, id),
    KEY party_interaction_of_user (user_account_id, started_at, id),
    CONSTRAINT party_interaction_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT party_interaction_user FOREIGN KEY (user_account_id) REFERENCES user_account (id),
    CONSTRAINT party_interaction_ticket
        FOREIGN KEY (customer_id, trouble_ticket_id) REFERENCES trouble_ticket (customer_id, id),
    CONSTRAINT party_interaction_order
        FOREIGN KEY (customer_id, product_order_id) REFERENCES product_order (customer_id, id),
    CONSTRAINT party_interaction_about_one_thing CHECK (trouble_ticket_id IS NULL OR product_order_id IS NULL),
    CONSTRAINT party_interaction_users_have_names CHECK (user_account_id IS NULL OR agent_name IS NOT NULL),
    CONSTRAINT party_interaction_channel_known CHECK (channel IN ('PHONE', 'EMAIL', 'CHAT', 'SHOP', 'PORTAL')),
    CONSTRAINT party_interaction_direction_known CHECK (direction IN ('INBOUND', 'OUTBOUND')),
    CONSTRAINT party_interaction_reason_known CHECK (reason IN
        ('BILLING', 'FAULT', 'ORDER', 'PRODUCT', 'SIM', 'CUSTOMER_DATA', 'COMPLAINT')),
    CONSTRAINT party_interaction_result_known CHECK (result IN ('SOLVED', 'PASSED_ON', 'CALL_BACK', 'NOT_REACHED'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A time a customer and the operator were in touch (TMF683 PartyInteraction); only ever added to';

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'InteractionChannel', 1, 'PHONE',  'Telephone',     'neutral'),
    ('de', 'InteractionChannel', 1, 'PHONE',  'Telefon',       'neutral'),
    ('en', 'InteractionChannel', 2, 'EMAIL',  'E-mail',        'neutral'),
    ('de', 'InteractionChannel', 2, 'EMAIL',  'E-Mail',        'neutral'),
    ('en', 'InteractionChannel', 3, 'CHAT',   'Chat',          'neutral'),
    ('de', 'InteractionChannel', 3, 'CHAT',   'Chat',          'neutral'),
    ('en', 'InteractionChannel', 4, 'SHOP',   'In a shop',     'neutral'),
    ('de', 'InteractionChannel', 4, 'SHOP',   'Im Laden',      'neutral'),
    ('en', 'InteractionChannel', 5, 'PORTAL', 'In self-care',  'neutral'),
    ('de', 'InteractionChannel', 5, 'PORTAL', 'Im Kundenportal', 'neutral'),

    ('en', 'InteractionDirection', 1, 'INBOUND',  'By the customer',  'neutral'),
    ('de', 'InteractionDirection', 1, 'INBOUND',  'Von der Kundschaft', 'neutral'),
    ('en', 'InteractionDirection', 2, 'OUTBOUND', 'By us',            'neutral'),
    ('de', 'InteractionDirection', 2, 'OUTBOUND', 'Von uns',          'neutral'),

    ('en', 'InteractionReason', 1, 'BILLING',       'Bill or account',   'neutral'),
    ('de', 'InteractionReason', 1, 'BILLING',       'Rechnung oder Konto', 'neutral'),
    ('en', 'InteractionReason', 2, 'FAULT',         'Fault',             'neutral'),
    ('de', 'InteractionReason', 2, 'FAULT',         'Störung',           'neutral'),
    ('en', 'InteractionReason', 3, 'ORDER',         'Order or delivery', 'neutral'),
    ('de', 'InteractionReason', 3, 'ORDER',         'Bestellung oder Lieferung', 'neutral'),
    ('en', 'InteractionReason', 4, 'PRODUCT',       'Products and prices', 'neutral'),
    ('de', 'InteractionReason', 4, 'PRODUCT',       'Produkte und Preise', 'neutral'),
    ('en', 'InteractionReason', 5, 'SIM',           'SIM or profile',    'neutral'),
    ('de', 'InteractionReason', 5, 'SIM',           'SIM oder Profil',   'neutral'),
    ('en', 'InteractionReason', 6, 'CUSTOMER_DATA', 'Customer data',     'neutral'),
    ('de', 'InteractionReason', 6, 'CUSTOMER_DATA', 'Kundendaten',       'neutral'),
    ('en', 'InteractionReason', 7, 'COMPLAINT',     'Complaint',         'warn'),
    ('de', 'InteractionReason', 7, 'COMPLAINT',     'Beschwerde',        'warn'),

    ('en', 'InteractionResult', 1, 'SOLVED',      'Solved',      'ok'),
    ('de', 'InteractionResult', 1, 'SOLVED',      'Gelöst',      'ok'),
    ('en', 'InteractionResult', 2, 'PASSED_ON',   'Passed on',   'info'),
    ('de', 'InteractionResult', 2, 'PASSED_ON',   'Weitergegeben', 'info'),
    ('en', 'InteractionResult', 3, 'CALL_BACK',   'To be called back', 'warn'),
    ('de', 'InteractionResult', 3, 'CALL_BACK',   'Rückruf zugesagt',  'warn'),
    ('en', 'InteractionResult', 4, 'NOT_REACHED', 'Not reached', 'neutral'),
    ('de', 'InteractionResult', 4, 'NOT_REACHED', 'Nicht erreicht', 'neutral');
