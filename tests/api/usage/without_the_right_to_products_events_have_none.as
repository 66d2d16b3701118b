admin account:read usage:read explorer:read
