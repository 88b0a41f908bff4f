"""HTTP of practice, a module for each family of use cases."""

from fastapi import APIRouter

from app.practice.routes import (
    activities,
    attendance,
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
    sampling,
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
    sampling,
    attendance,
    feedback,
    activities,
    handing_over,
    exchange,
    reviews,
    impact,
):
    router.include_router(family.router)
