"""What the site map lists of the record: the events in stretches of row ids, and the years that they lie in."""

from calendar_app.store.connection import Store
from calendar_app.store.visible import PUBLIC

# Far less than the 50,000 addresses and 50 MB that a file may have (sitemaps.org), so that one is answered quickly.
STRETCH = 10_000


def stretches(store: Store) -> int:
    """In how many stretches the events lie, at least one."""
    highest = store.db.conn.execute("SELECT max(id) FROM events").fetchone()[0] or 1
    return (int(highest) - 1) // STRETCH + 1


def stretch(store: Store, number: int) -> list[tuple[str, str]]:
    """The public events of a stretch, the first of which is 1: their slugs, and when they last changed (ISO 8601, UTC).

    An event stays in its stretch for ever.
    """
    sql = f"SELECT e.slug, e.stamp FROM events e WHERE e.id > ? AND e.id <= ? AND {PUBLIC} ORDER BY e.id"
    return [tuple(row) for row in store.db.conn.execute(sql, [(number - 1) * STRETCH, number * STRETCH])]


def years(store: Store) -> range:
    """The years from that in which the first public event begins to that in which the last one does."""
    sql = f"SELECT e.first_day FROM events e WHERE {PUBLIC} ORDER BY e.sort {{}} LIMIT 1"
    found = [store.db.conn.execute(sql.format(way)).fetchone() for way in ("ASC", "DESC")]
    first, last = (int(row[0][:4]) if row else 0 for row in found)
    return range(first, last + 1) if first else range(0)
