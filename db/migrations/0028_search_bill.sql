-- Customers are found by the number of a bill, too: it is offered after the number of a ticket.

SET @after = (SELECT position FROM search_field WHERE definition = 'standard' AND criterion = 'TICKET_NUMBER');
UPDATE search_field SET position = position + 1 WHERE definition = 'standard' AND position > @after ORDER BY position DESC;
INSERT INTO search_field (definition, position, section, criterion, operators) VALUES
    ('standard', @after + 1, 'IDENTIFIERS', 'BILL_NUMBER', 'EQUAL,LIKE');

INSERT INTO enum_label (language, type, position, value, label, tone) VALUES
    ('en', 'SearchCriterion', 25, 'BILL_NUMBER', 'Bill number',      'neutral'),
    ('de', 'SearchCriterion', 25, 'BILL_NUMBER', 'Rechnungsnummer',  'neutral');
