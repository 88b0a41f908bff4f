"""What is whole, what there is room for, and which version those who assess are shown; pure."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Conflict, Invalid
from app.practice.rules import Confidentiality, EvidenceKind, Offer, ensure_hash, ensure_room, kind_of, shown

OPEN, REDACTED, ATTESTED = Confidentiality.OPEN, Confidentiality.REDACTED, Confidentiality.ATTESTED
URL, HASH = "https://shop.example/prices", "0" * 64


@dataclass(frozen=True)
class Version:
    number: int
    is_redacted: bool


@pytest.mark.parametrize(
    ("offer", "kind"),
    [
        (Offer(OPEN, True, None, None, False), EvidenceKind.FILE),
        (Offer(REDACTED, True, None, HASH, True), EvidenceKind.FILE),
        (Offer(OPEN, True, URL, None, False), EvidenceKind.LINK),
        (Offer(OPEN, False, URL, HASH, False), EvidenceKind.LINK),
        (Offer(ATTESTED, False, None, None, False), EvidenceKind.ATTESTATION),
    ],
)
def test_the_form_follows_from_what_is_handed_in(offer: Offer, kind: EvidenceKind) -> None:
    assert kind_of(offer) is kind


@pytest.mark.parametrize(
    ("offer", "code"),
    [
        (Offer(OPEN, False, None, None, False), "evidence_content_missing"),
        (Offer(OPEN, False, None, HASH, False), "evidence_content_missing"),
        (Offer(OPEN, False, URL, None, False), "link_bare"),
        (Offer(OPEN, True, URL, None, True), "redacted_is_a_file"),
        (Offer(ATTESTED, True, None, None, False), "attested_takes_no_content"),
        (Offer(ATTESTED, False, URL, None, False), "attested_takes_no_content"),
        (Offer(ATTESTED, False, None, HASH, False), "attested_takes_no_content"),
    ],
)
def test_what_is_not_whole_is_refused(offer: Offer, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        kind_of(offer)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("confidentiality", "redacted", "number"),
    [
        (OPEN, [False], 1),
        (OPEN, [False, True], 2),
        (OPEN, [False, True, True], 3),
        (REDACTED, [False], None),
        (REDACTED, [True], 1),
        (REDACTED, [False, True], 2),
        (ATTESTED, [], None),
        (OPEN, [], None),
    ],
)
def test_those_who_assess_see_the_newest_version_that_they_may(
    confidentiality: Confidentiality, redacted: list[bool], number: int | None
) -> None:
    found = shown(confidentiality, [Version(n, told) for n, told in enumerate(redacted, 1)])

    assert (found.number if found else None) == number


@given(st.sampled_from([OPEN, REDACTED]), st.booleans(), st.integers(1, 5))
def test_once_there_is_a_redacted_version_no_earlier_one_is_ever_shown(
    confidentiality: Confidentiality, first: bool, more: int
) -> None:
    versions = [Version(1, first), *(Version(number, True) for number in range(2, 2 + more))]

    found = shown(confidentiality, versions)

    assert found == versions[-1]


@pytest.mark.parametrize(
    ("items", "size", "more", "code"),
    [(2, 10, 5, None), (3, 0, 0, "evidence_items_most"), (2, 10, 6, "evidence_size_most")],
)
def test_there_is_room_up_to_the_last_piece_and_byte(
    items: int, size: int, more: int, code: str | None
) -> None:
    try:
        ensure_room(items=items, size=size, more=more, items_most=3, size_most=15)
    except Conflict as refusal:
        assert refusal.code == code
    else:
        assert code is None


def test_bytes_of_another_hash_are_refused() -> None:
    ensure_hash(None, HASH)
    ensure_hash(HASH, HASH)
    with pytest.raises(Invalid, match="hash_differs"):
        ensure_hash("1" * 64, HASH)
