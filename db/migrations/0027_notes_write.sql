-- Who works on tickets among others gives them on; partners and customers do not.

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (22, 'notes', 'WRITE', 'Give tickets to other teams');

INSERT INTO role_right (role_id, bit) VALUES (1, 22), (3, 22);
