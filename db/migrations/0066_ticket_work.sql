-- Tickets are worked off team by team: who belongs to which, who has a ticket, and what comes first.

SET SESSION system_versioning_alter_history = 'KEEP';

ALTER TABLE user_account
    ADD COLUMN team_id BIGINT NULL COMMENT 'whose tickets they work off, NULL: of no team' AFTER customer_id,
    ADD CONSTRAINT user_account_team FOREIGN KEY (team_id) REFERENCES team (id),
    ADD CONSTRAINT user_account_teams_are_the_operators CHECK (team_id IS NULL OR kind = 'OPERATOR');

-- What nobody has to work on any more is in no list of work: its columns below are NULL.
ALTER TABLE trouble_ticket
    ADD COLUMN assignee_id BIGINT NULL COMMENT 'who works on it, NULL: nobody, or somebody without an account here' AFTER team_id,
    ADD COLUMN due_order DATETIME(6) AS (COALESCE(next_due_at, TIMESTAMP'9999-12-31 00:00:00')) STORED
        COMMENT 'what is promised first comes first, what is not promised last',
    ADD COLUMN priority_order CHAR(1) AS (COALESCE(CASE priority WHEN 'HIGH' THEN '1' WHEN 'MEDIUM' THEN '2' END, '3')) STORED,
    ADD COLUMN work_team_id BIGINT AS (CASE WHEN is_open AND status <> 'RESOLVED' AND COALESCE(sub_status, '') <> 'DRAFT'
        THEN team_id END) STORED COMMENT 'whose work it is',
    ADD COLUMN work_user_id BIGINT AS (CASE WHEN is_open AND status <> 'RESOLVED' AND COALESCE(sub_status, '') <> 'DRAFT'
        THEN CASE WHEN assignee_name IS NULL THEN 0 ELSE COALESCE(assignee_id, -1) END END) STORED
        COMMENT 'who works on it: 0 nobody, -1 somebody without an account here',
    ADD KEY trouble_ticket_work (work_team_id, due_order, priority_order, opened_at, id),
    ADD KEY trouble_ticket_work_of_user (work_user_id, due_order, priority_order, opened_at, id),
    ADD KEY trouble_ticket_work_of_both (work_team_id, work_user_id, due_order, priority_order, opened_at, id),
    ADD CONSTRAINT trouble_ticket_assignee FOREIGN KEY (assignee_id) REFERENCES user_account (id),
    ADD CONSTRAINT trouble_ticket_assignees_have_names CHECK (assignee_id IS NULL OR assignee_name IS NOT NULL);

SET SESSION system_versioning_alter_history = 'ERROR';

UPDATE right_definition SET label = 'Write down contacts and what came of them, take tickets and give them to others, and work off e-mails' WHERE bit = 22;

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'TicketHolder', 1, 'NOBODY', 'Nobody''s',   'neutral'),
    ('de', 'TicketHolder', 1, 'NOBODY', 'Niemandes',   'neutral'),
    ('en', 'TicketHolder', 2, 'VIEWER', 'Mine',        'neutral'),
    ('de', 'TicketHolder', 2, 'VIEWER', 'Meine',       'neutral');
