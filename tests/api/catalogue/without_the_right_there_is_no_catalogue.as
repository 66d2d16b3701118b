admin explorer:read
