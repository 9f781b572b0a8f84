"""The standard as checks ask it: compiled once from the catalogue, so that looking at a value costs next to nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.journal.fields import FIELDS, OBSERVATION_STATUS
from ldbu_desktop.journal.model import Entry
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.nearest import nearest
from ldbu_desktop.standard.model import Concept, PlausibleRange, Standard, Variable, VisitType


class Observed(NamedTuple):
    """An observed variable, with what its values are held against."""

    variable: Variable
    concepts: Mapping[str, Concept]
    factors: Mapping[str, Decimal]
    is_quantity: bool
    ranges: tuple[PlausibleRange, ...]
    decimals: int | None
    subject: str
    missing_reason: str
    takes_period: bool

    def has_too_many_decimals(self, number: Decimal) -> bool:
        """Whether a number is written with more decimals than are taken of the variable."""
        exponent = number.as_tuple().exponent
        return self.decimals is not None and isinstance(exponent, int) and -exponent > self.decimals


class Settled(Struct, frozen=True):
    """What is observed, where nothing is to be found in its variable, value, unit and status by themselves.

    ``size`` is that of a measurement in its variable's first unit, and ``number`` the same for arithmetic.
    """

    subject: str
    variable: str
    size: Decimal | None = None
    number: float = 0.0


_Told = tuple[str | None, Decimal | str | None, str, str | None, str | None]
"""Of an observation: its variable, value, the text of that (which tells 54.5 from 54.50), unit and status."""


class _SettledValues(dict[_Told, Settled | None]):
    """What is observed by what is told of it, each distinct value looked at once; None where a check has to look."""

    def __init__(self, rules: RuleBook) -> None:
        super().__init__()
        self._observed = rules.observed
        self._statuses = rules.codes[OBSERVATION_STATUS].keys() - {ENTERED_IN_ERROR}

    def __missing__(self, told: _Told) -> Settled | None:
        settled = self[told] = self._settled(*told)
        return settled

    def _settled(
        self, variable: str | None, value: Decimal | str | None, raw: str, unit: str | None, status: str | None
    ) -> Settled | None:
        known = self._observed.get(variable or "")
        if known is None or status not in self._statuses:
            return None
        if not known.is_quantity:
            return Settled(known.subject, known.variable.id) if value in known.concepts else None
        factor = known.factors.get(unit or "")
        if factor is None or not isinstance(value, Decimal) or not value > 0 or not raw:
            return None
        if known.has_too_many_decimals(value):
            return None
        size = value * factor
        return Settled(known.subject, known.variable.id, size, float(size))


class VisitDemand(NamedTuple):
    """What a gateway rule asks for at a visit type: one of ``satisfied_by``; ``variable`` is the one that is meant."""

    invariant: str
    classes: frozenset[str]
    satisfied_by: frozenset[str]
    variable: str


class RecordPart(NamedTuple):
    """A part of a record by its id: the codes that may stand there if it is coded, and the kind of its variable."""

    id: str
    attribute: str
    codes: Mapping[str, Concept] | None
    kind: str


class _RangesByAge(dict[tuple[str, int | None], PlausibleRange | None]):
    """What a measurement of a variable lies within at an age in days; None where nothing is known of it."""

    def __init__(self, rules: RuleBook) -> None:
        super().__init__()
        self._observed = rules.observed

    def __missing__(self, at: tuple[str, int | None]) -> PlausibleRange | None:
        variable, age = at
        ranges = self._observed[variable].ranges if age is not None else ()
        found = self[at] = next((each for each in ranges if each.from_days <= (age or 0) < each.to_days), None)
        return found


class RuleBook:
    """The rules of one standard. Build it once and keep it: an edit looks up and does not compile."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self.version = f"{standard.header.package} {standard.header.version}"
        self.visit_types: dict[str, VisitType] = standard.visit_type_by_code
        self.observed = {variable.id: self._observed(variable) for variable in standard.observed}
        self.measured = {name: known for name, known in self.observed.items() if known.is_quantity}
        self.codes: dict[str, Mapping[str, Concept]] = {
            variable.id: standard.concepts(variable) for variable in standard.variables if variable.value_set
        }
        self.demands = {visit_type.code: self._demands(visit_type) for visit_type in standard.visit_types}
        self.asked = {
            visit_type.code: standard.guide_variables.get(visit_type.id, ()) for visit_type in standard.visit_types
        }
        self.settled: Mapping[_Told, Settled | None] = _SettledValues(self)
        self._terms: dict[str, dict[str, Concept]] = {}
        self.ranges: Mapping[tuple[str, int | None], PlausibleRange | None] = _RangesByAge(self)
        self.parts = {record: tuple(self._parts(fields)) for record, fields in FIELDS.items()}
        self.in_order: set[object] = set()
        """What many visits share and nothing was found in (:attr:`VisitScope.common`)."""
        self._variable_names = {
            name: known.variable.id
            for known in self.observed.values()
            for name in (known.variable.label.da, known.variable.label.en, known.variable.id)
        }
        self._owners: dict[str, str] | None = None

    def _observed(self, variable: Variable) -> Observed:
        return Observed(
            variable,
            self.standard.concepts(variable),
            {unit.code: unit.factor for unit in variable.units},
            variable.kind == "quantity",
            variable.ranges,
            variable.decimals,
            variable.subject,
            variable.missing_reason,
            variable.takes_period,
        )

    def _demands(self, visit_type: VisitType) -> tuple[VisitDemand, ...]:
        """The gateway's demands at a visit type; rules that test the same codes are one demand, told once."""
        demands: dict[frozenset[str], VisitDemand] = {}
        asked = self.standard.guide_variables.get(visit_type.id, ())
        for rule in self.standard.gateway_rules:
            codes = frozenset(rule.codes)
            if visit_type.code not in rule.visits or codes in demands:
                continue
            able = [
                known.variable.id
                for known in self.observed.values()
                if self.standard.observation_codes(known.variable) & codes
            ]
            meant = next((name for name in rule.variables if name in asked), rule.variables[0])
            # The rule for motor function tests the code of sleep: what is missing is what its codes say.
            variable = meant if meant in able else able[0]
            demands[codes] = VisitDemand(rule.invariant, frozenset(rule.classes), frozenset(able), variable)
        return tuple(demands.values())

    def _parts(self, fields: Mapping[str, str]) -> Iterator[RecordPart]:
        for part, attribute in fields.items():
            variable = self.standard.variable.get(part)
            yield RecordPart(part, attribute, self.codes.get(part), variable.kind if variable is not None else "")

    def label(self, variable_id: str) -> Text:
        """What a variable or a part of a record is called; its id where it is not known."""
        variable = self.standard.variable.get(variable_id)
        return variable.label if variable else Text(da=variable_id, en=variable_id)

    def options(self, variable_id: str) -> tuple[Text, ...]:
        """The terms that a coded variable may have."""
        return tuple(concept.label for concept in self.codes.get(variable_id, {}).values())

    def nearest_concept(self, variable_id: str, written: str) -> Concept | None:
        """The concept whose term is nearest to what was written."""
        terms = self._terms.get(variable_id)
        if terms is None:
            concepts = self.codes.get(variable_id, {}).values()
            terms = self._terms[variable_id] = {
                term: concept for concept in concepts for term in (concept.term, concept.english, concept.code)
            }
        found = nearest(written, terms)
        return terms[found] if found is not None else None

    def nearest_variable(self, written: str) -> str | None:
        """The id of the observed variable whose name is nearest to what was written."""
        found = nearest(written, self._variable_names)
        return self._variable_names[found] if found is not None else None

    def variable_names(self, variable_id: str) -> tuple[str, ...]:
        """What an observed variable is called, in the words that a misspelt name is held against."""
        return tuple(name for name, each in self._variable_names.items() if each == variable_id)

    def owner(self, entry: Entry[object]) -> str | None:
        """The id of another coded variable that has what was written among its codes or terms."""
        if self._owners is None:
            self._owners = {
                name.casefold(): variable_id
                for variable_id, concepts in reversed(self.codes.items())
                for concept in concepts.values()
                for name in (concept.code, concept.term, concept.english)
            }
        return self._owners.get(" ".join(str(entry.raw or entry.value).split()).casefold())
