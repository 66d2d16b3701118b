-- What is suspended is called so: services of a line are barred while the line itself goes on.
UPDATE enum_label SET label = 'Suspended' WHERE type = 'ProductStatus' AND value = 'SUSPENDED' AND language = 'en';
