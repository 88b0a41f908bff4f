"""HTTP of practice, a module for each family of use cases."""

from fastapi import APIRouter

from app.practice.routes import confirming, engagements, impact, planning, records, reviews, sessions

router = APIRouter()
for family in (engagements, planning, sessions, records, confirming, reviews, impact):
    router.include_router(family.router)
