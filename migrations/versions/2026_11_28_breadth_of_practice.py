"""the breadth of practice: kinds of record, types of activity, no-shows, hand-overs, feedback both ways.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KINDS = (
    "experience", "training", "feedback", "reflection", "supervision", "cpd", "own_business", "advising",
    "sme_work",
)
_NEW_KINDS = ("joint_project", "introduction", "referral", "award", "peer_observation")
_CHANNELS = ("in_person", "video", "phone", "chat", "other")
_REASONS = ("aims_reached_elsewhere", "need_changed", "no_fit", "time", "other")
_STATES = ("offered", "accepted", "declined", "withdrawn")
_AUDIENCES = ("assessors", "shared")
_LINEAGE = "fk_practice_engagements_body_id_continues_id_practice_engagements"
_LIVE = sa.text("state IN ('offered', 'accepted')")


def upgrade() -> None:
    _make_activity_types()
    _make_no_shows()
    _make_hand_overs()
    _make_feedback()
    _widen_engagements()
    with op.batch_alter_table("practice_sessions") as batch:
        batch.add_column(sa.Column("channel", _enum("channel", *_CHANNELS), nullable=True))
        batch.add_column(sa.Column("type", sa.String(), nullable=True))
    with op.batch_alter_table("practice_records") as batch:
        batch.add_column(sa.Column("type", sa.String(), nullable=True))
        batch.add_column(sa.Column("to_whom", sa.String(), nullable=True))
        batch.add_column(sa.Column("element", sa.String(), nullable=True))
        batch.add_column(sa.Column("audience", _enum("audience", *_AUDIENCES), nullable=True))
        batch.create_check_constraint(
            op.f("ck_practice_records_referral"), "kind <> 'referral' OR element IS NOT NULL"
        )
        batch.create_check_constraint(
            op.f("ck_practice_records_heard"), "audience IS NULL OR engagement_id IS NOT NULL"
        )
    _allow("practice_records", "kind", "record_kind", *_KINDS, *_NEW_KINDS)
    _allow("notices", "kind", "notice_kind", "confirmation_asked", "hand_over_offered")


def downgrade() -> None:
    _allow("notices", "kind", "notice_kind", "confirmation_asked")
    with op.batch_alter_table("practice_records") as batch:
        for name in ("heard", "referral", "audience"):
            batch.drop_constraint(op.f(f"ck_practice_records_{name}"), type_="check")
        for name in ("audience", "element", "to_whom", "type"):
            batch.drop_column(name)
    _allow("practice_records", "kind", "record_kind", *_KINDS)
    with op.batch_alter_table("practice_sessions") as batch:
        batch.drop_constraint(op.f("ck_practice_sessions_channel"), type_="check")
        batch.drop_column("type")
        batch.drop_column("channel")
    with op.batch_alter_table("practice_engagements") as batch:
        batch.drop_constraint(op.f(_LINEAGE), type_="foreignkey")
        batch.drop_constraint(op.f("uq_practice_engagements_body_id_continues_id"), type_="unique")
        for name in ("reason", "end_reason", "touch"):
            batch.drop_constraint(op.f(f"ck_practice_engagements_{name}"), type_="check")
        for name in ("continues_id", "end_reason", "touch", "is_paid"):
            batch.drop_column(name)
    for table in ("feedback", "hand_overs", "no_shows", "activity_types"):
        op.drop_table(f"practice_{table}")





def _widen_engagements() -> None:
    with op.batch_alter_table("practice_engagements") as batch:
        batch.add_column(sa.Column("is_paid", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("touch", _enum("touch", "high", "low"), nullable=True))
        batch.add_column(sa.Column("end_reason", _enum("end_reason", *_REASONS), nullable=True))
        batch.add_column(sa.Column("continues_id", sa.Uuid(), nullable=True))
    op.execute(sa.text("UPDATE practice_engagements SET is_paid = false"))
    with op.batch_alter_table("practice_engagements") as batch:
        batch.alter_column("is_paid", existing_type=sa.Boolean(), nullable=False)
        batch.create_check_constraint(
            op.f("ck_practice_engagements_reason"), "end_reason IS NULL OR state = 'ended'"
        )
        batch.create_unique_constraint(
            op.f("uq_practice_engagements_body_id_continues_id"), ["body_id", "continues_id"]
        )
        batch.create_foreign_key(
            op.f(_LINEAGE), "practice_engagements", ["body_id", "continues_id"], ["body_id", "id"]
        )


def _make_activity_types() -> None:
    op.create_table(
        "practice_activity_types",
        *_columns(),
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


def _make_no_shows() -> None:
    op.create_table(
        "practice_no_shows",
        *_columns(),
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


def _make_hand_overs() -> None:
    table = "practice_hand_overs"
    op.create_table(
        table,
        *_columns(),
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("from_person_id", sa.Uuid(), nullable=False),
        sa.Column("to_person_id", sa.Uuid(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("offered_by", sa.Uuid(), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("state", _enum("hand_over_state", *_STATES), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(state = 'offered') = (settled_on IS NULL)", name=op.f(f"ck_{table}_settled")),
        sa.CheckConstraint("from_person_id <> to_person_id", name=op.f(f"ck_{table}_another")),
        _tie(table, "id"),
        _refer(table, "engagement_id", "practice_engagements"),
        *(_refer(table, column, "people") for column in ("from_person_id", "to_person_id", "offered_by")),
        *_of_body(table),
    )
    with op.batch_alter_table(table) as batch:
        batch.create_index(op.f(f"ix_{table}_body_id_to_person_id"), ["body_id", "to_person_id"])
        batch.create_index(
            f"uq_{table}_live",
            ["body_id", "engagement_id"],
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        )


def _make_feedback() -> None:
    op.create_table(
        "practice_feedback",
        *_columns(),
        sa.Column("stream", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("audience", _enum("audience", *_AUDIENCES), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        _tie("practice_feedback", "stream"),
        _refer("practice_feedback", "stream", "practice_engagements"),
        *_of_body("practice_feedback"),
    )
    with op.batch_alter_table("practice_feedback") as batch:
        batch.create_index(op.f("ix_practice_feedback_body_id_stream"), ["body_id", "stream"])


def _columns() -> tuple[sa.Column, ...]:
    return (
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
    )


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


def _allow(table: str, column: str, name: str, *values: str) -> None:
    told = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), f"{column} IN ({told})")
