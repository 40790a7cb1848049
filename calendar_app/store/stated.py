"""How many statements of what ITU did, for all to see, tell of each series and of each partner."""

from functools import lru_cache

from calendar_app.store.connection import Store
from calendar_app.store.visible import PUBLIC, SHOWN

_OF_SERIES = (
    "SELECT t.key, count(*) FROM (SELECT series AS key, engagement FROM engagement_series"
    " UNION SELECT e.series, n.engagement FROM engagement_events n JOIN events e ON e.uid = n.event"
    f" WHERE e.series IS NOT NULL AND {PUBLIC}) t"
    f" JOIN engagements g ON g.id = t.engagement WHERE {SHOWN} GROUP BY t.key"
)
_OF_PARTNERS = (
    "SELECT p.partner, count(*) FROM engagement_partners p JOIN engagements g ON g.id = p.engagement"
    f" WHERE {SHOWN} GROUP BY p.partner"
)


def of_series(store: Store) -> dict[str, int]:
    """By the key of each series how many tell of it or of its events; those without one are left out."""
    return _counted(store, store.revision(), _OF_SERIES)


def of_partners(store: Store) -> dict[str, int]:
    """By the key of each partner how many name it; those without one are left out."""
    return _counted(store, store.revision(), _OF_PARTNERS)


# All statements are counted once after each change.
@lru_cache(maxsize=8)
def _counted(store: Store, _revision: int, sql: str) -> dict[str, int]:
    return dict(store.db.conn.execute(sql).fetchall())
