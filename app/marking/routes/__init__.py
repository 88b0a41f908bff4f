"""HTTP of marking, a module for each family of use cases."""

from fastapi import APIRouter

from app.marking.routes import (
    allocation,
    calibration,
    moderation,
    recordings,
    results,
    reviewing,
    sheets,
    written,
)

router = APIRouter()
for family in (allocation, calibration, moderation, recordings, results, reviewing, sheets, written):
    router.include_router(family.router)
