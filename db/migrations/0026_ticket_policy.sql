-- What is promised about a ticket, and where it waits: by what it is about and how much does not work.

CREATE TABLE ticket_policy (
    type            VARCHAR(12) NOT NULL COMMENT 'as in trouble_ticket',
    severity        VARCHAR(8)  NOT NULL COMMENT 'as in trouble_ticket',
    queue_id        BIGINT          NULL COMMENT 'NULL: nobody takes such tickets yet',
    priority        VARCHAR(8)  NOT NULL,
    respond_minutes INT             NULL COMMENT 'until the first answer, NULL: not promised',
    restore_minutes INT             NULL COMMENT 'until it works again, NULL: not promised',
    fix_minutes     INT             NULL COMMENT 'until it is settled for good, NULL: not promised',
    PRIMARY KEY (type, severity),
    CONSTRAINT ticket_policy_queue FOREIGN KEY (queue_id) REFERENCES queue_definition (id),
    CONSTRAINT ticket_policy_type_known CHECK (type IN ('BILLING', 'FAULT', 'ORDER', 'SIM', 'COMPLAINT')),
    CONSTRAINT ticket_policy_severity_known CHECK (severity IN ('CRITICAL', 'MAJOR', 'MINOR')),
    CONSTRAINT ticket_policy_priority_known CHECK (priority IN ('HIGH', 'MEDIUM', 'LOW')),
    CONSTRAINT ticket_policy_minutes CHECK (respond_minutes > 0 AND restore_minutes > 0 AND fix_minutes > 0)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'By when tickets are answered and settled (TMF621, service level)'
  WITH SYSTEM VERSIONING;

INSERT INTO ticket_policy (type, severity, priority, respond_minutes, restore_minutes, fix_minutes)
SELECT t.type, s.severity, s.priority, s.respond, IF(t.type = 'FAULT', s.restore, NULL), s.fix
FROM (SELECT 'BILLING' AS type UNION SELECT 'FAULT' UNION SELECT 'ORDER' UNION SELECT 'SIM' UNION SELECT 'COMPLAINT') AS t
JOIN (SELECT 'CRITICAL' AS severity, 'HIGH' AS priority, 60 AS respond, 240 AS restore, 1440 AS fix
      UNION SELECT 'MAJOR', 'MEDIUM', 240, 1440, 4320
      UNION SELECT 'MINOR', 'LOW', 480, 2880, 7200) AS s;

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (21, 'tickets', 'WRITE', 'Open and answer tickets');

-- Agents, administrators, partners and customers in self-care.
INSERT INTO role_right (role_id, bit) VALUES (1, 21), (3, 21), (4, 21), (5, 21);
