"""The same change as change.sql, in Alembic's words."""

import sqlalchemy as sa
from alembic import op

revision = "r{round}"
down_revision = {before}


def upgrade():
    op.add_column("{set}_orders", sa.Column("note_{round}", sa.Text))
    op.add_column("{set}_members", sa.Column("seen_at_{round}", sa.TIMESTAMP(timezone=True)))
    op.create_table(
        "{set}_visits_{round}",
        sa.Column("id", sa.BigInteger, autoincrement=False),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        sa.Column(
            "visited_at", sa.TIMESTAMP(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name="{set}_visits_{round}_pkey"),
    )
    op.create_index("{set}_orders_placed_on_{round}_index", "{set}_orders", ["placed_on"])
