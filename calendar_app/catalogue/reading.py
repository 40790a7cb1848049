"""Every row of the catalogue's files, checked and made the record's own thing."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable

from calendar_app import spans
from calendar_app.catalogue import council, parts, vocabularies, words
from calendar_app.catalogue.model import DATE, Catalogue
from calendar_app.catalogue.table import OPTIONAL, Problems, Row, read, read_unique
from calendar_app.errors import CalendarError
from calendar_app.events import NO_SOURCE, Claim, Event, Plan, Series, SeriesRole
from calendar_app.topics import Confidence, Kind, Status

# The only split: the second part, and the first, which kept the uid.
_PARTS = {"ldc-conference-2023": "ldc-conference-2022"}

_NOTHING = spans.parse("1900")
_NO_SDGS: tuple[int, ...] = ()
_NO_THEMES: tuple[str, ...] = ()
_NO_ROLES: tuple[SeriesRole, ...] = ()


@dataclass(slots=True, kw_only=True)
class Reading:
    """One reading of a folder; `problems` fills as it goes."""

    folder: Traversable
    problems: Problems = field(default_factory=Problems)

    def catalogue(self) -> Catalogue:
        """What the files tell, with defaults where a cell is a problem."""
        vocabularies.check(self.folder, self.problems)
        series = {row["key"]: self._series(row) for row in self._unique("series.csv", ["key"])}
        events = {row["key"]: self._event(row, series) for row in self._events()}
        self._add_plans(events)
        self._add_claims(events)
        parts.add(events, self._unique("parts.csv", ["key"]), span=self._days, problems=self.problems)
        return Catalogue(
            series=tuple(series.values()),
            events=tuple(map(_sequenced, events.values())),
            lacking=frozenset(name for name in OPTIONAL if not self.folder.joinpath(name).is_file()),
            **council.Council(
                rows=self._rows, problems=self.problems, events=events.keys(), series=series.keys()
            ).told(),
        )

    def _rows(self, name: str) -> list[Row]:
        return list(read(self.folder, name, self.problems))

    def _unique(self, name: str, columns: Sequence[str]) -> list[Row]:
        return read_unique(self.folder, name, columns, self.problems)

    def _events(self) -> Iterator[Row]:
        seen = set[tuple[str, str]]()
        for row in self._unique("events.csv", ["key"]):
            title = row["series_key"], row["title"]
            if title in seen:
                self.problems.add(row, "title", CalendarError("cell-twice", value=row["title"]))
            seen.add(title)
            yield row

    def _series(self, row: Row) -> Series:
        roles = self.problems.checked(row, "itu_role", words.series_roles, default=_NO_ROLES)
        return Series(
            key=self.problems.checked(row, "key", words.key, default=""),
            short_name=self.problems.checked(row, "short_name", words.text, default=""),
            name=self.problems.checked(row, "full_name", words.text, default=""),
            kind=self.problems.checked(row, "kind", words.series_kind, default=Kind.CONFERENCE),
            convener=row["convener"],
            cadence=row["usual_cadence"],
            months=row["usual_months"],
            place=row["usual_place"],
            roles=roles,
            role_text=row["itu_role"],
            sdgs=self.problems.checked(row, "sdgs", words.sdgs, default=_NO_SDGS),
            themes=self.problems.checked(row, "themes", words.themes, default=_NO_THEMES),
            url=self.problems.checked(row, "official_url", words.link, default=""),
            quote=row["seed_quote"],
            source=words.source(row["source"]),
        )

    def _event(self, row: Row, series: dict[str, Series]) -> Event:
        if row["series_key"] not in series:
            self.problems.add(row, "series_key", CalendarError("series-unknown", value=row["series_key"]))
        kind = series[row["series_key"]].kind if row["series_key"] in series else Kind.CONFERENCE
        confidence = self.problems.checked(row, "confidence", Confidence, default=Confidence.LOW)
        span = self._days(row)
        seed = self.problems.checked(row, "in_seed", words.yes, default=False)
        url = self.problems.checked(row, "source_url", words.link, default="")
        return Event(
            uid=words.uid(row["key"]),
            slug=self.problems.checked(row, "key", words.key, default=""),
            stamp=DATE,
            title=self.problems.checked(row, "title", words.text, default=""),
            span=span,
            series=row["series_key"],
            kind=kind,
            status=self.problems.checked(row, "status", Status, default=Status.CONFIRMED),
            city=row["city"],
            country=self.problems.checked(row, "country", words.country, default=""),
            venue=row["venue"],
            timezone=self.problems.checked(row, "timezone", words.zone, default=""),
            mode=self.problems.checked(row, "online", words.mode, default=words.mode("no")),
            url=self.problems.checked(row, "url", words.link, default=""),
            themes=self.problems.checked(row, "themes", words.themes, default=_NO_THEMES),
            sdgs=self.problems.checked(row, "sdgs", words.sdgs, default=_NO_SDGS),
            roles=words.event_roles(row["itu_participation"]),
            participation=words.readable(row["itu_participation"]),
            source=_source(url, seed=seed, confidence=confidence),
            source_url="" if seed else url,
            source_date="" if seed else row["source_date"],
            confidence=confidence,
            notes=words.readable(row["notes"]),
            # Exact days still to come that no source was read for stay unpublished until an editor confirms them.
            published=confidence is not Confidence.LOW or span.days is None or span.last <= DATE.date(),
            part_of=words.uid(_PARTS[row["key"]]) if row["key"] in _PARTS else "",
            claims=_second_source(row, span, url) if seed else (),
        )

    def _days(self, row: Row) -> spans.Span:
        return self._span(row, "start", "end", "date_precision")

    def _span(self, row: Row, start: str, end: str, precision: str) -> spans.Span:
        known = self.problems.checked(row, precision, spans.Precision, default=None)
        if known is None:
            return _NOTHING
        for column in (start, end):
            if self.problems.checked(row, column, lambda cell: spans.from_iso(cell, cell, known), default=None) is None:
                return _NOTHING
        return self.problems.checked(row, end, lambda cell: spans.from_iso(row[start], cell, known), default=_NOTHING)

    def _add_plans(self, events: dict[str, Event]) -> None:
        steps: dict[str, dict[int, Plan]] = {}
        for row in self._unique("moves.csv", ["event_key", "step"]):
            plan = Plan(
                span=self._span(row, "old_start", "old_end", "old_date_precision"),
                city=row["old_city"],
                country=self.problems.checked(row, "old_country", words.country, default=""),
                announced=row["announced"],
                reason=row["reason"],
                confidence=self.problems.checked(row, "confidence", Confidence, default=Confidence.LOW),
                source_url=self.problems.checked(row, "source_url", words.link, default=""),
            )
            if self._known(row, "event_key", events.keys()):
                steps.setdefault(row["event_key"], {})[self.problems.checked(row, "step", int, default=0)] = plan
        for key, plans in steps.items():
            events[key] = replace(events[key], plans=tuple(plans[step] for step in sorted(plans)))

    def _add_claims(self, events: dict[str, Event]) -> None:
        told: dict[str, list[Claim]] = {}
        for row in self._rows("claims.csv"):
            claim = Claim(
                span=self._days(row),
                source=self.problems.checked(row, "source", words.text, default=""),
                city=row["city"],
                country=self.problems.checked(row, "country", words.country, default=""),
                source_url=self.problems.checked(row, "source_url", words.link, default=""),
                source_date=row["source_date"],
                confidence=self.problems.checked(row, "confidence", Confidence, default=Confidence.LOW),
                notes=words.readable(row["notes"]),
            )
            if self._known(row, "event_key", events.keys()):
                told.setdefault(row["event_key"], []).append(claim)
        for key, claims in told.items():
            read = {claim.source_url for claim in claims}
            others = [other for other in events[key].claims if other.source_url not in read]
            events[key] = replace(events[key], claims=(*others, *claims))

    def _known(self, row: Row, column: str, keys: Collection[str]) -> bool:
        if row[column] in keys:
            return True
        self.problems.add(row, column, CalendarError("key-unknown", value=row[column]))
        return False


def _source(url: str, *, seed: bool, confidence: Confidence) -> str:
    if seed:
        return words.COUNCIL_REPORT
    if confidence is Confidence.LOW:
        return f"{words.publisher(url)}, in part; the days are general knowledge" if url else NO_SOURCE
    return words.publisher(url)


def _second_source(row: Row, span: spans.Span, url: str) -> tuple[Claim, ...]:
    """What the source beside the Council report says; where it differs, claims.csv tells it in its stead."""
    if not url:
        return ()
    claim = Claim(
        span=span,
        source=words.publisher(url),
        city=row["city"],
        country=row["country"],
        source_url=url,
        source_date=row["source_date"],
    )
    return (claim,)


def _sequenced(event: Event) -> Event:
    """The event with the SEQUENCE of its history: its moves, plus one if it is off."""
    return replace(event, sequence=len(event.plans) + int(event.off))
