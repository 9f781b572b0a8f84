"""Mending of what is found: which answer is known, what has to be typed for many findings, and what will come of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.editing.mending import Edit, Mend, mend, written
from ldbu_desktop.editing.operations import MendValues
from ldbu_desktop.findings.catalogue import Remedy, finding_types, type_of
from ldbu_desktop.findings.model import FactValue, Finding
from ldbu_desktop.journal.fields import OBSERVATION_MISSING_REASON
from ldbu_desktop.journal.mendings import CHILD, DECIMALS, PARENT, THOUSANDS, Mending
from ldbu_desktop.journal.model import EMPTY, Entry, Family
from ldbu_desktop.journal.values import value_at, value_changes
from ldbu_desktop.journal.where import Where
from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.workspace.mending_preview import MendingPreview, PreviewLine

if TYPE_CHECKING:
    from ldbu_desktop.standard.model import Standard
    from ldbu_desktop.workspace.workspace import Workspace

_CODE = attrgetter("code")

KNOWN = ""
"""The choice that stands for what each finding tells itself."""


def remedies(findings: Iterable[Finding]) -> tuple[Mending, ...]:
    """The mendings that fit every one of ``findings``, in the order of the first."""
    fitting: list[Mending] | None = None
    for code in dict.fromkeys(map(_CODE, findings)):
        of_code = [remedy.by for remedy in finding_types()[code].mends]
        fitting = of_code if fitting is None else [one for one in fitting if one in of_code]
    return tuple(fitting or ())


def known_mend(work: Workspace, finding: Finding) -> Mend | None:
    """The mending of a finding whose answer is known; None where there is none. See :func:`known_preview`."""
    seen = known_preview(work, finding)
    return seen.operation.how if seen is not None else None


def known_preview(work: Workspace, finding: Finding) -> MendingPreview | None:
    """What the mending of a finding does whose answer is known: it clears the finding, and nothing is rejected instead.

    None where there is none, or it does not fit what stands there. The work has to be checked.
    """
    for remedy in type_of(finding).mends:
        how = _known(finding, remedy)
        if how is not None:
            seen = preview(work, [finding], how)
            is_read = bool(seen.lines) and not seen.unread
            if is_read and finding.code in seen.gone and not any(finding_types()[one].rejects for one in seen.come):
                return seen
    return None


def known_among(work: Workspace, findings: Sequence[Finding], how: Mend) -> list[Finding]:
    """Those of ``findings`` that a mending clears without anything being rejected in their family instead.

    All are looked at together, however many there are. The work has to be checked.
    """
    seen, before = preview(work, findings, how), work.found
    if before is None or seen.findings is None:
        return []
    good = []
    for line in seen.lines:
        family = line.finding.location.family
        told = seen.findings.of_family(family)
        come = Counter(one.code for one in told) - Counter(one.code for one in before.of_family(family))
        is_cleared = not any((one.code, one.location) == (line.finding.code, line.finding.location) for one in told)
        if line.is_read and is_cleared and not any(finding_types()[code].rejects for code in come):
            good.append(line.finding)
    return good


def known_mends(finding: Finding) -> tuple[Mend, ...]:
    """The mendings of a finding's code that need no choice, since the code or each finding tells what is right."""
    return tuple(
        Mend(remedy.by, remedy.choice)
        for remedy in type_of(finding).mends
        if remedy.answer or remedy.choice or remedy.by is Mending.TRIM
    )


def mending(work: Workspace, findings: Sequence[Finding], how: Mend) -> MendValues:
    """The operation that mends all of ``findings`` that a mending fits; without a choice, as each tells itself."""
    return _operation(list(_edits(work, findings, how)), how)


def mend_known(work: Workspace) -> int:
    """Mend everything whose answer is known, cause by cause, each in one step; returns how many values were changed."""
    changed = 0
    for cause in work.causes():
        left = list(cause.findings)
        for how in known_mends(cause.first):
            good = known_among(work, left, how)
            if good:
                operation = mending(work, good, how)
                work.do(operation)
                changed += len(operation.edits)
                mended = {id(one) for one in good}
                left = [one for one in left if id(one) not in mended]
    return changed


def _operation(found: Sequence[tuple[Finding, Edit | None]], how: Mend) -> MendValues:
    """The operation of all that has to be typed, each place once."""
    edits = {edit.where: edit for _, edit in found if edit is not None}
    codes = {finding.code for finding, _ in found}
    return MendValues(tuple(edits.values()), how, codes.pop() if len(codes) == 1 else "")


def _edits(work: Workspace, findings: Sequence[Finding], how: Mend) -> Iterator[tuple[Finding, Edit | None]]:
    """What has to be typed for each finding; None where the mending does not fit."""
    for finding in findings:
        at, chosen = finding.location.where, _chosen(finding, how)
        yield finding, mend(work.families(at.family), at, chosen, work.standard) if chosen is not None else None


def preview(work: Workspace, findings: Sequence[Finding], how: Mend) -> MendingPreview:
    """What a mending of ``findings`` will do; nothing is changed. The work has to be checked."""
    from ldbu_desktop.editing.operations import OperationContext, applied

    journal, before = work.journal, work.found
    found = list(_edits(work, findings, how))
    operation = _operation(found, how)
    edits = {edit.where: edit for edit in operation.edits}
    after, change = applied(journal, operation, OperationContext(work.standard, work.delivered))
    judged = work.judged_as(after, change)
    families: dict[str, list[Family]] = {}
    for family in after.families:
        if family.key in change.families:
            families.setdefault(family.key, []).append(family)
    lines, left = [], []
    for finding, edit in found:
        if edit is None:
            left.append(finding)
        elif edits.pop(edit.where, None) is not None:
            lines.append(_line(work, families.get(edit.where.family, []), finding, edit.where))
    changed = [family for of_key in families.values() for family in of_key]
    was, now = Counter[str](), Counter[str]()
    ready = 0
    if before is not None and judged is not None:
        # What families share with those that change is judged again too.
        for key in judged.judged_last:
            was.update(one.code for one in before.of_family(key))
            now.update(one.code for one in judged.of_family(key))
        sharing = [family for key in judged.judged_last - change.families for family in work.families(key)]
        visits = [visit.key for family in (*changed, *sharing) for visit in family.visits]
        ready = sum(map(judged.is_ready, visits)) - sum(map(before.is_ready, visits))
    were = [family for key in change.families for family in work.families(key)]
    values = tuple(value_changes(were, changed))
    return MendingPreview(
        operation, journal, after, change, judged, values, tuple(lines), tuple(left), was - now, now - was, ready
    )


_FACTORS = ("1000", "100", "10", "0.1", "0.01", "0.001", "-1")


def choices(work: Workspace, findings: Sequence[Finding], by: Mending) -> tuple[str, ...]:
    """What can be chosen for a mending of ``findings``: first what each tells itself, if one does.

    For a text it is what that which stands there can mean.
    """
    own = any(_chosen(finding, Mend(by)) is not None for finding in findings) if by.needs_choice else False
    return ((KNOWN,) if own else ()) + tuple(_offered(work.standard, findings, by))


def _offered(standard: Standard, findings: Sequence[Finding], by: Mending) -> Iterable[str]:
    names = {finding.location.field or finding.location.variable for finding in findings}
    variables = {finding.location.variable for finding in findings}
    match by:
        case Mending.CODE:
            variable = standard.variable.get(names.pop()) if len(names) == 1 else None
            return standard.offered(variable) if variable is not None else ()
        case Mending.UNIT:
            measured = [standard.variable[one].units for one in variables if one in standard.variable]
            return dict.fromkeys(unit.code for units in measured for unit in units)
        case Mending.VISIT_TYPE:
            return [one.code for one in standard.visit_types]
        case Mending.MISSING_REASON:
            return standard.offered(standard.variable[OBSERVATION_MISSING_REASON])
        case Mending.SUBJECT:
            return (CHILD, PARENT)
        case Mending.FACTOR:
            return _FACTORS
        case Mending.VALUE:
            readings = findings[0].facts.get("readings") if len(findings) == 1 else None
            return [one.da for one in readings if isinstance(one, Text)] if isinstance(readings, tuple) else ()
        case Mending.DECIMAL_SIGN:
            return (THOUSANDS, DECIMALS)
        case Mending.DATE_FORM:
            return [str(form) for form in DateForm]
        case _:
            return ()


def _line(work: Workspace, after: Sequence[Family], finding: Finding, where: Where) -> PreviewLine:
    was = value_at(work.families(where.family), where)
    now = _made(after, where)
    name = where.field or where.variable or (was.name if was is not None else "")
    return PreviewLine(finding, where, name, was.entry if was is not None else EMPTY, now)


def _made(families: Sequence[Family], where: Where) -> Entry[object]:
    """What stands at a place afterwards, also in an observation that was made for it."""
    found = value_at(families, where)
    if found is not None:
        return found.entry
    from ldbu_desktop.editing.answers import answer_at
    from ldbu_desktop.journal.model import Journal

    return answer_at(Journal(tuple(families)), where) if where.visit and where.variable else EMPTY


def _chosen(finding: Finding, how: Mend) -> Mend | None:
    """A mending with its choice: what is chosen for all, or what the finding tells itself."""
    if how.choice or not how.by.needs_choice:
        return how
    found = (_known(finding, remedy) for remedy in type_of(finding).mends if remedy.by is how.by)
    return next((one for one in found if one is not None), None)


def _known(finding: Finding, remedy: Remedy) -> Mend | None:
    """A remedy with what is right by itself, or by a fact of the finding; None where that has to be chosen.

    Whether a zero was lost, or a value is better taken away, is never known.
    """
    if remedy.by is Mending.TRIM or remedy.choice:
        return Mend(remedy.by, remedy.choice)
    answer = finding.facts.get(remedy.answer)
    if answer is None:
        return None
    if remedy.by is Mending.FACTOR:
        number = finding.facts.get("number")
        if not isinstance(answer, Decimal) or not isinstance(number, Decimal) or not number:
            return None
        return Mend(remedy.by, format((answer / number).normalize(), "f"))
    return Mend(remedy.by, _as_written(answer))


def _as_written(answer: FactValue) -> str:
    """A fact as it is typed."""
    if isinstance(answer, Text):
        return answer.da
    if isinstance(answer, Decimal):
        return written(answer)
    return f"{answer:%d-%m-%Y}" if isinstance(answer, date) else str(answer)
