"""What a database of the release before told of engagements, moved into the tables of today."""

import json
import uuid
from typing import Any

from sqlite_utils import Database

from calendar_app.engagement import key_of

_NAMESPACE = uuid.UUID("6f1c0f4e-3d0b-5a57-9a3e-6f0c2b1d7e94")


def set_apart(db: Database) -> None:
    """Puts what the catalogue told of engagements aside, so that a table of another form can take the name."""
    for index in ("engagements_event", "engagements_series"):
        db.conn.execute(f"DROP INDEX {index}")
    db.conn.execute("ALTER TABLE engagements RENAME TO engagements_before")


def move(db: Database) -> None:
    """Moves what stood aside into the tables of today, under the names that the catalogue gives it."""
    columns = ("event", "series", "year", "activity", "detail", "partners", "shared_with")
    slugs = dict(db.conn.execute("SELECT uid, slug FROM events").fetchall())
    uids = {slug: uid for uid, slug in slugs.items()}
    counted: dict[str, int] = {}
    for found in db.conn.execute(f"SELECT {', '.join(columns)} FROM engagements_before ORDER BY id").fetchall():
        row = dict(zip(columns, found, strict=True))
        subject = f"event/{slugs[row['event']]}" if row["event"] else f"series/{row['series']}"
        base = f"{subject}/{row['year']}/{row['activity']}"
        counted[base] = counted.get(base, 0) + 1
        _move_one(db, row, f"{base}/{counted[base]}", uids)
    db.conn.execute("DROP TABLE engagements_before")


def _move_one(db: Database, row: dict[str, Any], origin: str, uids: dict[str, str]) -> None:
    values = [str(uuid.uuid5(_NAMESPACE, f"engagement/{origin}")), row["year"], row["activity"], row["detail"], origin]
    sql = "INSERT INTO engagements (uid, year, activity, detail, origin) VALUES (?, ?, ?, ?, ?)"
    number = db.conn.execute(sql, values).lastrowid
    shared = [uids[slug] for slug in json.loads(row["shared_with"]) if slug in uids]
    told = list(dict.fromkeys(([row["event"]] if row["event"] else []) + shared))
    for position, uid in enumerate(told):
        db.conn.execute("INSERT INTO engagement_events VALUES (?, ?, ?)", [number, uid, position])
    if row["series"]:
        db.conn.execute("INSERT INTO engagement_series VALUES (?, ?, 0)", [number, row["series"]])
    for position, name in enumerate(json.loads(row["partners"])):
        key = key_of(name)
        db.conn.execute("INSERT OR IGNORE INTO partners (key, name, kind) VALUES (?, ?, 'other')", [key, name])
        db.conn.execute("INSERT OR IGNORE INTO engagement_partners VALUES (?, ?, ?)", [number, key, position])
