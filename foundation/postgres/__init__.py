"""Django's PostgreSQL, whose transactions begin with whose rows they see."""
