-- The parts an account screen is made of: stored data with versions, released to audiences.
-- Rolling back is another release row.

CREATE TABLE tab_definition (
    tab VARCHAR(40) NOT NULL COMMENT 'key, part of addresses',
    PRIMARY KEY (tab),
    CONSTRAINT tab_definition_form CHECK (tab RLIKE '^[a-z][A-Za-z0-9]*$')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'A tab by its key, whatever its versions hold'
  WITH SYSTEM VERSIONING;

CREATE TABLE tab_version (
    tab       VARCHAR(40) NOT NULL,
    number    INT         NOT NULL COMMENT 'from 1, without gaps',
    lifecycle VARCHAR(8)  NOT NULL COMMENT 'TMF lifecycleStatus: DRAFT, ACTIVE, RETIRED',
    fragment  TEXT        NOT NULL COMMENT 'one GraphQL fragment on Customer',
    vars      JSON        NOT NULL COMMENT 'variables of the fragment and their defaults',
    layout    JSON        NOT NULL COMMENT 'how the answer is laid out',
    title     JSON        NOT NULL COMMENT 'BCP 47 language to text',
    icon      VARCHAR(40) NOT NULL,
    bit       TINYINT     NOT NULL COMMENT 'the right that shows it',
    sha256    CHAR(64)    NOT NULL COMMENT 'of the two files it came from, in hexadecimal',
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    PRIMARY KEY (tab, number),
    CONSTRAINT tab_version_tab FOREIGN KEY (tab) REFERENCES tab_definition (tab),
    CONSTRAINT tab_version_right FOREIGN KEY (bit) REFERENCES right_definition (bit),
    CONSTRAINT tab_version_number_from_one CHECK (number >= 1),
    CONSTRAINT tab_version_lifecycle_known CHECK (lifecycle IN ('DRAFT', 'ACTIVE', 'RETIRED'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'What a tab asks for and how it shows it'
  WITH SYSTEM VERSIONING;

CREATE TABLE tab_release (
    id         BIGINT      NOT NULL AUTO_INCREMENT,
    tab        VARCHAR(40) NOT NULL,
    number     INT         NOT NULL,
    audience   VARCHAR(8)  NOT NULL COMMENT 'EVERYONE, ROLE, PARTNER',
    role_id    BIGINT          NULL COMMENT 'for audience ROLE',
    partner_id BIGINT          NULL COMMENT 'for audience PARTNER: this partner and those below',
    valid_from DATETIME(6) NOT NULL,
    valid_to   DATETIME(6)     NULL COMMENT 'first moment it no longer holds, NULL: until further notice',
    position   INT         NOT NULL COMMENT 'order among the tabs of a screen',
    PRIMARY KEY (id),
    KEY tab_release_in_order (position, tab, valid_from),
    CONSTRAINT tab_release_version FOREIGN KEY (tab, number) REFERENCES tab_version (tab, number),
    CONSTRAINT tab_release_role FOREIGN KEY (role_id) REFERENCES role (id),
    CONSTRAINT tab_release_partner FOREIGN KEY (partner_id) REFERENCES partner (id),
    CONSTRAINT tab_release_audience CHECK (
        (audience = 'EVERYONE' AND role_id IS NULL AND partner_id IS NULL)
        OR (audience = 'ROLE' AND role_id IS NOT NULL AND partner_id IS NULL)
        OR (audience = 'PARTNER' AND role_id IS NULL AND partner_id IS NOT NULL)),
    CONSTRAINT tab_release_ends_after_start CHECK (valid_to > valid_from)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'Who gets which version of a tab, from when to when'
  WITH SYSTEM VERSIONING;
