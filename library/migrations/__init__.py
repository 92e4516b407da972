"""Changes of the tables, in order; Alembic applies those that a catalogue does not have yet."""
