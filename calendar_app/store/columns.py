"""The columns of an event, and the query that reads it whole."""

from calendar_app.store.visible import OPEN, public

LISTS = {
    "themes": ("event_themes", "theme"),
    "sdgs": ("event_sdgs", "sdg"),
    "roles": ("event_roles", "role"),
}
PARTS = {
    "plans": (
        "plans",
        ("starts", "ends", "precision", "city", "country", "announced", "reason", "confidence", "source_url"),
    ),
    "claims": (
        "claims",
        (
            *("starts", "ends", "precision", "city", "country"),
            *("source", "source_url", "source_date", "confidence", "notes"),
        ),
    ),
    "deadlines": ("deadlines", ("uid", "kind", "day")),
    "parts": (
        "parts",
        ("uid", "title", "starts", "ends", "precision", "start_time", "end_time", "zone", "venue", "url"),
    ),
}

# With whom ITU worked there, as the public part of its engagement tells.
_PARTNERS = f"""
(SELECT json_group_array(partner) FROM (
    SELECT DISTINCT p.partner FROM engagement_events n
    JOIN engagements g ON g.id = n.engagement AND {OPEN}
    JOIN engagement_partners p ON p.engagement = g.id WHERE n.event = e.uid ORDER BY p.partner)) AS partners
"""

# What the event at which a side event is held is called; nothing where that is not public.
FORUM = f"SELECT f.title FROM events f WHERE f.uid = {{}} AND {public('f')}"


def _subqueries() -> str:
    lists = [
        f"(SELECT json_group_array({column}) FROM"
        f" (SELECT {column} FROM {table} WHERE event = e.id ORDER BY position)) AS {name}"
        for name, (table, column) in LISTS.items()
    ]
    parts = []
    for name, (table, columns) in PARTS.items():
        pairs = ", ".join(f"'{column}', {column}" for column in columns)
        parts.append(
            f"(SELECT json_group_array(json_object({pairs})) FROM"
            f" (SELECT * FROM {table} WHERE event = e.id ORDER BY position)) AS {name}"
        )
    return ", ".join([*lists, *parts, _PARTNERS, f"({FORUM.format('e.held_at')}) AS forum"])


SELECT = f"SELECT e.*, {_subqueries()} FROM events e"
