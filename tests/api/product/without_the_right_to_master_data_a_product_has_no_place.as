admin account:read subscriptions:read explorer:read
