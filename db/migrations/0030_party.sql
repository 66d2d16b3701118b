-- Who a customer proved to be, who acts for them, what they belong to, and what they agreed to.

CREATE TABLE identification (
    id          BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id BIGINT       NOT NULL,
    kind        VARCHAR(20)  NOT NULL COMMENT 'TMF632 identificationType',
    number_end  VARCHAR(4)   NOT NULL COMMENT 'the last characters of its number: the rest is not kept',
    issued_by   VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'TMF632 issuingAuthority',
    country     CHAR(2)      NOT NULL COMMENT 'whose authority it is, ISO 3166-1 alpha-2',
    valid_from  DATE         NOT NULL COMMENT 'TMF632 issuingDate',
    valid_until DATE             NULL COMMENT 'last day, NULL: it does not end',
    verified_at DATETIME(6)      NULL COMMENT 'when somebody looked at it, NULL: nobody yet',
    version     INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY identification_id (id),
    CONSTRAINT identification_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT identification_kind_known CHECK (kind IN
        ('IDENTITY_CARD', 'PASSPORT', 'RESIDENCE_PERMIT', 'DRIVING_LICENCE', 'COMMERCIAL_REGISTER')),
    CONSTRAINT identification_number_is_not_kept CHECK (number_end RLIKE '^[0-9A-Z]{1,4}$'),
    CONSTRAINT identification_country_form CHECK (country RLIKE '^[A-Z]{2}$'),
    CONSTRAINT identification_ends_after_start CHECK (valid_until >= valid_from)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A document that says who a customer is (TMF632 Identification)'
  WITH SYSTEM VERSIONING;

CREATE TABLE contact (
    id           BIGINT       NOT NULL AUTO_INCREMENT,
    customer_id  BIGINT       NOT NULL,
    role         VARCHAR(20)  NOT NULL COMMENT 'what the person is to the customer',
    given_name   VARCHAR(100) COLLATE utf8mb4_uca1400_ai_ci NULL COMMENT 'TMF632 Individual.givenName',
    family_name  VARCHAR(100) COLLATE utf8mb4_uca1400_ai_ci NULL COMMENT 'TMF632 Individual.familyName',
    display_name VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'given and family name',
    phone        VARCHAR(16)      NULL COMMENT 'E.164',
    email        VARCHAR(254)     NULL COMMENT 'as written',
    valid_from   DATE         NOT NULL,
    valid_until  DATE             NULL COMMENT 'last day, NULL: until further notice',
    version      INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY contact_id (id),
    CONSTRAINT contact_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT contact_role_known CHECK (role IN
        ('AUTHORISED_PERSON', 'TECHNICAL_CONTACT', 'BILLING_CONTACT', 'GUARDIAN')),
    CONSTRAINT contact_phone_is_e164 CHECK (phone RLIKE '^[+][1-9][0-9]{6,14}$'),
    CONSTRAINT contact_ends_after_start CHECK (valid_until >= valid_from)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'A person who acts for a customer (TMF632 RelatedParty)'
  WITH SYSTEM VERSIONING;

CREATE TABLE privacy_agreement (
    id          BIGINT      NOT NULL AUTO_INCREMENT,
    customer_id BIGINT      NOT NULL,
    purpose     VARCHAR(16) NOT NULL COMMENT 'what the customer was asked to agree to',
    channel     VARCHAR(8)  NOT NULL COMMENT 'by which way, ANY where it makes no difference',
    state       VARCHAR(16) NOT NULL COMMENT 'TMF644',
    source      VARCHAR(16) NOT NULL COMMENT 'where they said so',
    stated_at   DATETIME(6) NOT NULL COMMENT 'when they last said so',
    version     INT         NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, id),
    UNIQUE KEY privacy_agreement_id (id),
    UNIQUE KEY privacy_agreement_once (customer_id, purpose, channel),
    CONSTRAINT privacy_agreement_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT privacy_agreement_purpose_known CHECK (purpose IN ('MARKETING', 'USAGE_ANALYSIS', 'PARTNER_OFFERS')),
    CONSTRAINT privacy_agreement_channel_known CHECK (channel IN ('ANY', 'EMAIL', 'SMS', 'PHONE', 'LETTER')),
    CONSTRAINT privacy_agreement_state_known CHECK (state IN
        ('INITIALIZED', 'IN_PROGRESS', 'REJECTED', 'PENDING_UPDATE', 'VALIDATED')),
    CONSTRAINT privacy_agreement_source_known CHECK (source IN ('CONTRACT', 'AGENT', 'SHOP', 'SELF_CARE'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 10000000001
  COMMENT = 'What a customer agreed to be asked, told or analysed for (TMF644 PartyPrivacyAgreement)'
  WITH SYSTEM VERSIONING;

-- Versions of before were no part of anybody, and nobody had looked at who they were.
SET SESSION system_versioning_alter_history = 'KEEP';

ALTER TABLE customer
    ADD COLUMN parent_id BIGINT NULL COMMENT 'the customer this one is a part of'
        AFTER partner_id,
    ADD COLUMN unit_kind VARCHAR(16) NULL COMMENT 'what kind of part of it'
        AFTER parent_id,
    ADD COLUMN identity_verified BOOLEAN NOT NULL DEFAULT FALSE
        COMMENT 'somebody looked at an identification; kept with them, in one transaction'
        AFTER unit_kind,
    ADD COLUMN identity_valid_until DATE NULL
        COMMENT 'last day of the one that was looked at and is valid the longest, NULL: there is no end'
        AFTER identity_verified,
    ADD KEY customer_by_parent (parent_id, sort_name, id),
    ADD CONSTRAINT customer_parent FOREIGN KEY (parent_id) REFERENCES customer (id),
    ADD CONSTRAINT customer_unit_kind_known CHECK (unit_kind IN ('SUBSIDIARY', 'BRANCH', 'DEPARTMENT')),
    ADD CONSTRAINT customer_unit_is_a_part CHECK ((unit_kind IS NULL) = (parent_id IS NULL)),
    ADD CONSTRAINT customer_end_of_what_was_verified CHECK (identity_verified OR identity_valid_until IS NULL),
    DROP CONSTRAINT customer_status_known,
    ADD CONSTRAINT customer_status_known
        CHECK (status IN ('PROSPECT', 'INITIALIZED', 'ACTIVE', 'SUSPENDED', 'CLOSED'));

ALTER TABLE contact_medium
    ADD COLUMN valid_from DATE NULL COMMENT 'TMF629 validFor, NULL: since nobody knows when'
        AFTER verified_at,
    ADD COLUMN valid_until DATE NULL COMMENT 'last day, NULL: until further notice'
        AFTER valid_from,
    ADD CONSTRAINT contact_medium_end_has_a_start CHECK (valid_until IS NULL OR valid_from IS NOT NULL),
    ADD CONSTRAINT contact_medium_ends_after_start CHECK (valid_until >= valid_from);

SET SESSION system_versioning_alter_history = 'ERROR';

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'CustomerStatus', 5, 'PROSPECT', 'Prospect',   'info'),
    ('de', 'CustomerStatus', 5, 'PROSPECT', 'Interessent', 'info'),

    ('en', 'CustomerUnitKind', 1, 'SUBSIDIARY', 'Subsidiary',           'neutral'),
    ('de', 'CustomerUnitKind', 1, 'SUBSIDIARY', 'Tochtergesellschaft',  'neutral'),
    ('en', 'CustomerUnitKind', 2, 'BRANCH',     'Branch',               'neutral'),
    ('de', 'CustomerUnitKind', 2, 'BRANCH',     'Niederlassung',        'neutral'),
    ('en', 'CustomerUnitKind', 3, 'DEPARTMENT', 'Department',           'neutral'),
    ('de', 'CustomerUnitKind', 3, 'DEPARTMENT', 'Abteilung',            'neutral'),

    ('en', 'VerificationState', 1, 'UNVERIFIED', 'Identity not verified', 'warn'),
    ('de', 'VerificationState', 1, 'UNVERIFIED', 'Identität nicht geprüft', 'warn'),
    ('en', 'VerificationState', 2, 'VERIFIED',   'Identity verified',     'ok'),
    ('de', 'VerificationState', 2, 'VERIFIED',   'Identität geprüft',     'ok'),
    ('en', 'VerificationState', 3, 'EXPIRED',    'Identification expired', 'warn'),
    ('de', 'VerificationState', 3, 'EXPIRED',    'Ausweis abgelaufen',    'warn'),

    ('en', 'IdentificationKind', 1, 'IDENTITY_CARD',       'Identity card',       'neutral'),
    ('de', 'IdentificationKind', 1, 'IDENTITY_CARD',       'Personalausweis',     'neutral'),
    ('en', 'IdentificationKind', 2, 'PASSPORT',            'Passport',            'neutral'),
    ('de', 'IdentificationKind', 2, 'PASSPORT',            'Reisepass',           'neutral'),
    ('en', 'IdentificationKind', 3, 'RESIDENCE_PERMIT',    'Residence permit',    'neutral'),
    ('de', 'IdentificationKind', 3, 'RESIDENCE_PERMIT',    'Aufenthaltstitel',    'neutral'),
    ('en', 'IdentificationKind', 4, 'DRIVING_LICENCE',     'Driving licence',     'neutral'),
    ('de', 'IdentificationKind', 4, 'DRIVING_LICENCE',     'Führerschein',        'neutral'),
    ('en', 'IdentificationKind', 5, 'COMMERCIAL_REGISTER', 'Commercial register', 'neutral'),
    ('de', 'IdentificationKind', 5, 'COMMERCIAL_REGISTER', 'Handelsregister',     'neutral'),

    ('en', 'ContactRole', 1, 'AUTHORISED_PERSON', 'Authorised person', 'neutral'),
    ('de', 'ContactRole', 1, 'AUTHORISED_PERSON', 'Bevollmächtigt',    'neutral'),
    ('en', 'ContactRole', 2, 'TECHNICAL_CONTACT', 'Technical contact', 'neutral'),
    ('de', 'ContactRole', 2, 'TECHNICAL_CONTACT', 'Technik',           'neutral'),
    ('en', 'ContactRole', 3, 'BILLING_CONTACT',   'Billing contact',   'neutral'),
    ('de', 'ContactRole', 3, 'BILLING_CONTACT',   'Buchhaltung',       'neutral'),
    ('en', 'ContactRole', 4, 'GUARDIAN',          'Guardian',          'info'),
    ('de', 'ContactRole', 4, 'GUARDIAN',          'Gesetzliche Vertretung', 'info'),

    ('en', 'PrivacyPurpose', 1, 'MARKETING',      'Advertising',            'neutral'),
    ('de', 'PrivacyPurpose', 1, 'MARKETING',      'Werbung',                'neutral'),
    ('en', 'PrivacyPurpose', 2, 'USAGE_ANALYSIS', 'Analysis of usage',      'neutral'),
    ('de', 'PrivacyPurpose', 2, 'USAGE_ANALYSIS', 'Auswertung der Nutzung', 'neutral'),
    ('en', 'PrivacyPurpose', 3, 'PARTNER_OFFERS', 'Offers of partners',     'neutral'),
    ('de', 'PrivacyPurpose', 3, 'PARTNER_OFFERS', 'Angebote von Partnern',  'neutral'),

    ('en', 'PrivacyChannel', 1, 'ANY',    'in any way',   'neutral'),
    ('de', 'PrivacyChannel', 1, 'ANY',    'auf jedem Weg', 'neutral'),
    ('en', 'PrivacyChannel', 2, 'EMAIL',  'by e-mail',    'neutral'),
    ('de', 'PrivacyChannel', 2, 'EMAIL',  'per E-Mail',   'neutral'),
    ('en', 'PrivacyChannel', 3, 'SMS',    'by SMS',       'neutral'),
    ('de', 'PrivacyChannel', 3, 'SMS',    'per SMS',      'neutral'),
    ('en', 'PrivacyChannel', 4, 'PHONE',  'by telephone', 'neutral'),
    ('de', 'PrivacyChannel', 4, 'PHONE',  'am Telefon',   'neutral'),
    ('en', 'PrivacyChannel', 5, 'LETTER', 'by letter',    'neutral'),
    ('de', 'PrivacyChannel', 5, 'LETTER', 'per Brief',    'neutral'),

    ('en', 'PrivacyAgreementState', 1, 'INITIALIZED',    'Not asked yet',   'neutral'),
    ('de', 'PrivacyAgreementState', 1, 'INITIALIZED',    'Noch nicht gefragt', 'neutral'),
    ('en', 'PrivacyAgreementState', 2, 'IN_PROGRESS',    'To be confirmed', 'info'),
    ('de', 'PrivacyAgreementState', 2, 'IN_PROGRESS',    'Zu bestätigen',   'info'),
    ('en', 'PrivacyAgreementState', 3, 'REJECTED',       'Refused',         'bad'),
    ('de', 'PrivacyAgreementState', 3, 'REJECTED',       'Abgelehnt',       'bad'),
    ('en', 'PrivacyAgreementState', 4, 'PENDING_UPDATE', 'Ask again',       'warn'),
    ('de', 'PrivacyAgreementState', 4, 'PENDING_UPDATE', 'Neu fragen',      'warn'),
    ('en', 'PrivacyAgreementState', 5, 'VALIDATED',      'Agreed',          'ok'),
    ('de', 'PrivacyAgreementState', 5, 'VALIDATED',      'Zugestimmt',      'ok'),

    ('en', 'PrivacySource', 1, 'CONTRACT',  'in the contract', 'neutral'),
    ('de', 'PrivacySource', 1, 'CONTRACT',  'im Vertrag',      'neutral'),
    ('en', 'PrivacySource', 2, 'AGENT',     'to an agent',     'neutral'),
    ('de', 'PrivacySource', 2, 'AGENT',     'gegenüber dem Service', 'neutral'),
    ('en', 'PrivacySource', 3, 'SHOP',      'in a shop',       'neutral'),
    ('de', 'PrivacySource', 3, 'SHOP',      'im Laden',        'neutral'),
    ('en', 'PrivacySource', 4, 'SELF_CARE', 'in self-care',    'neutral'),
    ('de', 'PrivacySource', 4, 'SELF_CARE', 'im Kundenportal', 'neutral');
