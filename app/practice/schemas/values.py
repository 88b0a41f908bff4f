"""Kinds of values that several schemas of practice share."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from app.core.schema import Prose

_AS_KEPT = AfterValidator(lambda amount: amount.quantize(Decimal("0.01")))
Hours = Annotated[Decimal, Field(gt=0, le=9999, decimal_places=2, allow_inf_nan=False), _AS_KEPT]
Sector = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Amount = Annotated[
    Decimal,
    Field(ge=-(10**12), le=10**12, decimal_places=2, allow_inf_nan=False),
    _AS_KEPT,
]
Reason = Annotated[Prose, Field(max_length=1000)]
