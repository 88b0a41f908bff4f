"""people may be appointed as advisers and as programme managers.

Revision: 0002, after 0001.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ROLES = (
    "administrator", "scheme_manager", "application_reviewer", "assessor", "decision_maker",
    "impartiality_officer", "accommodation_officer", "auditor",
)
_NEW = ("adviser", "programme_manager")
_LAST = ("person", "client")


def upgrade() -> None:
    _allow(*_ROLES, *_NEW, *_LAST)


def downgrade() -> None:
    _allow(*_ROLES, *_LAST)


def _allow(*roles: str) -> None:
    names = ", ".join(f"'{role}'" for role in roles)
    with op.batch_alter_table("appointments") as batch:
        batch.drop_constraint(op.f("ck_appointments_role"), type_="check")
        batch.create_check_constraint(op.f("ck_appointments_role"), f"role IN ({names})")
