"""programmes.

Revision: 0005, after 0004.

Programmes of a body: windows of intake, requests and replies, engagements, indicators.
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
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


def downgrade() -> None:
    with op.batch_alter_table('programme_engagements', schema=None) as batch_op:
        batch_op.drop_index('uq_programme_engagements_one_programme', sqlite_where=sa.text('unlinked_on IS NULL'), postgresql_where=sa.text('unlinked_on IS NULL'))
        batch_op.drop_index(batch_op.f('ix_programme_engagements_body_id_stream'))

    op.drop_table('programme_engagements')
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
    with op.batch_alter_table('programme_windows', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_windows_body_id_programme_id'))

    op.drop_table('programme_windows')
    op.drop_table('programme_indicators')
    op.drop_table('programmes')
