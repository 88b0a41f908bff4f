"""Kinds of values that several schemas of programmes share."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from app.core.schema import Language, Line, Prose

Day = Annotated[date, Field(ge=date(1950, 1, 1), le=date(2200, 12, 31))]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
"""A word of a list that the body keeps itself."""
Texts = Annotated[dict[Language, Line], Field(min_length=1, max_length=20)]
"""One line by language."""
Words = Annotated[list[Word], Field(max_length=30)]
Lines = Annotated[list[Line], Field(max_length=20)]
Languages = Annotated[list[Language], Field(min_length=1, max_length=20)]
Reason = Annotated[Prose, Field(max_length=1000)]
Amount = Annotated[
    Decimal,
    Field(ge=-(10**12), le=10**12, decimal_places=2, allow_inf_nan=False),
    AfterValidator(lambda amount: amount.quantize(Decimal("0.01"))),  # told as it is kept
]
Hours = Annotated[
    Decimal,
    Field(ge=0, le=744, decimal_places=2, allow_inf_nan=False),
    AfterValidator(lambda hours: hours.quantize(Decimal("0.01"))),
]
