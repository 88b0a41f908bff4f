"""HTTP of marking, a module for each family of use cases."""

from fastapi import APIRouter

from app.marking.routes import allocation, calibration, sheets

router = APIRouter()
for family in (allocation, calibration, sheets):
    router.include_router(family.router)
