"""What the standard says, typed: visit types, variables, value sets, rules and questionnaires.

Every fact about the standard is read from here and stands nowhere else in the code. The same model is filled from the
catalogue that ships (``resources/standard``) and from an official FHIR package, so that the two can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.faults import CatalogueFault

ANY_OBSERVATION = "observation"
"""The profile of the variables that every observation has, whichever of the observation profiles it follows."""

PROFILES = "profiles"
"""The folder of profiles beside a catalogue."""

OWN_PROFILES = "kl-children"
"""The file of profiles that every standard has of its own; what it builds on, FHIR R4, is the same for all."""


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A fact as it stands in a catalogue file: unknown keys are refused, values are typed and never change."""


class Concept(Fact, frozen=True):
    """A code of a value set, with the standard's Danish term and our own English one.

    ``official`` is what the code system itself calls the code, where the Danish term is our own. ``distinction`` says
    what sets the code apart where the standard has the same term for two codes.
    """

    system: str
    code: str
    term: str
    english: str
    official: str | None = None
    distinction: Text | None = None

    @property
    def display(self) -> str:
        """The display that is sent with the code."""
        return self.official or self.term

    @cached_property
    def label(self) -> Text:
        """The concept's term in both languages, with its distinction: unique in a value set."""
        if self.distinction is None:
            return Text(da=self.term, en=self.english)
        return Text(da=f"{self.term} ({self.distinction.da})", en=f"{self.english} ({self.distinction.en})")


class ValueSet(Fact, frozen=True):
    """The codes that a variable may have. ``external`` names value sets that are included by reference.

    ``offered`` are those that people choose among, first what they choose most; all in their order where none is named.
    Without codes it is only named, where a report may be held against it: what its codes are, variables say.
    """

    id: str
    url: str
    label: Text
    concepts: tuple[Concept, ...] = ()
    external: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()

    @cached_property
    def by_code(self) -> dict[str, Concept]:
        """The concepts by code."""
        return {concept.code: concept for concept in self.concepts}


class Coding(Fact, frozen=True):
    """A code of a code system, with the display that is sent with it."""

    system: str
    code: str
    display: str


class Unit(Fact, frozen=True):
    """A UCUM unit that a quantity may be given in; ``factor`` turns it into the variable's first unit.

    ``written_decimals`` is how many people write in it, where that is fewer than the standard takes.
    """

    code: str
    factor: Decimal
    also: tuple[str, ...] = ()
    written_decimals: int | None = None


class PlausibleRange(Fact, frozen=True):
    """What a measurement in the variable's first unit lies within from ``from_days`` to before ``to_days`` of age.

    A value outside is most likely an entry error; it is never a clinical judgement. ``source`` says where it is from.
    """

    from_days: int
    to_days: int
    low: Decimal
    high: Decimal
    source: Text


class Loss(Fact, frozen=True):
    """How much less than the time before what grows may be, from ``from_days`` to before ``to_days`` of age.

    Either an ``amount`` in the variable's first unit, or a ``share`` of the size before. ``source`` says where it is
    from.
    """

    from_days: int
    to_days: int | None
    source: str
    amount: Decimal | None = None
    share: Decimal | None = None

    def of(self, before: Decimal) -> Decimal:
        """What may be lost of a size."""
        return self.amount if self.amount is not None else before * (self.share or 0)


Reference = Literal["weight-for-age", "height-for-age", "head-circumference-for-age"]
"""The growth references of WHO that a measured variable can be held against, by WHO's own names."""

REFERENCE_UNITS: Mapping[Reference, str] = {
    "weight-for-age": "kg",
    "height-for-age": "cm",
    "head-circumference-for-age": "cm",
}
"""The UCUM unit that each reference is in: a variable that is held against it has that unit."""


class Variable(Fact, frozen=True):
    """Something that is recorded about a citizen, a visit, a school, an intervention or a questionnaire response.

    What is true of one variable only is a trait of it, so that another variable has it by data alone:

    - ``system`` names the header's system that an identifier is of.
    - ``repeats``: there may be any number at a visit, each recorded only where it is there.
    - ``mistaken_units`` are units that people measure in though the standard does not take them.
    - ``losses``: it grows, and how much of it may be lost; without any it may go up and down.
    - ``reference``: the growth reference that it is held against.
    - ``is_charted``: it is drawn over age. ``short`` is what it is called where there is little room.
    """

    id: str
    record: Literal["citizen", "parent", "visit", "school", "observation", "intervention", "response", "answer"]
    kind: Literal["quantity", "concept", "moment", "identifier", "reference", "boolean", "value"]
    label: Text
    explanation: Text
    profile: str
    element: str
    min: int
    max: int | None
    value_set: str | None = None
    codings: tuple[Coding, ...] = ()
    coding_set: str | None = None
    display_is_fixed: bool = False
    category: Coding | None = None
    units: tuple[Unit, ...] = ()
    decimals: int | None = None
    ranges: tuple[PlausibleRange, ...] = ()
    subject: Literal["child", "parent", "either"] = "either"
    effective: Literal["moment", "moment or period"] = "moment"
    missing_reason: Literal["accepted", "contradicted", "refused"] = "refused"
    linked_to_visit: bool = True
    system: str | None = None
    repeats: bool = False
    mistaken_units: tuple[Unit, ...] = ()
    losses: tuple[Loss, ...] = ()
    reference: Reference | None = None
    is_charted: bool = False
    short: Text | None = None

    @property
    def takes_period(self) -> bool:
        """Whether it may hold for a period, beside a moment."""
        return self.effective == "moment or period"

    @property
    def short_label(self) -> Text:
        """What it is called where there is little room."""
        return self.short or self.label


class VisitType(Fact, frozen=True):
    """One of the 14 kinds of visit. Ages are in days and only a hint: a visit is classed by what was done."""

    id: str
    code: str
    label: Text
    explanation: Text
    subject: Literal["child", "parent", "either"]
    is_at_school: bool
    from_days: int | None = None
    to_days: int | None = None


class GatewayRule(Fact, frozen=True):
    """What the gateway rejects when it is missing: an official invariant, exactly as it is evaluated.

    In a report with an encounter of one of ``visits`` and one of ``classes`` some observation must have one of
    ``codes``. ``variables`` are those that the rule is meant for, which its codes need not be.
    """

    invariant: str
    visits: tuple[str, ...]
    classes: tuple[str, ...]
    codes: tuple[str, ...]
    variables: tuple[str, ...]


class GuideRule(Fact, frozen=True):
    """What the guide's table asks for at a visit type, by variable id."""

    visit_type: str
    variables: tuple[str, ...]


class StandardContradiction(Fact, frozen=True):
    """A place where the standard says two things, numbered as we tell them."""

    number: int
    text: Text
    invariants: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()


class Item(Fact, frozen=True):
    """A question by its link id. ``label`` is our own neutral short name, never the questionnaire's wording."""

    link_id: str
    type: Literal["integer", "boolean", "choice"]
    label: Text
    min: int | None = None
    max: int | None = None
    options: tuple[str, ...] = ()


class Mark(Fact, frozen=True):
    """A published limit, shown as a fact for the professional: marked where ``item`` is at least ``at_least``."""

    item: str
    at_least: int
    text: Text
    source: str


class Questionnaire(Fact, frozen=True):
    """A reported questionnaire. ``score`` is the link id of the item that is the sum of ``summed``, if one is."""

    id: str
    url: str
    label: Text
    explanation: Text
    items: tuple[Item, ...]
    subject: Literal["child", "parent", "either"]
    rights: Text
    score: str | None = None
    summed: tuple[str, ...] = ()
    from_days: int | None = None
    to_days: int | None = None
    marks: tuple[Mark, ...] = ()

    @cached_property
    def by_link_id(self) -> dict[str, Item]:
        """The items by link id."""
        return {item.link_id: item for item in self.items}


class FixedCode(Fact, frozen=True):
    """A code that an element of a profile always has; ``system`` where the element is coded with one."""

    profile: str
    element: str
    code: str
    system: str = ""


class OtherEdition(Fact, frozen=True):
    """Another edition of the standard, or another guide of the same gateway, and what its reports are known by.

    ``version`` is what a profile's URL may end in, ``canonical`` what it begins with; ``profiles`` and ``codes`` are
    those that this edition does not have. ``id`` names the words for it, and for what is to be changed.
    """

    id: str
    version: str = ""
    canonical: str = ""
    profiles: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


class Header(Fact, frozen=True):
    """Which standard this is: package and version, and the URLs, systems and codes that all that is sent shares.

    ``profile_base`` is what the URL of a variable's profile begins with; the profile's own name is in the variable.
    ``profiles`` has the URLs by these names, and in its file only those that no variable names.
    ``provisional`` is what the systems of numbers begin with that stand in for CPR numbers (X-eCPR, D-eCPR).
    ``editions`` are others that reports may be written for by mistake.
    """

    package: str
    version: str
    canonical: str
    systems: dict[str, str]
    profile_base: str
    profiles: dict[str, str]
    extensions: dict[str, str]
    fixed: dict[str, FixedCode]
    provisional: tuple[str, ...] = ()
    editions: tuple[OtherEdition, ...] = ()


class Standard(Fact, frozen=True, eq=False):
    """The whole standard in one version.

    A value by its identity: what is worked out from a standard is kept for that one, and several can be open at once.
    ``folder`` is where it was read, with its profiles in a folder of it.
    """

    header: Header
    visit_types: tuple[VisitType, ...]
    variables: tuple[Variable, ...]
    value_sets: tuple[ValueSet, ...]
    gateway_rules: tuple[GatewayRule, ...]
    guide_rules: tuple[GuideRule, ...]
    contradictions: tuple[StandardContradiction, ...]
    questionnaires: tuple[Questionnaire, ...]
    folder: str = ""

    @cached_property
    def visit_type_by_code(self) -> dict[str, VisitType]:
        """The visit types by their FBOE code."""
        return {visit_type.code: visit_type for visit_type in self.visit_types}

    @cached_property
    def variable(self) -> dict[str, Variable]:
        """The variables by id."""
        return {variable.id: variable for variable in self.variables}

    @cached_property
    def observed(self) -> tuple[Variable, ...]:
        """The variables that are observed, one for each observation profile: measurements, indicators, findings."""
        return tuple(
            variable
            for variable in self.variables
            if variable.record == "observation" and variable.profile != ANY_OBSERVATION
        )

    @cached_property
    def value_set(self) -> dict[str, ValueSet]:
        """The value sets by id."""
        return {value_set.id: value_set for value_set in self.value_sets}

    @cached_property
    def questionnaire(self) -> dict[str, Questionnaire]:
        """The questionnaires by id."""
        return {questionnaire.id: questionnaire for questionnaire in self.questionnaires}

    @cached_property
    def guide_variables(self) -> dict[str, tuple[str, ...]]:
        """The variables that the guide's table asks for, by visit type id."""
        return {rule.visit_type: rule.variables for rule in self.guide_rules}

    def profiles_file(self, name: str) -> Path:
        """Where a file of profiles lies beside the catalogue.

        ``kl-children`` must be there, since no other standard's profiles hold for it: raises :class:`CatalogueFault`.
        """
        path = Path(self.folder, PROFILES, f"{name}.json")
        if name == OWN_PROFILES and not path.is_file():
            place = path.relative_to(self.folder).as_posix()
            raise CatalogueFault("catalogue-without-profiles", folder=Path(self.folder).name, file=place)
        return path

    def concepts(self, variable: Variable) -> dict[str, Concept]:
        """The concepts that ``variable`` may have, by code; empty where it has no value set."""
        return self.value_set[variable.value_set].by_code if variable.value_set else {}

    def offered(self, variable: Variable) -> dict[str, Concept]:
        """The concepts that people choose among for ``variable``, by code, in their order."""
        concepts = self.concepts(variable)
        named = self.value_set[variable.value_set].offered if variable.value_set else ()
        return {code: concepts[code] for code in named} if named else concepts

    def observation_codes(self, variable: Variable) -> frozenset[str]:
        """The codes that an observation of ``variable`` may be sent with."""
        own = {coding.code for coding in variable.codings}
        if variable.coding_set:
            own |= self.value_set[variable.coding_set].by_code.keys()
        return frozenset(own)
