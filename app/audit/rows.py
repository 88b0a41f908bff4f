"""The canonical form of an audited row: what its digest covers, for recorder and export alike."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.audit.canonical import commitment, plain
from app.core.table import ScaledDecimal, class_of

_NOT_COVERED = {"body_id", "id", "salt"}


@cache
def secret_columns(table: sa.Table) -> frozenset[str]:
    """Return the columns whose values enter the log as salted commitments only."""
    return frozenset(
        column.name
        for column in table.columns
        if column.name not in _NOT_COVERED and not class_of(column).is_plain
    )


def values_of(table: sa.Table, row: Mapping[str, Any]) -> dict[str, object]:
    """Return plain values and commitments of a row, by column; an empty or erased secret value is null."""
    secrets = secret_columns(table)
    values: dict[str, object] = {}
    for column in table.columns:
        if column.name in _NOT_COVERED:
            continue
        value = _settled(column, row[column.name])
        if column.name not in secrets or value is None:
            values[str(column.name)] = plain(value)
        else:
            values[str(column.name)] = {"commit": commitment(row["salt"], column.name, value)}
    return values


def _settled(column: "sa.Column[Any]", value: Any) -> Any:
    """Bring a decimal to its column's scale, as it will be read back."""
    if isinstance(column.type, ScaledDecimal) and value is not None:
        return Decimal(value).quantize(Decimal(1).scaleb(-column.type.places))
    return value
