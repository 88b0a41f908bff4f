"""Points for written answers."""

from typing import ClassVar

import sqlalchemy as sa

from app.core.table import Guard, Part, exam_secret, keys, restricted
from app.marking.tables.sheets import SHEET_CLOSED


class WrittenPointsRow(Part, table=True):
    """What one sheet (`stream`) gives a written answer on one criterion of its rubric."""

    __tablename__ = "written_points"
    __table_args__ = keys(
        sa.UniqueConstraint("body_id", "stream", "item", "criterion"),
        sa.CheckConstraint("points BETWEEN 0 AND most", name="points"),
        part=True,
        stream="assignments",
    )
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard(
            "frozen",
            "EXM-6",
            "UPDATE",
            f"{SHEET_CLOSED} OR NEW.item <> OLD.item OR NEW.criterion <> OLD.criterion"
            " OR NEW.most <> OLD.most",
        ),
        Guard("after_submission", "EXM-6", "INSERT", SHEET_CLOSED),
    )

    item: str = restricted(max_length=40)
    criterion: str = restricted(max_length=40)
    most: int = restricted()
    """The criterion's points in the rubric of the form that was sat."""
    points: int = exam_secret()
