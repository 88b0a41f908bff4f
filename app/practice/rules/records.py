"""What a record needs beside its day, by its kind."""

from collections.abc import Collection, Mapping

from app.core.errors import Findings
from app.practice.rules.states import RecordKind

NEEDED: Mapping[RecordKind, tuple[str, ...]] = {
    RecordKind.TRAINING: ("hours",),
    RecordKind.SUPERVISION: ("hours",),
    RecordKind.CPD: ("hours",),
    RecordKind.REFLECTION: ("note",),
    RecordKind.FEEDBACK: ("note",),
    RecordKind.JOINT_PROJECT: ("note",),
    RecordKind.INTRODUCTION: ("to_whom", "note"),
    RecordKind.REFERRAL: ("to_whom", "element", "note"),
    RecordKind.AWARD: ("given_by", "note"),
    RecordKind.PEER_OBSERVATION: ("given_by", "note"),
}
"""Parts by the names of their fields; kinds that are not named need nothing more."""


def ensure_whole(kind: RecordKind, given: Collection[str]) -> None:
    """Refuse a record that lacks a part which its kind needs, naming every part that is missing."""
    missing = [part for part in NEEDED.get(kind, ()) if part not in given]
    if missing:
        told = tuple((f"/{part}", "part_missing", f"A record of this kind needs {part}.") for part in missing)
        raise Findings("record_incomplete", told, kind=kind)
