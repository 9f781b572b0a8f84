"""Whether a value is what a profile fixes, or holds at least its pattern."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from ldbu_desktop.conformance.reading.primitives import text_of
from ldbu_desktop.standard.profiles import Given

_SINGLE: Final = frozenset({"system", "version", "code", "display", "userSelected"})


class ValueDifference(NamedTuple):
    """A step below the value (nothing for the value itself), and what is wrong there."""

    step: str
    key: str
    found: str
    expected: str


def differences(given: Given, value: Any, *, is_pattern: bool) -> Iterator[ValueDifference]:
    """Where ``value`` differs from what is given."""
    if not isinstance(given.value, Mapping):
        yield from _scalar(given.value, value)
    elif given.type == "CodeableConcept":
        yield from _concept(given.value, value, is_pattern=is_pattern)
    elif isinstance(value, Mapping):
        yield from _object(given.value, value, is_pattern=is_pattern)


def _scalar(wanted: Any, value: Any, step: str = "") -> Iterator[ValueDifference]:
    found = "" if value is None else text_of(value)
    if found != text_of(wanted):
        yield ValueDifference(step, "_DT_Fixed_Wrong", found, text_of(wanted))


def _object(wanted: Mapping[str, Any], value: Mapping[str, Any], *, is_pattern: bool) -> Iterator[ValueDifference]:
    for name, one in wanted.items():
        if name not in value:
            yield ValueDifference(name, "Profile_VAL_MissingElement", "", name)
        elif isinstance(one, Mapping):
            for deeper in differences(Given("", one), value[name], is_pattern=is_pattern):
                yield deeper._replace(step=f"{name}.{deeper.step}".rstrip("."))
        else:
            yield from _scalar(one, value[name], name)
    if not is_pattern:
        for name in value:
            if name not in wanted and name != "extension":
                yield ValueDifference(name.lstrip("_"), "Profile_VAL_NotAllowed", text_of(value[name])[:50], "")


def _concept(wanted: Mapping[str, Any], value: Any, *, is_pattern: bool) -> Iterator[ValueDifference]:
    """Each wanted coding must be among the codings; in a fixed value there may be no other."""
    if not isinstance(value, Mapping):
        return
    if "text" in wanted:
        yield from _object({"text": wanted["text"]}, value, is_pattern=True)
    codings = value.get("coding", [])
    wanted_codings = wanted.get("coding", [])
    if not is_pattern and len(codings) != len(wanted_codings):
        yield ValueDifference("", "Terminology_TX_Coding_Count", str(len(codings)), str(len(wanted_codings)))
        return
    if is_pattern and len(codings) < len(wanted_codings):
        yield ValueDifference("", "Terminology_TX_Coding_Count", str(len(codings)), str(len(wanted_codings)))
        return
    for coding in wanted_codings:
        if not any(not list(_object(coding, one, is_pattern=is_pattern)) for one in codings):
            yield ValueDifference("", "TYPE_CHECKS_PATTERN_CC", _told(codings), _told([coding]))


def _told(codings: list[Any]) -> str:
    return ", ".join(f"{one.get('system', '')}#{one.get('code', '')}" for one in codings)
