"""All databases of a file, one after the other, in one process.

`-x databases=FILE` names a file with one connection string a line, as libpq writes them. This is the loop of Alembic's own cookbook:
the scripts are read once, and each database has a connection and a transaction of its own.
"""

import psycopg
from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

with open(context.get_x_argument(as_dictionary=True)["databases"]) as file:
    databases = file.read().splitlines()

for database in databases:
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(database),
        poolclass=NullPool,
    )
    with engine.connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
