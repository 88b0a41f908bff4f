"""notices, the mentees of an engagement, and what is done by the clock.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('notices',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('kind', sa.Enum('confirmation_asked', name='notice_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
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
    sa.Column('state', sa.Enum('written', 'sent', 'given_up', name='notice_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f('ck_notices_sent')),
    sa.CheckConstraint("state = 'written' OR link IS NULL", name=op.f('ck_notices_link_forgotten')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_notices_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'person_id'], ['people.body_id', 'people.id'], name=op.f('fk_notices_body_id_person_id_people')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_notices_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_notices')),
    sa.UniqueConstraint('body_id', 'key', name=op.f('uq_notices_body_id_key'))
    )
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notices_body_id_person_id_id'), ['body_id', 'person_id', 'id'], unique=False)

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

    with op.batch_alter_table('practice_confirmation_links', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mentee_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('for_month', sa.Date(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_practice_confirmation_links_body_id_stream_for_month'), ['body_id', 'stream', 'for_month'])
        batch_op.create_foreign_key(batch_op.f('fk_practice_confirmation_links_body_id_mentee_id_practice_mentees'), 'practice_mentees', ['body_id', 'mentee_id'], ['body_id', 'id'])

    _allow_jobs("ask_mentees", "seal_document", "send_notice")


def _allow_jobs(*kinds: str) -> None:
    names = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("outbox") as batch:
        batch.drop_constraint(op.f("ck_outbox_job"), type_="check")
        batch.create_check_constraint(op.f("ck_outbox_job"), f"kind IN ({names})")


def downgrade() -> None:
    _allow_jobs("seal_document")
    with op.batch_alter_table('practice_confirmation_links', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_practice_confirmation_links_body_id_mentee_id_practice_mentees'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_practice_confirmation_links_body_id_stream_for_month'), type_='unique')
        batch_op.drop_column('for_month')
        batch_op.drop_column('mentee_id')

    with op.batch_alter_table('practice_mentees', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_practice_mentees_body_id_stream'))

    op.drop_table('practice_mentees')
    with op.batch_alter_table('notices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notices_body_id_person_id_id'))

    op.drop_table('notices')
