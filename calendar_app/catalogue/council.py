"""What the Council report tells beside events: what ITU did, with whom, figures, and where the report names what."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from calendar_app import places
from calendar_app.catalogue import words
from calendar_app.catalogue.table import Problems, Row
from calendar_app.engagement import Engagement, Partner, documents_in, key_of
from calendar_app.errors import CalendarError
from calendar_app.events import free_slug
from calendar_app.report.facts import Figure, ReportPlace
from calendar_app.topics import Activity, PartnerKind, split


@dataclass(slots=True, kw_only=True)
class Council:
    """One reading of these files; `events` and `series` are the keys that they may name."""

    rows: Callable[[str], list[Row]]
    problems: Problems
    events: Collection[str]
    series: Collection[str]

    def told(self) -> dict[str, Any]:
        """What the files tell, by the names of a Catalogue's fields."""
        rows = self.rows("engagements.csv")
        partners = [self._partner(row) for row in self.rows("partners.csv")]
        known = {places.fold(name): each.key for each in partners for name in (each.name, *each.aliases)}
        for name in (name for row in rows for name in split(row["partners"])):
            # A folder of facts from elsewhere has no directory.
            if places.fold(name) not in known:
                key = free_slug(key_of(name), {each.key for each in partners})
                known[places.fold(name)] = key
                partners.append(Partner(key=key, name=name, kind=PartnerKind.OTHER))
        return {
            "partners": tuple(partners),
            "engagements": tuple(self._engagements(rows, known)),
            "figures": tuple(map(self._figure, self.rows("figures.csv"))),
            "report": tuple(map(self._place, self.rows("report.csv"))),
            "pillars": tuple(map(self._pillar, self.rows("pillars.csv"))),
        }

    def _partner(self, row: Row) -> Partner:
        return Partner(
            key=self.problems.checked(row, "key", words.key, default=""),
            name=self.problems.checked(row, "name", words.text, default=""),
            kind=self.problems.checked(row, "kind", PartnerKind, default=PartnerKind.OTHER),
            aliases=split(row["aliases"]),
            url=self.problems.checked(row, "url", words.link, default=""),
        )

    def _engagements(self, rows: list[Row], partners: Mapping[str, str]) -> Iterator[tuple[str, Engagement]]:
        counted: Counter[str] = Counter()
        for row in rows:
            base = f"{row['subject']}/{row['key']}/{row['year']}/{row['activity']}"
            counted[base] += 1
            name = f"{base}/{counted[base]}"
            yield name, self._engagement(row, words.uid(f"engagement/{name}"), partners)

    def _engagement(self, row: Row, uid: str, partners: Mapping[str, str]) -> Engagement:
        self._check_subject(row)
        shared = split(row["shared_with"])
        for key in shared:
            if key not in self.events:
                self.problems.add(row, "shared_with", CalendarError("key-unknown", value=key))
        events = dict.fromkeys([*([row["key"]] if row["subject"] == "event" else []), *shared])
        return Engagement(
            uid=uid,
            year=self.problems.checked(row, "year", int, default=0),
            activity=self.problems.checked(row, "activity", Activity, default=Activity.PARTICIPATION),
            detail=row["detail"],
            events=tuple(map(words.uid, events)),
            series=(row["key"],) if row["subject"] == "series" else (),
            partners=tuple(dict.fromkeys(partners[places.fold(name)] for name in split(row["partners"]))),
            documents=documents_in(row["detail"]),
            source=words.COUNCIL_REPORT,
        )

    def _figure(self, row: Row) -> Figure:
        value = self.problems.checked(row, "value", words.number, default=0.0)
        named = {name: row[name] for name in ("subject", "year", "measure", "unit")}
        return Figure(**named, value=value, source=words.source(row["source"]))

    def _place(self, row: Row) -> ReportPlace:
        self._check_subject(row)
        return ReportPlace(
            subject=row["subject"],
            key=row["key"],
            section=row["section"],
            position=self.problems.checked(row, "order", int, default=0),
            name=row["report_name"],
            place=row["report_place"],
        )

    def _pillar(self, row: Row) -> tuple[str, str]:
        for column in ("key", "pillar_of"):
            if row[column] not in self.series:
                self.problems.add(row, column, CalendarError("key-unknown", value=row[column]))
        return row["key"], row["pillar_of"]

    def _check_subject(self, row: Row) -> None:
        subjects = {"event": self.events, "series": self.series}
        if row["subject"] not in subjects:
            self.problems.add(row, "subject", CalendarError("cell-value", value=row["subject"]))
        elif row["key"] not in subjects[row["subject"]]:
            self.problems.add(row, "key", CalendarError("key-unknown", value=row["key"]))
