"""Brings a database to the schema of this release."""

from pathlib import Path

from alembic import command
from alembic.config import Config

_SCRIPTS = Path(__file__).parent.parent / "migrations"


def config(database_url: str) -> Config:
    """Return Alembic's configuration for a database."""
    made = Config()
    made.set_main_option("script_location", str(_SCRIPTS))
    made.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    return made


def upgrade(database_url: str, revision: str = "head") -> None:
    """Run the migrations that the database lacks, all in one transaction."""
    command.upgrade(config(database_url), revision)


def downgrade(database_url: str, revision: str) -> None:
    """Take migrations back."""
    command.downgrade(config(database_url), revision)
