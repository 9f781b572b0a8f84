"""What does not fit in a form file is told by code and line, all of it at once; what follows is filled in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.faults import FileFault
from ldbu_desktop.forms import loader
from ldbu_desktop.forms.loader import forms_of_folder, read_form, shipped_form_of
from ldbu_desktop.forms.model import Condition, Prefill, Who, Widget
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Standard

from .conftest import FIRST_FIELD, HEAD, QUESTIONS, form_with, of_fields, read, told

F = FIRST_FIELD
WEIGHT = "- {variable: weight}"
SLEEP = "- {variable: sleep}"


def test_what_follows_from_the_catalogue_is_filled_in() -> None:
    form = form_with(WEIGHT, "- {variable: parent-mental-status}", "- {questionnaire: adbb}", "- {variable: visit.end}")
    weight, mental, adbb, end = form.fields
    assert (weight.id, weight.widget, weight.who, weight.shown) == ("weight", Widget.NUMBER, Who.CHILD, Condition())
    assert (mental.widget, mental.who) == (Widget.CHOICE, Who.EACH_PARENT)
    assert (adbb.widget, adbb.who, adbb.shown.ages) == (Widget.INSTRUMENT, Who.CHILD, (61, 762))
    assert (end.widget, end.who) == (Widget.MOMENT, Who.VISIT)
    assert (form.source, form.is_own) == ("mine.yaml", False)


def test_what_is_given_stands() -> None:
    form = form_with(
        "- id: size",
        "  variable: weight",
        "  unit: kg",
        "  who: subject",
        "  optional: true",
        "  hint: Uden tøj",
        "- {variable: sleep, widget: list, prefill: earlier}",
        "- {variable: visit.class, proposed: HH}",
        "- {questionnaire: adbb, shown: {ages: [null, null]}}",
        "- variable: hearing",
        "  shown:",
        "    visits: [2-months]",
        "    classes: [AMB, HH]",
        "    subjects: [child]",
        "    ages: [30, null]",
        "    answers: {size: []}",
        "    any: [{answers: {sleep: [c25b5cda-3f6b-4ef7-998d-c22c58c6dd18]}}, {ages: [null, 90]}]",
        "    none: [{classes: [HH]}]",
    )
    size, sleep, place, adbb, hearing = form.fields
    assert (size.id, size.unit, size.who, size.optional) == ("size", "kg", Who.SUBJECT, True)
    assert size.hint == Text(da="Uden tøj", en="Uden tøj")
    assert (sleep.widget, sleep.prefill) == (Widget.LIST, Prefill.EARLIER)
    assert (place.proposed, size.proposed) == ("HH", "")
    assert adbb.shown.ages == (None, None)
    assert hearing.shown == Condition(
        visits=("2-months",),
        classes=("AMB", "HH"),
        subjects=(Who.CHILD,),
        ages=(30, None),
        answers={"size": ()},
        any=(
            Condition(answers={"sleep": ("c25b5cda-3f6b-4ef7-998d-c22c58c6dd18",)}),
            Condition(ages=(None, 90)),
        ),
        none=(Condition(classes=("HH",)),),
    )


def test_codes_are_read_as_they_are_written() -> None:
    form = form_with(
        "- {link-id: 1humor}",
        "- {link-id: 2happiness, shown: {answers: {1humor: [1, 2]}}}",
        "- {variable: response.informer}",
        head=QUESTIONS,
    )
    assert form.fields[1].shown.answers == {"1humor": ("1", "2")}
    assert [field.who for field in form.fields] == [Who.SUBJECT] * 3
    puf = QUESTIONS.replace("epds", "puf")
    happy = "- {link-id: 9irritable, shown: {answers: {8happy: [true]}}}"
    assert form_with("- {link-id: 8happy}", happy, head=puf).fields[1].shown.answers == {"8happy": ("true",)}


@pytest.mark.parametrize(
    ("fields", "key", "line"),
    [
        (["- {variable: weight, wdget: number}"], "form-key-unknown", F),
        (["- {variable: weight, source: x}"], "form-key-unknown", F),
        (["- variable: weight", "  what is this: 1"], "form-key-unknown", F + 1),
        (["- {id: a}"], "form-field-about", F),
        (["- {variable: weight, questionnaire: epds}"], "form-field-about", F),
        (["- weight"], "form-not-keys", F),
        (["- [weight]"], "form-not-keys", F),
        (["- {variable: weight, unit: null}"], "form-not-text", F),
        (["- {variable: weight, unit: ' '}"], "form-not-text", F),
        (["- {variable: weight, unit: [g]}"], "form-not-text", F),
        (["- variable: weight", "  hint: {da: Uden tøj}"], "form-key-missing", F + 1),
        (["- variable: weight", "  optional: ja"], "form-not-yes-no", F + 1),
        (["- variable: weight", "  optional: 'true'"], "form-not-yes-no", F + 1),
        (["- variable: weight", "  optional: [true]"], "form-not-yes-no", F + 1),
        (["- variable: weight", "  widget: slider"], "form-not-a-word", F + 1),
        (["- variable: weight", "  widget: [number]"], "form-not-a-word", F + 1),
        (["- {id: å, variable: weight}"], "form-id-unfit", F),
        (['- {id: "a\\n", variable: weight}'], "form-id-unfit", F),
        (["- {variable: weight, shown: true}"], "form-not-keys", F),
        (["- {variable: weight, shown: {visits: 2-months}}"], "form-not-list", F),
        (["- {variable: weight, shown: {ages: 3}}"], "form-not-ages", F),
        (["- {variable: weight, shown: {ages: [3]}}"], "form-not-ages", F),
        (["- {variable: weight, shown: {ages: [3, -1]}}"], "form-not-number", F),
        (["- {variable: weight, shown: {ages: [3, '4']}}"], "form-not-number", F),
        (["- {variable: weight, shown: {answers: [sleep]}}"], "form-not-keys", F),
        (["- {variable: weight, shown: {answers: {sleep: 1}}}"], "form-not-list", F),
        (["- {variable: wieght}"], "form-variable-unknown", F),
        (["- {variable: citizen.cpr}"], "form-field-out-of-place", F),
        (["- {variable: observation.unit}"], "form-field-out-of-place", F),
        (["- {variable: intervention.start}"], "form-field-out-of-place", F),
        (["- {variable: response.informer}"], "form-field-out-of-place", F),
        (["- {link-id: 1humor}"], "form-field-out-of-place", F),
        (["- {questionnaire: nosuch}"], "form-questionnaire-unknown", F),
        ([WEIGHT, WEIGHT], "form-id-twice", F + 1),
        ([WEIGHT, "- variable: sleep", "  id: weight"], "form-id-twice", F + 2),
        (["- variable: weight", "  widget: choice"], "form-widget-misfit", F + 1),
        (["- variable: exam-result", "  widget: choice"], "form-widget-misfit", F + 1),
        (["- {questionnaire: epds, widget: text}"], "form-widget-misfit", F),
        (["- variable: weight", "  who: each-parent"], "form-who-misfit", F + 1),
        (["- {variable: parent-mental-status, who: child}"], "form-who-misfit", F),
        (["- {variable: visit.end, who: subject}"], "form-who-misfit", F),
        (["- variable: weight", "", "  unit: lb"], "form-unit-unknown", F + 2),
        (["- {variable: sleep, unit: g}"], "form-unit-unknown", F),
        (["- {questionnaire: epds, unit: g}"], "form-unit-unknown", F),
        (["- variable: weight", "  prefill: earlier"], "form-prefill-unsafe", F + 1),
        (["- {questionnaire: epds, prefill: earlier}"], "form-prefill-unsafe", F),
        (["- {variable: exam-result, prefill: record, widget: findings}"], "form-prefill-unsafe", F),
        (["- {variable: sleep, proposed: b07eec60-941d-484d-8c2a-aeaa2ba798bf}"], "form-proposal-unsafe", F),
        (["- {questionnaire: epds, proposed: x}"], "form-proposal-unsafe", F),
        (["- variable: visit.class", "  proposed: HOME"], "form-code-unknown", F + 1),
        (["- {variable: visit.start, proposed: HH}"], "form-code-unknown", F),
        (["- {variable: weight, shown: {visits: [2-months, 3-months]}}"], "form-visit-unknown", F),
        (["- {variable: weight, shown: {classes: [HOME]}}"], "form-code-unknown", F),
        (["- {variable: weight, shown: {subjects: [visit]}}"], "form-subject-unfit", F),
        (["- {variable: weight, shown: {ages: [4, 4]}}"], "form-ages-order", F),
        (["- {variable: weight, shown: {answers: {sleep: []}}}"], "form-answer-unknown", F),
        ([SLEEP, "- {variable: weight, shown: {answers: {sleep: [bad]}}}"], "form-code-unknown", F + 1),
        ([WEIGHT, "- {variable: sleep, shown: {answers: {weight: [4]}}}"], "form-code-unknown", F + 1),
        (
            ["- {questionnaire: epds}", "- {variable: sleep, shown: {answers: {epds: [4]}}}"],
            "form-code-unknown",
            F + 1,
        ),
        ([SLEEP, "- {variable: weight, shown: {any: [{none: [{ages: [9, 1]}]}]}}"], "form-ages-order", F + 1),
    ],
)
def test_what_does_not_fit_a_field_is_told_with_its_line(fields: list[str], key: str, line: int) -> None:
    assert told(of_fields(*fields)) == [(key, line)]


@pytest.mark.parametrize(
    ("before", "after", "key", "line"),
    [
        ("id: mine\n", "", "form-key-missing", 1),
        ("id: mine", "id: 2-month", None, 0),
        ("id: mine", "id: 4-6-months", "form-stand-in", 1),
        ("id: mine", "id: epds", "form-stand-in", 1),
        ("visits: [2-months]", "version: 2", "form-purpose", 1),
        ("visits: [2-months]", "visits: [2-months]\nquestionnaire: epds", "form-purpose", 1),
        ("visits: [2-months]", "visits: []", "form-list-empty", 3),
        ("visits: [2-months]", "visits: [2-months, 2-years]", "form-visit-unknown", 3),
        ("visits: [2-months]", "visits: [2-months]\nversion: 0", "form-not-number", 4),
        ("visits: [2-months]", "visits: [2-months]\nversion: 1000000", "form-not-number", 4),
        ("visits: [2-months]", "visits: [2-months]\nversion: [1]", "form-not-number", 4),
        ("visits: [2-months]", "visits: [2-months]\nexplanation: null", None, 0),
        ("title: {da: Min, en: Mine}", "title: [Min]", "form-not-text", 2),
        ("title: {da: Min, en: Mine}", "title:\n  da: Min\n  de: Mein\n  en: Mine", "form-key-unknown", 4),
        ("    title: Alt", "    title: Alt\n    columns: 5", "form-not-number", 7),
        ("    title: Alt", "    title: Alt\n    shown: {ages: [2, 1]}", "form-ages-order", 7),
        ("  - id: all\n    title: Alt\n", "  - title: Alt\n", "form-key-missing", 5),
        (
            "  - id: all",
            "  - id: one\n    title: En\n    fields: [{variable: height}]\n  - id: one",
            "form-id-twice",
            8,
        ),
        ("  - id: all", "  - id: one\n    title: En\n    fields: []\n  - id: all", "form-list-empty", 7),
    ],
)
def test_what_does_not_fit_a_form_is_told_with_its_line(before: str, after: str, key: str | None, line: int) -> None:
    assert before in HEAD
    text = of_fields(WEIGHT).replace(before, after, 1)
    assert told(text) == ([(key, line)] if key else [])


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("- {link-id: 11joy}", "form-question-unknown"),
        ("- {link-id: 1humor, widget: list}", "form-widget-misfit"),
        ("- {link-id: score, widget: choice}", "form-widget-misfit"),
        ("- {link-id: 1humor, who: each-parent}", "form-who-misfit"),
        ("- {link-id: 1humor, unit: g}", "form-unit-unknown"),
        ("- {link-id: 1humor, prefill: earlier}", "form-prefill-unsafe"),
        ("- {link-id: 1humor, proposed: 0}", "form-proposal-unsafe"),
        ("- {variable: weight}", "form-field-out-of-place"),
        ("- {variable: visit.start}", "form-field-out-of-place"),
        ("- {questionnaire: epds}", "form-field-out-of-place"),
        ("- {questionnaire: nosuch}", "form-questionnaire-unknown"),
        ("- {variable: answer.value}", "form-field-out-of-place"),
        ("- {link-id: 10harm, shown: {answers: {10harm: [4]}}}", "form-code-unknown"),
    ],
)
def test_what_does_not_fit_an_instrument(field: str, key: str) -> None:
    assert (key, F) in told(of_fields(field, head=QUESTIONS))


def test_form_of_an_unknown_instrument() -> None:
    text = of_fields("- {link-id: a}", head=QUESTIONS.replace("epds", "nosuch"))
    assert told(text) == [("form-questionnaire-unknown", 3), ("form-question-unknown", F)]


def test_form_for_no_visit_of_ours_by_the_id_of_an_instrument() -> None:
    text = of_fields("- {link-id: 1humor}", head=QUESTIONS.replace("id: mine", "id: 2-months"))
    assert told(text) == [("form-stand-in", 1)]


def test_everything_that_does_not_fit_is_told_at_once_in_the_order_of_the_lines() -> None:
    structure = of_fields("- {variable: weight, wdget: 1}", "- {}", "- {variable: sleep, optional: 3}")
    assert told(structure) == [("form-key-unknown", F), ("form-field-about", F + 1), ("form-not-yes-no", F + 2)]
    meaning = of_fields("- {variable: wieght}", "- {variable: sleep, widget: number}", "- {questionnaire: nosuch}")
    assert told(meaning) == [
        ("form-variable-unknown", F),
        ("form-widget-misfit", F + 1),
        ("form-questionnaire-unknown", F + 2),
    ]


def test_faults_propose_what_may_be_meant() -> None:
    [key] = read(of_fields("- {variable: weight, wigdet: number}")).faults
    assert key.facts["known"] == "widget"
    [far] = read(of_fields("- {variable: weight, zzz: number}")).faults
    assert "widget" in str(far.facts["known"])
    [variable] = read(of_fields("- {variable: heigth}")).faults
    assert "height" in str(variable.facts["known"])
    [nothing] = read(of_fields("- {variable: zzzzzzzz}")).faults
    assert nothing.facts["known"] == "-"


@pytest.mark.parametrize(
    ("fields", "circle"),
    [
        (["- {variable: sleep, shown: {answers: {sleep: []}}}"], "sleep → sleep"),
        (
            [
                WEIGHT,
                "- {variable: sleep, shown: {answers: {hearing: []}}}",
                "- {variable: sight, shown: {answers: {sleep: []}}}",
                "- {variable: hearing, shown: {any: [{answers: {sight: []}}]}}",
            ],
            "sleep → hearing → sight → sleep",
        ),
        (
            [
                "- {variable: weight, shown: {answers: {sleep: [], height: []}}}",
                "- {variable: height, shown: {answers: {sleep: []}}}",
                "- {variable: sleep, shown: {none: [{answers: {height: []}}]}}",
            ],
            "height → sleep → height",
        ),
    ],
)
def test_fields_that_wait_for_each_other(fields: list[str], circle: str) -> None:
    found = read(of_fields(*fields)).faults
    assert [(fault.key, fault.facts["fields"]) for fault in found] == [("form-circle", circle)]


def test_a_section_that_waits_for_its_own_field() -> None:
    text = of_fields(SLEEP).replace("    title: Alt", "    title: Alt\n    shown: {answers: {sleep: []}}")
    assert told(text) == [("form-circle", F + 1)]


def test_fields_may_wait_for_others_in_a_row() -> None:
    form = form_with(
        "- {variable: sight, shown: {answers: {sleep: []}}}",
        "- {variable: sleep, shown: {answers: {weight: []}}}",
        WEIGHT,
    )
    assert len(form.fields) == 3


# --- files and folders


def test_folder_of_ones_own_forms(tmp_path: Path, standard: Standard) -> None:
    (tmp_path / "b.yaml").write_text(of_fields(WEIGHT), encoding="utf-8")
    (tmp_path / "a.YML").write_text(of_fields(SLEEP).replace("id: mine", "id: 2-months"), encoding="utf-8")
    (tmp_path / "c.yaml").write_text(of_fields("- {variable: wieght}"), encoding="utf-8")
    (tmp_path / "d.yaml").write_text(of_fields(SLEEP), encoding="utf-8")
    (tmp_path / ".hidden.yaml").write_text("[", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("[", encoding="utf-8")
    (tmp_path / "folder.yaml").mkdir()
    loaded = forms_of_folder(tmp_path, standard)
    assert [(form.id, form.source, form.is_own) for form in loaded.forms] == [
        ("2-months", "a.YML", True),
        ("mine", "b.yaml", True),
    ]
    assert [(fault.key, fault.facts["file"]) for fault in loaded.faults] == [
        ("form-variable-unknown", "c.yaml"),
        ("form-twice", "d.yaml"),
    ]
    assert loaded.faults[1].facts["other"] == "b.yaml"


def test_links_in_a_folder(tmp_path: Path, standard: Standard) -> None:
    (tmp_path / "a.yaml").write_text(of_fields(WEIGHT), encoding="utf-8")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    (tmp_path / "c.yaml").symlink_to(tmp_path / "gone.yaml")
    (tmp_path / "d.yaml").symlink_to(tmp_path)
    loaded = forms_of_folder(tmp_path, standard)
    assert [form.source for form in loaded.forms] == ["a.yaml"]
    assert [(fault.key, fault.facts["file"]) for fault in loaded.faults] == [
        ("form-twice", "b.yaml"),
        ("file-not-found", "c.yaml"),
    ]


@pytest.mark.parametrize("name", ["nosuch", "file.yaml"])
def test_no_such_folder(name: str, tmp_path: Path, standard: Standard) -> None:
    (tmp_path / "file.yaml").write_text("a", encoding="utf-8")
    with pytest.raises(FileFault) as raised:
        forms_of_folder(tmp_path / name, standard)
    assert raised.value.key == "form-folder-not-found"


def test_folder_with_too_many_forms(tmp_path: Path, standard: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "FORMS_IN_FOLDER", 2)
    for name in "abc":
        (tmp_path / f"{name}.yaml").touch()
    with pytest.raises(FileFault) as raised:
        forms_of_folder(tmp_path, standard)
    assert raised.value.key == "form-folder-too-large"


def test_no_such_file(tmp_path: Path, standard: Standard) -> None:
    with pytest.raises(FileFault) as raised:
        read_form(tmp_path / "nosuch.yaml", standard)
    assert raised.value.key == "file-not-found"


def test_a_file_or_folder_that_may_not_be_read(
    tmp_path: Path, standard: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(of_fields(WEIGHT), encoding="utf-8")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refused)
        assert [fault.key for fault in forms_of_folder(tmp_path, standard).faults] == ["file-not-readable"]
    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.raises(FileFault) as raised:
        forms_of_folder(tmp_path, standard)
    assert raised.value.key == "file-not-readable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_form(tmp_path: Path, standard: Standard) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(FileFault) as raised:
        read_form(tmp_path / "pipe.yaml", standard)
    assert raised.value.key == "file-not-found"


def test_a_form_of_ours_that_is_damaged_stops_with_its_first_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "epds.yaml"
    damaged.write_text("id: [", encoding="utf-8")
    monkeypatch.setattr(loader, "shipped_file", lambda *_: damaged)
    shipped_form_of.cache_clear()
    try:
        with pytest.raises(FileFault) as raised:
            shipped_form_of("epds", shipped_standard())
    finally:
        shipped_form_of.cache_clear()
    assert raised.value.key == "form-not-yaml"
