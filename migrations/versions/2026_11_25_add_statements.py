"""add statements.

Revision: 3d5f74214483, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = '3d5f74214483'
down_revision = '0001'
branch_labels = None
depends_on = None


_KNOWN_BEFORE = "kind IN ('seal_document')"
_KNOWN_SINCE = "kind IN ('seal_document', 'seal_statement')"


def upgrade() -> None:
    _let_outbox_know(_KNOWN_SINCE)
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



def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE kind = 'seal_statement'")
    _let_outbox_know(_KNOWN_BEFORE)
    with op.batch_alter_table('statements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_statements_body_id_sha256'))
        batch_op.drop_index(batch_op.f('ix_statements_body_id_person_id'))

    op.drop_table('statements')


def _let_outbox_know(jobs: str) -> None:
    """Say which jobs there are: the check of an enumeration, which is not compared when drafting."""
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_outbox_job'), type_='check')
        batch_op.create_check_constraint(op.f('ck_outbox_job'), jobs)
