"""The estimate of a form: every field that comes up, filled once, by what it takes and who asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.model import NOTHING, Activity, Avoidable, Band, Need, NotCounted, Payer, Saving, TimePart
from ldbu_desktop.burden.scene import Scene, usual_scene
from ldbu_desktop.burden.walk import Walk
from ldbu_desktop.burden.year import Year, year_of_visits
from ldbu_desktop.forms.model import Form
from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Standard

NO_INSTRUMENTS: Mapping[str, Form] = {}


@dataclass(frozen=True, slots=True)
class Estimate:
    """What filling a form costs at one visit.

    ``parts`` are the nurse's seconds, and add up to ``seconds``; ``family`` are those of the family, beside.
    ``fields`` are the seconds of each field filled once, by id, also of those that do not come up or are not counted.
    """

    form: Form
    scene: Scene
    assumptions: Assumptions
    parts: tuple[TimePart, ...]
    family: tuple[TimePart, ...]
    not_counted: tuple[NotCounted, ...]
    fields: Mapping[str, Band]

    @property
    def seconds(self) -> Band:
        """The nurse's seconds at a visit."""
        return total(self.parts)

    @property
    def by_kind(self) -> dict[Activity, Band]:
        """The nurse's seconds by what they go to."""
        return {kind: total(part for part in self.parts if part.kind is kind) for kind in Activity}

    @property
    def by_need(self) -> dict[Need, Band]:
        """The nurse's seconds by who asks for them."""
        return {need: total(part for part in self.parts if part.need is need) for need in Need}

    @property
    def year(self) -> Year:
        """What it costs the municipality in a year."""
        return year_of_visits(self.seconds, self.assumptions)

    @property
    def avoidable(self) -> tuple[Avoidable, ...]:
        """What could be avoided: one for each field and way of saving, the largest first.

        The questions of an instrument's form are one: nobody would spare a single one of them.
        """
        found: dict[tuple[str, str, Saving], Band] = {}
        for part in self.parts:
            if part.saving is not None:
                is_question = part.kind in {Activity.INSTRUMENTS, Activity.READING} and self.form.questionnaire != ""
                what = ("", self.form.questionnaire) if is_question else (part.field, part.variable)
                key = (*what, part.saving)
                found[key] = found.get(key, NOTHING) + part.seconds
        items = [
            Avoidable(*key, seconds, year_of_visits(seconds, self.assumptions).hours) for key, seconds in found.items()
        ]
        return tuple(sorted(items, key=lambda item: -item.seconds.typical))


def total(parts: Iterable[TimePart]) -> Band:
    """The seconds of all ``parts``."""
    return reduce(Band.__add__, (part.seconds for part in parts), NOTHING)


def estimate(
    form: Form,
    standard: Standard,
    assumptions: Assumptions | None = None,
    parents: int = 1,
    instruments: Mapping[str, Form] = NO_INSTRUMENTS,
    language: Language = Language.DANISH,
    scene: Scene | None = None,
) -> Estimate:
    """What ``form`` costs at its usual visit, with so many parents.

    ``instruments`` are the instruments' forms by questionnaire; one that is not there is taken as the catalogue has it.
    """
    assumptions = assumptions or Assumptions()
    scene = scene or usual_scene(form, standard, parents)
    walk = Walk(form, standard, assumptions, scene, instruments, language)
    walk.run()
    together = _together(walk.parts)
    parts = tuple(part for part in together if part.payer is Payer.NURSE)
    family = tuple(part for part in together if part.payer is Payer.FAMILY)
    return Estimate(form, scene, assumptions, parts, family, tuple(walk.not_counted()), walk.fields)


def _together(parts: Iterable[TimePart]) -> tuple[TimePart, ...]:
    """The parts of a field that differ in nothing but the citizen that they are about, as one."""
    found: dict[TimePart, Band] = {}
    for part in parts:
        what = part._replace(seconds=NOTHING)
        found[what] = found.get(what, NOTHING) + part.seconds
    return tuple(part._replace(seconds=seconds) for part, seconds in found.items())
