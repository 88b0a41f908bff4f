"""Alembic environment and versions; the one way in which tables come to be."""
