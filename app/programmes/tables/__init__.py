"""The tables of programmes, a module for each family of use cases."""

from app.programmes.tables.indicators import IndicatorRow, IndicatorValueRow
from app.programmes.tables.intake import ReplyBatchRow, RequestRow, WindowRow
from app.programmes.tables.members import LinkRow
from app.programmes.tables.programmes import ProgrammeRow

__all__ = [
    "IndicatorRow",
    "IndicatorValueRow",
    "LinkRow",
    "ProgrammeRow",
    "ReplyBatchRow",
    "RequestRow",
    "WindowRow",
]
