-- An order that is changed is judged anew: what was found out before stays in the history.

ALTER TABLE order_qualification
    ADD COLUMN version INT NOT NULL DEFAULT 1,
    COMMENT = 'Why an order is feasible, as it was judged last: when it was placed or changed',
    ADD SYSTEM VERSIONING;
