"""HTTP of practice, a module for each family of use cases."""

from fastapi import APIRouter

from app.practice.routes import confirming, engagements, exchange, planning, records, sessions

router = APIRouter()
for family in (engagements, planning, sessions, records, confirming, exchange):
    router.include_router(family.router)
