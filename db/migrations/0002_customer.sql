-- Who buys from the operator, how to reach them, and by which words they are found.
-- Ids below the start of AUTO_INCREMENT belong to generated data, whose ids are computed.

CREATE TABLE customer (
    id                   BIGINT       NOT NULL AUTO_INCREMENT,
    number               VARCHAR(16)  NOT NULL COMMENT 'read aloud, the last digit is a check digit',
    kind                 VARCHAR(16)  NOT NULL COMMENT 'RESIDENTIAL, BUSINESS, CALL_SHOP',
    status               VARCHAR(16)  NOT NULL COMMENT 'TMF629: INITIALIZED, ACTIVE, SUSPENDED, CLOSED',
    given_name           VARCHAR(100) COLLATE utf8mb4_uca1400_ai_ci NULL COMMENT 'TMF632 Individual.givenName',
    family_name          VARCHAR(100) COLLATE utf8mb4_uca1400_ai_ci NULL COMMENT 'TMF632 Individual.familyName',
    organization_name    VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NULL COMMENT 'TMF632 Organization.name',
    display_name         VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'given and family name, or the organisation',
    sort_name            VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'family name first, or the organisation',
    birth_date           DATE             NULL,
    language             VARCHAR(35)  NOT NULL COMMENT 'BCP 47',
    segment              VARCHAR(32)  NOT NULL DEFAULT 'STANDARD',
    customer_since       DATE         NOT NULL,
    partner_id           BIGINT           NULL COMMENT 'who looks after them, NULL is the operator itself',
    open_order_count     INT          NOT NULL DEFAULT 0 COMMENT 'kept with the orders, in one transaction',
    active_product_count INT          NOT NULL DEFAULT 0 COMMENT 'kept with the products, in one transaction',
    version              INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    UNIQUE KEY customer_number (number),
    KEY customer_by_name (sort_name, id),
    KEY customer_by_birth_date (birth_date),
    CONSTRAINT customer_partner FOREIGN KEY (partner_id) REFERENCES partner (id),
    CONSTRAINT customer_kind_known CHECK (kind IN ('RESIDENTIAL', 'BUSINESS', 'CALL_SHOP')),
    CONSTRAINT customer_status_known CHECK (status IN ('INITIALIZED', 'ACTIVE', 'SUSPENDED', 'CLOSED')),
    CONSTRAINT customer_person_or_organization
        CHECK (organization_name IS NULL OR (given_name IS NULL AND family_name IS NULL AND birth_date IS NULL)),
    CONSTRAINT customer_counts CHECK (open_order_count >= 0 AND active_product_count >= 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 100000001
  COMMENT = 'A person or an organisation that buys from the operator (TMF629 Customer)'
  WITH SYSTEM VERSIONING;

CREATE TABLE customer_external_id (
    customer_id BIGINT       NOT NULL,
    system      VARCHAR(32)  NOT NULL COMMENT 'where the other name comes from, for example telco',
    value       VARCHAR(100) NOT NULL,
    PRIMARY KEY (system, value),
    CONSTRAINT customer_external_id_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'What other systems call a customer (TMF ExternalIdentifier)'
  WITH SYSTEM VERSIONING;

CREATE TABLE customer_search_term (
    term        VARCHAR(100) NOT NULL COMMENT 'lower case without accents, numbers as digits only',
    customer_id BIGINT       NOT NULL,
    kind        VARCHAR(10)  NOT NULL COMMENT 'what the term is',
    PRIMARY KEY (term, customer_id, kind),
    CONSTRAINT customer_search_term_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT customer_search_term_kind_known
        CHECK (kind IN ('NAME', 'PHONE', 'EMAIL', 'CUSTOMER', 'ACCOUNT', 'ORDER', 'SERVICE', 'EXTERNAL'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The beginnings by which a customer is found, derived from the other tables';

CREATE TABLE contact_medium (
    id          BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id BIGINT       NOT NULL,
    kind        VARCHAR(8)   NOT NULL COMMENT 'MOBILE, PHONE, EMAIL',
    value       VARCHAR(254) NOT NULL COMMENT 'E.164, or the e-mail address as written',
    preferred   BOOLEAN      NOT NULL DEFAULT FALSE,
    verified_at DATETIME(6)      NULL,
    version     INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY contact_medium_id (id),
    KEY contact_medium_in_order (customer_id, preferred DESC, id),
    CONSTRAINT contact_medium_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT contact_medium_kind_known CHECK (kind IN ('MOBILE', 'PHONE', 'EMAIL')),
    CONSTRAINT contact_medium_telephone_is_e164
        CHECK (kind = 'EMAIL' OR value RLIKE '^[+][1-9][0-9]{6,14}$')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A way to reach a customer (TMF629 ContactMedium)'
  WITH SYSTEM VERSIONING;

CREATE TABLE geographic_address (
    id          BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id BIGINT       NOT NULL,
    role        VARCHAR(8)   NOT NULL COMMENT 'CONTACT, BILLING, SERVICE',
    street      VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'street and house number',
    postcode    VARCHAR(16)  NOT NULL,
    city        VARCHAR(100) COLLATE utf8mb4_uca1400_ai_ci NOT NULL,
    country     CHAR(2)      NOT NULL COMMENT 'ISO 3166-1 alpha-2',
    version     INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY geographic_address_id (id),
    CONSTRAINT geographic_address_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT geographic_address_role_known CHECK (role IN ('CONTACT', 'BILLING', 'SERVICE')),
    CONSTRAINT geographic_address_country_form CHECK (country RLIKE '^[A-Z]{2}$')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A postal address of a customer (TMF673 GeographicAddress)'
  WITH SYSTEM VERSIONING;
