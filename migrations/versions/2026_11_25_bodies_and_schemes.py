"""bodies, schemes, notices and statements.

Revision: 0002, after 0001.

What a body publishes, whom it trusts and writes to; how schemes change; statements of a person's level.
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
    op.drop_table('version_moves')
    with op.batch_alter_table('change_request_comments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_change_request_comments_body_id_stream'))

    op.drop_table('change_request_comments')
    with op.batch_alter_table('statements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_statements_body_id_sha256'))
        batch_op.drop_index(batch_op.f('ix_statements_body_id_person_id'))

    op.drop_table('statements')
    with op.batch_alter_table('change_requests', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_change_requests_body_id_scheme_id_id'))

    op.drop_table('change_requests')
    op.drop_table('trusted_bodies')
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notices_body_id_person_id_id'))

    op.drop_table('notices')
    op.drop_table('contact_points')
    op.drop_table('body_documents')
