"""A health visitor writes a need-based contact: an intervention chosen from its list, the reason for it, a finding."""

from __future__ import annotations

import pytest

from tests.end_to_end.stories.acts import (
    begin_case,
    begin_visit,
    checked,
    choose,
    cpr,
    deliver,
    displays,
    resources,
    write_family,
)
from tests.end_to_end.workstation import Workstation

GUIDANCE = "Vejledning til forældre, hvor barnet har særlige behov"
SOCIAL, SLEEP = "Udfordring i social kontakt", "Usammenhængende søvn"


@pytest.mark.screen_reader
def test_intervention_reason_and_finding_are_in_the_report(
    desk: Workstation, capsys: pytest.CaptureFixture[str]
) -> None:
    begin_case(desk)
    write_family(desk, cpr(200))
    begin_visit(desk, "Behovskontakt med småbørnssundhedsplejen", "Barn")
    desk.answer("1")
    desk.is_in("Start")

    desk.go_to("text", "Indsats")
    choose(desk, "vejl", GUIDANCE)
    desk.is_in(f"Årsag til {GUIDANCE}")
    choose(desk, "social k", SOCIAL)
    desk.go_to("text", "Fund")
    choose(desk, "søvn", SLEEP)
    desk.hears(f"Fjern {SLEEP}", "Intet mangler ved denne kontakt")

    desk.picture("form-interventions")
    folder = desk.home / "aflevering"
    assert deliver(desk, folder).startswith("1 kontakt er skrevet")
    assert list(checked(folder, capsys).values()) == [[]]
    (plan,) = resources(folder, "CarePlan")
    (activity,) = plan["activity"]
    assert displays(activity["detail"]["code"]) == [GUIDANCE]
    assert [word for reason in activity["detail"]["reasonCode"] for word in displays(reason)] == [SOCIAL]
    found = [one.get("valueCodeableConcept", {}) for one in resources(folder, "Observation")]
    assert [SLEEP] in map(displays, found)
    assert desk.said == ""


@pytest.mark.screen_reader
def test_words_that_match_nothing_are_told(desk: Workstation) -> None:
    begin_case(desk)
    write_family(desk, cpr(200))
    begin_visit(desk, "Behovskontakt med småbørnssundhedsplejen", "Barn")
    desk.answer("1")
    desk.go_to("text", "Indsats")
    desk.answer("xyzzy⏎")
    desk.hears("Indsats »xyzzy«")
    desk.hears("0 klar, 1 ikke klar endnu")
