"""milestones, evidence, reviews and figures.

Revision: 0004, after 0003.

What practice led to: milestones with their indicators and badges, evidence, reviews, and the figures of firms.
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


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
    op.create_table('practice_milestones',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('initial_goals', 'first_advice', 'network_success', 'business_milestone', 'after_plan', name='milestone', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reached_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('noted', 'confirmed', 'disputed', name='milestone_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_milestones_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['practice_engagements.body_id', 'practice_engagements.id'], name=op.f('fk_practice_milestones_body_id_stream_practice_engagements')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_milestones_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_milestones')),
    sa.UniqueConstraint('body_id', 'stream', 'kind', name=op.f('uq_practice_milestones_body_id_stream_kind'))
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
    op.create_table('practice_badges',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('milestone_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('initial_goals', 'first_advice', 'network_success', 'business_milestone', 'after_plan', name='milestone', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('with_name', sa.Boolean(), nullable=False),
    sa.Column('awarded_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('awarded', 'revoked', name='badge_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('revoked_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(state = 'revoked') = (revoked_on IS NOT NULL)", name=op.f('ck_practice_badges_revoked')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_badges_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'milestone_id'], ['practice_milestones.body_id', 'practice_milestones.id'], name=op.f('fk_practice_badges_body_id_milestone_id_practice_milestones')),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_practice_badges_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_badges_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_badges')),
    sa.UniqueConstraint('body_id', 'code', name=op.f('uq_practice_badges_body_id_code'))
    )
    with op.batch_alter_table('practice_badges', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_badges_body_id_person_id'), ['body_id', 'person_id'], unique=False)
        batch_op.create_index('uq_practice_badges_standing', ['body_id', 'milestone_id'], unique=True, sqlite_where=sa.text("state = 'awarded'"), postgresql_where=sa.text("state = 'awarded'"))

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
    op.create_table('practice_evidence',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('engagement_id', sa.Uuid(), nullable=True),
    sa.Column('record_id', sa.Uuid(), nullable=True),
    sa.Column('milestone', sa.Enum('initial_goals', 'first_advice', 'network_success', 'business_milestone', 'after_plan', name='milestone', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('kind', sa.Enum('file', 'link', 'attestation', name='evidence_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('confidentiality', sa.Enum('open', 'redacted', 'attested', name='confidentiality', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('consent_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(kind = 'attestation') = (confidentiality = 'attested')", name=op.f('ck_practice_evidence_attested')),
    sa.CheckConstraint('(engagement_id IS NULL) <> (record_id IS NULL)', name=op.f('ck_practice_evidence_about')),
    sa.CheckConstraint('engagement_id IS NULL OR consent_on IS NOT NULL', name=op.f('ck_practice_evidence_consent')),
    sa.CheckConstraint('milestone IS NULL OR engagement_id IS NOT NULL', name=op.f('ck_practice_evidence_of_engagement')),
    sa.ForeignKeyConstraint(['body_id', 'engagement_id'], ['practice_engagements.body_id', 'practice_engagements.id'], name=op.f('fk_practice_evidence_body_id_engagement_id_practice_engagements')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_evidence_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_practice_evidence_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'record_id'], ['practice_records.body_id', 'practice_records.id'], name=op.f('fk_practice_evidence_body_id_record_id_practice_records')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_evidence_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_evidence'))
    )
    with op.batch_alter_table('practice_evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_evidence_body_id_person_id'), ['body_id', 'person_id'], unique=False)

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
    op.create_table('practice_evidence_attestations',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('attester_id', sa.Uuid(), nullable=False),
    sa.Column('involvement_id', sa.Uuid(), nullable=False),
    sa.Column('capacity', sa.Enum('programme', 'referee', name='capacity', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('basis', sa.String(), nullable=False),
    sa.Column('attested_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['body_id', 'attester_id'], ['people.body_id', 'people.id'], name=op.f('fk_practice_evidence_attestations_body_id_attester_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'involvement_id'], ['involvements.body_id', 'involvements.id'], name=op.f('fk_practice_evidence_attestations_body_id_involvement_id_involvements')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_evidence_attestations_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['practice_evidence.body_id', 'practice_evidence.id'], name=op.f('fk_practice_evidence_attestations_body_id_stream_practice_evidence')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_evidence_attestations_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_evidence_attestations')),
    sa.UniqueConstraint('body_id', 'stream', name=op.f('uq_practice_evidence_attestations_body_id_stream'))
    )
    op.create_table('practice_evidence_versions',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=True),
    sa.Column('file_id', sa.Uuid(), nullable=True),
    sa.Column('url', sa.String(), nullable=True),
    sa.Column('is_redacted', sa.Boolean(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(file_id IS NULL) = (media_type IS NULL)', name=op.f('ck_practice_evidence_versions_media_type')),
    sa.CheckConstraint('NOT is_redacted OR url IS NULL', name=op.f('ck_practice_evidence_versions_redacted_file')),
    sa.CheckConstraint('file_id IS NOT NULL OR url IS NOT NULL', name=op.f('ck_practice_evidence_versions_content')),
    sa.CheckConstraint('number = 1 OR is_redacted', name=op.f('ck_practice_evidence_versions_redacted_later')),
    sa.ForeignKeyConstraint(['body_id', 'file_id'], ['files.body_id', 'files.id'], name=op.f('fk_practice_evidence_versions_body_id_file_id_files')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_evidence_versions_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['practice_evidence.body_id', 'practice_evidence.id'], name=op.f('fk_practice_evidence_versions_body_id_stream_practice_evidence')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_evidence_versions_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_evidence_versions')),
    sa.UniqueConstraint('body_id', 'stream', 'number', name=op.f('uq_practice_evidence_versions_body_id_stream_number'))
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
    op.create_table('practice_milestone_indicators',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('milestone_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['body_id', 'evidence_id'], ['practice_evidence.body_id', 'practice_evidence.id'], name=op.f('fk_practice_milestone_indicators_body_id_evidence_id_practice_evidence')),
    sa.ForeignKeyConstraint(['body_id', 'milestone_id'], ['practice_milestones.body_id', 'practice_milestones.id'], name=op.f('fk_practice_milestone_indicators_body_id_milestone_id_practice_milestones')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_milestone_indicators_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['practice_engagements.body_id', 'practice_engagements.id'], name=op.f('fk_practice_milestone_indicators_body_id_stream_practice_engagements')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_milestone_indicators_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_milestone_indicators')),
    sa.UniqueConstraint('body_id', 'milestone_id', 'code', name=op.f('uq_practice_milestone_indicators_body_id_milestone_id_code'))
    )


def downgrade() -> None:
    op.drop_table('practice_milestone_indicators')
    op.drop_table('practice_figures')
    op.drop_table('practice_evidence_versions')
    op.drop_table('practice_evidence_attestations')
    op.drop_table('practice_review_links')
    op.drop_table('practice_review_answers')
    op.drop_table('practice_impact_links')
    with op.batch_alter_table('practice_evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_practice_evidence_body_id_person_id'))

    op.drop_table('practice_evidence')
    op.drop_table('practice_consents')
    with op.batch_alter_table('practice_badges', schema=None) as batch_op:
        batch_op.drop_index('uq_practice_badges_standing', sqlite_where=sa.text("state = 'awarded'"), postgresql_where=sa.text("state = 'awarded'"))
        batch_op.drop_index(batch_op.f('ix_practice_badges_body_id_person_id'))

    op.drop_table('practice_badges')
    op.drop_table('practice_prompts')
    op.drop_table('practice_milestones')
    op.drop_table('practice_indicators')
