"""HTTP of the item bank, a module for each family of use cases."""

from fastapi import APIRouter

from app.itembank.routes import assembling, forms, items, qti, studies

router = APIRouter()
for family in (items, qti, assembling, forms, studies):
    router.include_router(family.router)
