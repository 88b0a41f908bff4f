"""HTTP of practice, a module for each family of use cases."""

from fastapi import APIRouter

from app.practice.routes import (
    badges,
    confirming,
    engagements,
    evidence,
    milestones,
    planning,
    records,
    sessions,
)

router = APIRouter()
for family in (engagements, milestones, planning, sessions, records, evidence, badges, confirming):
    router.include_router(family.router)
