"""What would be sent for one visit, as lines of text, and on which of them each record and each of its fields stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from ldbu_desktop.bundles.elements import JsonElement
from ldbu_desktop.bundles.identity import named
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.ledger import Ledger
from ldbu_desktop.bundles.model import JsonStep, Preview
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.write import BuiltReport, ReportWriter
from ldbu_desktop.journal.model import Family, Journal, Observation, Record
from ldbu_desktop.standard.model import Standard


def preview_of(
    journal: Journal, standard: Standard, visit: str, now: datetime, base_url: str = "", ledger: Ledger | None = None
) -> Preview:
    """The text of the report that a visit is sent in, as it is now, whether or not it can be sent.

    What a ``ledger`` knows to have been sent before and is wrong now is voided in it and told anew.
    Raises :class:`KeyError` where the journal has no such visit.
    """
    report = report_of(journal, standard, visit, now, base_url, ledger)
    return Preview(json_text(report.bundle, is_pretty=True).decode(), dict(_lines(report, standard)))


def report_of(
    journal: Journal, standard: Standard, visit: str, now: datetime, base_url: str = "", ledger: Ledger | None = None
) -> BuiltReport:
    """The report that a visit is sent in, as it is now: one that was read is sent with all its visits.

    One that was sent before is never sent again; what is in it is, as the ``ledger`` has it.

    Raises :class:`KeyError` where there is no such visit.
    """
    reports = tuple(report for report in journal.reports if visit in report.visits)
    together = {visit, *(key for report in reports for key in report.visits)}
    families = tuple(family for family in journal.families if any(one.key in together for one in family.visits))
    there = {one.key for family in families for one in family.visits if one.key in together}
    if visit not in there:
        raise KeyError(visit)
    if not reports:
        there |= _begun_with(visit, families)
    alone = replace(journal, families=families, reports=reports, notes=(), sources=())
    writer = ReportWriter(alone, standard, now, base_url, ledger)
    plans = planned(alone, there, ReportOf.VISIT, there & writer.ledger.visits.keys())
    plan = next(plan for plan in plans if any(one.key == visit for one in plan.visits))
    return plan.built(writer)


def _begun_with(visit: str, families: Iterable[Family]) -> set[str]:
    """The visits of a family that begin when a visit of it does: it may be sent together with some of them."""
    start_of = {one.key: one.start.value for family in families if _has(family, visit) for one in family.visits}
    return {key for key, start in start_of.items() if start == start_of[visit]}


def _has(family: Family, visit: str) -> bool:
    return any(one.key == visit for one in family.visits)


def _lines(report: BuiltReport, standard: Standard) -> Iterator[tuple[tuple[str, str], range]]:
    for index, record in enumerate(report.records):
        if record is None:
            continue
        start = _line(report.bundle, ("entry", index))
        entry = report.bundle["entry"][index]
        yield (record.key, ""), range(start, start + _height(entry))
        resource = entry["resource"]
        first = start + _line(entry, ("resource",))
        for variable, path in _paths(record, resource, standard):
            place = first + _line(resource, path)
            yield (record.key, variable), range(place, place + _height(_at(resource, path)))


def _paths(record: Record, resource: JsonElement, standard: Standard) -> Iterator[tuple[str, tuple[JsonStep, ...]]]:
    """The fields of a record that stand in its resource, by the id of their variable, with their place."""
    observed = record.variable.value if isinstance(record, Observation) else None
    resource_type = named(record)[0]
    for variable in standard.variables:
        whole, _, element = variable.element.partition(".")
        is_own = variable.id == observed or variable.profile == "observation" if observed else True
        if whole == resource_type and is_own and (path := _find(resource, element, standard)) is not None:
            yield variable.id, path


def _find(resource: Any, element: str, standard: Standard) -> tuple[JsonStep, ...] | None:
    """The place of an element: ``activity.detail.code``, ``value[x]``, ``extension:findingInformer``."""
    path: tuple[JsonStep, ...] = ()
    value = resource
    for part in element.split("."):
        if isinstance(value, list) and value:
            path, value = (*path, 0), value[0]
        if not isinstance(value, dict):
            return None
        name, _, slice_name = part.partition(":")
        key = next((key for key in value if _is_element(key, name)), None)
        if key is None:
            return None
        path, value = (*path, key), value[key]
        if name == "extension":
            urls = {_plain(name): url for name, url in standard.header.extensions.items()}
            index = next((i for i, one in enumerate(value) if one.get("url") == urls.get(_plain(slice_name))), None)
            if index is None:
                return None
            path, value = (*path, index), value[index]
    return path


def _is_element(key: str, name: str) -> bool:
    stem, choice, _ = name.partition("[x]")
    return key.startswith(stem) and key[len(stem) :][:1].isupper() if choice else key == name


def _plain(name: str) -> str:
    return name.replace("-", "").lower()


def _at(value: Any, path: tuple[JsonStep, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def _height(value: Any) -> int:
    """How many lines a value takes: one, or one for each bracket and what stands between."""
    if not isinstance(value, dict | list) or not value:
        return 1
    return 2 + sum(map(_height, value.values() if isinstance(value, dict) else value))


def _line(value: Any, path: tuple[JsonStep, ...]) -> int:
    """On which line within ``value`` what is at ``path`` begins."""
    line = 0
    for step in path:
        keys = list(value) if isinstance(value, dict) else range(len(value))
        before = (value[key] for key in keys[: step if isinstance(step, int) else list(keys).index(step)])
        line += 1 + sum(map(_height, before))
        value = value[step]
    return line
