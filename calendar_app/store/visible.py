"""What anyone may see: of events (`e`), the same as `Event.public`, and of what ITU did (`g`)."""


def public(event: str) -> str:
    """The condition by which anyone may see an event, under the name that a query gives it."""
    return f"{event}.published = 1 AND {event}.status <> 'withdrawn'"


PUBLIC = public("e")
# For feeds, which keep a withdrawn event as such.
TOMBSTONES = "e.published = 1"
# Whether a statement is one to be told; of an event that anyone may see, this is all that there is to ask.
OPEN = "g.public = 1 AND g.removed = 0"
# A statement of nothing but events that nobody may see is told to nobody.
SHOWN = (
    f"{OPEN} AND (EXISTS (SELECT 1 FROM engagement_series s WHERE s.engagement = g.id) OR EXISTS (SELECT 1"
    f" FROM engagement_events n JOIN events e ON e.uid = n.event WHERE n.engagement = g.id AND {PUBLIC}))"
)
# What is told of series as a whole, and of no event that anyone may see.
OF_SERIES_ALONE = (
    "EXISTS (SELECT 1 FROM engagement_series s WHERE s.engagement = g.id) AND NOT EXISTS (SELECT 1"
    f" FROM engagement_events n JOIN events e ON e.uid = n.event WHERE n.engagement = g.id AND {PUBLIC})"
)
