"""panel studies.

Revision: 0010, after 0009.

Who rates a draft form, in which rounds, and each judge's own sheet.
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

_KINDS = (
    "kind IN ('attestation_not_upheld', 'confirmation_asked', 'contact_declined', 'contact_passed_on', 'contact_to_confirm', 'engagement_two_thirds', 'engagement_two_thirds_mentee', 'hand_over_offered', 'impact_asked', 'impact_consented', 'listing_stale', 'programme_declined', 'programme_left', 'programme_offered', 'programme_waiting', 'review_closing', 'review_closing_mentee', 'review_open', 'review_open_mentee', 'reviews_waiting', 'skills_session_suggested')",
    "kind IN ('attestation_not_upheld', 'confirmation_asked', 'contact_declined', 'contact_passed_on', 'contact_to_confirm', 'engagement_two_thirds', 'engagement_two_thirds_mentee', 'hand_over_offered', 'impact_asked', 'impact_consented', 'judge_invited', 'listing_stale', 'programme_declined', 'programme_left', 'programme_offered', 'programme_waiting', 'review_closing', 'review_closing_mentee', 'review_open', 'review_open_mentee', 'reviews_waiting', 'skills_session_suggested')",
)
"""Kinds of notices, as they were and as they are."""


def _check_kinds(condition: str) -> None:
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_notices_notice_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_notices_notice_kind'), condition)


def upgrade() -> None:
    _check_kinds(_KINDS[1])
    op.create_table('panel_studies',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('form_id', sa.Uuid(), nullable=False),
    sa.Column('method', sa.String(), nullable=False),
    sa.Column('rounds', sa.Integer(), nullable=False),
    sa.Column('rounding', sa.String(), nullable=False),
    sa.Column('rounding_reason', sa.String(), nullable=False),
    sa.Column('least_panel', sa.Integer(), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('training_form_id', sa.Uuid(), nullable=True),
    sa.Column('training_items', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('planned', 'rating', 'discussing', 'concluded', 'abandoned', name='study_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('led_by', sa.Uuid(), nullable=False),
    sa.Column('abandoned_because', sa.String(), nullable=True),
    sa.CheckConstraint("(state = 'abandoned') = (abandoned_because IS NOT NULL)", name=op.f('ck_panel_studies_abandoned')),
    sa.CheckConstraint("rounding IN ('up', 'nearest', 'down')", name=op.f('ck_panel_studies_rounding')),
    sa.CheckConstraint('rounds BETWEEN 1 AND 9 AND least_panel >= 5', name=op.f('ck_panel_studies_size')),
    sa.CheckConstraint('training_form_id <> form_id', name=op.f('ck_panel_studies_training')),
    sa.ForeignKeyConstraint(['body_id', 'form_id'], ['forms.body_id', 'forms.id'], name=op.f('fk_panel_studies_body_id_form_id_forms')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_panel_studies_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'led_by'], ['people.body_id', 'people.id'], name=op.f('fk_panel_studies_body_id_led_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'training_form_id'], ['forms.body_id', 'forms.id'], name=op.f('fk_panel_studies_body_id_training_form_id_forms')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_panel_studies_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_panel_studies'))
    )
    with op.batch_alter_table('panel_studies', schema=None) as batch_op:
        batch_op.create_index('uq_panel_studies_form', ['body_id', 'form_id'], unique=True, sqlite_where=sa.text("state <> 'abandoned'"), postgresql_where=sa.text("state <> 'abandoned'"))

    op.create_table('panel_judges',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('qualifications', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('invited', 'signed', 'withdrawn', name='judge_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('notice_id', sa.Uuid(), nullable=False),
    sa.Column('conflicts', sa.String(), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('left_because', sa.String(), nullable=True),
    sa.CheckConstraint("(state = 'withdrawn') = (left_at IS NOT NULL)", name=op.f('ck_panel_judges_left_at')),
    sa.CheckConstraint("state <> 'signed' OR signed_at IS NOT NULL", name=op.f('ck_panel_judges_signed_at')),
    sa.CheckConstraint('(signed_at IS NULL) = (conflicts IS NULL)', name=op.f('ck_panel_judges_conflicts')),
    sa.ForeignKeyConstraint(['body_id', 'notice_id'], ['notices.body_id', 'notices.id'], name=op.f('fk_panel_judges_body_id_notice_id_notices')),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_panel_judges_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_panel_judges_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['panel_studies.body_id', 'panel_studies.id'], name=op.f('fk_panel_judges_body_id_stream_panel_studies')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_panel_judges_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_panel_judges')),
    sa.UniqueConstraint('body_id', 'stream', 'code', name=op.f('uq_panel_judges_body_id_stream_code')),
    sa.UniqueConstraint('body_id', 'stream', 'person_id', name=op.f('uq_panel_judges_body_id_stream_person_id'))
    )
    with op.batch_alter_table('panel_judges', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_panel_judges_body_id_person_id'), ['body_id', 'person_id'], unique=False)

    op.create_table('panel_rounds',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('open', 'closed', name='round_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_panel_rounds_closed_at')),
    sa.CheckConstraint('number >= 0', name=op.f('ck_panel_rounds_number')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_panel_rounds_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['panel_studies.body_id', 'panel_studies.id'], name=op.f('fk_panel_rounds_body_id_stream_panel_studies')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_panel_rounds_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_panel_rounds')),
    sa.UniqueConstraint('body_id', 'stream', 'number', name=op.f('uq_panel_rounds_body_id_stream_number'))
    )
    op.create_table('rating_sheets',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('study_id', sa.Uuid(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('judge_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'submitted', name='sheet_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('saves', sa.Integer(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('falls', sa.Integer(), nullable=False),
    sa.Column('ratings', sa.JSON(), nullable=False),
    sa.CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name=op.f('ck_rating_sheets_submitted_at')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_rating_sheets_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'judge_id'], ['panel_judges.body_id', 'panel_judges.id'], name=op.f('fk_rating_sheets_body_id_judge_id_panel_judges')),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_rating_sheets_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'round_id'], ['panel_rounds.body_id', 'panel_rounds.id'], name=op.f('fk_rating_sheets_body_id_round_id_panel_rounds')),
    sa.ForeignKeyConstraint(['body_id', 'study_id'], ['panel_studies.body_id', 'panel_studies.id'], name=op.f('fk_rating_sheets_body_id_study_id_panel_studies')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_rating_sheets_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_rating_sheets')),
    sa.UniqueConstraint('body_id', 'round_id', 'judge_id', name=op.f('uq_rating_sheets_body_id_round_id_judge_id'))
    )
    with op.batch_alter_table('rating_sheets', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rating_sheets_body_id_person_id_id'), ['body_id', 'person_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rating_sheets_body_id_study_id'), ['body_id', 'study_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('rating_sheets', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rating_sheets_body_id_study_id'))
        batch_op.drop_index(batch_op.f('ix_rating_sheets_body_id_person_id_id'))

    op.drop_table('rating_sheets')
    op.drop_table('panel_rounds')
    with op.batch_alter_table('panel_judges', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_panel_judges_body_id_person_id'))

    op.drop_table('panel_judges')
    with op.batch_alter_table('panel_studies', schema=None) as batch_op:
        batch_op.drop_index('uq_panel_studies_form', sqlite_where=sa.text("state <> 'abandoned'"), postgresql_where=sa.text("state <> 'abandoned'"))

    op.drop_table('panel_studies')
    _check_kinds(_KINDS[0])
