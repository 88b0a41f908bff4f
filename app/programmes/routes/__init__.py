"""HTTP of programmes, a module for each family of use cases."""

from fastapi import APIRouter

from app.programmes.routes import intake, members, programmes, requests, statements

router = APIRouter()
for family in (programmes, intake, requests, members, statements):
    router.include_router(family.router)
