"""A report as JSON to what is kept of it: what each of its instances tells, of whom, of when, and what it refers to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from ldbu_desktop.deliveries.content import codes_in, codings_in, content, dicts, digest, moment_of, target_of
from ldbu_desktop.deliveries.model import (
    CARE_PLAN,
    ENCOUNTER,
    OBSERVATION,
    PATIENT,
    RELATED,
    RESPONSE,
    Instance,
    Report,
)
from ldbu_desktop.journal.dates import DANISH_TIME, local
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR, NEVER_HELD, NOT_OVER
from ldbu_desktop.standard.model import Standard

_NOON: Final = timedelta(hours=12)
_WHOM: Final = ("subject", "patient")
_TELLS: Final = frozenset((ENCOUNTER, OBSERVATION, CARE_PLAN, RESPONSE))
_BY_ACTIVE: Final = frozenset((PATIENT, RELATED))


def reports_in(value: Any, file: str, standard: Standard, is_accepted: Callable[[int], bool]) -> Iterator[Report]:
    """The reports in a bundle: itself, or those in an incremental delivery; none in what is no bundle.

    ``is_accepted`` says of the report at an entry of a delivery, or of -1 for the bundle itself, whether the gateway
    would take it.
    """
    if not isinstance(value, dict) or value.get("resourceType") != "Bundle":
        return
    inner = [(at, resource) for at, resource in _resources(value) if resource.get("resourceType") == "Bundle"]
    if not inner:
        yield _report(value, file, -1, standard, is_accepted=is_accepted(-1))
    for at, bundle in inner:
        yield _report(bundle, file, at, standard, is_accepted=is_accepted(at))


def _resources(bundle: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    entries = bundle.get("entry")
    for at, entry in enumerate(entries if isinstance(entries, list) else ()):
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if isinstance(resource, dict):
            if not resource.get("id") and isinstance(url := entry.get("fullUrl"), str):
                resource = resource | {"id": url.rpartition("/")[2]}
            yield at, resource


def _report(bundle: Mapping[str, Any], file: str, outer: int, standard: Standard, *, is_accepted: bool) -> Report:
    made = moment_of(bundle.get("timestamp"))
    seconds = made.timestamp() if isinstance(made, datetime) and made.tzinfo is not None else None
    instances = tuple(
        _instance(resource, at, standard)
        for at, resource in _resources(bundle)
        if isinstance(resource.get("resourceType"), str) and isinstance(resource.get("id"), str)
    )
    own = bundle.get("id")
    return Report(
        file,
        outer,
        own if isinstance(own, str) else "",
        seconds,
        night_of(made) if seconds is not None and isinstance(made, datetime) else 0,
        is_accepted,
        instances,
    )


def night_of(moment: datetime) -> int:
    """The Danish night of a moment, which runs from noon to noon: the ordinal of the day that it follows."""
    return (local(moment).replace(tzinfo=None) - _NOON).toordinal()


def _instance(resource: dict[str, Any], at: int, standard: Standard) -> Instance:
    kind, own = resource["resourceType"], resource["id"]
    told = content(resource)
    core, references, end = _core(told, kind)
    status = resource.get("status")
    status = status if isinstance(status, str) else ""
    is_void = resource.get("active") is False if kind in _BY_ACTIVE else status == ENTERED_IN_ERROR
    whole = digest(told)
    is_plain = not references and not end
    begin, latest = _times(resource, kind, status)
    return Instance(
        at,
        kind,
        own,
        status,
        is_void,
        whole,
        whole if is_plain else digest(core),
        references,
        end,
        _citizen(resource, kind, own),
        _fact(told, resource, kind) if kind in _TELLS else b"",
        _seconds(begin),
        _day(begin),
        latest,
        _codes(resource, kind),
        _class(resource) if kind == ENCOUNTER else "",
        _identifier(resource.get("identifier"), standard.header.systems["cpr"]) if kind == PATIENT else "",
        _organisation(resource, standard) if kind == PATIENT else "",
    )


def _core(told: dict[str, Any], kind: str) -> tuple[dict[str, Any], tuple[tuple[str, str], ...], str]:
    """The content without references that may be left out, these by their element, and the end of what is observed."""
    core: dict[str, Any] = {}
    references: list[tuple[str, str]] = []
    end = ""
    for name, value in told.items():
        if name in _WHOM:
            core[name] = value
        elif isinstance(value, dict):
            if isinstance(target := value.get("reference"), str):
                references.append((name, target))
            elif name == "effectivePeriod" and kind == OBSERVATION:
                end = str(value.get("end", ""))
                core[name] = {part: one for part, one in value.items() if part != "end"}
            else:
                core[name] = value
        elif isinstance(value, list):
            kept = []
            for one in value:
                if (target := _refers(one)) is not None:
                    references.append((name, target))
                else:
                    kept.append(one)
            if kept:
                core[name] = kept
        else:
            core[name] = value
    return core, tuple(references), end


def _refers(one: Any) -> str | None:
    """What an element of a list does nothing but refer to: itself, by an extension, a place or a link."""
    if not isinstance(one, dict):
        return None
    for holder in (one, one.get("valueReference"), one.get("location"), one.get("other")):
        if isinstance(holder, dict) and isinstance(target := holder.get("reference"), str):
            return target
    return None


def _citizen(resource: Mapping[str, Any], kind: str, own: str) -> str:
    if kind == PATIENT:
        return own
    for name in _WHOM:
        about = resource.get(name)
        if isinstance(about, dict) and isinstance(target := about.get("reference"), str):
            return target_of(target).rpartition("/")[2]
    return ""


def _identifier(identifiers: Any, system: str) -> str:
    return next((str(one.get("value", "")) for one in dicts(identifiers) if one.get("system") == system), "")


def _organisation(resource: Mapping[str, Any], standard: Standard) -> str:
    managing = resource.get("managingOrganization")
    identifier = managing.get("identifier") if isinstance(managing, dict) else None
    return _identifier([identifier], standard.header.systems["sor"])


def _class(resource: Mapping[str, Any]) -> str:
    coding = resource.get("class")
    return str(coding.get("code", "")) if isinstance(coding, dict) else ""


def _codes(resource: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    if kind == ENCOUNTER:
        return codes_in(resource.get("type"))
    if kind == OBSERVATION:
        return codes_in(resource.get("code"))
    if kind == CARE_PLAN:
        return tuple(code for detail in _details(resource) for code in codes_in(detail.get("code")))
    return ()


def _details(resource: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for activity in dicts(resource.get("activity")):
        if isinstance(detail := activity.get("detail"), dict):
            yield detail


def _fact(told: Mapping[str, Any], resource: Mapping[str, Any], kind: str) -> bytes:
    """What is told, whomever it is told of; empty where its moment or what it is about is missing."""
    period = told.get("period")
    start = period.get("start") if isinstance(period, dict) else None
    about: object
    moment: object
    more: object = None
    if kind == OBSERVATION:
        about = sorted(codings_in(resource.get("code")))
        moment = next((value for name, value in told.items() if name.startswith("effective")), None)
        more = {name: value for name, value in told.items() if name.startswith(("value", "dataAbsent"))}
    elif kind == ENCOUNTER:
        about, moment = sorted(codings_in(resource.get("type"))), start
    elif kind == CARE_PLAN:
        about, moment = sorted(_codes(resource, kind)), start
    else:
        about, moment = told.get("questionnaire"), told.get("authored")
    return digest(kind, about, moment, more) if about and moment else b""


def _times(resource: Mapping[str, Any], kind: str, status: str) -> tuple[date | datetime | None, float | None]:
    """The moment of what is told, and the last event of it; none of what is yet to come, or was never held."""
    period = resource.get("effectivePeriod") if kind == OBSERVATION else resource.get("period")
    period = period if isinstance(period, dict) else {}
    start, end = moment_of(period.get("start")), moment_of(period.get("end"))
    if kind == OBSERVATION:
        start = moment_of(resource.get("effectiveDateTime")) or start
    elif kind == RESPONSE:
        start = moment_of(resource.get("authored"))
    events: tuple[date | datetime | None, ...] = (start, end)
    if kind == ENCOUNTER and (status in NEVER_HELD or status in _TO_COME):
        events = ()
    elif kind == ENCOUNTER and status in NOT_OVER:
        events = (start,)
    elif kind == CARE_PLAN:
        events = (end,) if status in _ENDED else ()
    if status == ENTERED_IN_ERROR:
        events = ()
    lasts = [last for one in events if (last := _seconds(one)) is not None]
    return start, max(lasts, default=None)


_TO_COME: Final = frozenset(("planned",))
_ENDED: Final = frozenset(("completed", "revoked"))


def _seconds(moment: date | datetime | None) -> float | None:
    """A moment in seconds; of a day its beginning in Denmark."""
    if isinstance(moment, datetime):
        return (moment if moment.tzinfo else moment.replace(tzinfo=DANISH_TIME)).timestamp()
    return None if moment is None else datetime.combine(moment, time(), DANISH_TIME).timestamp()


def _day(moment: date | datetime | None) -> int:
    if isinstance(moment, datetime):
        return local(moment).toordinal()
    return 0 if moment is None else moment.toordinal()
