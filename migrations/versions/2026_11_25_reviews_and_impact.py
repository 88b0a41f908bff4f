"""reviews and impact of engagements, and what the clock tells about them.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

_JOBS_BEFORE = (
    "ask_mentees", "seal_document", "send_notice",
)
_JOBS = (
    "ask_mentees", "prompt", "seal_document", "send_notice",
)
_NOTICES_BEFORE = (
    "confirmation_asked",
)
_NOTICES = (
    "confirmation_asked", "engagement_two_thirds", "engagement_two_thirds_mentee", "impact_asked",
    "impact_consented", "review_closing", "review_closing_mentee", "review_open", "review_open_mentee",
)


def upgrade() -> None:
    op.create_table('practice_indicators',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('unit', sa.Enum('count', 'money', 'scale', 'percent', name='unit', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('text', sa.JSON(), nullable=False),
    sa.Column('defined_on', sa.Date(), nullable=False),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_indicators_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_indicators_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_indicators')),
    sa.UniqueConstraint('body_id', 'code', name=op.f('uq_practice_indicators_body_id_code'))
    )
    op.create_table('practice_prompts',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('prompt', sa.Enum('first_weeks_open', 'first_weeks_closing', 'mid_point_open', 'mid_point_closing', 'two_thirds', 'end_open', 'end_closing', 'figures_at_start', 'figures_at_end', 'figures_after_six', 'figures_after_twelve', name='prompt', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_prompts_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['practice_engagements.body_id', 'practice_engagements.id'], name=op.f('fk_practice_prompts_body_id_stream_practice_engagements')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_prompts_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_prompts')),
    sa.UniqueConstraint('body_id', 'stream', 'prompt', name=op.f('uq_practice_prompts_body_id_stream_prompt'))
    )
    op.create_table('practice_consents',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('mentee_id', sa.Uuid(), nullable=False),
    sa.Column('to_assessors', sa.Boolean(), nullable=False),
    sa.Column('in_statistics', sa.Boolean(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['body_id', 'mentee_id'], ['practice_mentees.body_id', 'practice_mentees.id'], name=op.f('fk_practice_consents_body_id_mentee_id_practice_mentees')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_consents_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['practice_engagements.body_id', 'practice_engagements.id'], name=op.f('fk_practice_consents_body_id_stream_practice_engagements')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_consents_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_consents')),
    sa.UniqueConstraint('body_id', 'stream', 'number', name=op.f('uq_practice_consents_body_id_stream_number'))
    )
    op.create_table('practice_impact_links',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('secret_hash', sa.String(), nullable=False),
    sa.Column('purpose', sa.Enum('ask', 'withdraw', name='link_purpose', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('mentee_id', sa.Uuid(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(purpose = 'withdraw') = (expires_at IS NULL)", name=op.f('ck_practice_impact_links_expires')),
    sa.ForeignKeyConstraint(['body_id', 'mentee_id'], ['practice_mentees.body_id', 'practice_mentees.id'], name=op.f('fk_practice_impact_links_body_id_mentee_id_practice_mentees')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_impact_links_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['practice_engagements.body_id', 'practice_engagements.id'], name=op.f('fk_practice_impact_links_body_id_stream_practice_engagements')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_impact_links_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_impact_links')),
    sa.UniqueConstraint('body_id', 'secret_hash', name=op.f('uq_practice_impact_links_body_id_secret_hash'))
    )
    op.create_table('practice_review_links',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('secret_hash', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('first_weeks', 'mid_point', 'end', name='review_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('mentee_id', sa.Uuid(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['body_id', 'mentee_id'], ['practice_mentees.body_id', 'practice_mentees.id'], name=op.f('fk_practice_review_links_body_id_mentee_id_practice_mentees')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_review_links_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['practice_engagements.body_id', 'practice_engagements.id'], name=op.f('fk_practice_review_links_body_id_stream_practice_engagements')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_review_links_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_review_links')),
    sa.UniqueConstraint('body_id', 'secret_hash', name=op.f('uq_practice_review_links_body_id_secret_hash'))
    )
    op.create_table('practice_figures',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('indicator', sa.String(), nullable=False),
    sa.Column('moment', sa.Enum('baseline', 'end', 'six_months', 'twelve_months', name='moment', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('consent_id', sa.Uuid(), nullable=False),
    sa.Column('told_by', sa.Enum('mentee', 'mentor', name='teller', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=True),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('currency', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['body_id', 'consent_id'], ['practice_consents.body_id', 'practice_consents.id'], name=op.f('fk_practice_figures_body_id_consent_id_practice_consents')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_figures_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['practice_engagements.body_id', 'practice_engagements.id'], name=op.f('fk_practice_figures_body_id_stream_practice_engagements')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_figures_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_figures')),
    sa.UniqueConstraint('body_id', 'stream', 'indicator', 'moment', name=op.f('uq_practice_figures_body_id_stream_indicator_moment'))
    )
    op.create_table('practice_review_answers',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('first_weeks', 'mid_point', 'end', name='review_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('side', sa.Enum('mentor', 'mentee', 'staff', name='side', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('given_by', sa.Uuid(), nullable=True),
    sa.Column('mentee_id', sa.Uuid(), nullable=True),
    sa.Column('involvement_id', sa.Uuid(), nullable=True),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=False),
    sa.CheckConstraint("(side = 'mentee') = (given_by IS NULL)", name=op.f('ck_practice_review_answers_given_by')),
    sa.CheckConstraint("(side = 'mentee') = (mentee_id IS NOT NULL)", name=op.f('ck_practice_review_answers_mentee')),
    sa.CheckConstraint("(side = 'staff') = (involvement_id IS NOT NULL)", name=op.f('ck_practice_review_answers_involvement')),
    sa.ForeignKeyConstraint(['body_id', 'given_by'], ['people.body_id', 'people.id'], name=op.f('fk_practice_review_answers_body_id_given_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'involvement_id'], ['involvements.body_id', 'involvements.id'], name=op.f('fk_practice_review_answers_body_id_involvement_id_involvements')),
    sa.ForeignKeyConstraint(['body_id', 'mentee_id'], ['practice_mentees.body_id', 'practice_mentees.id'], name=op.f('fk_practice_review_answers_body_id_mentee_id_practice_mentees')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_review_answers_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['practice_engagements.body_id', 'practice_engagements.id'], name=op.f('fk_practice_review_answers_body_id_stream_practice_engagements')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_review_answers_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_review_answers')),
    sa.UniqueConstraint('body_id', 'stream', 'kind', 'side', name=op.f('uq_practice_review_answers_body_id_stream_kind_side'))
    )
    _allow("outbox", "job", "kind", _JOBS)
    _allow("notices", "notice_kind", "kind", _NOTICES)


def downgrade() -> None:
    _allow("notices", "notice_kind", "kind", _NOTICES_BEFORE)
    _allow("outbox", "job", "kind", _JOBS_BEFORE)
    op.drop_table('practice_review_answers')
    op.drop_table('practice_figures')
    op.drop_table('practice_review_links')
    op.drop_table('practice_impact_links')
    op.drop_table('practice_consents')
    op.drop_table('practice_prompts')
    op.drop_table('practice_indicators')


def _allow(table: str, name: str, column: str, values: tuple[str, ...]) -> None:
    allowed = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), f"{column} IN ({allowed})")
