"""A copy of the database that proves itself, and what must hold after any restore. The key ring is never in it."""
