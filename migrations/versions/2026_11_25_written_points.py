"""written points.

Revision: 0016, after 0015.

Points that assessors give written answers; a sheet on them saw neither a sitting nor a recording.
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

_SEEN = "seen IN ('live', 'recording')"
_SEEN_WRITTEN = "seen IN ('live', 'recording', 'written')"


def upgrade() -> None:
    op.create_table('written_points',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('item', sa.String(), nullable=False),
    sa.Column('criterion', sa.String(), nullable=False),
    sa.Column('most', sa.Integer(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.CheckConstraint('points BETWEEN 0 AND most', name=op.f('ck_written_points_points')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_written_points_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['assignments.body_id', 'assignments.id'], name=op.f('fk_written_points_body_id_stream_assignments')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_written_points_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_written_points')),
    sa.UniqueConstraint('body_id', 'stream', 'item', 'criterion', name=op.f('uq_written_points_body_id_stream_item_criterion'))
    )
    _recheck(_SEEN_WRITTEN)


def downgrade() -> None:
    _recheck(_SEEN)
    op.drop_table('written_points')


def _recheck(wanted: str) -> None:
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_assignments_seen'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_assignments_seen'), wanted)
