-- A contact has an end: whoever began it says once what it was about and what came of it.

ALTER TABLE party_interaction
    ADD COLUMN ended_at DATETIME(6) NULL
        COMMENT 'TMF683 interactionDate.endDateTime, NULL: it goes on, or nobody wrote down when it ended' AFTER started_at,
    ADD CONSTRAINT party_interaction_ends_after_it_began CHECK (ended_at >= started_at),
    ADD CONSTRAINT party_interaction_ended_with_a_result CHECK (ended_at IS NULL OR result <> 'OPEN'),
    COMMENT = 'A time a customer and the operator were in touch (TMF683 PartyInteraction); written when it begins, and once more when it ends';

UPDATE right_definition SET label = 'Write down contacts and what came of them, and give tickets to other teams' WHERE bit = 22;

UPDATE enum_label SET label = 'Going on' WHERE language = 'en' AND type = 'InteractionResult' AND value = 'OPEN';
UPDATE enum_label SET label = 'Läuft noch' WHERE language = 'de' AND type = 'InteractionResult' AND value = 'OPEN';
