-- What was changed can be taken back for a while: whose rows were held from when on, and what was taken back already.

ALTER TABLE audit_record
    ADD COLUMN began_at DATETIME(6) NULL COMMENT 'when its transaction began: what changed from then until recorded_at is of it'
        AFTER recorded_at,
    ADD COLUMN held_at DATETIME(6) NULL COMMENT 'since when nobody else could change the rows, before it changed any, NULL: nobody knows'
        AFTER began_at,
    ADD COLUMN undoable_until DATETIME(6) NULL COMMENT 'until when it can be taken back, NULL: it never could'
        AFTER held_at;

-- A repeated request is told the same, also which record there is.
ALTER TABLE idempotency_key
    ADD COLUMN audit_record_id BIGINT NULL COMMENT 'what was written down about it'
        AFTER customer_id;

CREATE TABLE change_undo (
    change_id       BIGINT      NOT NULL COMMENT 'what was taken back',
    customer_id     BIGINT      NOT NULL,
    user_account_id BIGINT      NOT NULL COMMENT 'by whom',
    undone_at       DATETIME(6) NOT NULL,
    PRIMARY KEY (change_id),
    KEY change_undo_of_customer (customer_id, undone_at),
    CONSTRAINT change_undo_change FOREIGN KEY (change_id) REFERENCES audit_record (id),
    CONSTRAINT change_undo_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
    CONSTRAINT change_undo_user FOREIGN KEY (user_account_id) REFERENCES user_account (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'That a change was taken back, once; only ever added to';

INSERT INTO policy (name, value, about) VALUES
    ('undo_minutes', 15, 'minutes for which a change can be taken back');

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (29, 'undo', 'WRITE', 'Take back own changes for a while; administrators those of others, too');

INSERT INTO role_right (role_id, bit) VALUES (1, 29), (3, 29), (4, 29);
