admin account:read customer:read explorer:read
