"""The scheme packages for tests, and planted faults in a copy of SME-BM."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from app.schemes.packaging import check_package, read_package

PACKAGES = Path(__file__).parents[2] / "app" / "schemes" / "packages"
SME_BM = PACKAGES / "sme_bm"
FOLDERS = sorted(path.name for path in PACKAGES.iterdir() if path.is_dir())

Fault = Callable[[dict[str, Any]], None]


@cache
def _sme_bm() -> dict[str, object]:
    return read_package(SME_BM)


def packaged(folder: str) -> dict[str, Any]:
    """The package in one of the folders of the service."""
    return read_package(PACKAGES / folder)


def a_package(*faults: Fault) -> dict[str, Any]:
    """A fresh copy of SME-BM with these faults in it."""
    document = deepcopy(_sme_bm())
    for fault in faults:
        fault(document)
    return document


def found(*faults: Fault) -> set[tuple[str, str]]:
    """Where a package with these faults is refused, and by which rule."""
    return {(finding.pointer, finding.code) for finding in check_package(a_package(*faults))}


def put(path: str, value: object) -> Fault:
    """A fault: set the value at a path such as `units/0/code`, codes with `/` written as `~1`."""

    def change(document: dict[str, Any]) -> None:
        place, last = _place(document, path)
        place[last] = value

    return change


def drop(path: str) -> Fault:
    """A fault: take away what lies at a path."""

    def change(document: dict[str, Any]) -> None:
        place, last = _place(document, path)
        del place[last]

    return change


def append(path: str, value: object) -> Fault:
    """A fault: add one more member to the list at a path."""

    def change(document: dict[str, Any]) -> None:
        place, last = _place(document, path)
        place[last].append(value)

    return change


def _place(document: dict[str, Any], path: str) -> tuple[Any, Any]:
    place: Any = document
    steps = path.split("/")
    for step in steps[:-1]:
        place = place[_key(place, step)]
    return place, _key(place, steps[-1])


def _key(place: Any, step: str) -> Any:
    return int(step) if isinstance(place, list) else step
