"""HTTP of practice, a module for each family of use cases."""

from fastapi import APIRouter

from app.practice.routes import (
    activities,
    badges,
    confirming,
    engagements,
    evidence,
    exchange,
    feedback,
    handing_over,
    impact,
    milestones,
    no_shows,
    planning,
    records,
    reviews,
    sessions,
)

router = APIRouter()
for family in (
    engagements,
    milestones,
    planning,
    sessions,
    no_shows,
    records,
    evidence,
    badges,
    confirming,
    feedback,
    activities,
    handing_over,
    exchange,
    reviews,
    impact,
):
    router.include_router(family.router)
