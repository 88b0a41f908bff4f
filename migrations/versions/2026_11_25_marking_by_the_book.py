"""marking by the book.

Revision: 0012, after 0011.

Sheets that are set aside, so that another marks in their place.
The body's figures for marking in a scheme, assessors' scopes and loads, calibration.
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
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
    op.create_table('assessor_loads',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('most_open', sa.Integer(), nullable=False),
    sa.Column('told_by', sa.Uuid(), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=False),
    sa.CheckConstraint('most_open BETWEEN 0 AND 100', name=op.f('ck_assessor_loads_most_open')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_assessor_loads_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_assessor_loads_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'told_by'], ['people.body_id', 'people.id'], name=op.f('fk_assessor_loads_body_id_told_by_people')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_assessor_loads_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_assessor_loads')),
    sa.UniqueConstraint('body_id', 'person_id', name=op.f('uq_assessor_loads_body_id_person_id'))
    )
    op.create_table('assessor_scopes',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('scheme_id', sa.Uuid(), nullable=False),
    sa.Column('components', sa.JSON(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('own_level', sa.Integer(), nullable=True),
    sa.Column('phases', sa.JSON(), nullable=False),
    sa.Column('endorsements', sa.JSON(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('basis', sa.Enum('own_level', 'field_competence', 'founding', name='basis', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('evidence', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("basis <> 'own_level' OR own_level IS NOT NULL AND level <= own_level", name=op.f('ck_assessor_scopes_own_level')),
    sa.CheckConstraint('level BETWEEN 1 AND 5', name=op.f('ck_assessor_scopes_level')),
    sa.CheckConstraint('person_id <> recorded_by', name=op.f('ck_assessor_scopes_recorded_by_another')),
    sa.CheckConstraint('valid_until >= valid_from', name=op.f('ck_assessor_scopes_validity')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_assessor_scopes_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_assessor_scopes_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'recorded_by'], ['people.body_id', 'people.id'], name=op.f('fk_assessor_scopes_body_id_recorded_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'scheme_id'], ['schemes.body_id', 'schemes.id'], name=op.f('fk_assessor_scopes_body_id_scheme_id_schemes')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_assessor_scopes_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_assessor_scopes'))
    )
    with op.batch_alter_table('assessor_scopes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessor_scopes_body_id_person_id'), ['body_id', 'person_id'], unique=False)

    op.create_table('marking_policies',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('scheme_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('language_level', sa.Enum('A1', 'A2', 'B1', 'B2', 'C1', 'C2', name='cefr', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('most_open', sa.Integer(), nullable=False),
    sa.Column('agreement_gate', sa.BigInteger(), nullable=False),
    sa.Column('agreement_least', sa.Integer(), nullable=False),
    sa.Column('is_moderated', sa.Boolean(), nullable=False),
    sa.Column('moderation_percent', sa.Integer(), nullable=False),
    sa.Column('moderation_least', sa.Integer(), nullable=False),
    sa.Column('moderation_margin', sa.BigInteger(), nullable=False),
    sa.Column('set_by', sa.Uuid(), nullable=False),
    sa.Column('set_on', sa.Date(), nullable=False),
    sa.CheckConstraint('agreement_gate BETWEEN 1 AND 99', name=op.f('ck_marking_policies_gate')),
    sa.CheckConstraint('agreement_least BETWEEN 2 AND 500', name=op.f('ck_marking_policies_least')),
    sa.CheckConstraint('moderation_percent BETWEEN 0 AND 100 AND moderation_least >= 0 AND moderation_margin BETWEEN 0 AND 500', name=op.f('ck_marking_policies_moderation')),
    sa.CheckConstraint('most_open BETWEEN 1 AND 100', name=op.f('ck_marking_policies_most_open')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_marking_policies_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'scheme_id'], ['schemes.body_id', 'schemes.id'], name=op.f('fk_marking_policies_body_id_scheme_id_schemes')),
    sa.ForeignKeyConstraint(['body_id', 'set_by'], ['people.body_id', 'people.id'], name=op.f('fk_marking_policies_body_id_set_by_people')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_marking_policies_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_marking_policies')),
    sa.UniqueConstraint('body_id', 'scheme_id', 'number', name=op.f('uq_marking_policies_body_id_scheme_id_number'))
    )
    op.create_table('calibration_exercises',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('scheme_version_id', sa.Uuid(), nullable=False),
    sa.Column('component', sa.String(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('closeness', sa.Enum('within_one', 'weighted_kappa', name='closeness', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('least', sa.BigInteger(), nullable=False),
    sa.Column('valid_months', sa.Integer(), nullable=False),
    sa.Column('experts', sa.JSON(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'published', 'retired', name='exercise_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('drafted_by', sa.Uuid(), nullable=False),
    sa.CheckConstraint('least BETWEEN 1 AND 100', name=op.f('ck_calibration_exercises_least')),
    sa.CheckConstraint('level BETWEEN 1 AND 5', name=op.f('ck_calibration_exercises_level')),
    sa.CheckConstraint('valid_months BETWEEN 1 AND 60', name=op.f('ck_calibration_exercises_valid_months')),
    sa.ForeignKeyConstraint(['body_id', 'drafted_by'], ['people.body_id', 'people.id'], name=op.f('fk_calibration_exercises_body_id_drafted_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_calibration_exercises_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'scheme_version_id'], ['scheme_versions.body_id', 'scheme_versions.id'], name=op.f('fk_calibration_exercises_body_id_scheme_version_id_scheme_versions')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_calibration_exercises_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_calibration_exercises'))
    )
    with op.batch_alter_table('calibration_exercises', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calibration_exercises_body_id_scheme_version_id_component'), ['body_id', 'scheme_version_id', 'component'], unique=False)

    op.create_table('calibration_performances',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('recording_url', sa.String(), nullable=True),
    sa.Column('recording_sha256', sa.String(), nullable=True),
    sa.Column('references', sa.JSON(), nullable=False),
    sa.CheckConstraint('(recording_url IS NULL) = (recording_sha256 IS NULL)', name=op.f('ck_calibration_performances_recording')),
    sa.CheckConstraint('(text IS NULL) <> (recording_url IS NULL)', name=op.f('ck_calibration_performances_one_kind')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_calibration_performances_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['calibration_exercises.body_id', 'calibration_exercises.id'], name=op.f('fk_calibration_performances_body_id_stream_calibration_exercises')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_calibration_performances_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_calibration_performances')),
    sa.UniqueConstraint('body_id', 'stream', 'number', name=op.f('uq_calibration_performances_body_id_stream_number'))
    )
    op.create_table('calibration_tries',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('exercise_id', sa.Uuid(), nullable=False),
    sa.Column('assessor_id', sa.Uuid(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ratings', sa.JSON(), nullable=False),
    sa.Column('figure', sa.BigInteger(), nullable=True),
    sa.Column('passed', sa.Boolean(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.CheckConstraint('(submitted_at IS NULL) = (passed IS NULL)', name=op.f('ck_calibration_tries_submitted')),
    sa.CheckConstraint('passed IS NULL AND valid_until IS NULL OR passed = (valid_until IS NOT NULL)', name=op.f('ck_calibration_tries_valid_until')),
    sa.ForeignKeyConstraint(['body_id', 'assessor_id'], ['people.body_id', 'people.id'], name=op.f('fk_calibration_tries_body_id_assessor_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'exercise_id'], ['calibration_exercises.body_id', 'calibration_exercises.id'], name=op.f('fk_calibration_tries_body_id_exercise_id_calibration_exercises')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_calibration_tries_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_calibration_tries_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_calibration_tries')),
    sa.UniqueConstraint('body_id', 'exercise_id', 'assessor_id', name=op.f('uq_calibration_tries_body_id_exercise_id_assessor_id'))
    )
    with op.batch_alter_table('calibration_tries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calibration_tries_body_id_assessor_id'), ['body_id', 'assessor_id'], unique=False)

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

    with op.batch_alter_table('calibration_tries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_calibration_tries_body_id_assessor_id'))

    op.drop_table('calibration_tries')
    op.drop_table('calibration_performances')
    with op.batch_alter_table('calibration_exercises', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_calibration_exercises_body_id_scheme_version_id_component'))

    op.drop_table('calibration_exercises')
    op.drop_table('marking_policies')
    with op.batch_alter_table('assessor_scopes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessor_scopes_body_id_person_id'))

    op.drop_table('assessor_scopes')
    op.drop_table('assessor_loads')


def _recheck(table: str, name: str, present: str | None, wanted: str | None) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        if present is not None:
            batch_op.drop_constraint(batch_op.f(name), type_='check')
        if wanted is not None:
            batch_op.create_check_constraint(batch_op.f(name), wanted)
