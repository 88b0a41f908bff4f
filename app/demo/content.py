"""The demonstration mentor's practice, its days kept as distances from today, and the body's documents."""

import csv
import io
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).with_name("content")
_SATURDAY = 5


def sessions(today: date) -> str:
    """Return the sessions as the CSV text that the import takes; a weekend falls on the Friday before."""
    told = io.StringIO(newline="")
    writer = csv.writer(told, lineterminator="\n")
    writer.writerow(["engagement", "date", "start", "end", "kind", "note"])
    with (_FOLDER / "sessions.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            day = _working_day(today - timedelta(days=int(row["days_ago"])))
            writer.writerow(
                [row["engagement"], day.isoformat(), row["start"], row["end"], row["kind"], row["note"]]
            )
    return told.getvalue()


def engagements(today: date) -> list[dict[str, Any]]:
    """Return the engagements: `open` is sent to open one, the rest tells how it went and what was said."""
    return [
        {
            "open": {name: found[name] for name in _OPENING} | {"started_on": _day(today, found, "started")},
            "milestones": found["milestones"],
            "ended_on": _day(today, found, "ended"),
            "mentee_name": found["mentee_name"],
            "feedback": found["feedback"],
        }
        for found in _practice()["engagements"]
    ]


def records(today: date) -> list[dict[str, Any]]:
    """Return the records, each as it is sent."""
    return [
        {name: value for name, value in found.items() if not name.endswith("days_ago")}
        | {"started_on": _day(today, found, "started"), "ended_on": _day(today, found, "ended")}
        for found in _practice()["records"]
    ]


def documents() -> list[dict[str, Any]]:
    """Return what the body makes public, each document as it is sent."""
    loaded = yaml.safe_load((_FOLDER / "documents.yaml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = loaded["documents"]
    return found


_OPENING = ("code", "sme_name", "country", "sector", "modality", "planned_months", "phase")


def _practice() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((_FOLDER / "practice.yaml").read_text(encoding="utf-8"))
    return loaded


def _day(today: date, found: Mapping[str, Any], which: str) -> str | None:
    ago = found.get(f"{which}_days_ago")
    return None if ago is None else (today - timedelta(days=ago)).isoformat()


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))
