-- Who does not agree has done nothing wrong: a refused consent is said in a plain tone.

UPDATE enum_label SET tone = 'neutral' WHERE type = 'PrivacyAgreementState' AND value = 'REJECTED';
