admin account:read customer:read orders:read explorer:read
