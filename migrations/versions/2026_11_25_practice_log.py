"""the log of practice.

Revision: 0003, after 0002.

Types, mentees, hand-overs, missed meetings, feedback, and what came from other bodies; columns that engagements,
records, sessions and links gained. What may not be empty is filled first: no older engagement was told to be paid,
and no older record came from elsewhere.
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


_CHECKS = (
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
        batch_op.create_unique_constraint(batch_op.f('uq_practice_engagements_body_id_origin'), ['body_id', 'origin'])
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
        batch_op.create_unique_constraint(batch_op.f('uq_practice_records_body_id_origin'), ['body_id', 'origin'])
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
        batch_op.drop_constraint(batch_op.f('uq_practice_records_body_id_origin'), type_='unique')
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
        batch_op.drop_constraint(batch_op.f('uq_practice_engagements_body_id_origin'), type_='unique')
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

    op.drop_table('practice_no_shows')
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
    op.drop_table('practice_entries')
    op.drop_table('practice_activity_types')
