"""Who asks: tokens, sessions, clients, passwords, and the rights that a request has."""
