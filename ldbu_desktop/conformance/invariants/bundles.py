"""The invariants of bundles as native functions."""

from __future__ import annotations

from typing import Final

from ldbu_desktop.conformance.invariants.registry import Rules, Surroundings, Value, each, has, holds
from ldbu_desktop.conformance.reading.primitives import text_of

RULES: Final[Rules] = {}
"""The native functions of this file."""


@holds(RULES, "bdl-1", "62edeff6df2c")
def _total_in_searches(value: Value, _: Surroundings) -> bool:
    return not has(value, "total") or value.get("type") in {"searchset", "history"}


@holds(RULES, "bdl-2", "523cc61cd443")
def _search_in_searches(value: Value, _: Surroundings) -> bool:
    return value.get("type") == "searchset" or not any(has(entry, "search") for entry in each(value, "entry"))


@holds(RULES, "bdl-3", "f44acf8942c6")
def _request_where_asked(value: Value, around: Surroundings) -> bool:
    return _agrees(value, around, "request", {"batch", "transaction", "history"})


@holds(RULES, "bdl-4", "0db0a1cb5b23")
def _response_where_asked(value: Value, around: Surroundings) -> bool:
    return _agrees(value, around, "response", {"batch-response", "transaction-response", "history"})


def _agrees(value: Value, around: Surroundings, name: str, types: set[str]) -> bool:
    kind = around.resource.get("type")
    entries = each(value, "entry")
    if not isinstance(kind, str):
        return not entries
    is_asked = kind in types
    return all((name in entry and has(entry, name)) == is_asked for entry in entries)


@holds(RULES, "bdl-5", "9a86f9f5fe23")
def _entry_says_something(value: Value, _: Surroundings) -> bool:
    return has(value, "resource") or has(value, "request") or has(value, "response")


@holds(RULES, "bdl-7", "089204edce52", "entry")
def _full_urls_differ(value: Value, _: Surroundings) -> bool:
    if value.get("type") == "history":
        return True
    entries = each(value, "entry")
    urls = {url for entry in entries if (url := entry.get("fullUrl")).__class__ is str}
    if len(urls) == len(entries):
        return True
    seen: set[str] = set()
    count = 0
    for entry in entries:
        if has(entry, "fullUrl"):
            resource = entry.get("resource")
            meta = resource.get("meta") if isinstance(resource, dict) else None
            version = meta.get("versionId", "") if isinstance(meta, dict) else ""
            seen.add(f"{text_of(entry.get('fullUrl', ''))}{text_of(version)}")
            count += 1
    return len(seen) == count


@holds(RULES, "bdl-8", "8828493cecc9")
def _full_url_without_version(value: Value, _: Surroundings) -> bool:
    return not isinstance(value.get("fullUrl"), str) or "/_history/" not in value["fullUrl"]


@holds(RULES, "bdl-9", "3c87dcf493c5")
def _document_has_identifier(value: Value, _: Surroundings) -> bool:
    identifier = value.get("identifier", {})
    return value.get("type") != "document" or (has(identifier, "system") and has(identifier, "value"))


@holds(RULES, "bdl-10", "decc029cc529")
def _document_has_time(value: Value, _: Surroundings) -> bool:
    return value.get("type") != "document" or has(value, "timestamp")


@holds(RULES, "bdl-11", "09d6cf161084")
def _document_begins_with_composition(value: Value, _: Surroundings) -> bool:
    return value.get("type") != "document" or _first_type(value) == "Composition"


@holds(RULES, "bdl-12", "84feddbf889f")
def _message_begins_with_header(value: Value, _: Surroundings) -> bool:
    return value.get("type") != "message" or _first_type(value) == "MessageHeader"


def _first_type(value: Value) -> str | None:
    entries = each(value, "entry")
    first = entries[0].get("resource") if entries else None
    return first.get("resourceType") if isinstance(first, dict) else None
