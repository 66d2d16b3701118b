-- Products are sorted by what ends next, among all of a customer: its last day, or that of its minimum term, whichever is still to come and earlier.

-- Not stored, since it is another one when a day has passed; without an end it is the last day there is.
SET STATEMENT system_versioning_alter_history = KEEP FOR ALTER TABLE product
    ADD COLUMN next_expiry DATE AS (COALESCE(
        LEAST(CASE WHEN binding_until >= CURRENT_DATE THEN binding_until ELSE DATE'9999-12-31' END,
              CASE WHEN termination_date >= CURRENT_DATE THEN termination_date ELSE DATE'9999-12-31' END),
        DATE'9999-12-31')) VIRTUAL COMMENT 'as of today; 9999-12-31: nothing ends';
