from datetime import date

import pytest

from app.certificates import rules
from app.certificates.rules import MOVES, CertificateState, Move, Status
from app.core.errors import MoveRefused

FIRST, LAST = date(2026, 3, 2), date(2029, 3, 1)


@pytest.mark.parametrize("state", CertificateState)
@pytest.mark.parametrize("move", Move)
def test_only_listed_moves_exist(state, move):
    allowed = {
        ("valid", "suspend"): "suspended",
        ("suspended", "reinstate"): "valid",
        ("valid", "withdraw"): "withdrawn",
        ("suspended", "withdraw"): "withdrawn",
    }

    if (state.value, move.value) in allowed:
        assert rules.after(state, move).value == allowed[state.value, move.value]
    else:
        with pytest.raises(MoveRefused):
            rules.after(state, move)
    assert len(MOVES) == len(allowed)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 3, 1), Status.NOT_YET_VALID),
        (FIRST, Status.VALID),
        (LAST, Status.VALID),
        (date(2029, 3, 2), Status.EXPIRED),
    ],
)
def test_a_valid_certificate_holds_from_its_first_through_its_last_day(on, expected):
    assert rules.status_on(CertificateState.VALID, FIRST, LAST, on=on) is expected


@pytest.mark.parametrize("on", [date(2026, 3, 1), FIRST, LAST, date(2030, 1, 1)])
@pytest.mark.parametrize("state", [CertificateState.SUSPENDED, CertificateState.WITHDRAWN])
def test_a_moved_certificate_is_never_valid(state, on):
    assert rules.status_on(state, FIRST, LAST, on=on) is not Status.VALID


def test_suspension_does_not_outlive_the_certificate():
    status = rules.status_on(CertificateState.SUSPENDED, FIRST, LAST, on=date(2029, 3, 2))

    assert status is Status.EXPIRED


@pytest.mark.parametrize(
    ("code", "prefix"),
    [("SME-BM", "SME-BM-2026"), ("a_b/c", "a-b-c-2026"), ("x" * 64, "x" * 28 + "-2026")],
)
def test_the_number_begins_with_scheme_and_year(code, prefix):
    assert rules.number_prefix(code, 2026) == prefix
    assert rules.number(prefix, 7) == f"{prefix}-00007"
