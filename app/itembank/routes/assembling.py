"""HTTP of putting forms together: blueprints, assemblies, forms in another language."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from app.edge import CallerDep, problems
from app.itembank import service
from app.itembank.schemas.assembling import AssemblyCreate, AssemblyRead, BlueprintRead, FormVariantCreate
from app.itembank.schemas.forms import FormRead

router = APIRouter(prefix="/v1", tags=["itembank"])


@router.get(
    "/scheme-versions/{version_id}/components/{component}/blueprint", responses=problems(401, 403, 404, 409)
)
def itembank_compare_blueprint(
    version_id: UUID, component: Annotated[str, Path(max_length=64)], caller: CallerDep
) -> BlueprintRead:
    """Show a component's blueprint beside what follows from the ratings of the job's tasks."""
    return caller.read(service.compare_blueprint, version_id, component, answer=BlueprintRead)


@router.post("/form-assemblies", status_code=201, responses=problems(401, 403, 404, 409))
def itembank_ask_for_forms(body: AssemblyCreate, caller: CallerDep) -> AssemblyRead:
    """Ask for parallel forms from the bank; they are drafted by a job, or it tells what stands in the way."""
    return caller.write(service.ask_for_forms, body, answer=AssemblyRead)


@router.get("/form-assemblies/{assembly_id}", responses=problems(401, 403, 404))
def itembank_read_assembly(assembly_id: UUID, caller: CallerDep) -> AssemblyRead:
    """Read an assembly and the forms that came of it."""
    return caller.read(service.read_assembly, assembly_id, answer=AssemblyRead)


@router.post("/forms/{form_id}/variants", status_code=201, responses=problems(401, 403, 404, 409))
def itembank_draft_form_variant(form_id: UUID, body: FormVariantCreate, caller: CallerDep) -> FormRead:
    """Draft a form in another language with the same items, in their reviewed translations."""
    return caller.write(service.draft_form_variant, form_id, body, answer=FormRead)
