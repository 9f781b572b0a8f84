"""What must hold between the facts of a catalogue: nothing stands twice, and nothing points to what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ldbu_desktop.standard.model import REFERENCE_UNITS, Questionnaire, Standard, Variable

KeyPath = tuple[str | int, ...]
"""Keys and positions on the way from the top of a file to a value."""


class Flaw(NamedTuple):
    """A fault in a catalogue file; ``key`` names the fault's text and ``what`` is the value that is at fault."""

    file: str
    place: KeyPath
    key: str
    what: str


def flaws(standard: Standard) -> Iterator[Flaw]:
    """Everything in ``standard`` that stands twice or points nowhere, file by file."""
    yield from _header_flaws(standard)
    yield from _visit_type_flaws(standard)
    yield from _value_set_flaws(standard)
    yield from _variable_flaws(standard)
    yield from _gateway_rule_flaws(standard)
    yield from _guide_rule_flaws(standard)
    yield from _contradiction_flaws(standard)
    yield from _questionnaire_flaws(standard)


def _repeated(file: str, texts: Iterable[tuple[str, KeyPath]]) -> Iterator[Flaw]:
    seen: set[str] = set()
    for text, place in texts:
        if text in seen:
            yield Flaw(file, place, "catalogue-duplicate", text)
        seen.add(text)


def _dangling(file: str, place: KeyPath, named: Iterable[str], known: Iterable[str]) -> Iterator[Flaw]:
    for number, name in enumerate(named):
        if name not in known:
            yield Flaw(file, (*place, number), "catalogue-dangling", name)


def _header_flaws(standard: Standard) -> Iterator[Flaw]:
    file = "header"
    header = standard.header
    for part, urls in (("systems", header.systems), ("profiles", header.profiles), ("extensions", header.extensions)):
        yield from _repeated(file, ((url, (part, name)) for name, url in urls.items()))
    for name, fixed in header.fixed.items():
        if fixed.profile not in header.profiles:
            yield Flaw(file, ("fixed", name, "profile"), "catalogue-dangling", fixed.profile)


def _visit_type_flaws(standard: Standard) -> Iterator[Flaw]:
    file = "visit_types"
    found = standard.visit_types
    yield from _repeated(file, ((one.id, (at, "id")) for at, one in enumerate(found)))
    yield from _repeated(file, ((one.code, (at, "code")) for at, one in enumerate(found)))
    for at, one in enumerate(found):
        yield from _age_flaws(file, (at,), one.from_days, one.to_days)


def _age_flaws(file: str, place: KeyPath, from_days: int | None, to_days: int | None) -> Iterator[Flaw]:
    if from_days is not None and to_days is not None and from_days >= to_days:
        yield Flaw(file, (*place, "to_days"), "catalogue-order", str(to_days))


def _value_set_flaws(standard: Standard) -> Iterator[Flaw]:
    file = "value_sets"
    found = standard.value_sets
    yield from _repeated(file, ((one.id, (at, "id")) for at, one in enumerate(found)))
    yield from _repeated(file, ((one.url, (at, "url")) for at, one in enumerate(found)))
    for at, one in enumerate(found):
        # A value is read by code or by label, so neither may mean two things.
        places = [(concept, (at, "concepts", number)) for number, concept in enumerate(one.concepts)]
        yield from _repeated(file, ((concept.code, (*place, "code")) for concept, place in places))
        yield from _repeated(file, ((concept.label.da, (*place, "term")) for concept, place in places))
        yield from _repeated(file, ((concept.label.en, (*place, "english")) for concept, place in places))
        offered = [(code, (at, "offered", number)) for number, code in enumerate(one.offered)]
        yield from _repeated(file, offered)
        for code, place in offered:
            if code not in one.by_code:
                yield Flaw(file, place, "catalogue-dangling", code)


def _variable_flaws(standard: Standard) -> Iterator[Flaw]:
    file = "variables"
    yield from _repeated(file, ((one.id, (at, "id")) for at, one in enumerate(standard.variables)))
    for at, one in enumerate(standard.variables):
        if one.value_set is not None and one.value_set not in standard.value_set:
            yield Flaw(file, (at, "value_set"), "catalogue-dangling", one.value_set)
        if one.coding_set is not None and one.coding_set not in standard.value_set:
            yield Flaw(file, (at, "coding_set"), "catalogue-dangling", one.coding_set)
        if one.system is not None and one.system not in standard.header.systems:
            yield Flaw(file, (at, "system"), "catalogue-dangling", one.system)
        yield from _range_flaws(one, at)
        yield from _growth_flaws(one, at)
    references = ((at, one.reference) for at, one in enumerate(standard.variables) if one.reference is not None)
    yield from _repeated(file, ((reference, (at, "reference")) for at, reference in references))


def _range_flaws(variable: Variable, at: int) -> Iterator[Flaw]:
    file = "variables"
    reached = 0
    for number, one in enumerate(variable.ranges):
        place = (at, "ranges", number)
        yield from _age_flaws(file, place, one.from_days, one.to_days)
        if one.from_days != reached:
            yield Flaw(file, (*place, "from_days"), "catalogue-order", str(one.from_days))
        if one.low >= one.high:
            yield Flaw(file, (*place, "high"), "catalogue-order", str(one.high))
        reached = one.to_days


def _growth_flaws(variable: Variable, at: int) -> Iterator[Flaw]:
    """What of a measurement's growth does not fit: losses without a gap and of one kind, and the reference's unit."""
    file = "variables"
    reached: int | None = 0
    for number, one in enumerate(variable.losses):
        place = (at, "losses", number)
        yield from _age_flaws(file, place, one.from_days, one.to_days)
        if one.from_days != reached:
            yield Flaw(file, (*place, "from_days"), "catalogue-order", str(one.from_days))
        if (one.amount is None) == (one.share is None):
            yield Flaw(file, place, "catalogue-order", "amount" if one.amount is None else "share")
        reached = one.to_days
    if variable.losses and reached is not None:
        yield Flaw(file, (at, "losses", len(variable.losses) - 1, "to_days"), "catalogue-order", str(reached))
    units = {unit.code for unit in variable.units}
    if variable.reference is not None and (unit := REFERENCE_UNITS[variable.reference]) not in units:
        yield Flaw(file, (at, "reference"), "catalogue-dangling", unit)
    if variable.is_charted and not units:
        yield Flaw(file, (at, "is_charted"), "catalogue-dangling", variable.id)


def _gateway_rule_flaws(standard: Standard) -> Iterator[Flaw]:
    file = "gateway_rules"
    found = standard.gateway_rules
    sent = _codes_sent(standard)
    yield from _repeated(file, ((one.invariant, (at, "invariant")) for at, one in enumerate(found)))
    for at, one in enumerate(found):
        yield from _dangling(file, (at, "visits"), one.visits, standard.visit_type_by_code)
        yield from _dangling(file, (at, "codes"), one.codes, sent)
        yield from _dangling(file, (at, "variables"), one.variables, standard.variable)


def _codes_sent(standard: Standard) -> set[str]:
    codes = {coding.code for variable in standard.variables for coding in variable.codings}
    for variable in standard.variables:
        if variable.coding_set is not None:
            codes.update(standard.value_set[variable.coding_set].by_code)
    return codes


def _guide_rule_flaws(standard: Standard) -> Iterator[Flaw]:
    file = "guide_rules"
    visit_types = {one.id for one in standard.visit_types}
    found = standard.guide_rules
    yield from _repeated(file, ((one.visit_type, (at, "visit_type")) for at, one in enumerate(found)))
    for at, one in enumerate(found):
        if one.visit_type not in visit_types:
            yield Flaw(file, (at, "visit_type"), "catalogue-dangling", one.visit_type)
        yield from _dangling(file, (at, "variables"), one.variables, standard.variable)
        yield from _repeated(file, ((name, (at, "variables", number)) for number, name in enumerate(one.variables)))


def _contradiction_flaws(standard: Standard) -> Iterator[Flaw]:
    file = "contradictions"
    found = standard.contradictions
    yield from _repeated(file, ((str(one.number), (at, "number")) for at, one in enumerate(found)))
    for at, one in enumerate(found):
        yield from _dangling(file, (at, "variables"), one.variables, standard.variable)


def _questionnaire_flaws(standard: Standard) -> Iterator[Flaw]:
    file = "questionnaires"
    found = standard.questionnaires
    yield from _repeated(file, ((one.id, (at, "id")) for at, one in enumerate(found)))
    yield from _repeated(file, ((one.url, (at, "url")) for at, one in enumerate(found)))
    for at, one in enumerate(found):
        yield from _age_flaws(file, (at,), one.from_days, one.to_days)
        yield from _item_flaws(one, at)


def _item_flaws(questionnaire: Questionnaire, at: int) -> Iterator[Flaw]:
    file = "questionnaires"
    known = questionnaire.by_link_id
    items = enumerate(questionnaire.items)
    yield from _repeated(file, ((item.link_id, (at, "items", number, "link_id")) for number, item in items))
    if questionnaire.score is not None and questionnaire.score not in known:
        yield Flaw(file, (at, "score"), "catalogue-dangling", questionnaire.score)
    yield from _dangling(file, (at, "summed"), questionnaire.summed, known)
    for number, mark in enumerate(questionnaire.marks):
        if mark.item not in known:
            yield Flaw(file, (at, "marks", number, "item"), "catalogue-dangling", mark.item)
    for number, item in enumerate(questionnaire.items):
        if (item.type == "choice") != bool(item.options):
            yield Flaw(file, (at, "items", number), "catalogue-order", item.link_id)
