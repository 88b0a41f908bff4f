"""HTTP of the directory, a module for each family of use cases."""

from fastapi import APIRouter

from app.directory.routes import advising, contacts, listings, searching

router = APIRouter()
for family in (listings, searching, contacts, advising):
    router.include_router(family.router)
