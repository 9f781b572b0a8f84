"""A form is written as the file that gives it again, and fits the published schema."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any, TypeVar

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.forms.field_defaults import catalogued, codes_of, fitting_subjects, fitting_widgets, is_for_a_form
from ldbu_desktop.forms.loader import form_of, shipped_forms
from ldbu_desktop.forms.model import Condition, Field, Form, Prefill, Section, Who, Widget
from ldbu_desktop.forms.writing import form_text
from ldbu_desktop.standard.catalogue import shipped_standard
from tests.profiles import examples

from .conftest import form_with, read
from .published_schema import FILE, published_schema, published_text

T = TypeVar("T")
STANDARD = shipped_standard()
VALIDATOR = jsonschema.Draft202012Validator(published_schema())
VISITS = [each.id for each in STANDARD.visit_types]
CLASSES = list(STANDARD.concepts(STANDARD.variable["visit.class"]))
VARIABLES = [each.id for each in STANDARD.variables if is_for_a_form(each, "")]
QUESTIONNAIRES = list(STANDARD.questionnaire)

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",)) | st.sampled_from(": '\"#\n-[]{}"), min_size=1, max_size=30
).filter(lambda text: bool(text.strip()))


class Maker:
    """Makes any form that has no fault. Hypothesis would take most of the time to draw so much by itself."""

    def __init__(self, chance: Random, words: list[str]) -> None:
        self._chance = chance
        self._words = words
        self._earlier: list[Field] = []
        self._questionnaire = chance.choice(["", *QUESTIONNAIRES])

    def form(self) -> Form:
        sections = []
        for number in range(self._chance.randint(1, 3)):
            shown = self._condition()
            fields = tuple(self._field() for _ in range(self._chance.randint(1, 3)))
            sections.append(Section(f"s{number}", self._text(), fields, self._chance.randint(1, 4), shown))
        form = Form(
            id="mine",
            title=self._text(),
            sections=tuple(sections),
            explanation=self._chance.choice([None, self._text()]),
            version=self._chance.randint(1, 99),
            visits=() if self._questionnaire else (self._chance.choice(VISITS), *self._some(VISITS)),
            questionnaire=self._questionnaire,
            source="mine.yaml",
        )
        return catalogued(form, STANDARD)

    def _text(self) -> Text:
        return Text(da=self._chance.choice(self._words), en=self._chance.choice(self._words))

    def _some(self, values: Sequence[T]) -> tuple[T, ...]:
        return tuple(self._chance.sample(values, self._chance.randint(0, min(2, len(values)))))

    def _condition(self, levels: int = 1) -> Condition:
        """A condition that asks only for answers to fields before it, so that nothing waits in a circle."""
        if self._chance.random() < 0.5:
            return Condition()
        asked = self._some(self._earlier)
        ages = (self._chance.choice([None, 0, 61]), self._chance.choice([None, 62, 9000]))
        further = [tuple(self._condition(levels - 1) for _ in range(self._chance.randint(0, 2 * levels))) for _ in "ab"]
        return Condition(
            visits=self._some(VISITS),
            classes=self._some(CLASSES),
            subjects=self._some([Who.CHILD, Who.EACH_PARENT]),
            ages=self._chance.choice([None, ages]),
            answers={field.id: self._some(codes_of(field, STANDARD, self._questionnaire)) for field in asked},
            any=further[0],
            none=further[1],
        )

    def _field(self) -> Field:
        """A field that fits: of a visit's form, or of an instrument's."""
        if self._questionnaire:
            own = self._chance.choice(list(STANDARD.questionnaire[self._questionnaire].by_link_id))
            bare = Field(id=own, link_id=own)
        elif self._chance.random() < 0.2:
            own = self._chance.choice(QUESTIONNAIRES)
            bare = Field(id=own, questionnaire=own)
        else:
            own = self._chance.choice(VARIABLES)
            bare = Field(id=own, variable=own)
        if own in {field.id for field in self._earlier} or self._chance.random() < 0.3:
            bare = replace(bare, id=f"field-{len(self._earlier)}")
        widget = self._chance.choice(fitting_widgets(bare, STANDARD, self._questionnaire))
        variable = STANDARD.variable.get(bare.variable)
        codes = codes_of(bare, STANDARD) if variable is not None and variable.record != "observation" else ()
        is_prefilled = widget in {Widget.CHOICE, Widget.LIST} and not self._questionnaire
        field = replace(
            bare,
            widget=widget,
            who=self._chance.choice(fitting_subjects(bare, STANDARD)),
            unit=self._chance.choice(["", *(unit.code for unit in variable.units)]) if variable else "",
            prefill=self._chance.choice(list(Prefill)) if is_prefilled else Prefill.NONE,
            proposed=self._chance.choice(["", *codes]),
            shown=self._condition(),
            optional=self._chance.random() < 0.5,
            hint=self._chance.choice([None, self._text()]),
        )
        self._earlier.append(field)
        return field


def forms() -> st.SearchStrategy[Form]:
    """Forms that have no fault, as they are when they have been read."""
    chances = st.integers(0, 2**32).map(Random)
    return st.builds(Maker, chances, st.lists(WORDS, min_size=1, max_size=3)).map(lambda maker: maker.form())


def loaded(text: str) -> Any:
    """A YAML file as any program reads it."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


@examples(16)
@given(forms())
def test_any_form_is_written_as_the_file_that_gives_it_again(form: Form) -> None:
    text = form_text(form, shipped_standard())
    found = read(text)
    assert found.faults == ()
    assert found.form == form
    assert form_text(found.form, shipped_standard()) == text
    VALIDATOR.validate(loaded(text))


@pytest.mark.parametrize("form", shipped_forms(shipped_standard()).forms, ids=lambda form: form.id)
def test_our_forms_come_back_and_fit_the_schema(form: Form) -> None:
    text = form_text(form, shipped_standard())
    assert form_of(text.encode(), form.source, STANDARD).form == form
    VALIDATOR.validate(loaded(text))
    VALIDATOR.validate(loaded((FILE.parent / form.source).read_text(encoding="utf-8")))


def test_only_what_does_not_follow_is_written() -> None:
    form = form_with("- {variable: weight, widget: number, who: child}", "- {questionnaire: adbb, id: adbb}")
    text = form_text(form, shipped_standard())
    assert "- {variable: weight}\n" in text
    assert "- {questionnaire: adbb}\n" in text
    assert "title: Alt\n" in text
    assert text.startswith("# yaml-language-server: $schema=schema.json\n")


def test_a_users_own_form_is_written_without_what_only_the_loader_tells() -> None:
    form = replace(form_with("- {variable: weight}"), is_own=True)
    again = read(form_text(form, shipped_standard())).form
    assert again is not None
    assert replace(again, is_own=True) == form


def test_schema_is_published_as_the_model_and_the_catalogue_are() -> None:
    assert FILE.read_text(encoding="utf-8") == published_text(), "python -m tests.unit.forms.published_schema"
    jsonschema.Draft202012Validator.check_schema(published_schema())


def parts(node: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value in a file."""
    found = [way] if way else []
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return found + [each for key, value in items for each in parts(value, (*way, key))]


@examples(20)
@given(forms(), st.data())
def test_what_the_loader_takes_the_schema_takes(form: Form, data: st.DataObject) -> None:
    written: Any = loaded(form_text(form, shipped_standard()))
    way = data.draw(st.sampled_from(parts(written)))
    within = written
    for step in way[:-1]:
        within = within[step]
    match data.draw(st.sampled_from(["taken out", "replaced", "renamed"])):
        case "taken out":
            del within[way[-1]]
        case "renamed" if isinstance(within, dict):
            within[data.draw(st.sampled_from(["id", "visits", "shown", "wrong", "source", "variable"]))] = within.pop(
                way[-1]
            )
        case _:
            within[way[-1]] = data.draw(st.sampled_from([None, [], {}, "", "wrong", [None], {"da": "a"}, True, 0, -1]))
    fits = VALIDATOR.is_valid(written)
    # A text without quotes is read as it stands, also where YAML would take it for a number or for yes.
    is_lenient = any(not isinstance(value, str) for key, value in texts(written))
    taken = read(yaml.dump(written, Dumper=yaml.CSafeDumper, allow_unicode=True)).form is not None
    assert fits or not taken or is_lenient


def texts(node: Any) -> list[tuple[str, Any]]:
    """Every value that has to be a text."""
    found = []
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        if key in {"id", "title", "da", "en", "hint", "explanation", "unit"} and not isinstance(value, list | dict):
            found.append((str(key), value))
        found += texts(value)
    return found
