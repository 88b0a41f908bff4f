"""the directory.

Revision: 0006, after 0005.

Listings, first contacts and the adviser's desk; certificates are found by what they cover, those too that are
there already.
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
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
    _fill_scopes()


def _fill_scopes() -> None:
    """Enter what the certificates that are there cover, so that they too are found by it."""
    told = sa.table(
        "certificates",
        sa.column("body_id", sa.Uuid()),
        sa.column("id", sa.Uuid()),
        sa.column("phases", sa.JSON()),
        sa.column("endorsements", sa.JSON()),
    )
    scopes = sa.table(
        "certificate_scopes",
        sa.column("body_id", sa.Uuid()),
        sa.column("id", sa.Uuid()),
        sa.column("certificate_id", sa.Uuid()),
        sa.column("dimension", sa.String()),
        sa.column("code", sa.String()),
    )
    connection = op.get_bind()
    rows = [
        {"body_id": row.body_id, "id": uuid4(), "certificate_id": row.id, "dimension": dimension, "code": code}
        for row in connection.execute(sa.select(told)).all()
        for dimension, codes in (("phase", row.phases), ("endorsement", row.endorsements))
        for code in codes
    ]
    if rows:
        connection.execute(scopes.insert(), rows)


def downgrade() -> None:
    with op.batch_alter_table('certificate_scopes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificate_scopes_body_id_certificate_id'))

    op.drop_table('certificate_scopes')
    op.drop_table('directory_proposals')
    with op.batch_alter_table('directory_mentor_changes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_directory_mentor_changes_body_id_stream'))

    op.drop_table('directory_mentor_changes')
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
    with op.batch_alter_table('directory_listings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_directory_listings_body_id_confirmed_on'))

    op.drop_table('directory_listings')
    op.drop_table('directory_settings')
    with op.batch_alter_table('directory_contact_tallies', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_directory_contact_tallies_body_id_day'))

    op.drop_table('directory_contact_tallies')
