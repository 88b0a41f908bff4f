"""HTTP of marking, a module for each family of use cases."""

from fastapi import APIRouter

from app.marking.routes import recordings, results, sheets

router = APIRouter()
for family in (recordings, results, sheets):
    router.include_router(family.router)
