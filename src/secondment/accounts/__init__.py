"""Users, roles, scopes, sign-in."""
