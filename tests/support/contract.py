"""The contract as the application tells it; run as a module it writes the committed file."""

import json
import tempfile
from pathlib import Path
from typing import Any

from app.core.settings import Mode, Settings
from app.main import create_app, make_runtime

COMMITTED = Path(__file__).parents[2] / "openapi" / "openapi.json"


def contract_document() -> dict[str, Any]:
    """Return the OpenAPI document; no request is served and no table is needed for it."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'none.db'}"
        runtime = make_runtime(Settings(url, Path(folder), key_passphrase="none", mode=Mode.TEST))
        document: dict[str, Any] = create_app(runtime).openapi()
        runtime.database.dispose()
    return document


def contract_text() -> str:
    """Return the exact bytes of the committed file as text."""
    return json.dumps(contract_document(), indent=2, ensure_ascii=False) + "\n"


def write_contract(path: Path = COMMITTED) -> None:
    """Write the contract."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(contract_text(), encoding="utf-8")


if __name__ == "__main__":
    write_contract()
