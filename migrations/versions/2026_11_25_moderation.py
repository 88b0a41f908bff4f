"""moderation and reviews of assessors.

Revision: 0013, after 0012.

Which sheets of a period a moderator looked into, and how assessors agreed, as it was found.
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

_CHECKS = (
    ('ck_involvements_act',
     "act IN ('trained', 'mentored', 'refereed', 'related', 'reviewed', 'invigilated', 'examined', 'adjudicated', 'decided')",
     "act IN ('trained', 'mentored', 'refereed', 'related', 'reviewed', 'invigilated', 'examined', 'adjudicated', 'moderated', 'decided')"),
    ('ck_involvements_component',
     "act NOT IN ('examined', 'adjudicated') OR component IS NOT NULL",
     "act NOT IN ('examined', 'adjudicated', 'moderated') OR component IS NOT NULL"),
    ('ck_involvements_declared',
     "act NOT IN ('reviewed', 'examined', 'adjudicated', 'decided') OR (declaration_id IS NOT NULL AND case_id IS NOT NULL AND answer IS NOT NULL AND answer = 'none')",
     "act NOT IN ('reviewed', 'examined', 'adjudicated', 'moderated', 'decided') OR (declaration_id IS NOT NULL AND case_id IS NOT NULL AND answer IS NOT NULL AND answer = 'none')"),
)
"""Checks of the ledger: name, as it was, as it is."""


def _recheck(place: int) -> None:
    with op.batch_alter_table('involvements', schema=None) as batch_op:
        for check in _CHECKS:
            batch_op.drop_constraint(batch_op.f(check[0]), type_='check')
            batch_op.create_check_constraint(batch_op.f(check[0]), check[place])


def upgrade() -> None:
    _recheck(2)
    op.create_table('assessor_reviews',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('scheme_id', sa.Uuid(), nullable=False),
    sa.Column('held_from', sa.Date(), nullable=False),
    sa.Column('held_until', sa.Date(), nullable=False),
    sa.Column('gate', sa.BigInteger(), nullable=False),
    sa.Column('least', sa.Integer(), nullable=False),
    sa.Column('provenance', sa.JSON(), nullable=False),
    sa.Column('reviewed_by', sa.Uuid(), nullable=False),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('held_until >= held_from', name=op.f('ck_assessor_reviews_period')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_assessor_reviews_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'reviewed_by'], ['people.body_id', 'people.id'], name=op.f('fk_assessor_reviews_body_id_reviewed_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'scheme_id'], ['schemes.body_id', 'schemes.id'], name=op.f('fk_assessor_reviews_body_id_scheme_id_schemes')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_assessor_reviews_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_assessor_reviews'))
    )
    with op.batch_alter_table('assessor_reviews', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessor_reviews_body_id_scheme_id_id'), ['body_id', 'scheme_id', 'id'], unique=False)

    op.create_table('assessor_findings',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('assessor_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Enum('clear', 'watch', 'blocked', 'too_few', name='examiner_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('n_double_marked', sa.Integer(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['body_id', 'assessor_id'], ['people.body_id', 'people.id'], name=op.f('fk_assessor_findings_body_id_assessor_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_assessor_findings_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['assessor_reviews.body_id', 'assessor_reviews.id'], name=op.f('fk_assessor_findings_body_id_stream_assessor_reviews')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_assessor_findings_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_assessor_findings')),
    sa.UniqueConstraint('body_id', 'stream', 'assessor_id', name=op.f('uq_assessor_findings_body_id_stream_assessor_id'))
    )
    with op.batch_alter_table('assessor_findings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessor_findings_body_id_assessor_id'), ['body_id', 'assessor_id'], unique=False)

    op.create_table('moderations',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('scheme_id', sa.Uuid(), nullable=False),
    sa.Column('component', sa.String(), nullable=False),
    sa.Column('held_from', sa.Date(), nullable=False),
    sa.Column('held_until', sa.Date(), nullable=False),
    sa.Column('seed', sa.String(), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('least', sa.Integer(), nullable=False),
    sa.Column('margin', sa.BigInteger(), nullable=False),
    sa.Column('sheets', sa.Integer(), nullable=False),
    sa.Column('version', sa.String(), nullable=False),
    sa.Column('drawn_by', sa.Uuid(), nullable=False),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('held_until >= held_from', name=op.f('ck_moderations_period')),
    sa.ForeignKeyConstraint(['body_id', 'drawn_by'], ['people.body_id', 'people.id'], name=op.f('fk_moderations_body_id_drawn_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_moderations_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'scheme_id'], ['schemes.body_id', 'schemes.id'], name=op.f('fk_moderations_body_id_scheme_id_schemes')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_moderations_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_moderations'))
    )
    with op.batch_alter_table('moderations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_moderations_body_id_scheme_id_component'), ['body_id', 'scheme_id', 'component'], unique=False)

    op.create_table('moderation_sheets',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('distance', sa.BigInteger(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('reason', sa.Enum('near_line', 'failed', 'random', name='reason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('moderator_id', sa.Uuid(), nullable=True),
    sa.Column('verdict', sa.Enum('upheld', 'remark', name='moderation_verdict', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('judged_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(verdict IS NULL) = (judged_at IS NULL) AND (verdict IS NULL OR moderator_id IS NOT NULL)', name=op.f('ck_moderation_sheets_verdict')),
    sa.CheckConstraint('reason IS NOT NULL OR moderator_id IS NULL', name=op.f('ck_moderation_sheets_drawn')),
    sa.ForeignKeyConstraint(['body_id', 'assignment_id'], ['assignments.body_id', 'assignments.id'], name=op.f('fk_moderation_sheets_body_id_assignment_id_assignments')),
    sa.ForeignKeyConstraint(['body_id', 'moderator_id'], ['people.body_id', 'people.id'], name=op.f('fk_moderation_sheets_body_id_moderator_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_moderation_sheets_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['moderations.body_id', 'moderations.id'], name=op.f('fk_moderation_sheets_body_id_stream_moderations')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_moderation_sheets_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_moderation_sheets')),
    sa.UniqueConstraint('body_id', 'assignment_id', name=op.f('uq_moderation_sheets_body_id_assignment_id'))
    )


def downgrade() -> None:
    op.drop_table('moderation_sheets')
    with op.batch_alter_table('moderations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_moderations_body_id_scheme_id_component'))

    op.drop_table('moderations')
    with op.batch_alter_table('assessor_findings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessor_findings_body_id_assessor_id'))

    op.drop_table('assessor_findings')
    with op.batch_alter_table('assessor_reviews', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessor_reviews_body_id_scheme_id_id'))

    op.drop_table('assessor_reviews')
    _recheck(1)
