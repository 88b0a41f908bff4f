"""exchange.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
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
    with op.batch_alter_table('practice_engagements', schema=None) as batch_op:
        batch_op.add_column(sa.Column('entry_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('origin', sa.Uuid(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_practice_engagements_body_id_person_id_origin'), ['body_id', 'person_id', 'origin'])
        batch_op.create_foreign_key(batch_op.f('fk_practice_engagements_body_id_entry_id_practice_entries'), 'practice_entries', ['body_id', 'entry_id'], ['body_id', 'id'])

    with op.batch_alter_table('practice_records', schema=None) as batch_op:
        batch_op.add_column(sa.Column('entry_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('origin', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('backed_there', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint(batch_op.f('ck_practice_records_backed_there'), 'entry_id IS NOT NULL OR NOT backed_there')
        batch_op.create_unique_constraint(batch_op.f('uq_practice_records_body_id_person_id_origin'), ['body_id', 'person_id', 'origin'])
        batch_op.create_foreign_key(batch_op.f('fk_practice_records_body_id_entry_id_practice_entries'), 'practice_entries', ['body_id', 'entry_id'], ['body_id', 'id'])

    _allow_keys("seal", "tokens", "log", "credential", "files", "exchange")


def _allow_keys(*purposes: str) -> None:
    names = ", ".join(f"'{purpose}'" for purpose in purposes)
    with op.batch_alter_table("body_keys") as batch:
        batch.drop_constraint(op.f("ck_body_keys_purpose"), type_="check")
        batch.create_check_constraint(op.f("ck_body_keys_purpose"), f"purpose IN ({names})")


def downgrade() -> None:
    _allow_keys("seal", "tokens", "log", "credential", "files")
    with op.batch_alter_table('practice_records', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_practice_records_backed_there'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_practice_records_body_id_entry_id_practice_entries'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_practice_records_body_id_person_id_origin'), type_='unique')
        batch_op.drop_column('backed_there')
        batch_op.drop_column('origin')
        batch_op.drop_column('entry_id')

    with op.batch_alter_table('practice_engagements', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_practice_engagements_body_id_entry_id_practice_entries'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_practice_engagements_body_id_person_id_origin'), type_='unique')
        batch_op.drop_column('origin')
        batch_op.drop_column('entry_id')

    op.drop_table('practice_entries')
    op.drop_table('trusted_bodies')
