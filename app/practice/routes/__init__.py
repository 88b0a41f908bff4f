"""HTTP of practice, a module for each family of use cases."""

from fastapi import APIRouter

from app.practice.routes import (
    activities,
    confirming,
    engagements,
    exchange,
    feedback,
    handing_over,
    impact,
    no_shows,
    planning,
    records,
    reviews,
    sessions,
)

router = APIRouter()
for family in (
    engagements,
    planning,
    sessions,
    no_shows,
    records,
    confirming,
    feedback,
    activities,
    handing_over,
    exchange,
    reviews,
    impact,
):
    router.include_router(family.router)
