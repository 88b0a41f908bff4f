"""Persons."""

from app.core.table import Audited, keys, personal


class PersonRow(Audited, table=True):
    """A person known to the body."""

    __tablename__ = "people"
    __table_args__ = keys(audited=True)

    printed_name: str = personal(max_length=200)
    """The one field that is printed, in whatever script and order the person writes it."""
    given_name: str | None = personal(None, max_length=200)
    family_name: str | None = personal(None, max_length=200)
    language: str = personal(max_length=2)
