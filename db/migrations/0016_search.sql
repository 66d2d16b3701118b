-- Finding customers by what is within a term, and what agents are offered to look for.

-- Terms of a partner's customers lie apart from the operator's own: page DIV 4294967296 is the partner, 0 the operator.
ALTER TABLE customer_search_term ADD COLUMN page BIGINT NOT NULL DEFAULT 0 COMMENT 'of customer_search_page';
UPDATE customer_search_term AS s JOIN customer AS c ON c.id = s.customer_id
SET s.page = COALESCE(c.partner_id * 4294967296 + c.id DIV 1024, c.id DIV 64);
ALTER TABLE customer_search_term ADD KEY customer_search_term_page (page, kind);

CREATE TABLE customer_search_page (
    page       BIGINT      NOT NULL COMMENT 'some customers of one partner, or of the operator itself',
    kind       VARCHAR(10) NOT NULL COMMENT 'as in customer_search_term',
    partner_id BIGINT          NULL COMMENT 'whose customers they are, NULL is the operator itself',
    terms      MEDIUMBLOB  NOT NULL COMMENT 'all their terms of that kind, each between two ends of line',
    PRIMARY KEY (kind, page),
    KEY customer_search_page_partner (partner_id, kind),
    CONSTRAINT customer_search_page_of_partner FOREIGN KEY (partner_id) REFERENCES partner (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The terms of some customers at a time, for what is within a term; derived from customer_search_term';

INSERT INTO customer_search_page (page, kind, partner_id, terms)
SELECT page, kind, NULLIF(page DIV 4294967296, 0),
       CONCAT('\n', GROUP_CONCAT(term ORDER BY customer_id, term SEPARATOR '\n'), '\n')
FROM customer_search_term
WHERE kind NOT IN ('PHONE', 'SERVICE') OR term NOT LIKE '0%'
GROUP BY page, kind;

ALTER TABLE geographic_address
    ADD KEY geographic_address_by_street (street), ADD KEY geographic_address_by_postcode (postcode),
    ADD KEY geographic_address_by_city (city);
ALTER TABLE billing_account
    ADD KEY billing_account_by_payment_status (payment_status), ADD KEY billing_account_by_balance (balance_minor);
ALTER TABLE product ADD KEY product_by_status (status);

CREATE TABLE search_definition (
    name      VARCHAR(40) NOT NULL,
    hit_limit INT             NULL COMMENT 'customers one search finds at most, NULL: all, page by page',
    PRIMARY KEY (name),
    CONSTRAINT search_definition_hit_limit CHECK (hit_limit BETWEEN 1 AND 10000)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'What agents can look for customers by'
  WITH SYSTEM VERSIONING;

CREATE TABLE search_field (
    definition VARCHAR(40) NOT NULL,
    position   INT         NOT NULL COMMENT 'order among the fields',
    section    VARCHAR(16) NOT NULL COMMENT 'CONTACT, ADDRESS, RECEIVABLES, SUBSCRIPTION, IDENTIFIERS',
    criterion  VARCHAR(20) NOT NULL COMMENT 'the member of the section in the GraphQL schema',
    operators  VARCHAR(10) NOT NULL COMMENT 'the one to begin with first; empty: chosen or equal',
    enabled    BOOLEAN     NOT NULL DEFAULT TRUE,
    is_default BOOLEAN     NOT NULL DEFAULT FALSE,
    PRIMARY KEY (definition, position),
    UNIQUE KEY search_field_once (definition, section, criterion),
    CONSTRAINT search_field_definition FOREIGN KEY (definition) REFERENCES search_definition (name),
    CONSTRAINT search_field_section_known
        CHECK (section IN ('CONTACT', 'ADDRESS', 'RECEIVABLES', 'SUBSCRIPTION', 'IDENTIFIERS')),
    CONSTRAINT search_field_operators_known CHECK (operators IN ('', 'EQUAL', 'LIKE', 'EQUAL,LIKE', 'LIKE,EQUAL'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'One thing customers can be looked for by'
  WITH SYSTEM VERSIONING;

INSERT INTO search_definition (name, hit_limit) VALUES ('standard', 1000);

INSERT INTO search_field (definition, position, section, criterion, operators, is_default) VALUES
    ('standard', 1,  'CONTACT',      'NAME',             'LIKE,EQUAL', TRUE),
    ('standard', 2,  'CONTACT',      'PHONE',            'LIKE,EQUAL', FALSE),
    ('standard', 3,  'CONTACT',      'EMAIL',            'LIKE,EQUAL', FALSE),
    ('standard', 4,  'CONTACT',      'BIRTH_DATE',       '',           FALSE),
    ('standard', 5,  'ADDRESS',      'ROLE',             '',           FALSE),
    ('standard', 6,  'ADDRESS',      'STREET',           'LIKE,EQUAL', FALSE),
    ('standard', 7,  'ADDRESS',      'POSTCODE',         'EQUAL,LIKE', FALSE),
    ('standard', 8,  'ADDRESS',      'CITY',             'LIKE,EQUAL', FALSE),
    ('standard', 9,  'RECEIVABLES',  'ACCOUNT_NUMBER',   'EQUAL,LIKE', FALSE),
    ('standard', 10, 'RECEIVABLES',  'BALANCE_AT_LEAST', '',           FALSE),
    ('standard', 11, 'RECEIVABLES',  'BALANCE_AT_MOST',  '',           FALSE),
    ('standard', 12, 'RECEIVABLES',  'PAYMENT_STATUS',   '',           FALSE),
    ('standard', 13, 'RECEIVABLES',  'RATING_TYPE',      '',           FALSE),
    ('standard', 14, 'SUBSCRIPTION', 'IDENTIFIER',       'LIKE,EQUAL', FALSE),
    ('standard', 15, 'SUBSCRIPTION', 'STATUS',           '',           FALSE),
    ('standard', 16, 'SUBSCRIPTION', 'OFFERING',         '',           FALSE),
    ('standard', 17, 'IDENTIFIERS',  'CUSTOMER_NUMBER',  'EQUAL,LIKE', FALSE),
    ('standard', 18, 'IDENTIFIERS',  'ORDER_NUMBER',     'EQUAL,LIKE', FALSE),
    ('standard', 19, 'IDENTIFIERS',  'TICKET_NUMBER',    'EQUAL,LIKE', FALSE),
    ('standard', 20, 'IDENTIFIERS',  'EXTERNAL_ID',      'EQUAL,LIKE', FALSE);

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'SearchOperator', 1, 'EQUAL', 'is',   'neutral'),
    ('de', 'SearchOperator', 1, 'EQUAL', 'ist',  'neutral'),
    ('en', 'SearchOperator', 2, 'LIKE',  'like', 'neutral'),
    ('de', 'SearchOperator', 2, 'LIKE',  'wie',  'neutral'),

    ('en', 'SearchSection', 1, 'CONTACT',      'Contact',           'neutral'),
    ('de', 'SearchSection', 1, 'CONTACT',      'Kontakt',           'neutral'),
    ('en', 'SearchSection', 2, 'ADDRESS',      'Address',           'neutral'),
    ('de', 'SearchSection', 2, 'ADDRESS',      'Anschrift',         'neutral'),
    ('en', 'SearchSection', 3, 'RECEIVABLES',  'Accounts receivable', 'neutral'),
    ('de', 'SearchSection', 3, 'RECEIVABLES',  'Forderungen',       'neutral'),
    ('en', 'SearchSection', 4, 'SUBSCRIPTION', 'Subscription',      'neutral'),
    ('de', 'SearchSection', 4, 'SUBSCRIPTION', 'Vertrag',           'neutral'),
    ('en', 'SearchSection', 5, 'IDENTIFIERS',  'Numbers',           'neutral'),
    ('de', 'SearchSection', 5, 'IDENTIFIERS',  'Nummern',           'neutral'),

    ('en', 'SearchCriterion', 1,  'NAME',             'Name',            'neutral'),
    ('de', 'SearchCriterion', 1,  'NAME',             'Name',            'neutral'),
    ('en', 'SearchCriterion', 2,  'PHONE',            'Telephone',       'neutral'),
    ('de', 'SearchCriterion', 2,  'PHONE',            'Telefon',         'neutral'),
    ('en', 'SearchCriterion', 3,  'EMAIL',            'E-mail',          'neutral'),
    ('de', 'SearchCriterion', 3,  'EMAIL',            'E-Mail',          'neutral'),
    ('en', 'SearchCriterion', 4,  'BIRTH_DATE',       'Date of birth',   'neutral'),
    ('de', 'SearchCriterion', 4,  'BIRTH_DATE',       'Geburtsdatum',    'neutral'),
    ('en', 'SearchCriterion', 5,  'ROLE',             'Which address',   'neutral'),
    ('de', 'SearchCriterion', 5,  'ROLE',             'Welche Anschrift', 'neutral'),
    ('en', 'SearchCriterion', 6,  'STREET',           'Street',          'neutral'),
    ('de', 'SearchCriterion', 6,  'STREET',           'Straße',          'neutral'),
    ('en', 'SearchCriterion', 7,  'POSTCODE',         'Postcode',        'neutral'),
    ('de', 'SearchCriterion', 7,  'POSTCODE',         'Postleitzahl',    'neutral'),
    ('en', 'SearchCriterion', 8,  'CITY',             'City',            'neutral'),
    ('de', 'SearchCriterion', 8,  'CITY',             'Ort',             'neutral'),
    ('en', 'SearchCriterion', 9,  'ACCOUNT_NUMBER',   'Account number',  'neutral'),
    ('de', 'SearchCriterion', 9,  'ACCOUNT_NUMBER',   'Kontonummer',     'neutral'),
    ('en', 'SearchCriterion', 10, 'BALANCE_AT_LEAST', 'Owes at least',   'neutral'),
    ('de', 'SearchCriterion', 10, 'BALANCE_AT_LEAST', 'Schuldet mindestens', 'neutral'),
    ('en', 'SearchCriterion', 11, 'BALANCE_AT_MOST',  'Owes at most',    'neutral'),
    ('de', 'SearchCriterion', 11, 'BALANCE_AT_MOST',  'Schuldet höchstens', 'neutral'),
    ('en', 'SearchCriterion', 12, 'PAYMENT_STATUS',   'Payment',         'neutral'),
    ('de', 'SearchCriterion', 12, 'PAYMENT_STATUS',   'Zahlung',         'neutral'),
    ('en', 'SearchCriterion', 13, 'RATING_TYPE',      'Paid by',         'neutral'),
    ('de', 'SearchCriterion', 13, 'RATING_TYPE',      'Bezahlt mit',     'neutral'),
    ('en', 'SearchCriterion', 14, 'IDENTIFIER',       'Line or device',  'neutral'),
    ('de', 'SearchCriterion', 14, 'IDENTIFIER',       'Anschluss oder Gerät', 'neutral'),
    ('en', 'SearchCriterion', 15, 'STATUS',           'Status',          'neutral'),
    ('de', 'SearchCriterion', 15, 'STATUS',           'Status',          'neutral'),
    ('en', 'SearchCriterion', 16, 'OFFERING',         'Product code',    'neutral'),
    ('de', 'SearchCriterion', 16, 'OFFERING',         'Produktcode',     'neutral'),
    ('en', 'SearchCriterion', 17, 'CUSTOMER_NUMBER',  'Customer number', 'neutral'),
    ('de', 'SearchCriterion', 17, 'CUSTOMER_NUMBER',  'Kundennummer',    'neutral'),
    ('en', 'SearchCriterion', 18, 'ORDER_NUMBER',     'Order number',    'neutral'),
    ('de', 'SearchCriterion', 18, 'ORDER_NUMBER',     'Auftragsnummer',  'neutral'),
    ('en', 'SearchCriterion', 19, 'TICKET_NUMBER',    'Ticket number',   'neutral'),
    ('de', 'SearchCriterion', 19, 'TICKET_NUMBER',    'Ticketnummer',    'neutral'),
    ('en', 'SearchCriterion', 20, 'EXTERNAL_ID',      'Other system',    'neutral'),
    ('de', 'SearchCriterion', 20, 'EXTERNAL_ID',      'Anderes System',  'neutral');
