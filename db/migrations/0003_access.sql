-- Who may sign in, what they may do, and which of their sessions live.
-- A right is one bit: a tab and a level. Roles bundle rights, users and clients hold roles.

CREATE TABLE right_definition (
    bit   TINYINT      NOT NULL COMMENT 'position in the mask of a viewer, never given to another right',
    tab   VARCHAR(40)  NOT NULL,
    level VARCHAR(5)   NOT NULL COMMENT 'READ, WRITE',
    label VARCHAR(200) NOT NULL COMMENT 'what an administrator reads, in English',
    PRIMARY KEY (bit),
    UNIQUE KEY right_definition_tab_level (tab, level),
    CONSTRAINT right_definition_bit_in_mask CHECK (bit BETWEEN 0 AND 62),
    CONSTRAINT right_definition_level_known CHECK (level IN ('READ', 'WRITE'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'What a viewer can be allowed (TMF672 Permission)'
  WITH SYSTEM VERSIONING;

CREATE TABLE role (
    id    BIGINT       NOT NULL AUTO_INCREMENT,
    name  VARCHAR(40)  NOT NULL,
    label VARCHAR(200) NOT NULL COMMENT 'what an administrator reads, in English',
    PRIMARY KEY (id),
    UNIQUE KEY role_name (name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'A bundle of rights (TMF672 UserRole)'
  WITH SYSTEM VERSIONING;

CREATE TABLE role_right (
    role_id BIGINT  NOT NULL,
    bit     TINYINT NOT NULL,
    PRIMARY KEY (role_id, bit),
    CONSTRAINT role_right_role FOREIGN KEY (role_id) REFERENCES role (id),
    CONSTRAINT role_right_right FOREIGN KEY (bit) REFERENCES right_definition (bit)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The rights of a role'
  WITH SYSTEM VERSIONING;

CREATE TABLE user_account (
    id              BIGINT       NOT NULL AUTO_INCREMENT,
    login           VARCHAR(100) NOT NULL COMMENT 'lower case',
    password_hash   VARCHAR(128)     NULL COMMENT 'argon2id as libsodium writes it, NULL: no sign-in by password',
    display_name    VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL,
    kind            VARCHAR(8)   NOT NULL COMMENT 'whom the user works for: OPERATOR, PARTNER, CUSTOMER',
    partner_id      BIGINT           NULL COMMENT 'a PARTNER user sees this partner and those below',
    customer_id     BIGINT           NULL COMMENT 'a CUSTOMER user sees this customer only',
    language        VARCHAR(35)  NOT NULL DEFAULT 'en' COMMENT 'BCP 47',
    state           VARCHAR(8)   NOT NULL DEFAULT 'ACTIVE' COMMENT 'ACTIVE, DISABLED',
    failed_attempts INT          NOT NULL DEFAULT 0 WITHOUT SYSTEM VERSIONING COMMENT 'since the last success',
    locked_until    DATETIME(6)      NULL WITHOUT SYSTEM VERSIONING COMMENT 'no attempt counts before',
    rights_version  BIGINT       NOT NULL DEFAULT 1 COMMENT 'moves when rights, state or password change: older tokens end',
    version         INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    UNIQUE KEY user_account_login (login),
    KEY user_account_of_partner (id, partner_id),
    CONSTRAINT user_account_partner FOREIGN KEY (partner_id) REFERENCES partner (id),
    CONSTRAINT user_account_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT user_account_login_lower_case CHECK (login = LOWER(login) AND login <> ''),
    CONSTRAINT user_account_state_known CHECK (state IN ('ACTIVE', 'DISABLED')),
    CONSTRAINT user_account_kind_and_scope CHECK (
        (kind = 'OPERATOR' AND partner_id IS NULL AND customer_id IS NULL)
        OR (kind = 'PARTNER' AND partner_id IS NOT NULL AND customer_id IS NULL)
        OR (kind = 'CUSTOMER' AND partner_id IS NULL AND customer_id IS NOT NULL))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'Somebody, or a client program, that may sign in (TMF720 DigitalIdentity)'
  WITH SYSTEM VERSIONING;

CREATE TABLE user_role (
    user_account_id BIGINT NOT NULL,
    role_id         BIGINT NOT NULL,
    PRIMARY KEY (user_account_id, role_id),
    CONSTRAINT user_role_user FOREIGN KEY (user_account_id) REFERENCES user_account (id),
    CONSTRAINT user_role_role FOREIGN KEY (role_id) REFERENCES role (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The roles of a user'
  WITH SYSTEM VERSIONING;

CREATE TABLE api_client (
    id                 BIGINT       NOT NULL AUTO_INCREMENT,
    client_id          VARCHAR(64)  NOT NULL,
    secret_hash        CHAR(64)     NOT NULL COMMENT 'SHA-256 in hexadecimal of a random secret of 256 bits',
    second_secret_hash CHAR(64)         NULL COMMENT 'the other of two live secrets while one replaces the other',
    partner_id         BIGINT       NOT NULL,
    user_account_id    BIGINT       NOT NULL COMMENT 'acts as this user of the same partner: its roles, state, rights_version',
    state              VARCHAR(8)   NOT NULL DEFAULT 'ACTIVE' COMMENT 'ACTIVE, DISABLED',
    created_at         DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    PRIMARY KEY (id),
    UNIQUE KEY api_client_client_id (client_id),
    CONSTRAINT api_client_partner FOREIGN KEY (partner_id) REFERENCES partner (id),
    CONSTRAINT api_client_user FOREIGN KEY (user_account_id, partner_id) REFERENCES user_account (id, partner_id),
    CONSTRAINT api_client_state_known CHECK (state IN ('ACTIVE', 'DISABLED'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'A program of a partner that calls the API'
  WITH SYSTEM VERSIONING;

CREATE TABLE user_session (
    id                  BIGINT       NOT NULL AUTO_INCREMENT,
    family_id           CHAR(32)     NOT NULL COMMENT 'random, the same through all rotations',
    user_account_id     BIGINT       NOT NULL,
    api_client_id       BIGINT           NULL COMMENT 'the client program, when it was one that signed in',
    token_hash          CHAR(64)     NOT NULL COMMENT 'SHA-256 in hexadecimal of the refresh token that counts',
    previous_token_hash CHAR(64)         NULL COMMENT 'the one before, good for a moment after rotated_at',
    created_at          DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    rotated_at          DATETIME(6)  NOT NULL,
    expires_at          DATETIME(6)  NOT NULL COMMENT 'unless rotated before',
    absolute_expires_at DATETIME(6)  NOT NULL COMMENT 'whatever happens',
    revoked_at          DATETIME(6)      NULL,
    revoked_reason      VARCHAR(40)      NULL,
    user_agent          VARCHAR(255) NOT NULL DEFAULT '',
    PRIMARY KEY (id),
    UNIQUE KEY user_session_family (family_id),
    UNIQUE KEY user_session_token (token_hash),
    KEY user_session_previous_token (previous_token_hash),
    KEY user_session_by_absolute_expiry (absolute_expires_at),
    CONSTRAINT user_session_user FOREIGN KEY (user_account_id) REFERENCES user_account (id),
    CONSTRAINT user_session_client FOREIGN KEY (api_client_id) REFERENCES api_client (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'A sign-in and the family of refresh tokens that prolongs it';

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (0, 'account',        'READ',  'Find customers and see the head of their account'),
    (1, 'customer',       'READ',  'See master data'),
    (2, 'subscriptions',  'READ',  'See products, terms and prices'),
    (3, 'orders',         'READ',  'See orders'),
    (4, 'administration', 'WRITE', 'Change users, roles and tabs'),
    (5, 'explorer',       'READ',  'Ask the API anything, beyond the trusted documents');

INSERT INTO role (id, name, label) VALUES
    (1, 'agent',         'Customer care agent'),
    (2, 'agent_basic',   'Customer care agent with master data only'),
    (3, 'administrator', 'Administrator'),
    (4, 'partner',       'Partner'),
    (5, 'self_care',     'Customer in self-care');

INSERT INTO role_right (role_id, bit) VALUES
    (1, 0), (1, 1), (1, 2), (1, 3),
    (2, 0), (2, 1),
    (3, 0), (3, 1), (3, 2), (3, 3), (3, 4), (3, 5),
    (4, 0), (4, 1), (4, 2), (4, 3), (4, 5),
    (5, 0), (5, 1), (5, 2), (5, 3);
