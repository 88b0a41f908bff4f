"""people and practice around the scheme.

Revision: 0002, after 0001.

In this order: tables of bodies and schemes, of practice, programmes, the directory and statements; columns that
older tables gained, filled where they may not be empty (older engagements were all unpaid: nothing else could
be told); checks whose lists of words grew; guards, last, since filling is no use case. No release was made from
0001, so no certificate there needs to be entered in `certificate_scopes`.
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


_CHECKS = (
    ('appointments', 'ck_appointments_role',
     "role IN ('administrator', 'scheme_manager', 'application_reviewer', 'assessor', 'decision_maker', 'impartiality_officer', 'accommodation_officer', 'auditor', 'person', 'client')",
     "role IN ('administrator', 'scheme_manager', 'application_reviewer', 'assessor', 'decision_maker', 'impartiality_officer', 'accommodation_officer', 'auditor', 'adviser', 'programme_manager', 'person', 'client')"),
    ('body_keys', 'ck_body_keys_purpose',
     "purpose IN ('seal', 'tokens', 'log', 'credential', 'files')",
     "purpose IN ('seal', 'tokens', 'log', 'credential', 'files', 'exchange')"),
    ('outbox', 'ck_outbox_job',
     "kind IN ('seal_document')",
     "kind IN ('ask_mentees', 'empty_contacts', 'prompt', 'remind_listed', 'seal_document', 'seal_statement', 'send_notice')"),
    ('practice_engagements', 'ck_practice_engagements_end_reason',
     None,
     "end_reason IN ('aims_reached_elsewhere', 'need_changed', 'no_fit', 'time', 'other')"),
    ('practice_engagements', 'ck_practice_engagements_reason',
     None,
     "end_reason IS NULL OR state = 'ended'"),
    ('practice_engagements', 'ck_practice_engagements_touch',
     None,
     "touch IN ('high', 'low')"),
    ('practice_records', 'ck_practice_records_audience',
     None,
     "audience IN ('shared', 'assessors')"),
    ('practice_records', 'ck_practice_records_backed_there',
     None,
     'entry_id IS NOT NULL OR NOT backed_there'),
    ('practice_records', 'ck_practice_records_heard',
     None,
     'audience IS NULL OR engagement_id IS NOT NULL'),
    ('practice_records', 'ck_practice_records_record_kind',
     "kind IN ('experience', 'training', 'feedback', 'reflection', 'supervision', 'cpd', 'own_business', 'advising', 'sme_work')",
     "kind IN ('experience', 'training', 'feedback', 'reflection', 'supervision', 'cpd', 'own_business', 'advising', 'sme_work', 'joint_project', 'introduction', 'referral', 'award', 'peer_observation')"),
    ('practice_records', 'ck_practice_records_referral',
     None,
     "kind <> 'referral' OR element IS NOT NULL"),
    ('practice_sessions', 'ck_practice_sessions_channel',
     None,
     "channel IN ('in_person', 'video', 'phone', 'chat', 'other')"),
)
"""Checks of earlier tables: table, name, as it was, as it is; None where there was or is none."""


def upgrade() -> None:
    op.create_table('body_documents',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('kind', sa.Enum('impartiality_statement', 'certification_process', 'appeals_process', 'complaints_process', 'extra_assessment', 'confidentiality_policy', name='document_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.Column('published_by', sa.Uuid(), nullable=True),
    sa.CheckConstraint('version > 0', name=op.f('ck_body_documents_version')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_body_documents_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_body_documents_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_body_documents')),
    sa.UniqueConstraint('body_id', 'kind', 'version', name=op.f('uq_body_documents_body_id_kind_version'))
    )
    op.create_table('contact_points',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('region', sa.String(), nullable=False),
    sa.Column('country', sa.String(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('url', sa.String(), nullable=True),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.CheckConstraint('closed_on IS NULL OR closed_on >= opened_on', name=op.f('ck_contact_points_dates')),
    sa.CheckConstraint('email IS NOT NULL OR url IS NOT NULL', name=op.f('ck_contact_points_address')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_contact_points_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_contact_points_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_contact_points'))
    )
    op.create_table('directory_contact_tallies',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_directory_contact_tallies_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_directory_contact_tallies')),
    sa.UniqueConstraint('body_id', 'key', 'day', name=op.f('uq_directory_contact_tallies_body_id_key_day'))
    )
    with op.batch_alter_table('directory_contact_tallies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_directory_contact_tallies_body_id_day'), ['body_id', 'day'], unique=False)

    op.create_table('directory_settings',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('is_shared', sa.Boolean(), nullable=False),
    sa.Column('stale_after_months', sa.Integer(), nullable=False),
    sa.CheckConstraint('stale_after_months BETWEEN 1 AND 24', name=op.f('ck_directory_settings_stale')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_directory_settings_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_directory_settings_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_directory_settings')),
    sa.UniqueConstraint('body_id', name=op.f('uq_directory_settings_body_id'))
    )
    op.create_table('practice_activity_types',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('record_kind', sa.Enum('experience', 'training', 'feedback', 'reflection', 'supervision', 'cpd', 'own_business', 'advising', 'sme_work', 'joint_project', 'introduction', 'referral', 'award', 'peer_observation', name='record_kind', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('titles', sa.JSON(), nullable=False),
    sa.Column('hours_per_year_max', sa.BigInteger(), nullable=True),
    sa.Column('is_attested', sa.Boolean(), nullable=False),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.CheckConstraint('hours_per_year_max IS NULL OR (hours_per_year_max > 0 AND record_kind IS NOT NULL)', name=op.f('ck_practice_activity_types_hours')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_activity_types_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_activity_types_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_activity_types')),
    sa.UniqueConstraint('body_id', 'code', name=op.f('uq_practice_activity_types_body_id_code'))
    )
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
    op.create_table('programmes',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('names', sa.JSON(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('funders', sa.JSON(), nullable=False),
    sa.Column('region', sa.String(), nullable=False),
    sa.Column('sectors', sa.JSON(), nullable=False),
    sa.Column('phases', sa.JSON(), nullable=False),
    sa.Column('planned_firms', sa.Integer(), nullable=False),
    sa.Column('is_free', sa.Boolean(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('hours_a_month', sa.BigInteger(), nullable=False),
    sa.Column('digital_needs', sa.JSON(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('planned', 'running', 'closed', name='programme_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('closing_reason', sa.String(), nullable=True),
    sa.CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name=op.f('ck_programmes_closed')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_programmes_dates')),
    sa.CheckConstraint('hours_a_month >= 0', name=op.f('ck_programmes_hours_a_month')),
    sa.CheckConstraint('planned_firms > 0', name=op.f('ck_programmes_planned_firms')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_programmes_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_programmes_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_programmes')),
    sa.UniqueConstraint('body_id', 'code', name=op.f('uq_programmes_body_id_code'))
    )
    op.create_table('directory_listings',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Enum('listed', 'withdrawn', name='listing_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('visibility', sa.Enum('everyone', 'advisers', name='visibility', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('is_shared', sa.Boolean(), nullable=False),
    sa.Column('consent_version', sa.Integer(), nullable=False),
    sa.Column('consented_on', sa.Date(), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=False),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('headline', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('about', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('media_url', sa.String(), nullable=True),
    sa.Column('experience', sa.JSON(), nullable=False),
    sa.Column('expertise', sa.JSON(), nullable=False),
    sa.Column('sectors', sa.JSON(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('styles', sa.JSON(), nullable=False),
    sa.Column('country', sa.String(), nullable=False),
    sa.Column('region', sa.String(), nullable=True),
    sa.Column('is_remote', sa.Boolean(), nullable=False),
    sa.Column('is_on_site', sa.Boolean(), nullable=False),
    sa.Column('touch', sa.Enum('high', 'low', name='touch', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('is_free', sa.Boolean(), nullable=False),
    sa.Column('is_accepting', sa.Boolean(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'withdrawn') = (withdrawn_on IS NOT NULL)", name=op.f('ck_directory_listings_withdrawn')),
    sa.CheckConstraint("media_url IS NULL OR SUBSTR(media_url, 1, 8) = 'https://'", name=op.f('ck_directory_listings_media')),
    sa.CheckConstraint("state = 'listed' OR (headline IS NULL AND about IS NULL AND media_url IS NULL)", name=op.f('ck_directory_listings_emptied')),
    sa.CheckConstraint("state = 'withdrawn' OR headline IS NOT NULL", name=op.f('ck_directory_listings_headline')),
    sa.CheckConstraint('is_remote OR is_on_site', name=op.f('ck_directory_listings_somewhere')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_directory_listings_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_directory_listings_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_directory_listings_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_directory_listings')),
    sa.UniqueConstraint('body_id', 'person_id', name=op.f('uq_directory_listings_body_id_person_id'))
    )
    with op.batch_alter_table('directory_listings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_directory_listings_body_id_confirmed_on'), ['body_id', 'confirmed_on'], unique=False)

    op.create_table('notices',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('kind', sa.Enum('confirmation_asked', 'contact_declined', 'contact_passed_on', 'contact_to_confirm', 'engagement_two_thirds', 'engagement_two_thirds_mentee', 'hand_over_offered', 'impact_asked', 'impact_consented', 'listing_stale', 'programme_declined', 'programme_left', 'programme_offered', 'programme_waiting', 'review_closing', 'review_closing_mentee', 'review_open', 'review_open_mentee', name='notice_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('about', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('template', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('link', sa.String(), nullable=True),
    sa.Column('enclosed', sa.String(), nullable=True),
    sa.Column('state', sa.Enum('written', 'sent', 'given_up', name='notice_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f('ck_notices_sent')),
    sa.CheckConstraint("state = 'written' OR enclosed IS NULL", name=op.f('ck_notices_enclosed_forgotten')),
    sa.CheckConstraint("state = 'written' OR link IS NULL", name=op.f('ck_notices_link_forgotten')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_notices_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_notices_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_notices_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_notices')),
    sa.UniqueConstraint('body_id', 'key', name=op.f('uq_notices_body_id_key'))
    )
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notices_body_id_person_id_id'), ['body_id', 'person_id', 'id'], unique=False)

    op.create_table('programme_indicators',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('titles', sa.JSON(), nullable=False),
    sa.Column('unit', sa.String(), nullable=False),
    sa.Column('target', sa.BigInteger(), nullable=False),
    sa.Column('adds_up', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_programme_indicators_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'programme_id'], ['programmes.body_id', 'programmes.id'], name=op.f('fk_programme_indicators_body_id_programme_id_programmes')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_programme_indicators_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_programme_indicators')),
    sa.UniqueConstraint('body_id', 'programme_id', 'code', name=op.f('uq_programme_indicators_body_id_programme_id_code'))
    )
    op.create_table('programme_windows',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('induction_days', sa.JSON(), nullable=False),
    sa.CheckConstraint('closes_on >= opens_on', name=op.f('ck_programme_windows_dates')),
    sa.CheckConstraint('places > 0', name=op.f('ck_programme_windows_places')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_programme_windows_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'programme_id'], ['programmes.body_id', 'programmes.id'], name=op.f('fk_programme_windows_body_id_programme_id_programmes')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_programme_windows_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_programme_windows'))
    )
    with op.batch_alter_table('programme_windows', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_windows_body_id_programme_id'), ['body_id', 'programme_id'], unique=False)

    op.create_table('trusted_bodies',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('kid', sa.String(), nullable=False),
    sa.Column('public_pem', sa.String(), nullable=False),
    sa.Column('trusted_on', sa.Date(), nullable=False),
    sa.Column('trusted_by', sa.Uuid(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.CheckConstraint('ended_on IS NULL OR ended_on >= trusted_on', name=op.f('ck_trusted_bodies_dates')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_trusted_bodies_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'trusted_by'], ['people.body_id', 'people.id'], name=op.f('fk_trusted_bodies_body_id_trusted_by_people')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_trusted_bodies_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_trusted_bodies')),
    sa.UniqueConstraint('body_id', 'kid', name=op.f('uq_trusted_bodies_body_id_kid'))
    )
    op.create_table('change_requests',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('scheme_id', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('comment', 'change_request', 'error', name='request_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('place', sa.String(), nullable=True),
    sa.Column('interest', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('filed_by', sa.Uuid(), nullable=False),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('open', 'accepted', 'declined', 'noted', name='change_request_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('answer', sa.String(), nullable=True),
    sa.Column('done_in_id', sa.Uuid(), nullable=True),
    sa.Column('answered_by', sa.Uuid(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'accepted') = (done_in_id IS NOT NULL)", name=op.f('ck_change_requests_done_in')),
    sa.CheckConstraint("(state = 'open') = (answered_at IS NULL)", name=op.f('ck_change_requests_answered_at')),
    sa.CheckConstraint("(state = 'open') = (answered_by IS NULL)", name=op.f('ck_change_requests_answered_by')),
    sa.CheckConstraint("state <> 'declined' OR answer IS NOT NULL", name=op.f('ck_change_requests_reasons')),
    sa.ForeignKeyConstraint(['body_id', 'answered_by'], ['people.body_id', 'people.id'], name=op.f('fk_change_requests_body_id_answered_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'done_in_id'], ['scheme_versions.body_id', 'scheme_versions.id'], name=op.f('fk_change_requests_body_id_done_in_id_scheme_versions')),
    sa.ForeignKeyConstraint(['body_id', 'filed_by'], ['people.body_id', 'people.id'], name=op.f('fk_change_requests_body_id_filed_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_change_requests_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'scheme_id'], ['schemes.body_id', 'schemes.id'], name=op.f('fk_change_requests_body_id_scheme_id_schemes')),
    sa.ForeignKeyConstraint(['body_id', 'version_id'], ['scheme_versions.body_id', 'scheme_versions.id'], name=op.f('fk_change_requests_body_id_version_id_scheme_versions')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_change_requests_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_change_requests'))
    )
    with op.batch_alter_table('change_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_requests_body_id_scheme_id_id'), ['body_id', 'scheme_id', 'id'], unique=False)

    op.create_table('directory_contacts',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('listing_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Enum('asked', 'passed_on', 'declined', 'reported', name='contact_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('sender_name', sa.String(), nullable=True),
    sa.Column('sender_email', sa.String(), nullable=True),
    sa.Column('message', sa.String(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('sender_secret_hash', sa.String(), nullable=False),
    sa.Column('mentor_secret_hash', sa.String(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('passed_on_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('empty_on', sa.Date(), nullable=False),
    sa.Column('emptied_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'asked') = (passed_on_at IS NULL)", name=op.f('ck_directory_contacts_passed_on')),
    sa.CheckConstraint('emptied_at IS NOT NULL OR (sender_name IS NOT NULL AND sender_email IS NOT NULL AND message IS NOT NULL)', name=op.f('ck_directory_contacts_whole')),
    sa.CheckConstraint('emptied_at IS NULL OR (sender_name IS NULL AND sender_email IS NULL AND message IS NULL AND reason IS NULL)', name=op.f('ck_directory_contacts_emptied')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_directory_contacts_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'listing_id'], ['directory_listings.body_id', 'directory_listings.id'], name=op.f('fk_directory_contacts_body_id_listing_id_directory_listings')),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_directory_contacts_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_directory_contacts_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_directory_contacts')),
    sa.UniqueConstraint('body_id', 'mentor_secret_hash', name=op.f('uq_directory_contacts_body_id_mentor_secret_hash')),
    sa.UniqueConstraint('body_id', 'sender_secret_hash', name=op.f('uq_directory_contacts_body_id_sender_secret_hash'))
    )
    with op.batch_alter_table('directory_contacts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_directory_contacts_body_id_empty_on'), ['body_id', 'empty_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_directory_contacts_body_id_person_id_id'), ['body_id', 'person_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_directory_contacts_body_id_sender_email'), ['body_id', 'sender_email'], unique=False)

    op.create_table('directory_facets',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('experience', 'expertise', 'sector', 'language', 'style', name='facet', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('listing_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['body_id', 'listing_id'], ['directory_listings.body_id', 'directory_listings.id'], name=op.f('fk_directory_facets_body_id_listing_id_directory_listings')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_directory_facets_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_directory_facets')),
    sa.UniqueConstraint('body_id', 'kind', 'code', 'listing_id', name=op.f('uq_directory_facets_body_id_kind_code_listing_id'))
    )
    with op.batch_alter_table('directory_facets', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_directory_facets_body_id_listing_id'), ['body_id', 'listing_id'], unique=False)

    op.create_table('directory_needs',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('adviser_id', sa.Uuid(), nullable=False),
    sa.Column('firm', sa.String(), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('expertise', sa.JSON(), nullable=False),
    sa.Column('phase', sa.String(), nullable=True),
    sa.Column('sector', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=True),
    sa.Column('noted_on', sa.Date(), nullable=False),
    sa.Column('chosen_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['body_id', 'adviser_id'], ['people.body_id', 'people.id'], name=op.f('fk_directory_needs_body_id_adviser_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'chosen_id'], ['directory_listings.body_id', 'directory_listings.id'], name=op.f('fk_directory_needs_body_id_chosen_id_directory_listings')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_directory_needs_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_directory_needs_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_directory_needs'))
    )
    with op.batch_alter_table('directory_needs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_directory_needs_body_id_adviser_id'), ['body_id', 'adviser_id'], unique=False)

    op.create_table('practice_entries',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('trusted_id', sa.Uuid(), nullable=False),
    sa.Column('printed_name', sa.String(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=False),
    sa.Column('handed_in_on', sa.Date(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('engagements', sa.Integer(), nullable=False),
    sa.Column('sessions', sa.Integer(), nullable=False),
    sa.Column('records', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('handed_in', 'admitted', 'turned_down', name='entry_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('judged_by', sa.Uuid(), nullable=True),
    sa.Column('judged_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('loaded', sa.Integer(), nullable=True),
    sa.Column('already_there', sa.Integer(), nullable=True),
    sa.Column('refused', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'handed_in') = (judged_by IS NULL)", name=op.f('ck_practice_entries_judged')),
    sa.CheckConstraint('judged_by IS NULL OR judged_by <> person_id', name=op.f('ck_practice_entries_not_by_herself')),
    sa.ForeignKeyConstraint(['body_id', 'file_id'], ['files.body_id', 'files.id'], name=op.f('fk_practice_entries_body_id_file_id_files')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_entries_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'judged_by'], ['people.body_id', 'people.id'], name=op.f('fk_practice_entries_body_id_judged_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_practice_entries_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'trusted_id'], ['trusted_bodies.body_id', 'trusted_bodies.id'], name=op.f('fk_practice_entries_body_id_trusted_id_trusted_bodies')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_entries_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_entries')),
    sa.UniqueConstraint('body_id', 'person_id', 'sha256', name=op.f('uq_practice_entries_body_id_person_id_sha256'))
    )
    op.create_table('programme_indicator_values',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('entered_on', sa.Date(), nullable=False),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_programme_indicator_values_dates')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_programme_indicator_values_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['programme_indicators.body_id', 'programme_indicators.id'], name=op.f('fk_programme_indicator_values_body_id_stream_programme_indicators')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_programme_indicator_values_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_programme_indicator_values'))
    )
    with op.batch_alter_table('programme_indicator_values', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_indicator_values_body_id_stream'), ['body_id', 'stream'], unique=False)

    op.create_table('programme_reply_batches',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('window_id', sa.Uuid(), nullable=False),
    sa.Column('replied_by', sa.Uuid(), nullable=False),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('results', sa.JSON(), nullable=False),
    sa.Column('moved_up', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_programme_reply_batches_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'replied_by'], ['people.body_id', 'people.id'], name=op.f('fk_programme_reply_batches_body_id_replied_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'window_id'], ['programme_windows.body_id', 'programme_windows.id'], name=op.f('fk_programme_reply_batches_body_id_window_id_programme_windows')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_programme_reply_batches_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_programme_reply_batches'))
    )
    with op.batch_alter_table('programme_reply_batches', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_reply_batches_body_id_window_id'), ['body_id', 'window_id'], unique=False)

    op.create_table('programme_requests',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('window_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('motivation', sa.String(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('asked', 'offered', 'waiting', 'member', 'declined', 'withdrawn', 'left', name='request_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('rank_reasons', sa.String(), nullable=True),
    sa.Column('reasons', sa.String(), nullable=True),
    sa.Column('replied_on', sa.Date(), nullable=True),
    sa.Column('place_no', sa.Integer(), nullable=True),
    sa.Column('inducted_on', sa.Date(), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(state = 'left') = (left_on IS NOT NULL)", name=op.f('ck_programme_requests_left')),
    sa.CheckConstraint("(state IN ('member', 'left')) = (inducted_on IS NOT NULL)", name=op.f('ck_programme_requests_inducted')),
    sa.CheckConstraint("(state IN ('offered', 'member')) = (place_no IS NOT NULL)", name=op.f('ck_programme_requests_place')),
    sa.CheckConstraint("state <> 'declined' OR reasons IS NOT NULL", name=op.f('ck_programme_requests_reasoned')),
    sa.CheckConstraint("state <> 'waiting' OR rank IS NOT NULL", name=op.f('ck_programme_requests_ranked')),
    sa.CheckConstraint('left_on IS NULL OR left_on >= inducted_on', name=op.f('ck_programme_requests_dates')),
    sa.CheckConstraint('place_no > 0', name=op.f('ck_programme_requests_place_no')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_programme_requests_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_programme_requests_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'programme_id'], ['programmes.body_id', 'programmes.id'], name=op.f('fk_programme_requests_body_id_programme_id_programmes')),
    sa.ForeignKeyConstraint(['body_id', 'window_id'], ['programme_windows.body_id', 'programme_windows.id'], name=op.f('fk_programme_requests_body_id_window_id_programme_windows')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_programme_requests_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_programme_requests')),
    sa.UniqueConstraint('body_id', 'window_id', 'place_no', name=op.f('uq_programme_requests_body_id_window_id_place_no'))
    )
    with op.batch_alter_table('programme_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_requests_body_id_person_id'), ['body_id', 'person_id'], unique=False)
        batch_op.create_index('uq_programme_requests_one_live', ['body_id', 'programme_id', 'person_id'], unique=True, sqlite_where=sa.text("state IN ('asked', 'offered', 'waiting', 'member')"), postgresql_where=sa.text("state IN ('asked', 'offered', 'waiting', 'member')"))

    op.create_table('statements',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('scheme_version_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('skill_card', 'level_statement', name='statement_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('source', sa.Enum('self', 'assessor', 'mentee', name='source', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('found_on', sa.Date(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('target', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('pending', 'ready', name='document_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('sha256', sa.String(), nullable=True),
    sa.Column('file_id', sa.Uuid(), nullable=True),
    sa.Column('kid', sa.String(), nullable=True),
    sa.Column('pades_level', sa.String(), nullable=True),
    sa.CheckConstraint("kind <> 'level_statement' OR (source = 'assessor' AND level IS NOT NULL)", name=op.f('ck_statements_stated_level')),
    sa.CheckConstraint("source IN ('self', 'assessor')", name=op.f('ck_statements_rests_on')),
    sa.CheckConstraint("state = 'pending' OR (sha256 IS NOT NULL AND file_id IS NOT NULL AND kid IS NOT NULL AND pades_level IS NOT NULL)", name=op.f('ck_statements_ready')),
    sa.CheckConstraint("substr(number, 1, 3) = 'ST.'", name=op.f('ck_statements_number')),
    sa.CheckConstraint('level BETWEEN 1 AND 5', name=op.f('ck_statements_level')),
    sa.CheckConstraint('target BETWEEN 1 AND 5', name=op.f('ck_statements_target')),
    sa.ForeignKeyConstraint(['body_id', 'file_id'], ['files.body_id', 'files.id'], name=op.f('fk_statements_body_id_file_id_files')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_statements_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_statements_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'scheme_version_id'], ['scheme_versions.body_id', 'scheme_versions.id'], name=op.f('fk_statements_body_id_scheme_version_id_scheme_versions')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_statements_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_statements')),
    sa.UniqueConstraint('body_id', 'code', name=op.f('uq_statements_body_id_code')),
    sa.UniqueConstraint('body_id', 'number', name=op.f('uq_statements_body_id_number'))
    )
    with op.batch_alter_table('statements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_statements_body_id_person_id'), ['body_id', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_statements_body_id_sha256'), ['body_id', 'sha256'], unique=False)

    op.create_table('change_request_comments',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('interest', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('written_by', sa.Uuid(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_change_request_comments_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['change_requests.body_id', 'change_requests.id'], name=op.f('fk_change_request_comments_body_id_stream_change_requests')),
    sa.ForeignKeyConstraint(['body_id', 'written_by'], ['people.body_id', 'people.id'], name=op.f('fk_change_request_comments_body_id_written_by_people')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_change_request_comments_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_change_request_comments'))
    )
    with op.batch_alter_table('change_request_comments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_request_comments_body_id_stream'), ['body_id', 'stream'], unique=False)

    op.create_table('directory_mentor_changes',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('from_id', sa.Uuid(), nullable=False),
    sa.Column('to_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('changed_on', sa.Date(), nullable=False),
    sa.Column('noted_by', sa.Uuid(), nullable=False),
    sa.CheckConstraint('from_id <> to_id', name=op.f('ck_directory_mentor_changes_another')),
    sa.ForeignKeyConstraint(['body_id', 'from_id'], ['directory_listings.body_id', 'directory_listings.id'], name=op.f('fk_directory_mentor_changes_body_id_from_id_directory_listings')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_directory_mentor_changes_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['directory_needs.body_id', 'directory_needs.id'], name=op.f('fk_directory_mentor_changes_body_id_stream_directory_needs')),
    sa.ForeignKeyConstraint(['body_id', 'to_id'], ['directory_listings.body_id', 'directory_listings.id'], name=op.f('fk_directory_mentor_changes_body_id_to_id_directory_listings')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_directory_mentor_changes_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_directory_mentor_changes'))
    )
    with op.batch_alter_table('directory_mentor_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_directory_mentor_changes_body_id_stream'), ['body_id', 'stream'], unique=False)

    op.create_table('directory_proposals',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('listing_id', sa.Uuid(), nullable=False),
    sa.Column('proposed_by', sa.Uuid(), nullable=False),
    sa.Column('proposed_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['body_id', 'listing_id'], ['directory_listings.body_id', 'directory_listings.id'], name=op.f('fk_directory_proposals_body_id_listing_id_directory_listings')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_directory_proposals_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['directory_needs.body_id', 'directory_needs.id'], name=op.f('fk_directory_proposals_body_id_stream_directory_needs')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_directory_proposals_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_directory_proposals')),
    sa.UniqueConstraint('body_id', 'stream', 'listing_id', name=op.f('uq_directory_proposals_body_id_stream_listing_id'))
    )
    op.create_table('version_moves',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('from_version_id', sa.Uuid(), nullable=False),
    sa.Column('to_version_id', sa.Uuid(), nullable=False),
    sa.Column('extra_assessment', sa.JSON(), nullable=False),
    sa.Column('moved_by', sa.Uuid(), nullable=False),
    sa.Column('moved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('moved_on', sa.Date(), nullable=False),
    sa.CheckConstraint('from_version_id <> to_version_id', name=op.f('ck_version_moves_versions')),
    sa.ForeignKeyConstraint(['body_id', 'from_version_id'], ['scheme_versions.body_id', 'scheme_versions.id'], name=op.f('fk_version_moves_body_id_from_version_id_scheme_versions')),
    sa.ForeignKeyConstraint(['body_id', 'moved_by'], ['people.body_id', 'people.id'], name=op.f('fk_version_moves_body_id_moved_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_version_moves_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['cases.body_id', 'cases.id'], name=op.f('fk_version_moves_body_id_stream_cases')),
    sa.ForeignKeyConstraint(['body_id', 'to_version_id'], ['scheme_versions.body_id', 'scheme_versions.id'], name=op.f('fk_version_moves_body_id_to_version_id_scheme_versions')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_version_moves_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_version_moves')),
    sa.UniqueConstraint('body_id', 'stream', 'from_version_id', name=op.f('uq_version_moves_body_id_stream_from_version_id'))
    )
    op.create_table('practice_feedback',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('audience', sa.Enum('shared', 'assessors', name='audience', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_feedback_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['practice_engagements.body_id', 'practice_engagements.id'], name=op.f('fk_practice_feedback_body_id_stream_practice_engagements')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_feedback_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_feedback'))
    )
    with op.batch_alter_table('practice_feedback', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_feedback_body_id_stream'), ['body_id', 'stream'], unique=False)

    op.create_table('practice_hand_overs',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('engagement_id', sa.Uuid(), nullable=False),
    sa.Column('from_person_id', sa.Uuid(), nullable=False),
    sa.Column('to_person_id', sa.Uuid(), nullable=False),
    sa.Column('need', sa.String(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('offered_by', sa.Uuid(), nullable=False),
    sa.Column('offered_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('offered', 'accepted', 'declined', 'withdrawn', name='hand_over_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(state = 'offered') = (settled_on IS NULL)", name=op.f('ck_practice_hand_overs_settled')),
    sa.CheckConstraint('from_person_id <> to_person_id', name=op.f('ck_practice_hand_overs_another')),
    sa.ForeignKeyConstraint(['body_id', 'engagement_id'], ['practice_engagements.body_id', 'practice_engagements.id'], name=op.f('fk_practice_hand_overs_body_id_engagement_id_practice_engagements')),
    sa.ForeignKeyConstraint(['body_id', 'from_person_id'], ['people.body_id', 'people.id'], name=op.f('fk_practice_hand_overs_body_id_from_person_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_hand_overs_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'offered_by'], ['people.body_id', 'people.id'], name=op.f('fk_practice_hand_overs_body_id_offered_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'to_person_id'], ['people.body_id', 'people.id'], name=op.f('fk_practice_hand_overs_body_id_to_person_id_people')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_hand_overs_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_hand_overs'))
    )
    with op.batch_alter_table('practice_hand_overs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_hand_overs_body_id_to_person_id'), ['body_id', 'to_person_id'], unique=False)
        batch_op.create_index('uq_practice_hand_overs_live', ['body_id', 'engagement_id'], unique=True, sqlite_where=sa.text("state IN ('offered', 'accepted')"), postgresql_where=sa.text("state IN ('offered', 'accepted')"))

    op.create_table('practice_mentees',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('added_on', sa.Date(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_mentees_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['practice_engagements.body_id', 'practice_engagements.id'], name=op.f('fk_practice_mentees_body_id_stream_practice_engagements')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_mentees_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_mentees'))
    )
    with op.batch_alter_table('practice_mentees', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_mentees_body_id_stream'), ['body_id', 'stream'], unique=False)

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
    op.create_table('practice_no_shows',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('planned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('noted_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_practice_no_shows_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['practice_engagements.body_id', 'practice_engagements.id'], name=op.f('fk_practice_no_shows_body_id_stream_practice_engagements')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_practice_no_shows_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_practice_no_shows')),
    sa.UniqueConstraint('body_id', 'stream', 'planned_at', name=op.f('uq_practice_no_shows_body_id_stream_planned_at'))
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
    op.create_table('programme_engagements',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('engagement_id', sa.Uuid(), nullable=False),
    sa.Column('linked_on', sa.Date(), nullable=False),
    sa.Column('unlinked_on', sa.Date(), nullable=True),
    sa.CheckConstraint('unlinked_on IS NULL OR unlinked_on >= linked_on', name=op.f('ck_programme_engagements_dates')),
    sa.ForeignKeyConstraint(['body_id', 'engagement_id'], ['practice_engagements.body_id', 'practice_engagements.id'], name=op.f('fk_programme_engagements_body_id_engagement_id_practice_engagements')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_programme_engagements_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['programme_requests.body_id', 'programme_requests.id'], name=op.f('fk_programme_engagements_body_id_stream_programme_requests')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_programme_engagements_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_programme_engagements'))
    )
    with op.batch_alter_table('programme_engagements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_engagements_body_id_stream'), ['body_id', 'stream'], unique=False)
        batch_op.create_index('uq_programme_engagements_one_programme', ['body_id', 'engagement_id'], unique=True, sqlite_where=sa.text('unlinked_on IS NULL'), postgresql_where=sa.text('unlinked_on IS NULL'))

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
    op.create_table('certificate_scopes',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('certificate_id', sa.Uuid(), nullable=False),
    sa.Column('dimension', sa.Enum('phase', 'endorsement', name='scope_dimension', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['body_id', 'certificate_id'], ['certificates.body_id', 'certificates.id'], name=op.f('fk_certificate_scopes_body_id_certificate_id_certificates')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_certificate_scopes_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_certificate_scopes')),
    sa.UniqueConstraint('body_id', 'dimension', 'code', 'certificate_id', name=op.f('uq_certificate_scopes_body_id_dimension_code_certificate_id'))
    )
    with op.batch_alter_table('certificate_scopes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_scopes_body_id_certificate_id'), ['body_id', 'certificate_id'], unique=False)

    with op.batch_alter_table('practice_confirmation_links', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mentee_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('for_month', sa.Date(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_practice_confirmation_links_body_id_stream_for_month'), ['body_id', 'stream', 'for_month'])
        batch_op.create_foreign_key(batch_op.f('fk_practice_confirmation_links_body_id_mentee_id_practice_mentees'), 'practice_mentees', ['body_id', 'mentee_id'], ['body_id', 'id'])

    with op.batch_alter_table('practice_engagements', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_paid', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('touch', sa.Enum('high', 'low', name='touch', native_enum=False, create_constraint=False, length=40), nullable=True))
        batch_op.add_column(sa.Column('end_reason', sa.Enum('aims_reached_elsewhere', 'need_changed', 'no_fit', 'time', 'other', name='end_reason', native_enum=False, create_constraint=False, length=40), nullable=True))
        batch_op.add_column(sa.Column('continues_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('entry_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('origin', sa.Uuid(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_practice_engagements_body_id_continues_id'), ['body_id', 'continues_id'])
        batch_op.create_unique_constraint(batch_op.f('uq_practice_engagements_body_id_person_id_origin'), ['body_id', 'person_id', 'origin'])
        batch_op.create_foreign_key(batch_op.f('fk_practice_engagements_body_id_entry_id_practice_entries'), 'practice_entries', ['body_id', 'entry_id'], ['body_id', 'id'])
        batch_op.create_foreign_key(batch_op.f('fk_practice_engagements_body_id_continues_id_practice_engagements'), 'practice_engagements', ['body_id', 'continues_id'], ['body_id', 'id'])

    op.execute(sa.text('UPDATE practice_engagements SET is_paid = false'))
    with op.batch_alter_table('practice_engagements') as batch_op:
        batch_op.alter_column('is_paid', existing_type=sa.Boolean(), nullable=False)

    with op.batch_alter_table('practice_records', schema=None) as batch_op:
        batch_op.add_column(sa.Column('type', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('to_whom', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('element', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('audience', sa.Enum('shared', 'assessors', name='audience', native_enum=False, create_constraint=False, length=40), nullable=True))
        batch_op.add_column(sa.Column('entry_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('origin', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('backed_there', sa.Boolean(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_practice_records_body_id_person_id_origin'), ['body_id', 'person_id', 'origin'])
        batch_op.create_foreign_key(batch_op.f('fk_practice_records_body_id_entry_id_practice_entries'), 'practice_entries', ['body_id', 'entry_id'], ['body_id', 'id'])

    op.execute(sa.text('UPDATE practice_records SET backed_there = false'))
    with op.batch_alter_table('practice_records') as batch_op:
        batch_op.alter_column('backed_there', existing_type=sa.Boolean(), nullable=False)

    with op.batch_alter_table('practice_sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('channel', sa.Enum('in_person', 'video', 'phone', 'chat', 'other', name='channel', native_enum=False, create_constraint=False, length=40), nullable=True))
        batch_op.add_column(sa.Column('type', sa.String(), nullable=True))
    for table, name, earlier, wanted in _CHECKS:
        _check(table, name, is_there=earlier is not None, wanted=wanted)


def _check(table: str, name: str, *, is_there: bool, wanted: str | None) -> None:
    with op.batch_alter_table(table) as batch:
        if is_there:
            batch.drop_constraint(op.f(name), type_="check")
        if wanted is not None:
            batch.create_check_constraint(op.f(name), wanted)



def downgrade() -> None:
    for table, name, earlier, wanted in _CHECKS:
        _check(table, name, is_there=wanted is not None, wanted=earlier)
    with op.batch_alter_table('practice_sessions', schema=None) as batch_op:
        batch_op.drop_column('type')
        batch_op.drop_column('channel')

    with op.batch_alter_table('practice_records', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_practice_records_body_id_entry_id_practice_entries'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_practice_records_body_id_person_id_origin'), type_='unique')
        batch_op.drop_column('backed_there')
        batch_op.drop_column('origin')
        batch_op.drop_column('entry_id')
        batch_op.drop_column('audience')
        batch_op.drop_column('element')
        batch_op.drop_column('to_whom')
        batch_op.drop_column('type')

    with op.batch_alter_table('practice_engagements', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_practice_engagements_body_id_continues_id_practice_engagements'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_practice_engagements_body_id_entry_id_practice_entries'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_practice_engagements_body_id_person_id_origin'), type_='unique')
        batch_op.drop_constraint(batch_op.f('uq_practice_engagements_body_id_continues_id'), type_='unique')
        batch_op.drop_column('origin')
        batch_op.drop_column('entry_id')
        batch_op.drop_column('continues_id')
        batch_op.drop_column('end_reason')
        batch_op.drop_column('touch')
        batch_op.drop_column('is_paid')

    with op.batch_alter_table('practice_confirmation_links', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_practice_confirmation_links_body_id_mentee_id_practice_mentees'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_practice_confirmation_links_body_id_stream_for_month'), type_='unique')
        batch_op.drop_column('for_month')
        batch_op.drop_column('mentee_id')

    with op.batch_alter_table('certificate_scopes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificate_scopes_body_id_certificate_id'))

    op.drop_table('certificate_scopes')
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
    with op.batch_alter_table('programme_engagements', schema=None) as batch_op:
        batch_op.drop_index('uq_programme_engagements_one_programme', sqlite_where=sa.text('unlinked_on IS NULL'), postgresql_where=sa.text('unlinked_on IS NULL'))
        batch_op.drop_index(batch_op.f('ix_programme_engagements_body_id_stream'))

    op.drop_table('programme_engagements')
    op.drop_table('practice_prompts')
    op.drop_table('practice_no_shows')
    op.drop_table('practice_milestones')
    with op.batch_alter_table('practice_mentees', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_practice_mentees_body_id_stream'))

    op.drop_table('practice_mentees')
    with op.batch_alter_table('practice_hand_overs', schema=None) as batch_op:
        batch_op.drop_index('uq_practice_hand_overs_live', sqlite_where=sa.text("state IN ('offered', 'accepted')"), postgresql_where=sa.text("state IN ('offered', 'accepted')"))
        batch_op.drop_index(batch_op.f('ix_practice_hand_overs_body_id_to_person_id'))

    op.drop_table('practice_hand_overs')
    with op.batch_alter_table('practice_feedback', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_practice_feedback_body_id_stream'))

    op.drop_table('practice_feedback')
    op.drop_table('version_moves')
    op.drop_table('directory_proposals')
    with op.batch_alter_table('directory_mentor_changes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_directory_mentor_changes_body_id_stream'))

    op.drop_table('directory_mentor_changes')
    with op.batch_alter_table('change_request_comments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_change_request_comments_body_id_stream'))

    op.drop_table('change_request_comments')
    with op.batch_alter_table('statements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_statements_body_id_sha256'))
        batch_op.drop_index(batch_op.f('ix_statements_body_id_person_id'))

    op.drop_table('statements')
    with op.batch_alter_table('programme_requests', schema=None) as batch_op:
        batch_op.drop_index('uq_programme_requests_one_live', sqlite_where=sa.text("state IN ('asked', 'offered', 'waiting', 'member')"), postgresql_where=sa.text("state IN ('asked', 'offered', 'waiting', 'member')"))
        batch_op.drop_index(batch_op.f('ix_programme_requests_body_id_person_id'))

    op.drop_table('programme_requests')
    with op.batch_alter_table('programme_reply_batches', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_reply_batches_body_id_window_id'))

    op.drop_table('programme_reply_batches')
    with op.batch_alter_table('programme_indicator_values', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_indicator_values_body_id_stream'))

    op.drop_table('programme_indicator_values')
    op.drop_table('practice_entries')
    with op.batch_alter_table('directory_needs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_directory_needs_body_id_adviser_id'))

    op.drop_table('directory_needs')
    with op.batch_alter_table('directory_facets', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_directory_facets_body_id_listing_id'))

    op.drop_table('directory_facets')
    with op.batch_alter_table('directory_contacts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_directory_contacts_body_id_sender_email'))
        batch_op.drop_index(batch_op.f('ix_directory_contacts_body_id_person_id_id'))
        batch_op.drop_index(batch_op.f('ix_directory_contacts_body_id_empty_on'))

    op.drop_table('directory_contacts')
    with op.batch_alter_table('change_requests', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_change_requests_body_id_scheme_id_id'))

    op.drop_table('change_requests')
    op.drop_table('trusted_bodies')
    with op.batch_alter_table('programme_windows', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_windows_body_id_programme_id'))

    op.drop_table('programme_windows')
    op.drop_table('programme_indicators')
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notices_body_id_person_id_id'))

    op.drop_table('notices')
    with op.batch_alter_table('directory_listings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_directory_listings_body_id_confirmed_on'))

    op.drop_table('directory_listings')
    op.drop_table('programmes')
    op.drop_table('practice_indicators')
    op.drop_table('practice_activity_types')
    op.drop_table('directory_settings')
    with op.batch_alter_table('directory_contact_tallies', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_directory_contact_tallies_body_id_day'))

    op.drop_table('directory_contact_tallies')
    op.drop_table('contact_points')
    op.drop_table('body_documents')
