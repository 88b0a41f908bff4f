"""Writes the next migration from the difference between head and metadata; read it before you commit."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from app.migrating import config, upgrade


def main(message: str) -> None:
    """Bring an empty database to head, then write what the metadata has beyond it."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'head.db'}"
        upgrade(url)
        command.revision(config(url), message=message, autogenerate=True)


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or sys.exit('say what it does: make migration m="add the practice log"'))
