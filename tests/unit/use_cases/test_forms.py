"""Which forms there are, which one a visit opens with, and what is told of a file that is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from ldbu_desktop.faults import CallFault, FileFault
from ldbu_desktop.forms.loader import shipped_form_of, shipped_forms, shipped_ids
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.forms import check_forms, forms

OWN = """\
id: {id}
title: Min
{purpose}
sections: [{{id: all, title: Alt, fields: [{field}]}}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder: a stand-in for two of ours, a form beside ours, and one with a fault."""
    sleep, humor = "{variable: sleep}", "{link-id: 1humor}"
    texts = {
        "beside.yaml": OWN.format(id="short", purpose="visits: [2-months, 4-6-months]", field=sleep),
        "stand-in.yaml": OWN.format(id="2-months", purpose="visits: [2-months]", field=sleep),
        "instrument.yaml": OWN.format(id="epds", purpose="questionnaire: epds", field=humor),
        "wrong.yaml": OWN.format(id="wrong", purpose="visits: [2-months]", field="{variable: slep}"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_without_a_folder_the_forms_are_ours() -> None:
    found = forms(None, shipped_standard())
    assert found.all == shipped_forms(shipped_standard()).forms
    assert (found.own, found.faults) == ((), ())
    assert found.for_visit("2-months") is shipped_form_of("2-months", shipped_standard())
    assert found.choices_for_visit("2-months") == (shipped_form_of("2-months", shipped_standard()),)
    assert list(found.instruments()) == list(shipped_standard().questionnaire)


def test_ones_own_forms_stand_beside_ours_or_in_for_them(folder: Path) -> None:
    found = forms(folder, shipped_standard())
    assert [fault.key for fault in found.faults] == ["form-variable-unknown"]
    assert [form.id for form in found.all] == [*shipped_ids(shipped_standard()), "short"]
    assert {form.id for form in found.all if form.is_own} == {"2-months", "epds", "short"}
    assert found.for_visit("2-months").source == "stand-in.yaml"
    assert [form.source for form in found.choices_for_visit("2-months")] == ["stand-in.yaml", "beside.yaml"]
    assert [form.source for form in found.choices_for_visit("4-6-months")] == ["4-6-months.yaml", "beside.yaml"]
    assert found.for_instrument("epds").source == "instrument.yaml"
    assert {id: form.is_own for id, form in found.instruments().items()}["puf"] is False
    assert found.with_id("short").is_own


@pytest.mark.parametrize(("asked", "proposed"), [("2-month", "2-months"), ("shor", "short"), ("q", "pregnancy")])
def test_a_form_that_there_is_not(asked: str, proposed: str, folder: Path) -> None:
    with pytest.raises(CallFault) as raised:
        forms(folder, shipped_standard()).with_id(asked)
    assert raised.value.key == "form-unknown"
    assert raised.value.facts["nearest"] == proposed


def test_check_a_folder(folder: Path) -> None:
    checked = {each.file: each for each in check_forms(folder, shipped_standard())}
    assert list(checked) == sorted(checked)
    assert [fault.key for fault in checked["wrong.yaml"].faults] == ["form-variable-unknown"]
    assert checked["wrong.yaml"].form is None
    assert checked["wrong.yaml"].lacks == ()
    assert checked["instrument.yaml"].lacks == ()
    lacks = checked["beside.yaml"].lacks
    assert {lack.visit for lack in lacks} == {"2-months", "4-6-months"}
    assert ("weight",) in {lack.variables for lack in lacks}
    assert ("sleep",) not in {lack.variables for lack in lacks}


def test_check_one_file(folder: Path) -> None:
    [checked] = check_forms(folder / "stand-in.yaml", shipped_standard())
    assert checked.form is not None
    assert (checked.file, checked.form.id, checked.faults) == ("stand-in.yaml", "2-months", ())


def test_our_own_forms_pass_their_check() -> None:
    from ldbu_desktop.bundled_files import shipped_form

    assert {(each.faults, each.lacks) for each in check_forms(shipped_form(), shipped_standard())} == {((), ())}


@pytest.mark.parametrize(("name", "key"), [("nosuch.yaml", "file-not-found"), ("empty", "form-folder-empty")])
def test_what_can_not_be_checked(name: str, key: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileFault) as raised:
        check_forms(tmp_path / name, shipped_standard())
    assert raised.value.key == key
