"""Findings that were looked at and accepted, for a reason, as long as they say what they said.

Only what is to be looked at can be accepted: what the gateway would reject, and what waits for an answer, never is. An
acceptance holds for what was found (the value, and the facts that made it worth a look); another value is another
finding. It names by whom by a role, and what stands for a CPR number is a digest of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.model import Accepted, FactValue, Finding, Severity
from ldbu_desktop.findings.text import fact_text
from ldbu_desktop.journal.dates import clock_text, day_of
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.journal.model import Acceptance, Family
from ldbu_desktop.journal.values import value_at
from ldbu_desktop.language import Language

_BESIDE: Final = frozenset({"today", "range_source", "mark_source"})
"""Facts that tell when it was checked, and where its limits are from, and nothing of what was found."""
_LONGEST_REASON: Final = 400
_LONGEST_ROLE: Final = 60


class Sifted(NamedTuple):
    """Findings apart from those that are accepted, and the acceptances that hold for nothing that is found."""

    left: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]
    expired: tuple[Acceptance, ...]


def may_be_accepted(finding: Finding) -> bool:
    """Whether a finding is one to look at, that nothing waits for."""
    kind = type_of(finding)
    return kind.severity is Severity.LOOK_AT and not kind.asks


def accepting(finding: Finding, families: Sequence[Family], reason: str, role: str, at: datetime | None) -> Acceptance:
    """That a finding is accepted for ``reason``, by somebody in a ``role``.

    Raises :class:`CallFault` for what can't be accepted, and where no reason or role is given, or a role is told that
    may be a person.
    """
    reason, role = " ".join(reason.split())[:_LONGEST_REASON], " ".join(role.split())[:_LONGEST_ROLE]
    if not may_be_accepted(finding):
        raise CallFault("accept-not-this", code=finding.code)
    if not reason or not role:
        raise CallFault("accept-without-reason")
    if without_cpr(f"{reason} {role}") != f"{reason} {role}" or any(map(str.isdigit, role)):
        raise CallFault("accept-personal")
    return Acceptance(
        *_place(finding), value_of(finding, families), basis_of(finding), reason, role, at,
    )  # fmt: skip


def _place(finding: Finding) -> tuple[str, str, str, str, str, str]:
    """The code, and where it is: of what is about a whole file its name and sheet stand for a record."""
    at, origin = finding.location, finding.location.origin
    record = at.record if at.family or at.record else "!".join(filter(None, (origin.file, origin.sheet)))
    return finding.code, at.family, at.visit, record, at.variable, at.field


def value_of(finding: Finding, families: Sequence[Family]) -> str:
    """What was found, as an acceptance names it: a digest of what may be a CPR number."""
    found = finding.found
    if "•" not in found and without_cpr(found) == found:
        return found
    value = value_at(families, finding.location.where) if finding.location.family else None
    raw = value.entry.raw if value is not None else found
    signs = "".join(sign for sign in raw if sign.isalnum()).casefold() or raw
    return f"#{hashlib.sha256(signs.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def basis_of(finding: Finding) -> str:
    """A digest of the facts that a finding rests on, but for what is told beside."""
    facts = (f"{name}={_written(fact)}" for name, fact in sorted(finding.facts.items()) if name not in _BESIDE)
    return hashlib.sha256("\n".join(facts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _written(fact: FactValue) -> str:
    """A fact as it is written in a digest that is kept: a day stays the same there, however people are told it."""
    if not isinstance(fact, date):
        return fact_text(fact, Language.DANISH)
    day = day_of(fact)
    clock = f" {clock_text(fact, Language.DANISH)}" if isinstance(fact, datetime) else ""
    return f"{day.day}.{day.month}.{day.year}{clock}"


def sifted(findings: Iterable[Finding], accepted: Sequence[Acceptance], families: Sequence[Family]) -> Sifted:
    """``findings`` without those that are accepted."""
    if not accepted:
        return Sifted(tuple(findings), (), ())
    by_place: dict[tuple[str, ...], list[Acceptance]] = {}
    for one in accepted:
        by_place.setdefault((one.code, one.family, one.visit, one.record, one.variable, one.field), []).append(one)
    left: list[Finding] = []
    held: list[Accepted] = []
    for finding in findings:
        known = by_place.get(_place(finding), ())
        found = next((one for one in known if _holds(one, finding, families)), None)
        if found is None:
            left.append(finding)
        else:
            held.append(Accepted(finding, found))
    holding = {id(one.acceptance) for one in held}
    return Sifted(tuple(left), tuple(held), tuple(one for one in accepted if id(one) not in holding))


def _holds(acceptance: Acceptance, finding: Finding, families: Sequence[Family]) -> bool:
    return (
        may_be_accepted(finding)
        and acceptance.value == value_of(finding, families)
        and acceptance.basis in ("", basis_of(finding))
    )
