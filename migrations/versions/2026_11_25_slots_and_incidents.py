"""slots, incidents and external examinations.

Revision: 0008, after 0007.

Times that candidates book, what went wrong, what others examine, and calendars that show bookings.
"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('calendar_links',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('secret_hash', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_calendar_links_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_calendar_links_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_calendar_links_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_calendar_links')),
    sa.UniqueConstraint('body_id', 'secret_hash', name=op.f('uq_calendar_links_body_id_secret_hash'))
    )
    with op.batch_alter_table('calendar_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_links_body_id_person_id'), ['body_id', 'person_id'], unique=False)

    op.create_table('external_exams',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('provider', sa.String(), nullable=False),
    sa.Column('exam', sa.String(), nullable=False),
    sa.Column('scheme_id', sa.Uuid(), nullable=False),
    sa.Column('component', sa.String(), nullable=False),
    sa.Column('reasons', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('accepted_by', sa.Uuid(), nullable=False),
    sa.CheckConstraint('valid_from <= valid_until', name=op.f('ck_external_exams_validity')),
    sa.ForeignKeyConstraint(['body_id', 'accepted_by'], ['people.body_id', 'people.id'], name=op.f('fk_external_exams_body_id_accepted_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_external_exams_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'scheme_id'], ['schemes.body_id', 'schemes.id'], name=op.f('fk_external_exams_body_id_scheme_id_schemes')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_external_exams_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_external_exams')),
    sa.UniqueConstraint('body_id', 'provider', 'exam', 'scheme_id', 'component', 'valid_from', name=op.f('uq_external_exams_body_id_provider_exam_scheme_id_component_valid_from'))
    )
    op.create_table('slots',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('scheme_id', sa.Uuid(), nullable=False),
    sa.Column('component', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('mode', sa.Enum('on_site', 'remote', name='mode', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('site', sa.String(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('open', 'cancelled', name='slot_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.CheckConstraint('places BETWEEN 1 AND 500', name=op.f('ck_slots_places')),
    sa.CheckConstraint('starts_at < ends_at AND closes_at <= starts_at', name=op.f('ck_slots_times')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_slots_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'scheme_id'], ['schemes.body_id', 'schemes.id'], name=op.f('fk_slots_body_id_scheme_id_schemes')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_slots_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_slots'))
    )
    with op.batch_alter_table('slots', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slots_body_id_scheme_id_component_starts_at'), ['body_id', 'scheme_id', 'component', 'starts_at'], unique=False)

    op.create_table('external_results',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('exam_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('component', sa.String(), nullable=False),
    sa.Column('attempt_no', sa.Integer(), nullable=True),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('taken_on', sa.Date(), nullable=False),
    sa.Column('outcome', sa.Enum('pass', 'fail', 'no_show', name='external_outcome', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=True),
    sa.Column('concluded_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(outcome = 'no_show') = (attempt_no IS NULL)", name=op.f('ck_external_results_try')),
    sa.CheckConstraint("passed IS NULL OR passed = (outcome = 'pass')", name=op.f('ck_external_results_passed')),
    sa.CheckConstraint('(passed IS NULL) = (concluded_on IS NULL)', name=op.f('ck_external_results_concluded_on')),
    sa.ForeignKeyConstraint(['body_id', 'case_id'], ['cases.body_id', 'cases.id'], name=op.f('fk_external_results_body_id_case_id_cases')),
    sa.ForeignKeyConstraint(['body_id', 'exam_id'], ['external_exams.body_id', 'external_exams.id'], name=op.f('fk_external_results_body_id_exam_id_external_exams')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_external_results_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_external_results_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_external_results')),
    sa.UniqueConstraint('body_id', 'case_id', 'component', 'attempt_no', name=op.f('uq_external_results_body_id_case_id_component_attempt_no')),
    sa.UniqueConstraint('body_id', 'exam_id', 'reference', name=op.f('uq_external_results_body_id_exam_id_reference'))
    )
    op.create_table('bookings',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('slot_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('component', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('booked', 'checked_in', 'held', 'moved', 'cancelled', 'no_show', name='booking_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('booked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('identity_confirmed', sa.Boolean(), nullable=False),
    sa.Column('agreement_signed', sa.Boolean(), nullable=False),
    sa.Column('aids_checked', sa.Boolean(), nullable=False),
    sa.Column('checked_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_in_by', sa.Uuid(), nullable=True),
    sa.Column('involvement_id', sa.Uuid(), nullable=True),
    sa.Column('excuse', sa.String(), nullable=True),
    sa.CheckConstraint("state NOT IN ('checked_in', 'held') OR (checked_in_at IS NOT NULL AND identity_confirmed AND agreement_signed AND aids_checked)", name=op.f('ck_bookings_in_order')),
    sa.CheckConstraint('(checked_in_at IS NULL) = (checked_in_by IS NULL)', name=op.f('ck_bookings_checked_in')),
    sa.ForeignKeyConstraint(['body_id', 'case_id'], ['cases.body_id', 'cases.id'], name=op.f('fk_bookings_body_id_case_id_cases')),
    sa.ForeignKeyConstraint(['body_id', 'checked_in_by'], ['people.body_id', 'people.id'], name=op.f('fk_bookings_body_id_checked_in_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_bookings_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'involvement_id'], ['involvements.body_id', 'involvements.id'], name=op.f('fk_bookings_body_id_involvement_id_involvements')),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_bookings_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'slot_id'], ['slots.body_id', 'slots.id'], name=op.f('fk_bookings_body_id_slot_id_slots')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_bookings_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_bookings'))
    )
    with op.batch_alter_table('bookings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bookings_body_id_person_id'), ['body_id', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bookings_body_id_slot_id'), ['body_id', 'slot_id'], unique=False)
        batch_op.create_index('uq_bookings_one_at_a_time', ['body_id', 'case_id', 'component'], unique=True, sqlite_where=sa.text("state IN ('booked', 'checked_in')"), postgresql_where=sa.text("state IN ('booked', 'checked_in')"))

    op.create_table('incidents',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('kind', sa.Enum('leak', 'cheating', 'identity', 'disturbance', 'technical', 'anomaly', name='incident_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('slot_id', sa.Uuid(), nullable=True),
    sa.Column('attempt_id', sa.Uuid(), nullable=True),
    sa.Column('form_id', sa.Uuid(), nullable=True),
    sa.Column('told', sa.String(), nullable=False),
    sa.Column('reported_by', sa.Uuid(), nullable=False),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('open', 'closed', name='incident_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('finding', sa.String(), nullable=True),
    sa.Column('closed_by', sa.Uuid(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name=op.f('ck_incidents_closed_on')),
    sa.CheckConstraint('attempt_id IS NOT NULL OR form_id IS NOT NULL OR slot_id IS NOT NULL', name=op.f('ck_incidents_about')),
    sa.CheckConstraint('closed_by IS NULL OR closed_by <> reported_by', name=op.f('ck_incidents_closed_by_another')),
    sa.ForeignKeyConstraint(['body_id', 'attempt_id'], ['attempts.body_id', 'attempts.id'], name=op.f('fk_incidents_body_id_attempt_id_attempts')),
    sa.ForeignKeyConstraint(['body_id', 'closed_by'], ['people.body_id', 'people.id'], name=op.f('fk_incidents_body_id_closed_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'form_id'], ['forms.body_id', 'forms.id'], name=op.f('fk_incidents_body_id_form_id_forms')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_incidents_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'reported_by'], ['people.body_id', 'people.id'], name=op.f('fk_incidents_body_id_reported_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'slot_id'], ['slots.body_id', 'slots.id'], name=op.f('fk_incidents_body_id_slot_id_slots')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_incidents_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_incidents'))
    )
    with op.batch_alter_table('incidents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incidents_body_id_attempt_id'), ['body_id', 'attempt_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_incidents_body_id_form_id'), ['body_id', 'form_id'], unique=False)

    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('booking_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_attempts_body_id_booking_id_bookings'), 'bookings', ['body_id', 'booking_id'], ['body_id', 'id'])

    with op.batch_alter_table('results', schema=None) as batch_op:
        batch_op.add_column(sa.Column('external_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_results_body_id_external_id_external_results'), 'external_results', ['body_id', 'external_id'], ['body_id', 'id'])
        batch_op.create_check_constraint(batch_op.f('ck_results_external'), "(rule = 'external') = (external_id IS NOT NULL)")

    with op.batch_alter_table('sittings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('booking_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_sittings_body_id_booking_id_bookings'), 'bookings', ['body_id', 'booking_id'], ['body_id', 'id'])



def downgrade() -> None:
    with op.batch_alter_table('sittings', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_sittings_body_id_booking_id_bookings'), type_='foreignkey')
        batch_op.drop_column('booking_id')

    with op.batch_alter_table('results', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_results_external'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_results_body_id_external_id_external_results'), type_='foreignkey')
        batch_op.drop_column('external_id')

    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_attempts_body_id_booking_id_bookings'), type_='foreignkey')
        batch_op.drop_column('booking_id')

    with op.batch_alter_table('incidents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incidents_body_id_form_id'))
        batch_op.drop_index(batch_op.f('ix_incidents_body_id_attempt_id'))

    op.drop_table('incidents')
    with op.batch_alter_table('bookings', schema=None) as batch_op:
        batch_op.drop_index('uq_bookings_one_at_a_time', sqlite_where=sa.text("state IN ('booked', 'checked_in')"), postgresql_where=sa.text("state IN ('booked', 'checked_in')"))
        batch_op.drop_index(batch_op.f('ix_bookings_body_id_slot_id'))
        batch_op.drop_index(batch_op.f('ix_bookings_body_id_person_id'))

    op.drop_table('bookings')
    op.drop_table('external_results')
    with op.batch_alter_table('slots', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_slots_body_id_scheme_id_component_starts_at'))

    op.drop_table('slots')
    op.drop_table('external_exams')
    with op.batch_alter_table('calendar_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_calendar_links_body_id_person_id'))

    op.drop_table('calendar_links')
