"""recordings.

Revision: 0014, after 0013.

Recordings of sittings, how a submitted sheet saw its sitting, lines in which a machine took part. Sheets from
before were seen live: there was nothing else to see.
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

_CHECKS = (
    ('files', 'ck_files_file_kind', "kind IN ('document', 'evidence')", "kind IN ('document', 'evidence', 'recording')"),
    ('outbox', 'ck_outbox_job',
     "kind IN ('ask_mentees', 'assemble_forms', 'empty_contacts', 'prompt', 'remind_listed', 'remind_staff', 'seal_document', 'seal_statement', 'send_notice')",
     "kind IN ('ask_mentees', 'assemble_forms', 'empty_contacts', 'end_recordings', 'prompt', 'remind_listed', 'remind_staff', 'seal_document', 'seal_statement', 'send_notice')"),
    ('assignments', 'ck_assignments_seen', None, "seen IN ('live', 'recording')"),
    ('assignments', 'ck_assignments_seen_at_submission', None, '(submitted_at IS NULL) = (seen IS NULL)'),
    ('marks', 'ck_marks_assisted', None, '(ai_system IS NULL) = (ai_version IS NULL)'),
    ('marks', 'ck_marks_confirmed', None, '(confirmed_at IS NULL) = (confirmed_by IS NULL)'),
    ('marks', 'ck_marks_assisted_only', None, 'confirmed_at IS NULL OR ai_system IS NOT NULL'),
)
"""Checks of earlier tables: table, name, as it was, as it is; None where there was none."""


def upgrade() -> None:
    op.create_table('recordings',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('sitting_id', sa.Uuid(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=True),
    sa.Column('file_id', sa.Uuid(), nullable=True),
    sa.Column('url', sa.String(), nullable=True),
    sa.Column('candidate_consent_on', sa.Date(), nullable=False),
    sa.Column('others', sa.Integer(), nullable=False),
    sa.Column('others_consent_on', sa.Date(), nullable=True),
    sa.Column('retain_until', sa.Date(), nullable=False),
    sa.Column('entered_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('ended_cause', sa.Enum('retention', 'withdrawn', name='recording_end', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.CheckConstraint("ended_cause <> 'retention' OR ended_on > retain_until", name=op.f('ck_recordings_retained')),
    sa.CheckConstraint('(ended_on IS NULL) = (ended_cause IS NULL)', name=op.f('ck_recordings_ended')),
    sa.CheckConstraint('ended_on IS NOT NULL OR file_id IS NOT NULL OR url IS NOT NULL', name=op.f('ck_recordings_content')),
    sa.CheckConstraint('ended_on IS NULL OR url IS NULL', name=op.f('ck_recordings_emptied')),
    sa.CheckConstraint('file_id IS NULL OR url IS NULL', name=op.f('ck_recordings_one_place')),
    sa.CheckConstraint('others >= 0 AND (others = 0) = (others_consent_on IS NULL)', name=op.f('ck_recordings_consents')),
    sa.CheckConstraint('retain_until >= entered_on', name=op.f('ck_recordings_retain_until')),
    sa.CheckConstraint('size > 0', name=op.f('ck_recordings_size')),
    sa.ForeignKeyConstraint(['body_id', 'file_id'], ['files.body_id', 'files.id'], name=op.f('fk_recordings_body_id_file_id_files')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_recordings_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'sitting_id'], ['sittings.body_id', 'sittings.id'], name=op.f('fk_recordings_body_id_sitting_id_sittings')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_recordings_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_recordings'))
    )
    with op.batch_alter_table('recordings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recordings_body_id_retain_until'), ['body_id', 'retain_until'], unique=False)
        batch_op.create_index(batch_op.f('ix_recordings_body_id_sitting_id'), ['body_id', 'sitting_id'], unique=False)
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('seen', sa.String(length=40), nullable=True))
    with op.batch_alter_table('marks', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ai_system', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('ai_version', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('confirmed_by', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_marks_body_id_confirmed_by_people'), 'people', ['body_id', 'confirmed_by'], ['body_id', 'id'])
    op.execute("UPDATE assignments SET seen = 'live' WHERE submitted_at IS NOT NULL")
    for table, name, earlier, wanted in _CHECKS:
        _recheck(table, name, earlier, wanted)


def downgrade() -> None:
    for table, name, earlier, wanted in reversed(_CHECKS):
        _recheck(table, name, wanted, earlier)
    with op.batch_alter_table('marks', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_marks_body_id_confirmed_by_people'), type_='foreignkey')
        batch_op.drop_column('confirmed_at')
        batch_op.drop_column('confirmed_by')
        batch_op.drop_column('ai_version')
        batch_op.drop_column('ai_system')
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.drop_column('seen')
    with op.batch_alter_table('recordings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recordings_body_id_sitting_id'))
        batch_op.drop_index(batch_op.f('ix_recordings_body_id_retain_until'))
    op.drop_table('recordings')


def _recheck(table: str, name: str, present: str | None, wanted: str | None) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        if present is not None:
            batch_op.drop_constraint(batch_op.f(name), type_='check')
        if wanted is not None:
            batch_op.create_check_constraint(batch_op.f(name), wanted)
