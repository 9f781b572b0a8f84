"""Where the answers to a form's fields stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ldbu_desktop.editing.answers import answered
from ldbu_desktop.editing.families import new_case, with_description, with_family, with_parent
from ldbu_desktop.editing.visits import with_visit
from ldbu_desktop.forms.loader import shipped_form_of
from ldbu_desktop.forms.model import Field
from ldbu_desktop.journal.people import Kin
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.ui.form.contents import sections_at, state_of, where_at

STANDARD = shipped_standard()


def test_a_number_is_in_the_unit_of_its_field() -> None:
    journal, key = with_family(new_case(), STANDARD)
    journal, _ = with_visit(journal, key, "2-months", key, "HH", date(2020, 7, 7), STANDARD)
    (family,) = journal.families
    place = where_at(Field("kilos", "weight", unit="kg"), key, family, family.visits[0])
    (observation,) = answered(journal, place, "5,3", STANDARD, "kg").families[0].visits[0].observations
    assert (observation.value.value, observation.unit.value) == (Decimal("5.3"), "kg")


@pytest.mark.parametrize(
    ("kin", "told"),
    [
        ((Kin.MOTHER, Kin.FATHER), ("mor", "far")),
        ((Kin.MOTHER, Kin.OTHER), ("mor", "anden forælder")),
        ((Kin.MOTHER, Kin.MOTHER), ("mor 1", "mor 2")),
        (("", ""), ("forælder 1", "forælder 2")),
    ],
)
def test_parents_are_called_as_in_the_list_of_the_family(kin: tuple[str, str], told: tuple[str, str]) -> None:
    journal, key = with_family(new_case(), STANDARD)
    journal, _ = with_parent(journal, key, STANDARD)
    child, *parents = (citizen.key for citizen in journal.families[0].citizens)
    for parent, word in zip(parents, kin, strict=True):
        journal = with_description(journal, key, parent, "citizen.kin", word)
    journal, _ = with_visit(journal, key, "2-months", child, "HH", date(2020, 7, 7), STANDARD)
    (family,) = journal.families
    form = shipped_form_of("2-months", STANDARD)
    state = state_of(form, family, family.visits[0], journal, STANDARD)
    shown = [at for _, fields in sections_at(form, state, family, family.visits[0]) for at in fields]
    labels = {at.parent: at.label(STANDARD) for at in shown if at.field.variable == "parent-mental-status"}
    assert labels
    assert {number: label.rpartition(", ")[2] for number, label in labels.items()} == dict(enumerate(told, 1))
