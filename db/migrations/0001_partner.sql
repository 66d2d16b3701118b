-- The companies that sell for the operator. One installation is one operator: the root of the tree.
-- The tree is the whole of row-level scope: a partner's users see the customers of their own subtree.

CREATE TABLE partner (
    id        BIGINT       NOT NULL AUTO_INCREMENT,
    parent_id BIGINT           NULL COMMENT 'NULL for the operator only',
    path      VARCHAR(255) NOT NULL COMMENT 'ids from the root to this partner, for example /1/7/',
    name      VARCHAR(200) COLLATE utf8mb4_uca1400_ai_ci NOT NULL,
    kind      VARCHAR(16)  NOT NULL COMMENT 'OPERATOR, BRAND, RESELLER, AGENCY, CALL_SHOP',
    version   INT          NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    UNIQUE KEY partner_path (path),
    CONSTRAINT partner_parent FOREIGN KEY (parent_id) REFERENCES partner (id),
    CONSTRAINT partner_kind_known
        CHECK (kind IN ('OPERATOR', 'BRAND', 'RESELLER', 'AGENCY', 'CALL_SHOP')),
    CONSTRAINT partner_only_the_operator_is_root
        CHECK ((kind = 'OPERATOR') = (parent_id IS NULL)),
    CONSTRAINT partner_path_form
        CHECK (path RLIKE '^/([1-9][0-9]*/)+$')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  AUTO_INCREMENT = 1001
  COMMENT = 'A company that sells for the operator (TMF668 Partnership)'
  WITH SYSTEM VERSIONING;

INSERT INTO partner (id, parent_id, path, name, kind) VALUES (1, NULL, '/1/', 'Operator', 'OPERATOR');
