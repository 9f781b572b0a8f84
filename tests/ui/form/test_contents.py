"""Where the answers to a form's fields stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ldbu_desktop.editing.answers import answered
from ldbu_desktop.editing.families import new_case, with_family
from ldbu_desktop.editing.visits import with_visit
from ldbu_desktop.forms.model import Field
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.ui.form.contents import where_at

STANDARD = shipped_standard()


def test_a_number_is_in_the_unit_of_its_field() -> None:
    journal, key = with_family(new_case(), STANDARD)
    journal, _ = with_visit(journal, key, "2-months", key, "HH", date(2020, 7, 7), STANDARD)
    (family,) = journal.families
    place = where_at(Field("kilos", "weight", unit="kg"), key, family, family.visits[0])
    (observation,) = answered(journal, place, "5,3", STANDARD, "kg").families[0].visits[0].observations
    assert (observation.value.value, observation.unit.value) == (Decimal("5.3"), "kg")
