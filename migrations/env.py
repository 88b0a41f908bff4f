"""Runs migrations in one transaction: guards down, tables changed, guards up, foreign keys checked."""

from alembic import context
from sqlalchemy import Connection, pool
from sqlalchemy.engine import create_engine

from app.audit import guards
from app.core.database import make_strict
from app.tables import metadata


def render(kind: str, item: object, _autogen: object) -> str | bool:
    """Write portable types into versions, so that they run when the code has changed."""
    if kind == "type":
        module, name = type(item).__module__, type(item).__name__
        if module.startswith("sqlmodel"):
            return "sa.DateTime(timezone=True)" if "DateTime" in name else "sa.String()"
        if name == "ScaledDecimal":
            return "sa.BigInteger()"
    return False


def ours(_item: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Leave tables alone that are not ours."""
    return kind != "table" or name in metadata.tables


def migrate(connection: Connection) -> None:
    """Bring the schema to the wanted version."""
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        # only possible outside a transaction
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
    else:
        connection.exec_driver_sql("SET lock_timeout = '5s'")
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=render,
        include_object=ours,
        compare_type=False,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        guards.drop(connection)
        context.run_migrations()
        if context.get_x_argument(as_dictionary=True).get("guards") != "off":
            present = set(connection.dialect.get_table_names(connection))
            if set(metadata.tables) <= present:
                guards.make(connection, metadata)
        if is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
            raise RuntimeError(f"foreign keys broken by the migration: {broken}")


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url"), poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":
        make_strict(engine)
        engine = engine.execution_options(write=True)
    with engine.connect() as connection:
        migrate(connection)
