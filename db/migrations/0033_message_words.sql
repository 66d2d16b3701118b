-- What stood above a message and what it is called are found by their words, whatever the case and the accents.

ALTER TABLE communication_message
    MODIFY COLUMN subject VARCHAR(300) COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'as it was sent; empty for SMS';

ALTER TABLE message_template
    MODIFY COLUMN title VARCHAR(100) COLLATE utf8mb4_uca1400_ai_ci NOT NULL COMMENT 'what people call it';
