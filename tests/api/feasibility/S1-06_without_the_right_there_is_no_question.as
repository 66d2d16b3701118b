admin account:read explorer:read
