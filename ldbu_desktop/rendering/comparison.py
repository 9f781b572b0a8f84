"""What differs between two deliveries: in the catalogue's words for people, and as JSON for machines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, TypeVar

from ldbu_desktop.deliveries.comparison import TELLINGS, Changed, DeliveryComparison, Lone, Mark
from ldbu_desktop.deliveries.content import codes_in, dicts, moment_of, target_of
from ldbu_desktop.deliveries.coverage import CoverageCounter
from ldbu_desktop.deliveries.field_changes import FieldChange, Json
from ldbu_desktop.deliveries.model import CARE_PLAN, ENCOUNTER, OBSERVATION, RESPONSE, Key, Place
from ldbu_desktop.faults import Fault
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.technical_words import technical_words
from ldbu_desktop.findings.text import message_of
from ldbu_desktop.journal.fields import INTERVENTION_CODE
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.rendering.machine import encoded, encoded_lines
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.rendering.words import amount_words, count_words, moment_words
from ldbu_desktop.standard.model import Concept, Questionnaire, Standard, Variable

NotRead = tuple[Sequence[tuple[str, Fault]], Sequence[tuple[str, Fault]]]
"""What could not be read of the first and of the second."""

One = TypeVar("One")

_FEW: Final = 20
"""Differences of a kind that are shown unless all are asked for."""
_ITEM: Final = re.compile(r"^item:([^.]+)\.answer")
_EXTENSION: Final = re.compile(r"extension:(\S+?)(?=\.value|$)")
_KNOWN_BY: Final = re.compile(r":[^.]+")


def comparison_json(
    found: DeliveryComparison, not_read: NotRead, occasion: Occasion, *, is_complete: bool
) -> Iterator[str]:
    """The comparison for machines."""
    words = _Words(occasion)
    yield encoded_lines(
        {
            "differs": found.differs,
            "complete": is_complete,
            "reports": {"before": found.reports[0], "after": found.reports[1]},
            "rejected": {"before": found.rejected[0], "after": found.rejected[1]},
            "same": found.same,
            "renamed": [
                {"type": before[0], "before": before[1], "after": after[1]} for after, before in found.renamed.items()
            ],
            "gone": [words.row(one) for one in found.gone],
            "added": [words.row(one) for one in found.added],
            "changed": [words.changed_row(one) for one in found.changed],
            "verdicts": [
                {"type": one.about[0], "id": one.about[1], "accepted": one.is_accepted} for one in found.verdicts
            ],
            "findings": {
                "went": [words.finding_row(*one) for one in found.went],
                "came": [words.finding_row(*one) for one in found.came],
            },
            "not_read": [
                {"side": side, "file": cpr_masked(file), "key": fault.key, "message": words.fault(fault)}
                for side, faults in zip(("before", "after"), not_read, strict=True)
                for file, fault in faults
            ],
        }
    )


def comparison_lines(
    found: DeliveryComparison, not_read: NotRead, occasion: Occasion, *, is_complete: bool
) -> Iterator[str]:
    """The comparison for people."""
    words = _Words(occasion)
    if found.differs:
        yield tr("Der er forskelle.")
    else:
        yield tr("Ingen forskel.") if is_complete else tr("Ingen forskel i det, der er læst.")
    yield tr("Rapporter: {before} → {after}", before=found.reports[0], after=found.reports[1])
    yield tr("Afvises: {before} → {after}", before=found.rejected[0], after=found.rejected[1])
    yield tr("Ens ressourcer: {count}", count=found.same)
    if found.renamed:
        yield tr("Har et andet id: {count}", count=len(found.renamed))
    yield from words.section(tr("Forsvundet"), found.gone, lambda one: (f"− {words.named(one.key, one.resource)}",))
    yield from words.section(tr("Kommet til"), found.added, lambda one: (f"+ {words.named(one.key, one.resource)}",))
    yield from words.section(tr("Ændret"), found.changed, words.changed_lines)
    yield from words.section(
        tr("Svaret er et andet"),
        found.verdicts,
        lambda one: (
            f"~ {_name(one.about)}: " + (tr("afvises → tages imod") if one.is_accepted else tr("tages imod → afvises")),
        ),
    )
    yield from words.section(tr("Fund, der er væk"), found.went, lambda one: (f"− {words.finding(*one)}",))
    yield from words.section(tr("Fund, der er kommet"), found.came, lambda one: (f"+ {words.finding(*one)}",))
    for heading, faults in zip((tr("Ikke læst, før"), tr("Ikke læst, efter")), not_read, strict=True):
        yield from words.section(heading, faults, lambda one: (words.fault(one[1]),))


def _name(key: Key) -> str:
    return "/".join(part for part in key if part) or tr("filen som helhed")


class _Words:
    """Resources, fields and values in the catalogue's words."""

    def __init__(self, occasion: Occasion) -> None:
        self._language = occasion.language
        self._standard: Standard = occasion.catalogue
        self._is_whole = occasion.everything
        self._observed = CoverageCounter(occasion.catalogue)

    # --- sections and rows

    def section(self, heading: str, found: Sequence[One], lines: Callable[[One], Sequence[str]]) -> Iterator[str]:
        """What was found of a kind, the first of many unless all are asked for."""
        if not found:
            return
        yield ""
        yield f"{heading} ({count_words(len(found))})"
        shown = found if self._is_whole else found[:_FEW]
        for one in shown:
            yield from (f"  {line}" for line in lines(one))
        if more := len(found) - len(shown):
            yield "  " + tr("… og {more} til (--all viser dem)", more=more)

    def changed_lines(self, one: Changed) -> Sequence[str]:
        """A changed resource, and below it each field."""
        fields = (f"    {self.label(change, one)}: {self._difference(change, one)}" for change in one.fields)
        return (f"~ {self.named(one.key, one.resource)}", *fields)

    def row(self, one: Lone) -> dict[str, Any]:
        """A resource that one side tells, for machines."""
        return {"type": one.key[0], "id": one.key[1], "label": self._label_of(one.resource), **_place(one.place)}

    def changed_row(self, one: Changed) -> dict[str, Any]:
        """A changed resource for machines, with its fields."""
        return {
            "type": one.key[0],
            "id": one.key[1],
            "after_id": one.after_id,
            "label": self._label_of(one.resource),
            "before": _place(one.before),
            "after": _place(one.after),
            "fields": [
                {
                    "path": change.path,
                    "label": self.label(change, one),
                    "before": [self._shown(value, change) for value in change.before],
                    "after": [self._shown(value, change) for value in change.after],
                }
                for change in one.fields
            ],
        }

    def finding_row(self, mark: Mark, finding: Finding) -> dict[str, Any]:
        """A finding that only one side has, for machines."""
        return {
            "code": mark.code,
            "rule": mark.rule,
            "type": mark.about[0],
            "id": mark.about[1],
            "element": mark.element,
            "message": self._message(finding),
        }

    def finding(self, mark: Mark, finding: Finding) -> str:
        """A finding that only one side has, in a line."""
        place = ".".join(part for part in (_name(mark.about), mark.element) if part)
        return f"{mark.rule or mark.code}  {place}  {self._message(finding)}"

    def fault(self, fault: Fault) -> str:
        """Why a file was not read."""
        return cpr_masked(fault_text(fault, self._language))

    def _message(self, finding: Finding) -> str:
        return message_of(finding, self._language, self._standard)

    # --- resources

    def named(self, key: Key, resource: Json) -> str:
        """A resource by what it tells of, when, and its type and id."""
        return f"{self._label_of(resource)} · {_name(key)}"

    def _label_of(self, resource: Json) -> str:
        kind = str(resource.get("resourceType"))
        period = _object(resource.get("period") or resource.get("effectivePeriod"))
        moment = resource.get("effectiveDateTime") or resource.get("authored") or period.get("start")
        what = self._what(kind, resource)
        when = self._scalar(moment) if moment else ""
        return ", ".join(part for part in (what, when) if part)

    def _what(self, kind: str, resource: Json) -> str:
        standard, language = self._standard, self._language
        if kind == OBSERVATION and (variable := self._observed.variable_of(resource)) is not None:
            return variable.label[language]
        if kind == ENCOUNTER:
            for code in codes_in(resource.get("type")):
                if code in standard.visit_type_by_code:
                    return standard.visit_type_by_code[code].label[language]
        if kind == CARE_PLAN:
            known = standard.concepts(standard.variable[INTERVENTION_CODE])
            for activity in dicts(resource.get("activity")):
                for code in codes_in(_object(activity.get("detail")).get("code")):
                    if code in known:
                        return known[code].label[language]
        if kind == RESPONSE and (asked := self._questionnaire(resource)) is not None:
            return asked.label[language]
        word = technical_words().get(kind)
        return f"{word[language][:1].upper()}{word[language][1:]}" if word else kind

    def _questionnaire(self, resource: Json) -> Questionnaire | None:
        url = str(resource.get("questionnaire", "")).partition("|")[0]
        return next((one for one in self._standard.questionnaires if one.url == url), None)

    # --- fields

    def label(self, change: FieldChange, of: Changed) -> str:
        """What people call a field."""
        if change.path == TELLINGS:
            return tr("Så mange gange fortalt")
        if change.path == "meta.profile":
            return tr("Profil")
        if (answered := _ITEM.match(change.path)) and (asked := self._questionnaire(of.resource)) is not None:
            item = asked.by_link_id.get(answered[1])
            return item.label[self._language] if item is not None else answered[1]
        variable = self._variable(change.path, of.resource)
        return variable.label[self._language] if variable is not None else change.path

    def _variable(self, path: str, resource: Json) -> Variable | None:
        """The catalogue's variable of a field: the one whose element is told by most of the path."""
        kind = str(resource.get("resourceType"))
        if kind == OBSERVATION and path.startswith("value"):
            return self._observed.variable_of(resource)
        plain = _EXTENSION.sub(lambda found: f"extension:{self._slices.get(found[1], found[1])}", path)
        if not plain.startswith("extension:"):
            plain = _KNOWN_BY.sub("", plain)
        fitting = [(len(pattern.pattern), own) for pattern, own in self._elements if pattern.match(f"{kind}.{plain}")]
        return self._standard.variable[max(fitting)[1]] if fitting else None

    @cached_property
    def _slices(self) -> Mapping[str, str]:
        """The names of the profiles' slices of extensions, by URL."""
        found = {}
        for name, url in self._standard.header.extensions.items():
            first, *rest = name.split("-")
            found[url] = first + "".join(part.capitalize() for part in rest)
        return found

    @cached_property
    def _elements(self) -> list[tuple[re.Pattern[str], str]]:
        """What the paths of each variable's element look like."""
        found = []
        for variable in self._standard.variables:
            if variable.record == "observation" and variable.element == f"{OBSERVATION}.value[x]":
                continue
            kind, _, path = variable.element.partition(".")
            path = path.partition("[x]:")[2] or path
            pattern = re.escape(f"{kind}.{path}").replace(r"\[x\]", r"\w+")
            found.append((re.compile(rf"{pattern}(?![\w\-])"), variable.id))
        return found

    # --- values

    def _difference(self, change: FieldChange, of: Changed) -> str:
        variable = self._variable(change.path, of.resource)
        concepts = self._standard.concepts(variable) if variable is not None else {}

        def told(values: Sequence[Any]) -> str:
            return ", ".join(self._value(one, concepts) for one in values) or "—"

        shown = ([self._shown(one, change) for one in values] for values in (change.before, change.after))
        old, new = shown
        before, after = told(old), told(new)
        if before == after and old != new:
            before, after = encoded(old), encoded(new)
        return f"{before} → {after}"

    def _shown(self, value: Any, change: FieldChange) -> Any:
        """A value as it may be told: text that people wrote, as names and remarks, stays in the reports."""
        if isinstance(value, Mapping):
            return {name: self._shown(one, change) if name == "value" else one for name, one in value.items()}
        if not isinstance(value, str) or _PLAIN.fullmatch(value) or moment_of(value) is not None:
            return value
        return value if _CODED.search(change.path) and _CODE.fullmatch(value) else _TEXT

    def _value(self, value: Any, concepts: Mapping[str, Concept]) -> str:
        if isinstance(value, Mapping):
            code = str(value.get("code", ""))
            if "value" in value:
                return self._identified(value)
            if code in concepts:
                return concepts[code].label[self._language]
            if isinstance(target := value.get("reference"), str):
                return target_of(target)
            return code or encoded(value)
        if isinstance(value, str) and value in concepts:
            return concepts[value].label[self._language]
        return self._scalar(value)

    @staticmethod
    def _identified(value: Json) -> str:
        """A quantity with its unit, or an identifier's value."""
        unit = value.get("unit") or value.get("code")
        said = str(value["value"])
        return amount_words(Decimal(said), str(unit)) if unit and _NUMBER.fullmatch(said) else said

    @staticmethod
    def _scalar(value: Any) -> str:
        if isinstance(value, bool):
            return tr("ja") if value else tr("nej")
        moment = moment_of(value)
        return str(value) if moment is None else moment_words(moment)


_CODED: Final = re.compile(r"(?:^|\.)(?:status|use|gender|intent|profile|language|value(?:Code|Uri|Url|Canonical))$")
"""Paths of what a machine reads: its words, and addresses."""
_CODE: Final = re.compile(r"[A-Za-z0-9][\w.:/|#+-]*")
_PLAIN: Final = re.compile(r"[\d+.-]*|(?:urn:uuid:)?[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}")
"""Numbers and ids."""
_TEXT: Final = "••••"
"""What is told of a text that people wrote: that it is another."""
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")


def _object(value: Any) -> Json:
    return value if isinstance(value, Mapping) else {}


def _place(place: Place) -> dict[str, str]:
    return {"file": cpr_masked(place.file), "at": place.at}
