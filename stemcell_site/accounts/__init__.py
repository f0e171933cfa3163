"""How staff come in: the second factor, lockouts, sessions. Readers have no accounts."""
