"""The records that benchmarks measure: as large as asked for, whatever the catalogue ships."""

from pathlib import Path

from benchmarks import generated
from calendar_app.selection import Selection
from calendar_app.store import search


def test_generated_record_has_as_many_events_as_were_asked_for(tmp_path: Path):
    store = generated.store(tmp_path, 900)
    assert store.db.conn.execute("SELECT count(*) FROM events").fetchone()[0] == 900
    assert search.count(store, Selection()) == 900
    store.close()
