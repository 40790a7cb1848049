"""What the columns of a table hold, guessed from their headers in English and French."""

import re
from collections.abc import Sequence

from calendar_app.places import fold

# Fields of the form, and what a column may hold beside them: `start` and `end` are joined into `dates`, `location` is
# taken apart into city and country, `key` is the row's identity.
PSEUDO = ("start", "end", "location", "key")
_WORDS = {
    "title": "title, name, event, event name, event title, name of event, name of the event, summary, subject, meeting,"
    " conference, titre, nom, intitule, evenement, reunion, nom de l'evenement, objet",
    "dates": "dates, date, when, period, quand, periode, date(s), event dates",
    "start": "start, start date, from, begin, begins, beginning, first day, start day, dtstart, date start, starts,"
    " debut, date de debut, du, premier jour, commence",
    "end": "end, end date, to, until, ends, last day, end day, dtend, date end, finish, fin, date de fin, au, jusqu'au,"
    " dernier jour",
    "start_time": "start time, time, starts at, hour, heure, heure de debut, start_time",
    "end_time": "end time, ends at, heure de fin, end_time",
    "timezone": "timezone, time zone, tz, zone, fuseau horaire, fuseau",
    "location": "location, place, where, lieu, ou, endroit, city and country, ville et pays, city/country",
    "city": "city, town, ville, host city",
    "country": "country, pays, host country, country code",
    "venue": "venue, building, room, salle, site, batiment",
    "mode": "mode, format, participation, online, attendance",
    "url": "url, link, website, web site, web page, webpage, web, homepage, official page, page, lien, site web, site"
    " internet, adresse web",
    "registration_url": "registration, registration link, registration url, registration page, register, inscription,"
    " lien d'inscription",
    "webcast_url": "webcast, webcast link, webcast url, stream, live, diffusion",
    "description": "description, details, notes, note, comments, remarks, about, abstract, remarques, commentaires",
    "convener": "convener, convenor, convened by, organizer, organiser, organized by, organised by, organization,"
    " organisation, host, organisateur, organise par, hote",
    "series": "series, forum, body, serie, process, instance",
    "kind": "kind, type, event type, category, genre, categorie",
    "themes": "themes, theme, topics, topic, tags, sujets, sujet, thematiques, thematique",
    "sdgs": "sdgs, sdg, goals, goal, sdg(s), odd, objectifs",
    "source": "source, sources, reference, origin, provenance",
    "source_url": "source url, source link, source_url, link to the source, lien de la source",
    "status": "status, state of the event, statut, etat",
    "role": "role, itu role, itu's role, role de l'uit",
    "key": "id, key, uid, identifier, event id, cle, identifiant",
}
# What a column can be mapped to.
FIELDS = tuple(_WORDS)
_FIELDS: dict[str, str] = {}
for _field, _words in _WORDS.items():
    for _word in (*_words.split(", "), _field, _field.replace("_", " ")):
        _FIELDS.setdefault(_word, _field)


def guess_mapping(columns: Sequence[str]) -> dict[str, str]:
    """The field that each column holds, by the column's number (from 0, as text); "" for what is not known.

    Fields are those of the form and `start`, `end`, `location`, `key`. No field is given twice.
    """
    mapping: dict[str, str] = {}
    for number, header in enumerate(columns):
        field = _FIELDS.get(_bare(header), "")
        mapping[str(number)] = "" if field in mapping.values() else field
    return mapping


def _bare(header: str) -> str:
    """A header without case, marks and what stands in brackets: "Start date (dd/mm/yyyy):" is "start date"."""
    folded = fold(header)
    return " ".join(re.sub(r"\([^()]{2,}\)|[*:?]", " ", folded).replace("_", " ").split())
