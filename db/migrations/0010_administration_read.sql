-- A right to look without changing: who may see what, and how the server is doing.

INSERT INTO right_definition (bit, tab, level, label) VALUES
    (6, 'administration', 'READ', 'See who may see what, and how the server is doing');

INSERT INTO role_right (role_id, bit) VALUES (3, 6);
