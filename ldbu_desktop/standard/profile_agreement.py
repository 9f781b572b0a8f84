"""What must hold between a catalogue and the profiles beside it: neither names what the other does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ldbu_desktop.standard.consistency import Flaw
from ldbu_desktop.standard.model import ANY_OBSERVATION, Standard, ValueSet, Variable
from ldbu_desktop.standard.profiles import UNBOUNDED, Constraint, Definitions, Profile, definitions_of

_ABSENT = "Observation.dataAbsentReason"


def profile_flaws(standard: Standard) -> Iterator[Flaw]:
    """Everything in the catalogue that its profiles lack, or say otherwise, and what they ask for that it lacks."""
    definitions = definitions_of(standard)
    yield from _url_flaws(standard, definitions)
    for at, value_set in enumerate(standard.value_sets):
        yield from _code_flaws(value_set, at, definitions)
    for at, variable in enumerate(standard.variables):
        if variable.profile != ANY_OBSERVATION:
            profile = definitions.profile(standard.header.profiles[variable.profile])
            if profile is not None:
                yield from _variable_flaws(standard, variable, at, profile, definitions)
    yield from _report_flaws(standard, definitions)


def _url_flaws(standard: Standard, definitions: Definitions) -> Iterator[Flaw]:
    header, named_at = standard.header, {one.profile: at for at, one in enumerate(standard.variables)}
    for part, urls in (("profiles", header.profiles), ("extensions", header.extensions)):
        for name, url in urls.items():
            if definitions.profile(url) is None:
                if part == "profiles" and name in named_at:
                    yield Flaw("variables", (named_at[name], "profile"), "catalogue-dangling", url)
                else:
                    yield Flaw("header", (part, name), "catalogue-dangling", url)
    for at, one in enumerate(standard.value_sets):
        if definitions.value_set(one.url) is None:
            yield Flaw("value_sets", (at, "url"), "catalogue-dangling", one.url)


def _code_flaws(value_set: ValueSet, at: int, definitions: Definitions) -> Iterator[Flaw]:
    theirs = _codes(value_set.url, definitions)
    if theirs is None or not value_set.concepts:
        return
    place = (at, "concepts")
    for number, concept in enumerate(value_set.concepts):
        if concept.code not in theirs:
            yield Flaw("value_sets", (*place, number, "code"), "catalogue-dangling", concept.code)
    for code in sorted(theirs - value_set.by_code.keys()):
        yield Flaw("value_sets", place, "catalogue-lacks", code)


def _codes(url: str, definitions: Definitions) -> set[str] | None:
    """The codes of a value set; None where it is not known, or they are not listed but follow from a rule."""
    known = definitions.value_set(url)
    if known is None:
        return None
    codes: set[str] = set()
    for portion in known.include:
        if portion.filters or portion.value_sets:
            return None
        listed = portion.codes
        if not listed:
            system = definitions.code_system(portion.system)
            if system is None or system.content != "complete":
                return None
            listed = system.codes
        codes.update(listed)
    return codes.difference(*(portion.codes for portion in known.exclude))


def _variable_flaws(
    standard: Standard, variable: Variable, at: int, profile: Profile, definitions: Definitions
) -> Iterator[Flaw]:
    file = "variables"
    elements = {element.key: element for element in profile.elements}
    own = elements.get(variable.element)
    if own is None:
        yield Flaw(file, (at, "element"), "catalogue-dangling", variable.element)
        return
    if own.min != variable.min:
        yield Flaw(file, (at, "min"), "catalogue-unlike-profile", str(variable.min))
    if own.max != (UNBOUNDED if variable.max is None else variable.max):
        yield Flaw(file, (at, "max"), "catalogue-unlike-profile", str(variable.max))
    bound = {one.binding.value_set.partition("|")[0] for one in profile.elements if one.binding is not None}
    if variable.value_set is not None and standard.value_set[variable.value_set].url not in bound:
        yield Flaw(file, (at, "value_set"), "catalogue-unlike-profile", variable.value_set)
    given = {
        code for one in profile.elements for each in (one.fixed, one.pattern) if each for code in _texts(each.value)
    }
    for number, coding in enumerate(variable.codings):
        if coding.code not in given and not any(coding.code in (_codes(url, definitions) or ()) for url in bound):
            yield Flaw(file, (at, "codings", number, "code"), "catalogue-unlike-profile", coding.code)
    if (absent := elements.get(_ABSENT)) is not None and (absent.max == 0) != (variable.missing_reason == "refused"):
        yield Flaw(file, (at, "missing_reason"), "catalogue-unlike-profile", variable.missing_reason)


def _texts(value: object) -> Iterator[str]:
    """Every text within a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _report_flaws(standard: Standard, definitions: Definitions) -> Iterator[Flaw]:
    """What the delivery report asks for: the profiles that observations may have, and the rules by visit type."""
    header = standard.header
    report = definitions.profile(header.profiles["delivery-report"])
    constraints = [one for element in report.elements for one in element.constraints] if report is not None else []
    taken = {url for one in constraints for url in one.conforming}
    observed = {header.profiles[one.profile]: at for at, one in enumerate(standard.variables) if _is_observed(one)}
    for url in sorted(taken - observed.keys()):
        yield Flaw("variables", (), "catalogue-lacks", url)
    for url, at in observed.items():
        if taken and url not in taken:
            yield Flaw("variables", (at, "profile"), "catalogue-unlike-profile", url)
    yield from _rule_flaws(standard, {one.key: one for one in constraints if one.demand is not None})


def _is_observed(variable: Variable) -> bool:
    return variable.record == "observation" and variable.profile != ANY_OBSERVATION


def _rule_flaws(standard: Standard, demands: Mapping[str, Constraint]) -> Iterator[Flaw]:
    file = "gateway_rules"
    for at, rule in enumerate(standard.gateway_rules):
        demand = demands[rule.invariant].demand if rule.invariant in demands else None
        if demand is None:
            yield Flaw(file, (at, "invariant"), "catalogue-dangling", rule.invariant)
            continue
        for name in ("visits", "classes", "codes"):
            if set(getattr(rule, name)) != set(getattr(demand, name)):
                yield Flaw(file, (at, name), "catalogue-unlike-profile", rule.invariant)
    for invariant in sorted(demands.keys() - {rule.invariant for rule in standard.gateway_rules}):
        yield Flaw(file, (), "catalogue-lacks", invariant)
