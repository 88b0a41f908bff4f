"""what a mentor does beside plain sessions: further kinds of record.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KINDS = (
    "experience", "training", "feedback", "reflection", "supervision", "cpd", "own_business", "advising",
    "sme_work",
)
_NEW_KINDS = ("joint_project", "introduction", "referral", "award", "peer_observation")


def upgrade() -> None:
    with op.batch_alter_table("practice_records") as batch:
        batch.add_column(sa.Column("to_whom", sa.String(), nullable=True))
        batch.add_column(sa.Column("element", sa.String(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_practice_records_referral"), "kind <> 'referral' OR element IS NOT NULL"
        )
    _allow(*_KINDS, *_NEW_KINDS)


def downgrade() -> None:
    with op.batch_alter_table("practice_records") as batch:
        batch.drop_constraint(op.f("ck_practice_records_referral"), type_="check")
        batch.drop_column("element")
        batch.drop_column("to_whom")
    _allow(*_KINDS)


def _allow(*kinds: str) -> None:
    names = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("practice_records") as batch:
        batch.drop_constraint(op.f("ck_practice_records_record_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_practice_records_record_kind"), f"kind IN ({names})")
