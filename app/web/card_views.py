"""What the holder's page shows of her skill cards and statements, put together in one work."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.paging import MOST_PER_PAGE, Window
from app.statements import service as statements
from app.statements.service import OwnCards, Shown
from app.work import Work


@dataclass(frozen=True)
class CardsView:
    """A person's skill cards as they count today, and the newest statements made of them."""

    cards: Sequence[OwnCards]
    statements: Sequence[Shown]


def own(work: Work, language: str) -> CardsView:
    """Return the caller's cards and statements; the page that shows them has asked whose it is."""
    found = statements.search_own(work, Window(limit=MOST_PER_PAGE))
    return CardsView(statements.own_cards(work, language), found.items)
