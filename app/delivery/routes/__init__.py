"""HTTP of delivery, a module for each family of use cases."""

from fastapi import APIRouter

from app.delivery.routes import booking, external, incidents, planning, recordings, sat

router = APIRouter()
for family in (planning, booking, sat, recordings, external, incidents):
    router.include_router(family.router)
