-- What a message says to its reader alone leaves with it, in time or not at all.

ALTER TABLE message_delivery
    ADD COLUMN secret_until DATETIME(6) NULL COMMENT 'how long what it says to its reader alone (message_secret) is good: later it is not sent; NULL: there is nothing of that kind',
    DROP CONSTRAINT message_delivery_problem_known,
    ADD CONSTRAINT message_delivery_problem_known CHECK (problem IN
        ('NOT_CONFIGURED', 'UNREACHABLE', 'REFUSED_US', 'BUSY', 'BAD_ADDRESS', 'REFUSED', 'MAYBE_SENT', 'NOT_RENDERED', 'EXPIRED'));

-- Messages of before had no way out; what they were to tell has long been replaced.
DELETE FROM message_secret;

INSERT INTO policy (name, value, about) VALUES
    ('voicemail_pin_minutes', 1440, 'minutes that the message with a new PIN of a voice mailbox may take'),
    ('password_characters_least', 12, 'characters that a password chosen by a link has at least');

CREATE TABLE email_password (
    customer_id    BIGINT       NOT NULL,
    email_login_id BIGINT       NOT NULL,
    hash           VARCHAR(128) NOT NULL COMMENT 'argon2id, as RFC 9106 and libsodium write it: what the mail system compares',
    set_at         DATETIME(6)  NOT NULL,
    PRIMARY KEY (customer_id, email_login_id),
    CONSTRAINT email_password_login
        FOREIGN KEY (customer_id, email_login_id) REFERENCES email_login (customer_id, id),
    CONSTRAINT email_password_is_a_hash CHECK (hash LIKE '$argon2id$%')
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'The password of a mailbox that its owner chose by a link. No type of the schema has this table';

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'DeliveryProblem', 9, 'EXPIRED', 'It came too late: what it was to tell is not good any more', 'bad'),
    ('de', 'DeliveryProblem', 9, 'EXPIRED', 'Zu spät: was darin stehen sollte, gilt nicht mehr', 'bad');
