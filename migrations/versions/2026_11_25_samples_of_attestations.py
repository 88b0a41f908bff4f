"""samples of attestations.

Revision: 0009, after 0008.

Which sessions an attestation covers, unknown for those from before; samples of them, and their checks.
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


_NOTICES_BEFORE = (
    "kind IN ('confirmation_asked', 'contact_declined', 'contact_passed_on', 'contact_to_confirm', 'engagement_two_thirds', 'engagement_two_thirds_mentee', 'hand_over_offered', 'impact_asked', 'impact_consented', 'listing_stale', 'programme_declined', 'programme_left', 'programme_offered', 'programme_waiting', 'review_closing', 'review_closing_mentee', 'review_open', 'review_open_mentee', 'reviews_waiting', 'skills_session_suggested')"
)
_NOTICES = (
    "kind IN ('attestation_not_upheld', 'confirmation_asked', 'contact_declined', 'contact_passed_on', 'contact_to_confirm', 'engagement_two_thirds', 'engagement_two_thirds_mentee', 'hand_over_offered', 'impact_asked', 'impact_consented', 'listing_stale', 'programme_declined', 'programme_left', 'programme_offered', 'programme_waiting', 'review_closing', 'review_closing_mentee', 'review_open', 'review_open_mentee', 'reviews_waiting', 'skills_session_suggested')"
)
"""Kinds of notices as they were, and as they are."""


def upgrade() -> None:
    op.create_table('practice_samples',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('given_from', sa.Date(), nullable=False),
    sa.Column('given_until', sa.Date(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(), nullable=False),
    sa.Column('attestations', sa.Integer(), nullable=False),
    sa.Column('frame_sha256', sa.String(), nullable=False),
    sa.Column('drawn', sa.Integer(), nullable=False),
    sa.Column('drawn_by', sa.Uuid(), nullable=False),
    sa.Column('drawn_on', sa.Date(), nullable=False),
    sa.CheckConstraint('drawn BETWEEN 1 AND attestations', name=op.f('ck_practice_samples_drawn')),
    sa.CheckConstraint('given_until >= given_from', name=op.f('ck_practice_samples_dates')),
    sa.CheckConstraint('percent BETWEEN 1 AND 100', name=op.f('ck_practice_samples_percent')),
    sa.ForeignKeyConstraint(['body_id', 'drawn_by'], ['people.body_id', 'people.id'], name=op.f('fk_practice_samples_body_id_drawn_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_samples_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_samples_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_samples'))
    )
    op.create_table('practice_attestation_checks',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('attestation_id', sa.Uuid(), nullable=False),
    sa.Column('outcome', sa.Enum('upheld', 'not_upheld', name='check_outcome', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('checked_by', sa.Uuid(), nullable=True),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.CheckConstraint('(outcome IS NULL) = (checked_by IS NULL)', name=op.f('ck_practice_attestation_checks_checked_by')),
    sa.CheckConstraint('(outcome IS NULL) = (checked_on IS NULL)', name=op.f('ck_practice_attestation_checks_checked_on')),
    sa.CheckConstraint('(outcome IS NULL) = (note IS NULL)', name=op.f('ck_practice_attestation_checks_note')),
    sa.ForeignKeyConstraint(['body_id', 'attestation_id'], ['practice_attestations.body_id', 'practice_attestations.id'], name=op.f('fk_practice_attestation_checks_body_id_attestation_id_practice_attestations')),
    sa.ForeignKeyConstraint(['body_id', 'checked_by'], ['people.body_id', 'people.id'], name=op.f('fk_practice_attestation_checks_body_id_checked_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_attestation_checks_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['practice_samples.body_id', 'practice_samples.id'], name=op.f('fk_practice_attestation_checks_body_id_stream_practice_samples')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_attestation_checks_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_attestation_checks')),
    sa.UniqueConstraint('body_id', 'attestation_id', name=op.f('uq_practice_attestation_checks_body_id_attestation_id'))
    )
    with op.batch_alter_table('practice_attestation_checks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_attestation_checks_body_id_stream'), ['body_id', 'stream'], unique=False)

    with op.batch_alter_table('practice_attestations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('session_ids', sa.JSON(none_as_null=True), nullable=True))
    _recheck(_NOTICES)


def downgrade() -> None:
    _recheck(_NOTICES_BEFORE)
    with op.batch_alter_table('practice_attestations', schema=None) as batch_op:
        batch_op.drop_column('session_ids')

    with op.batch_alter_table('practice_attestation_checks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_practice_attestation_checks_body_id_stream'))

    op.drop_table('practice_attestation_checks')
    op.drop_table('practice_samples')


def _recheck(condition: str) -> None:
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_notices_notice_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_notices_notice_kind'), condition)
