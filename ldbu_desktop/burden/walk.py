"""A form filled from its first field to its last: what each field takes, the hand being where the last one left it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce

from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.facts import shipped_facts
from ldbu_desktop.burden.fields import Conditions, Described, described, work
from ldbu_desktop.burden.interactions import HandPosition, seconds_of, shipped_interactions
from ldbu_desktop.burden.model import NOTHING, Activity, Band, Need, NotCounted, Payer, Saving, TimePart
from ldbu_desktop.burden.needs import Needs
from ldbu_desktop.burden.scene import FieldPresence, Scene, coming
from ldbu_desktop.forms.model import Field, Form, Who, Widget
from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Questionnaire, Standard

SAVED = "save"
"""The name of the part that is the form's own: saving it."""

NOTES = "notes"
"""The name of the part that is the free notes of the visit."""

FOLDED = "folded"
"""The name of the part that is optional fields which are opened and left empty."""

REASON_WORDS = 6
"""Words of the answers that are read to give a reason why something is missing."""

_ONCE = Band(1.0, 1.0, 1.0)


class Walk:
    """One way through a form. Run it once, then read what it found."""

    def __init__(
        self,
        form: Form,
        standard: Standard,
        assumptions: Assumptions,
        scene: Scene,
        instruments: Mapping[str, Form],
        language: Language,
    ) -> None:
        self.parts: list[TimePart] = []
        self.fields: dict[str, Band] = {}
        self._left_out: dict[str, dict[str, Band]] = {"folded": {}, "conditional": {}}
        self._form = form
        self._standard = standard
        self._assumptions = assumptions
        self._scene = scene
        self._instruments = instruments
        self._under = Conditions(standard, assumptions, language, scene.age_days)
        self._needs = Needs(standard, form.visits)
        self._hands = HandPosition.MOUSE
        self._errors = _ONCE + assumptions["p_err"] * assumptions["repair"]
        self._pace = assumptions["first_use_factor"] if assumptions.is_on("first_use") else _ONCE
        self._confirming = seconds_of(assumptions, "choice-keys" if assumptions.is_on("keyboard") else "choice")
        self._seen: set[tuple[str, Who]] = set()
        self._widgets: set[Widget] = set()

    def run(self) -> None:
        """Fill every field that comes up, then save."""
        for section in self._form.sections:
            for field in section.fields:
                self._fill(field, coming((section.shown, field.shown), self._scene))
        self._add(TimePart("", NOTES, Activity.NOTES, Need.OPTIONAL, self._notes()))
        opened = self._assumptions["opened_empty"] * (self._confirming + self._assumptions["M"])
        self._add(TimePart("", FOLDED, Activity.ENTRY, Need.AVOIDABLE, opened, saving=Saving.OPENED_EMPTY))
        needs = {part.need for part in self.parts}
        need = next((each for each in (Need.REQUIRED, Need.GUIDE) if each in needs), Need.OPTIONAL)
        self._add(TimePart("", SAVED, Activity.ENTRY, need, self._confirming))

    def not_counted(self) -> Iterator[NotCounted]:
        """What is left out, with what it would cost where that is known."""
        given = self._assumptions
        if not given.is_set("judgement"):
            yield NotCounted("judgement")
        if not given.is_set("notes_keys"):
            yield NotCounted("notes")
        for name, fields in self._left_out.items():
            if fields:
                yield NotCounted(name, sum(fields.values(), start=NOTHING), tuple(fields))
        reason = seconds_of(given, "list") + given.word * REASON_WORDS
        yield NotCounted("missing-reasons", reason * self._pace)
        if any(field.optional for field in self._form.fields) and not given.is_set("opened_empty"):
            yield NotCounted("opened-empty")
        if Widget.INSTRUMENT in self._widgets or self._form.questionnaire:
            yield NotCounted("instruments")
            if not given.is_on("family_enters"):
                yield NotCounted("family")
        if not self._widgets.isdisjoint({Widget.FINDINGS, Widget.INTERVENTIONS}):
            yield NotCounted("more-codes")
        if Widget.PERIODS in self._widgets:
            yield NotCounted("periods")
        yield NotCounted("contact")
        yield NotCounted("program")

    def _fill(self, field: Field, when: FieldPresence) -> None:
        """Fill a field as often as it comes up; one without a figure for how often that is, is left out and told."""
        known = described(field, self._standard, self._form.questionnaire)
        times = 0 if when is FieldPresence.NEVER else self._scene.times(known.who)
        hands = self._hands
        parts = [part for _ in range(max(times, 1)) for part in self._parts(known)]
        seconds = [part.seconds for part in parts if part.payer is Payer.NURSE]
        self.fields[field.id] = sum(seconds, start=NOTHING) * self._pace * (1 / max(times, 1))
        waits = {"folded": field.optional, "conditional": when is FieldPresence.ON_ANSWERS}
        shares = [name for name, holds in waits.items() if holds and times]
        unknown = next((name for name in shares if not self._assumptions.is_set(f"{name}_share")), None)
        if unknown is not None:
            self._left_out[unknown][field.id] = self.fields[field.id] * times
        if unknown is not None or not times:
            self._hands = hands
            return
        self._widgets.add(known.widget)
        if known.name:
            self._seen.add((known.name, known.who))
        share = reduce(Band.__mul__, (self._assumptions[f"{name}_share"] for name in shares), _ONCE)
        for part in parts:
            self._add(part._replace(seconds=part.seconds * share))

    def _add(self, part: TimePart) -> None:
        if part.seconds:
            self.parts.append(part._replace(seconds=part.seconds * self._pace))

    def _notes(self) -> Band:
        given = self._assumptions
        if not given["notes_keys"]:
            return NOTHING
        return shipped_interactions()["text"].seconds(given, given["notes_keys"], given["notes_sentences"])

    def _work(self, known: Described) -> tuple[Band, Band]:
        """The seconds of entry, errors included, and of reading; the hand moves."""
        done = work(known, self._under, self._hands)
        self._hands = done.hands
        return done.entry * self._errors, done.reading

    def _parts(self, known: Described) -> Iterator[TimePart]:
        """What a field takes once."""
        if known.widget is Widget.INSTRUMENT:
            yield from self._instrument(known, self._standard.questionnaire[known.field.questionnaire])
        elif known.item is not None:
            yield from self._item(known, self._standard.questionnaire[self._form.questionnaire])
        else:
            yield from self._answer(known)

    def _answer(self, known: Described) -> Iterator[TimePart]:
        entry, reading = self._work(known)
        field, name, need = known.field.id, known.name, self._needs.of(known.name)
        kind = Activity.NOTES if known.is_free_text else Activity.ENTRY
        if (known.name, known.who) in self._seen:
            twice = (Need.AVOIDABLE, Saving.ENTERED_TWICE)
            yield TimePart(field, name, kind, twice[0], entry, saving=twice[1])
            yield TimePart(field, name, Activity.READING, twice[0], reading, saving=twice[1])
            return
        if name in shipped_facts().known_facts and not known.is_proposed:
            spared = (entry - self._confirming * self._errors).not_below_nothing
            yield TimePart(field, name, kind, Need.AVOIDABLE, spared, saving=Saving.KNOWN_FACT)
            entry = entry - spared
        yield TimePart(field, name, kind, need, entry)
        yield TimePart(field, name, Activity.READING, need, reading)
        variable = known.variable
        if variable is not None and variable.record == "observation" and variable.kind == "concept":
            yield TimePart(field, name, Activity.JUDGEMENT, need, self._assumptions["judgement"])

    def _instrument(self, known: Described, asked: Questionnaire) -> Iterator[TimePart]:
        """All items of an instrument, and adding up its points where that is done by hand."""
        form = self._instruments.get(asked.id)
        fields = form.fields if form else tuple(Field(id=item.link_id, link_id=item.link_id) for item in asked.items)
        entry = reading = NOTHING
        for field in fields:
            if field.link_id != asked.score:
                took, read = self._work(described(field, self._standard, asked.id))
                entry, reading = entry + took, reading + read
        yield from self._answers(known, asked, entry, reading, self._confirming * self._errors)
        yield from self._sum(known, asked)

    def _item(self, known: Described, asked: Questionnaire) -> Iterator[TimePart]:
        """One item of the instrument that the form is for. To confirm it all is to save the form."""
        if known.field.link_id == asked.score:
            yield from self._sum(known, asked)
            return
        yield from self._answers(known, asked, *self._work(known), NOTHING)

    def _answers(
        self, known: Described, asked: Questionnaire, entry: Band, reading: Band, confirming: Band
    ) -> Iterator[TimePart]:
        """Answers by who gives them: what the family has answered need only be confirmed by the nurse."""
        field, name = known.field.id, known.name
        if asked.id not in shipped_facts().instruments.family:
            yield TimePart(field, name, Activity.INSTRUMENTS, Need.OPTIONAL, entry)
            yield TimePart(field, name, Activity.READING, Need.OPTIONAL, reading)
            return
        yield TimePart(field, name, Activity.INSTRUMENTS, Need.OPTIONAL, confirming)
        if self._assumptions.is_on("family_enters"):
            yield TimePart(field, name, Activity.INSTRUMENTS, Need.OPTIONAL, entry, Payer.FAMILY)
            yield TimePart(field, name, Activity.READING, Need.OPTIONAL, reading, Payer.FAMILY)
            return
        spared = (entry - confirming).not_below_nothing
        yield TimePart(field, name, Activity.INSTRUMENTS, Need.AVOIDABLE, spared, saving=Saving.TRANSCRIPTION)
        yield TimePart(field, name, Activity.READING, Need.AVOIDABLE, reading, saving=Saving.TRANSCRIPTION)

    def _sum(self, known: Described, asked: Questionnaire) -> Iterator[TimePart]:
        """Adding up by hand: a thought for each point. The program does it for nothing."""
        given = self._assumptions
        entered_by_family = asked.id in shipped_facts().instruments.family and given.is_on("family_enters")
        if given.is_on("sum_by_hand") and not entered_by_family:
            seconds = given["M"] * len(asked.summed)
            yield TimePart(
                known.field.id, known.name, Activity.INSTRUMENTS, Need.AVOIDABLE, seconds, saving=Saving.SUM_BY_HAND
            )
