admin account:read orders:read explorer:read
