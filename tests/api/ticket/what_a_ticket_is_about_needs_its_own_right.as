admin account:read tickets:read subscriptions:read explorer:read
