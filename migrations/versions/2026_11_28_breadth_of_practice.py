"""what a mentor does beside plain sessions: kinds of record, types of activity, no-shows.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KINDS = (
    "experience", "training", "feedback", "reflection", "supervision", "cpd", "own_business", "advising",
    "sme_work",
)
_NEW_KINDS = ("joint_project", "introduction", "referral", "award", "peer_observation")


_CHANNELS = ("in_person", "video", "phone", "chat", "other")


def upgrade() -> None:
    op.create_table(
        "practice_activity_types",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("record_kind", _enum("record_kind", *_KINDS, *_NEW_KINDS), nullable=True),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("hours_per_year_max", sa.BigInteger(), nullable=True),
        sa.Column("is_attested", sa.Boolean(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "hours_per_year_max IS NULL OR (hours_per_year_max > 0 AND record_kind IS NOT NULL)",
            name=op.f("ck_practice_activity_types_hours"),
        ),
        _tie("practice_activity_types", "id"),
        *_of_body("practice_activity_types"),
        sa.UniqueConstraint("body_id", "code", name=op.f("uq_practice_activity_types_body_id_code")),
    )
    op.create_table(
        "practice_no_shows",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("stream", sa.Uuid(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=False),
        _tie("practice_no_shows", "stream"),
        _refer("practice_no_shows", "stream", "practice_engagements"),
        *_of_body("practice_no_shows"),
        sa.UniqueConstraint(
            "body_id", "stream", "planned_at", name=op.f("uq_practice_no_shows_body_id_stream_planned_at")
        ),
    )
    with op.batch_alter_table("practice_engagements") as batch:
        batch.add_column(sa.Column("is_paid", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("touch", _enum("touch", "high", "low"), nullable=True))
    op.execute(sa.text("UPDATE practice_engagements SET is_paid = false"))
    with op.batch_alter_table("practice_engagements") as batch:
        batch.alter_column("is_paid", existing_type=sa.Boolean(), nullable=False)
    with op.batch_alter_table("practice_sessions") as batch:
        batch.add_column(sa.Column("channel", _enum("channel", *_CHANNELS), nullable=True))
        batch.add_column(sa.Column("type", sa.String(), nullable=True))
    with op.batch_alter_table("practice_records") as batch:
        batch.add_column(sa.Column("type", sa.String(), nullable=True))
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
        batch.drop_column("type")
    _allow(*_KINDS)
    with op.batch_alter_table("practice_sessions") as batch:
        batch.drop_constraint(op.f("ck_practice_sessions_channel"), type_="check")
        batch.drop_column("type")
        batch.drop_column("channel")
    with op.batch_alter_table("practice_engagements") as batch:
        batch.drop_constraint(op.f("ck_practice_engagements_touch"), type_="check")
        batch.drop_column("touch")
        batch.drop_column("is_paid")
    op.drop_table("practice_no_shows")
    op.drop_table("practice_activity_types")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _of_body(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f(f"fk_{table}_body_id_bodies")),
        sa.PrimaryKeyConstraint("body_id", "id", name=op.f(f"pk_{table}")),
    )


def _refer(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["body_id", column],
        [f"{other}.body_id", f"{other}.id"],
        name=op.f(f"fk_{table}_body_id_{column}_{other}"),
    )


def _tie(table: str, stream: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["body_id", stream, "rev"],
        ["events.body_id", "events.stream", "events.sseq"],
        name=op.f(f"fk_{table}_body_id_{stream}_rev_events"),
        initially="DEFERRED",
        deferrable=True,
    )


def _allow(*kinds: str) -> None:
    names = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("practice_records") as batch:
        batch.drop_constraint(op.f("ck_practice_records_record_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_practice_records_record_kind"), f"kind IN ({names})")
