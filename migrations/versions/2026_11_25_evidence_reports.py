"""evidence reports.

Revision: 0015, after 0014.

Reports of forms and judged components, and the job that makes them.
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


_JOBS_BEFORE = (
    "kind IN ('ask_mentees', 'assemble_forms', 'empty_contacts', 'end_recordings', 'prompt', 'remind_listed', 'remind_staff', 'seal_document', 'seal_statement', 'send_notice')"
)
_JOBS = (
    "kind IN ('ask_mentees', 'assemble_forms', 'empty_contacts', 'end_recordings', 'make_report', 'prompt', 'remind_listed', 'remind_staff', 'seal_document', 'seal_statement', 'send_notice')"
)
"""Kinds of jobs as they were, and as they are."""


def upgrade() -> None:
    op.create_table('reports',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('kind', sa.Enum('form', 'component', name='report_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('scheme_version_id', sa.Uuid(), nullable=False),
    sa.Column('form_id', sa.Uuid(), nullable=True),
    sa.Column('component', sa.String(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('asked_by', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('pending', 'ready', name='report_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('candidates', sa.Integer(), nullable=True),
    sa.Column('material_sha256', sa.String(), nullable=True),
    sa.Column('document', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('document_sha256', sa.String(), nullable=True),
    sa.Column('document_version', sa.String(), nullable=True),
    sa.Column('file_id', sa.Uuid(), nullable=True),
    sa.Column('sha256', sa.String(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(kind = 'form') = (form_id IS NOT NULL)", name=op.f('ck_reports_about')),
    sa.CheckConstraint("(state = 'ready') = (material_sha256 IS NOT NULL AND document_sha256 IS NOT NULL AND document_version IS NOT NULL AND candidates IS NOT NULL AND file_id IS NOT NULL AND sha256 IS NOT NULL AND made_at IS NOT NULL)", name=op.f('ck_reports_ready')),
    sa.CheckConstraint('candidates >= 0', name=op.f('ck_reports_candidates')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_reports_period')),
    sa.ForeignKeyConstraint(['body_id', 'asked_by'], ['people.body_id', 'people.id'], name=op.f('fk_reports_body_id_asked_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'file_id'], ['files.body_id', 'files.id'], name=op.f('fk_reports_body_id_file_id_files')),
    sa.ForeignKeyConstraint(['body_id', 'form_id'], ['forms.body_id', 'forms.id'], name=op.f('fk_reports_body_id_form_id_forms')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_reports_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'scheme_version_id'], ['scheme_versions.body_id', 'scheme_versions.id'], name=op.f('fk_reports_body_id_scheme_version_id_scheme_versions')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_reports_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_reports'))
    )
    _recheck(_JOBS)


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE kind = 'make_report'")
    _recheck(_JOBS_BEFORE)
    op.drop_table('reports')


def _recheck(condition: str) -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_outbox_job'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_outbox_job'), condition)
