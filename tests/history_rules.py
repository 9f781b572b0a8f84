"""The rules of KL's note on correcting errors, read from a sequence of delivered reports alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Json = dict[str, Any]
_BESIDE = ("status", "active", "meta", "text", "display")


def content(value: Any) -> Any:
    """What a resource tells: all but status, profile, narrative and display."""
    if isinstance(value, dict):
        return {key: content(part) for key, part in value.items() if key not in _BESIDE}
    return [content(part) for part in value] if isinstance(value, list) else value


def resources(report: Json) -> list[Json]:
    """The resources of a report."""
    return [entry["resource"] for entry in report["entry"]]


def references(value: Any) -> Iterator[str]:
    """Everything that is referred to, as ``Type/id``."""
    if isinstance(value, dict):
        if "reference" in value:
            yield value["reference"]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def is_void(one: Json) -> bool:
    """Whether an instance voids the one before it."""
    return bool(
        one.get("status") == "entered-in-error" or (one["resourceType"] != "Patient" and one.get("active") is False)
    )


def _is_moment(one: Json) -> bool:
    kind, status = one["resourceType"], one.get("status")
    return (
        kind == "Observation"
        or (kind == "Encounter" and status in ("finished", "cancelled"))
        or (kind == "QuestionnaireResponse" and status == "completed")
    )


def _who(one: Json) -> Any:
    return [one.get("subject"), one.get("patient"), one.get("identifier") if one["resourceType"] == "Patient" else None]


def _code(plan: Json) -> Any:
    return [activity["detail"]["code"] for activity in plan.get("activity", [])]


def broken(reports: Iterable[Json]) -> list[tuple[str, str]]:
    """The rules that a history breaks, each with the type of the resource, in their order."""
    latest: dict[str, Json] = {}
    ids: set[str] = set()
    found: list[tuple[str, str]] = []
    for report in reports:
        if report["id"] in ids:
            found.append(("report-id-reused", "Bundle"))
        ids.add(report["id"])
        told = {f"{one['resourceType']}/{one['id']}": one for one in resources(report)}
        if len(told) != len(report["entry"]):
            found.append(("twice-in-report", "Bundle"))
        found += [("unresolved", name) for one in told.values() for name in references(one) if name not in told]
        newly = {name for name, one in told.items() if is_void(one) and name in latest and not is_void(latest[name])}
        carried = {name for voided in newly for name in references(told[voided])}
        for name, one in told.items():
            found += [
                (code, one["resourceType"]) for code in _against(latest.get(name), one, name in carried, latest, told)
            ]
        latest |= told
        found += [
            ("dependent-left", one["resourceType"])
            for one in latest.values()
            if not is_void(one) and any(name in latest and is_void(latest[name]) for name in references(one))
        ]
    return found


def _against(
    before: Json | None, now: Json, is_carried: bool, latest: dict[str, Json], told: dict[str, Json]
) -> Iterator[str]:
    if before is None:
        if is_void(now):
            yield "void-unknown"
        return
    if is_void(before):
        if not is_void(now):
            yield "told-after-void"
        elif not is_carried:
            yield "void-twice"
        return
    if is_void(now):
        if {**now, "status": 0, "active": 0} != {**before, "status": 0, "active": 0}:
            yield "void-differs"
        return
    if _who(before) != _who(now):
        yield "subject-changed"
    elif now["resourceType"] == "CarePlan" and _code(before) != _code(now):
        yield "intervention-recoded"
    elif _is_moment(before) and content(before) != content(now) and not _is_allowed(before, now, latest | told):
        yield "moment-changed"


def _is_allowed(before: Json, now: Json, known: dict[str, Json]) -> bool:
    """An end that is added to a period, or a reference to something voided that is removed."""
    period = {key: part for key, part in now.get("effectivePeriod", {}).items() if key != "end"}
    if period and content(before) == content({**now, "effectivePeriod": period}):
        return True
    kept = [one for one in before.get("extension", []) if not any(is_void(known[name]) for name in references(one))]
    return bool(content({**before, "extension": kept}) == content({"extension": [], **now}))
