"""Reads feeds on stdin (a JSON list of base64), prints what feedparser makes of each and its entries as JSON."""

import base64
import io
import json
import sys

import feedparser

ATOM = {"content-type": "application/atom+xml; charset=utf-8"}


def feed(document: str) -> dict:
    parsed = feedparser.parse(io.BytesIO(base64.b64decode(document)), response_headers=ATOM)
    # It reads a broken feed as far as it can, and notes what is wrong.
    assert not parsed.bozo, repr(parsed.bozo_exception)
    assert parsed.version == "atom10", parsed.version or "feedparser found no feed in it"
    told = {name: parsed.feed[name] for name in ("id", "title", "updated", "author")}
    return {**told, "links": links(parsed.feed), "entries": [entry(each) for each in parsed.entries]}


def entry(found: feedparser.FeedParserDict) -> dict:
    (content,) = found.content
    assert content.type == "text/plain", content.type
    return {
        **{name: found[name] for name in ("id", "title", "updated")},
        "summary": found.summary if "summary_detail" in found else None,
        "content": content.value,
        "links": links(found),
        "terms": [[tag.scheme, tag.term] for tag in found.get("tags", [])],
    }


def links(found: feedparser.FeedParserDict) -> list[list[str]]:
    return [[link.rel, link.type, link.href] for link in found.get("links", [])]


json.dump([feed(each) for each in json.load(sys.stdin)], sys.stdout)
