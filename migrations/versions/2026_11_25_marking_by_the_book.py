"""marking by the book.

Revision: 0010, after 0009.

Sheets that are set aside, so that another marks in their place.
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


_CHECKS = (
    ('assignments', 'ck_assignments_assignment_state',
     "state IN ('assigned', 'submitted')",
     "state IN ('assigned', 'submitted', 'set_aside')"),
    ('assignments', 'ck_assignments_submitted_at',
     "(state = 'submitted') = (submitted_at IS NOT NULL)",
     "CASE state WHEN 'submitted' THEN submitted_at IS NOT NULL WHEN 'assigned' THEN submitted_at IS NULL ELSE 1 = 1 END"),
    ('assignments', 'ck_assignments_aside_cause', None, "aside_cause IN ('conflict', 'remarking')"),
    ('assignments', 'ck_assignments_aside', None,
     "(state = 'set_aside') = (aside_at IS NOT NULL) AND (aside_at IS NULL) = (aside_cause IS NULL)"),
)
"""Checks of earlier tables: table, name, as it was, as it is; None where there was none."""


def upgrade() -> None:
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('aside_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('aside_cause', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('aside_reasons', sa.String(), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_assignments_body_id_case_id_component_attempt_no_seat'), type_='unique')
        batch_op.create_index('uq_assignments_seat', ['body_id', 'case_id', 'component', 'attempt_no', 'seat'], unique=True, sqlite_where=sa.text("state <> 'set_aside'"), postgresql_where=sa.text("state <> 'set_aside'"))
    for table, name, earlier, wanted in _CHECKS:
        _recheck(table, name, earlier, wanted)


def downgrade() -> None:
    for table, name, earlier, wanted in reversed(_CHECKS):
        _recheck(table, name, wanted, earlier)
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.drop_index('uq_assignments_seat', sqlite_where=sa.text("state <> 'set_aside'"), postgresql_where=sa.text("state <> 'set_aside'"))
        batch_op.create_unique_constraint(batch_op.f('uq_assignments_body_id_case_id_component_attempt_no_seat'), ['body_id', 'case_id', 'component', 'attempt_no', 'seat'])
        batch_op.drop_column('aside_reasons')
        batch_op.drop_column('aside_cause')
        batch_op.drop_column('aside_at')


def _recheck(table: str, name: str, present: str | None, wanted: str | None) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        if present is not None:
            batch_op.drop_constraint(batch_op.f(name), type_='check')
        if wanted is not None:
            batch_op.create_check_constraint(batch_op.f(name), wanted)
