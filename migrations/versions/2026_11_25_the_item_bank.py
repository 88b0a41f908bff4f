"""the item bank.

Revision: 0011, after 0010.

Items as rows with versions, reviews and translations; forms that are put together from them, and retired.
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


_CHECKS = (
    ('appointments', 'ck_appointments_role',
     "role IN ('administrator', 'scheme_manager', 'application_reviewer', 'assessor', 'decision_maker', 'impartiality_officer', 'accommodation_officer', 'auditor', 'adviser', 'programme_manager', 'person', 'client')",
     "role IN ('administrator', 'scheme_manager', 'application_reviewer', 'assessor', 'decision_maker', 'impartiality_officer', 'accommodation_officer', 'auditor', 'adviser', 'programme_manager', 'item_writer', 'person', 'client')"),
    ('body_keys', 'ck_body_keys_purpose',
     "purpose IN ('seal', 'tokens', 'log', 'credential', 'files', 'exchange')",
     "purpose IN ('seal', 'tokens', 'log', 'credential', 'files', 'exchange', 'items')"),
    ('form_items', 'ck_form_items_content',
     None,
     "(content IS NULL) <> (stem IS NULL) AND (content IS NULL) = (content_sha256 IS NULL)"),
    ('forms', 'ck_forms_equivalence',
     None,
     "equivalence IS NULL OR variant_of IS NOT NULL"),
    ('forms', 'ck_forms_form_state',
     "state IN ('draft', 'approved')",
     "state IN ('draft', 'approved', 'retired')"),
    ('forms', 'ck_forms_retired',
     None,
     "(state = 'retired') = (retired_on IS NOT NULL) AND (retired_on IS NULL) = (retired_for IS NULL) AND (retired_on IS NULL) = (retired_by IS NULL)"),
    ('forms', 'ck_forms_retirement_reason',
     None,
     "retired_for IN ('exposed', 'flawed', 'outdated', 'superseded')"),
    ('outbox', 'ck_outbox_job',
     "kind IN ('ask_mentees', 'empty_contacts', 'prompt', 'remind_listed', 'remind_staff', 'seal_document', 'seal_statement', 'send_notice')",
     "kind IN ('ask_mentees', 'assemble_forms', 'empty_contacts', 'prompt', 'remind_listed', 'remind_staff', 'seal_document', 'seal_statement', 'send_notice')"),
    ('results', 'ck_results_score_exact',
     None,
     "score_exact IS NULL OR rule = 'cut'"),
)
"""Checks of earlier tables: table, name, as it was, as it is; None where there was none."""


def upgrade() -> None:
    op.create_table('bank_items',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('scheme_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('single_choice', 'multiple_choice', 'ordering', 'situational_judgement', 'short_answer', name='item_kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('newest', sa.Integer(), nullable=False),
    sa.Column('changes', sa.Integer(), nullable=False),
    sa.Column('exposure_limit', sa.Integer(), nullable=True),
    sa.Column('exposures_cleared', sa.Integer(), nullable=False),
    sa.CheckConstraint('exposure_limit IS NULL OR exposure_limit > 0', name=op.f('ck_bank_items_exposure_limit')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_bank_items_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'scheme_id'], ['schemes.body_id', 'schemes.id'], name=op.f('fk_bank_items_body_id_scheme_id_schemes')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_bank_items_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_bank_items')),
    sa.UniqueConstraint('body_id', 'scheme_id', 'code', name=op.f('uq_bank_items_body_id_scheme_id_code'))
    )
    op.create_table('form_assemblies',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('scheme_version_id', sa.Uuid(), nullable=False),
    sa.Column('component', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('wanted', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('asked', 'done', 'refused', name='assembly_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('asked_by', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.JSON(none_as_null=True), nullable=True),
    sa.CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name=op.f('ck_form_assemblies_ended_at')),
    sa.CheckConstraint("(state = 'asked') = (outcome IS NULL)", name=op.f('ck_form_assemblies_outcome')),
    sa.ForeignKeyConstraint(['body_id', 'asked_by'], ['people.body_id', 'people.id'], name=op.f('fk_form_assemblies_body_id_asked_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'id', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_form_assemblies_body_id_id_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'scheme_version_id'], ['scheme_versions.body_id', 'scheme_versions.id'], name=op.f('fk_form_assemblies_body_id_scheme_version_id_scheme_versions')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_form_assemblies_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_form_assemblies'))
    )
    op.create_table('item_versions',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('element', sa.String(), nullable=False),
    sa.Column('unit', sa.String(), nullable=False),
    sa.Column('cognitive_level', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=True),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('ai_system', sa.String(), nullable=True),
    sa.Column('content_sha256', sa.String(), nullable=False),
    sa.Column('content', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'in_review', 'approved', 'retired', name='item_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('retired_for', sa.Enum('exposed', 'flawed', 'outdated', 'superseded', name='retirement_reason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('retired_note', sa.String(), nullable=True),
    sa.Column('retired_by', sa.Uuid(), nullable=True),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(state = 'retired') = (retired_for IS NOT NULL)", name=op.f('ck_item_versions_retired_for')),
    sa.CheckConstraint("(state = 'retired') = (retired_on IS NOT NULL)", name=op.f('ck_item_versions_retired_on')),
    sa.CheckConstraint("state <> 'approved' OR approved_on IS NOT NULL", name=op.f('ck_item_versions_approved_on')),
    sa.CheckConstraint('seconds IS NULL OR seconds > 0', name=op.f('ck_item_versions_seconds')),
    sa.ForeignKeyConstraint(['body_id', 'author_id'], ['people.body_id', 'people.id'], name=op.f('fk_item_versions_body_id_author_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'retired_by'], ['people.body_id', 'people.id'], name=op.f('fk_item_versions_body_id_retired_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_item_versions_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['bank_items.body_id', 'bank_items.id'], name=op.f('fk_item_versions_body_id_stream_bank_items')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_item_versions_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_item_versions')),
    sa.UniqueConstraint('body_id', 'stream', 'number', name=op.f('uq_item_versions_body_id_stream_number'))
    )
    with op.batch_alter_table('item_versions', schema=None) as batch_op:
        batch_op.create_index('uq_item_versions_approved', ['body_id', 'stream'], unique=True, sqlite_where=sa.text("state = 'approved'"), postgresql_where=sa.text("state = 'approved'"))
        batch_op.create_index('uq_item_versions_open', ['body_id', 'stream'], unique=True, sqlite_where=sa.text("state IN ('draft', 'in_review')"), postgresql_where=sa.text("state IN ('draft', 'in_review')"))

    op.create_table('item_reviews',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('reviewer_id', sa.Uuid(), nullable=False),
    sa.Column('content_sha256', sa.String(), nullable=False),
    sa.Column('verdict', sa.Enum('accept', 'return', name='item_verdict', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reasons', sa.String(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['body_id', 'reviewer_id'], ['people.body_id', 'people.id'], name=op.f('fk_item_reviews_body_id_reviewer_id_people')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_item_reviews_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['bank_items.body_id', 'bank_items.id'], name=op.f('fk_item_reviews_body_id_stream_bank_items')),
    sa.ForeignKeyConstraint(['body_id', 'version_id'], ['item_versions.body_id', 'item_versions.id'], name=op.f('fk_item_reviews_body_id_version_id_item_versions')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_item_reviews_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_item_reviews')),
    sa.UniqueConstraint('body_id', 'version_id', 'reviewer_id', 'content_sha256', name=op.f('uq_item_reviews_body_id_version_id_reviewer_id_content_sha256'))
    )
    op.create_table('item_variants',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rev', sa.Integer(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=True),
    sa.Column('stream', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('translated_by', sa.Uuid(), nullable=False),
    sa.Column('ai_system', sa.String(), nullable=True),
    sa.Column('content_sha256', sa.String(), nullable=False),
    sa.Column('content', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('drafted', 'reviewed', 'returned', name='variant_state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reviewed_by', sa.Uuid(), nullable=True),
    sa.Column('reviewed_on', sa.Date(), nullable=True),
    sa.Column('findings', sa.String(), nullable=True),
    sa.CheckConstraint("(state = 'drafted') = (reviewed_by IS NULL) AND (reviewed_by IS NULL) = (reviewed_on IS NULL) AND (reviewed_by IS NULL) = (findings IS NULL)", name=op.f('ck_item_variants_reviewed')),
    sa.CheckConstraint('reviewed_by IS NULL OR reviewed_by <> translated_by', name=op.f('ck_item_variants_reviewed_by')),
    sa.ForeignKeyConstraint(['body_id', 'reviewed_by'], ['people.body_id', 'people.id'], name=op.f('fk_item_variants_body_id_reviewed_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'stream', 'rev'], ['events.body_id', 'events.stream', 'events.sseq'], name=op.f('fk_item_variants_body_id_stream_rev_events'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['body_id', 'stream'], ['bank_items.body_id', 'bank_items.id'], name=op.f('fk_item_variants_body_id_stream_bank_items')),
    sa.ForeignKeyConstraint(['body_id', 'translated_by'], ['people.body_id', 'people.id'], name=op.f('fk_item_variants_body_id_translated_by_people')),
    sa.ForeignKeyConstraint(['body_id', 'version_id'], ['item_versions.body_id', 'item_versions.id'], name=op.f('fk_item_variants_body_id_version_id_item_versions')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_item_variants_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_item_variants'))
    )
    with op.batch_alter_table('item_variants', schema=None) as batch_op:
        batch_op.create_index('uq_item_variants_standing', ['body_id', 'version_id', 'language'], unique=True, sqlite_where=sa.text("state <> 'returned'"), postgresql_where=sa.text("state <> 'returned'"))

    op.create_table('form_exposures',
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('form_id', sa.Uuid(), nullable=False),
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('seen_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['body_id', 'form_id'], ['forms.body_id', 'forms.id'], name=op.f('fk_form_exposures_body_id_form_id_forms')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_form_exposures_body_id_bodies')),
    sa.PrimaryKeyConstraint('body_id', 'id', name=op.f('pk_form_exposures')),
    sa.UniqueConstraint('body_id', 'attempt_id', name=op.f('uq_form_exposures_body_id_attempt_id'))
    )
    with op.batch_alter_table('form_exposures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_form_exposures_body_id_form_id'), ['body_id', 'form_id'], unique=False)

    with op.batch_alter_table('form_items', schema=None) as batch_op:
        batch_op.add_column(sa.Column('cognitive_level', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('item_version_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('item_variant_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('content_sha256', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('content', sa.String(), nullable=True))
        batch_op.alter_column('stem',
               nullable=True)
        batch_op.alter_column('options',
               nullable=True)
        batch_op.alter_column('key',
               nullable=True)
        batch_op.alter_column('rationale',
               nullable=True)
        batch_op.create_index(batch_op.f('ix_form_items_body_id_item_version_id'), ['body_id', 'item_version_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_form_items_body_id_item_variant_id_item_variants'), 'item_variants', ['body_id', 'item_variant_id'], ['body_id', 'id'])
        batch_op.create_foreign_key(batch_op.f('fk_form_items_body_id_item_version_id_item_versions'), 'item_versions', ['body_id', 'item_version_id'], ['body_id', 'id'])

    with op.batch_alter_table('forms', schema=None) as batch_op:
        batch_op.add_column(sa.Column('studied_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('variant_of', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('equivalence', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('assembly_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('retired_for', sa.Enum('exposed', 'flawed', 'outdated', 'superseded', name='retirement_reason', native_enum=False, create_constraint=False, length=40), nullable=True))
        batch_op.add_column(sa.Column('retired_note', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('retired_by', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('retired_on', sa.Date(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_forms_body_id_variant_of_forms'), 'forms', ['body_id', 'variant_of'], ['body_id', 'id'])
        batch_op.create_foreign_key(batch_op.f('fk_forms_body_id_assembly_id_form_assemblies'), 'form_assemblies', ['body_id', 'assembly_id'], ['body_id', 'id'])
        batch_op.create_foreign_key(batch_op.f('fk_forms_body_id_retired_by_people'), 'people', ['body_id', 'retired_by'], ['body_id', 'id'])

    with op.batch_alter_table('results', schema=None) as batch_op:
        batch_op.add_column(sa.Column('score_exact', sa.String(), nullable=True))

    for table, name, earlier, wanted in _CHECKS:
        _recheck(table, name, earlier, wanted)
    op.execute(
        "INSERT INTO form_exposures (body_id, id, form_id, attempt_id, seen_on)"
        " SELECT body_id, id, form_id, id, opened_on FROM attempts"
    )



def downgrade() -> None:
    if op.get_bind().exec_driver_sql("SELECT 1 FROM form_items WHERE content IS NOT NULL").first():
        raise RuntimeError("Forms were drafted whose items an earlier version cannot open.")
    for table, name, earlier, wanted in reversed(_CHECKS):
        if table != 'appointments':  # who was appointed stays appointed
            _recheck(table, name, wanted, earlier)
    with op.batch_alter_table('results', schema=None) as batch_op:
        batch_op.drop_column('score_exact')

    with op.batch_alter_table('forms', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_forms_body_id_retired_by_people'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_forms_body_id_assembly_id_form_assemblies'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_forms_body_id_variant_of_forms'), type_='foreignkey')
        batch_op.drop_column('retired_on')
        batch_op.drop_column('retired_by')
        batch_op.drop_column('retired_note')
        batch_op.drop_column('retired_for')
        batch_op.drop_column('assembly_id')
        batch_op.drop_column('equivalence')
        batch_op.drop_column('variant_of')
        batch_op.drop_column('studied_on')

    with op.batch_alter_table('form_items', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_form_items_body_id_item_version_id_item_versions'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_form_items_body_id_item_variant_id_item_variants'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_form_items_body_id_item_version_id'))
        batch_op.alter_column('rationale',
               nullable=False)
        batch_op.alter_column('key',
               nullable=False)
        batch_op.alter_column('options',
               nullable=False)
        batch_op.alter_column('stem',
               nullable=False)
        batch_op.drop_column('content')
        batch_op.drop_column('content_sha256')
        batch_op.drop_column('item_variant_id')
        batch_op.drop_column('item_version_id')
        batch_op.drop_column('cognitive_level')

    with op.batch_alter_table('form_exposures', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_form_exposures_body_id_form_id'))

    op.drop_table('form_exposures')
    with op.batch_alter_table('item_variants', schema=None) as batch_op:
        batch_op.drop_index('uq_item_variants_standing', sqlite_where=sa.text("state <> 'returned'"), postgresql_where=sa.text("state <> 'returned'"))

    op.drop_table('item_variants')
    op.drop_table('item_reviews')
    with op.batch_alter_table('item_versions', schema=None) as batch_op:
        batch_op.drop_index('uq_item_versions_open', sqlite_where=sa.text("state IN ('draft', 'in_review')"), postgresql_where=sa.text("state IN ('draft', 'in_review')"))
        batch_op.drop_index('uq_item_versions_approved', sqlite_where=sa.text("state = 'approved'"), postgresql_where=sa.text("state = 'approved'"))

    op.drop_table('item_versions')
    op.drop_table('form_assemblies')
    op.drop_table('bank_items')


def _recheck(table: str, name: str, present: str | None, wanted: str | None) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        if present is not None:
            batch_op.drop_constraint(batch_op.f(name), type_='check')
        if wanted is not None:
            batch_op.create_check_constraint(batch_op.f(name), wanted)
