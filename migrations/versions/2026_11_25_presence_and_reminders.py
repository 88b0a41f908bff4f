"""presence, needs and reminders.

Revision: 0007, after 0006.

Who of several mentors was at a session; the needs that an applicant confirms; what is suggested each quarter and
told to staff each week.
"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


_CHECKS = (
    ('notices', 'ck_notices_notice_kind',
     "kind IN ('confirmation_asked', 'contact_declined', 'contact_passed_on', 'contact_to_confirm', 'engagement_two_thirds', 'engagement_two_thirds_mentee', 'hand_over_offered', 'impact_asked', 'impact_consented', 'listing_stale', 'programme_declined', 'programme_left', 'programme_offered', 'programme_waiting', 'review_closing', 'review_closing_mentee', 'review_open', 'review_open_mentee')",
     "kind IN ('confirmation_asked', 'contact_declined', 'contact_passed_on', 'contact_to_confirm', 'engagement_two_thirds', 'engagement_two_thirds_mentee', 'hand_over_offered', 'impact_asked', 'impact_consented', 'listing_stale', 'programme_declined', 'programme_left', 'programme_offered', 'programme_waiting', 'review_closing', 'review_closing_mentee', 'review_open', 'review_open_mentee', 'reviews_waiting', 'skills_session_suggested')"),
    ('outbox', 'ck_outbox_job',
     "kind IN ('ask_mentees', 'empty_contacts', 'prompt', 'remind_listed', 'seal_document', 'seal_statement', 'send_notice')",
     "kind IN ('ask_mentees', 'empty_contacts', 'prompt', 'remind_listed', 'remind_staff', 'seal_document', 'seal_statement', 'send_notice')"),
    ('practice_prompts', 'ck_practice_prompts_prompt',
     "prompt IN ('first_weeks_open', 'first_weeks_closing', 'mid_point_open', 'mid_point_closing', 'two_thirds', 'end_open', 'end_closing', 'figures_at_start', 'figures_at_end', 'figures_after_six', 'figures_after_twelve')",
     "prompt IN ('first_weeks_open', 'first_weeks_closing', 'mid_point_open', 'mid_point_closing', 'two_thirds', 'end_open', 'end_closing', 'figures_at_start', 'figures_at_end', 'figures_after_six', 'figures_after_twelve', 'skills')"),
)
"""Checks of earlier tables: table, name, as it was, as it is."""


def upgrade() -> None:
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.add_column(sa.Column('needs_confirmed', sa.JSON(), nullable=True))
    with op.batch_alter_table('practice_prompts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_practice_prompts_body_id_stream_prompt'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_practice_prompts_body_id_stream_prompt_told_on'), ['body_id', 'stream', 'prompt', 'told_on'])
    with op.batch_alter_table('practice_sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('co_mentors', sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column('present', sa.JSON(none_as_null=True), nullable=True))
    for table, name, _, wanted in _CHECKS:
        _recheck(table, name, wanted)


def downgrade() -> None:
    for table, name, earlier, _ in _CHECKS:
        _recheck(table, name, earlier)
    with op.batch_alter_table('practice_sessions', schema=None) as batch_op:
        batch_op.drop_column('present')
        batch_op.drop_column('co_mentors')
    with op.batch_alter_table('practice_prompts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_practice_prompts_body_id_stream_prompt_told_on'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_practice_prompts_body_id_stream_prompt'), ['body_id', 'stream', 'prompt'])
    with op.batch_alter_table('cases', schema=None) as batch_op:
        batch_op.drop_column('needs_confirmed')


def _recheck(table: str, name: str, condition: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(name), type_='check')
        batch_op.create_check_constraint(batch_op.f(name), condition)
