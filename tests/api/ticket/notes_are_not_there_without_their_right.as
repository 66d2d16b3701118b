admin account:read tickets:read explorer:read
