"""Stories that are right by KL's note: whatever is corrected in them is corrected as the note wants it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from tests.delivery_histories.journal import Delivering, Json, name_of, to, void

Story = Callable[[Delivering], None]


def ordinary(j: Delivering) -> None:
    """A first year as it should be."""
    j.routine("pregnancy", -60)
    j.routine("maternity", 4)
    j.routine("establishment", 9)
    j.routine("2-months", 60)
    j.routine("4-6-months", 150)


def second_visit(j: Delivering) -> tuple[Json, list[Json]]:
    j.routine("maternity", 4)
    return j.routine(j.random.choice(("establishment", "2-months")), 50)


def value_corrected(j: Delivering) -> None:
    """A wrong value: voided and told anew."""
    _, observed = second_visit(j)
    wrong = j.random.choice(observed)
    right = j.again(j.another_value(wrong))
    j.deliver(j.day(53), void(wrong), right)
    j.routine("4-6-months", 150)


def value_corrected_in_two_reports_of_a_night(j: Delivering) -> None:
    """The correction comes in a second report of the same night."""
    _, observed = second_visit(j)
    wrong = observed[-1]
    j.deliver(j.day(53), void(wrong), hour=22)
    j.deliver(j.day(53), j.again(j.another_value(wrong)), hour=23)


def value_corrected_twice(j: Delivering) -> None:
    """A correction is corrected."""
    _, observed = second_visit(j)
    wrong = observed[-1]
    second = j.again(j.another_value(wrong))
    j.deliver(j.day(53), void(wrong), second)
    j.deliver(j.day(55), void(second), j.again(wrong))


def moved(j: Delivering, visit: Json, observed: list[Json], **changed: object) -> list[Json]:
    """A visit and what was observed at it, voided and told anew with something else about the visit."""
    right = j.again(visit, **changed)
    start = right["period"]["start"]
    anew = []
    for one in observed:
        parts: Json = {"effectiveDateTime": start, "subject": one["subject"]}
        if one["subject"] == visit["subject"]:
            parts["subject"] = right["subject"]
        if "encounter" in one:
            parts["encounter"] = to(right)
        anew.append(j.again(one, **parts))
    j.at_visit[name_of(right)] = [name_of(one) for one in anew]
    return [void(visit), right, *map(void, observed), *anew]


def date_corrected(j: Delivering) -> None:
    """A wrong visit date, with all that hangs on it."""
    visit, observed = second_visit(j)
    j.deliver(j.day(54), *moved(j, visit, observed, period={"start": j.moment(j.day(48))}))


def type_corrected(j: Delivering) -> None:
    """A wrong visit type, with all that hangs on it."""
    j.routine("maternity", 4)
    visit = j.visit("infant-preventive", j.day(40))
    weight = j.observation("weight", visit["period"]["start"], j.child, visit)
    j.deliver(j.day(40), visit, weight)
    other = j.visit("infant-need-based", j.day(40))
    j.deliver(j.day(42), *moved(j, visit, [weight], type=other["type"]))


def wrong_twin(j: Delivering) -> None:
    """A visit of one twin was told of the other, who has visits of its own."""
    twin = j.citizen(j.born)
    j.routine("maternity", 4)
    own = j.visit("maternity", j.day(4), twin)
    j.deliver(j.day(4), own, *j.observed(own))
    visit, observed = j.routine("infant-preventive", 40)
    weight = j.observation("weight", visit["period"]["start"], j.child, visit)
    j.deliver(j.day(41), weight)
    j.deliver(j.day(43), *moved(j, visit, [*observed, weight], subject=to(twin)))


def twins_interchanged(j: Delivering) -> None:
    """The weights of twins were interchanged."""
    twin = j.citizen(j.born)
    first, weights = j.visit("maternity", j.day(4)), []
    second = j.visit("maternity", j.day(4), twin, hour=11)
    for visit in (first, second):
        observed = j.observed(visit)
        weights += [one for one in observed if "valueQuantity" in one]
        j.deliver(j.day(4), visit, *observed)
    here, there = weights
    anew = [
        j.again(here, valueQuantity=there["valueQuantity"]),
        j.again(there, valueQuantity=here["valueQuantity"]),
    ]
    j.deliver(j.day(6), void(here), anew[0])
    j.deliver(j.day(6), void(there), anew[1])


def visits_of_twins_interchanged(j: Delivering) -> None:
    """Two visits of one day were each told of the other twin."""
    twin = j.citizen(j.born)
    first, second = j.visit("infant-preventive", j.day(40)), j.visit("infant-need-based", j.day(40), twin)
    plan = j.plan(j.day(40))
    j.deliver(j.day(40), first, plan)
    j.deliver(j.day(40), second)
    anew = [j.again(first, subject=to(twin)), j.again(second, subject=to(j.child))]
    j.deliver(j.day(42), void(first), void(second), *anew)


def answers_of_the_other_parent(j: Delivering) -> None:
    """A mother's answers were told as the father's, who has his own in the same report."""
    wrong, own = j.response(j.day(60), j.father), j.observation("parent-mental-status", j.moment(j.day(60)), j.father)
    told = j.observation("parent-mental-status", j.moment(j.day(60)), j.mother)
    j.deliver(j.day(60), wrong, own, told)
    j.deliver(j.day(62), void(wrong), j.again(wrong, subject=to(j.mother)))


def value_of_a_twin_corrected(j: Delivering) -> None:
    """A twin's value is corrected the night after both twins were told the same of."""
    twin = j.citizen(j.born)
    first, second = j.visit("infant-preventive", j.day(40)), j.visit("infant-preventive", j.day(40), twin)
    told = [j.observation("sleep", first["period"]["start"], j.child, first)]
    told.append(j.again(told[0], subject=to(twin), encounter=to(second)))
    height = j.observation("height", first["period"]["start"], j.child, first)
    mother = j.response(j.day(40))
    j.deliver(j.day(40), first, told[0], height, mother, hour=21)
    j.deliver(j.day(40), second, told[1], mother, hour=22)
    j.deliver(j.day(40), void(told[0]), j.again(j.another_value(told[0])), mother, late=1)


def twins_of_one_mother(j: Delivering) -> None:
    """Both twins' reports carry the same mother, with the same observations, at the same instant."""
    twin = j.citizen(j.born)
    mother = j.observation("parent-mental-status", j.moment(j.day(60)), j.mother)
    for child in (j.child, twin):
        visit = j.visit("2-months", j.day(60), child)
        observed = j.observed(visit, parents=False)
        j.deliver(j.day(60), visit, mother, *observed)
    j.reports[1]["timestamp"] = j.reports[0]["timestamp"]


def cpr_corrected(j: Delivering) -> None:
    """A wrong CPR number of a child, of whom the municipality has nothing else: the Patient is made inactive."""
    wrong = j.citizen(j.born)
    visit = j.visit("maternity", j.day(4), wrong)
    observed = j.observed(visit)
    plan = j.plan(j.day(4), wrong)
    j.deliver(j.day(4), visit, plan, *observed)
    right = j.again(plan, subject=to(j.child))
    mended = moved(j, visit, observed, subject=to(j.child))
    j.deliver(j.day(7), void(wrong), void(plan), right, *mended)
    j.routine("establishment", 12)


def cpr_corrected_by_reports_of_each(j: Delivering) -> None:
    """A wrong CPR number; what is voided and what is told anew go out in a report of each citizen."""
    wrong = j.citizen(j.born)
    visit = j.visit("infant-preventive", j.day(14), wrong)
    weight = j.observation("weight", visit["period"]["start"], wrong, visit)
    j.routine("maternity", 4)
    j.deliver(j.day(14), visit, weight)
    _, right, _, anew = moved(j, visit, [weight], subject=to(j.child))
    j.deliver(j.day(16), void(visit), void(weight))
    j.deliver(j.day(16), right, anew)


def cpr_corrected_with_parents(j: Delivering) -> None:
    """A wrong CPR number of a child; its parents' links are told anew too."""
    wrong = j.citizen(j.born)
    mother = j.citizen(date(1991, 2, 3), parent_of=wrong)
    visit = j.visit("establishment", j.day(9), wrong)
    start = visit["period"]["start"]
    observed = j.observed(visit, parents=False)
    of_mother = [
        j.observation(variable, start, mother) for variable in ("parent-social-status", "social-support-network")
    ]
    j.deliver(j.day(9), visit, *observed, *of_mother)
    related = j.known[mother["link"][0]["other"]["reference"]]
    anew = j.again(related, patient=to(j.child))
    linked = copy.deepcopy(mother) | {"link": [{"other": to(anew), "type": "seealso"}]}
    mended = moved(j, visit, observed, subject=to(j.child))
    j.deliver(j.day(11), void(wrong), void(related), anew, linked, *of_mother, *mended)


def cpr_of_parent_corrected(j: Delivering) -> None:
    """A wrong CPR number of a parent who has a journal here: that Patient stays active, and its own visit stands."""
    other = j.citizen(date(1985, 4, 4))
    own = j.visit("pregnancy", j.day(-100), other)
    j.deliver(j.day(-100), own, *j.observed(own))
    visit = j.visit("2-months", j.day(60))
    observed = j.observed(visit, parents=False)
    told = j.observation("parent-mental-status", visit["period"]["start"], other)
    answers = j.response(j.day(60), other)
    j.deliver(j.day(60), visit, *observed, told, answers)
    right = [j.again(one, subject=to(j.mother)) for one in (told, answers)]
    j.deliver(j.day(62), void(told), void(answers), *right)


def cpr_corrected_over_two_nights(j: Delivering) -> None:
    """What was forgotten at first is mended the next night."""
    wrong = j.citizen(j.born)
    visit = j.visit("infant-preventive", j.day(14), wrong)
    plan = j.plan(j.day(14), wrong)
    j.deliver(j.day(14), visit, plan)
    j.deliver(j.day(16), void(visit), j.again(visit, subject=to(j.child)))
    j.deliver(j.day(17), void(plan), j.again(plan, subject=to(j.child)))


def with_plan(j: Delivering) -> tuple[Json, Json]:
    """An intervention and a contact based on it, in a report."""
    plan = j.plan(j.day(30))
    contact = j.visit("infant-need-based", j.day(30), based_on=plan)
    j.routine("maternity", 4)
    j.deliver(j.day(30), plan, contact)
    return plan, contact


def plan_ended(j: Delivering) -> None:
    """An intervention is ended."""
    plan, _ = with_plan(j)
    ended = copy.deepcopy(plan) | {"status": "completed"}
    ended["period"] = plan["period"] | {"end": j.day(44).isoformat()}
    contact = j.visit("infant-need-based", j.day(44), based_on=plan)
    j.deliver(j.day(44), ended, contact)


def plan_edited(j: Delivering) -> None:
    """An intervention is changed under its id, again and again, then voided as it was last."""
    plan, contact = with_plan(j)
    for day, status in ((33, "in-progress"), (36, "on-hold"), (39, "in-progress")):
        plan = copy.deepcopy(plan)
        plan["activity"][0]["detail"]["status"] = status
        j.deliver(j.day(day), plan)
    j.deliver(j.day(42), void(plan), void(contact))


def plan_of_another_code(j: Delivering) -> None:
    """Another intervention code is another intervention; the contact is told anew on it."""
    plan, contact = with_plan(j)
    other = j.plan(j.day(30), number=3 if plan["activity"] != j.plan(j.day(30), number=3)["activity"] else 4)
    extension = [copy.deepcopy(contact["extension"][0]) | {"valueReference": to(other)}]
    j.deliver(j.day(33), void(plan), other, void(contact), j.again(contact, extension=extension))


def plan_voided(j: Delivering) -> None:
    """An intervention told by mistake is voided, with the contact."""
    plan, contact = with_plan(j)
    j.deliver(j.day(33), void(plan), void(contact))


def plan_voided_contact_kept(j: Delivering) -> None:
    """An intervention is voided; the finished contact is sent without it, under its id."""
    plan, contact = with_plan(j)
    kept = {name: part for name, part in copy.deepcopy(contact).items() if name != "extension"}
    j.deliver(j.day(33), void(plan), kept)


def contact_voided(j: Delivering) -> None:
    """A contact that never was, with the observation kept without it."""
    visit = j.visit("infant-preventive", j.day(40))
    weight = j.observation("weight", visit["period"]["start"], j.child, visit)
    j.routine("maternity", 4)
    j.deliver(j.day(40), visit, weight)
    kept = {name: part for name, part in copy.deepcopy(weight).items() if name != "encounter"}
    j.deliver(j.day(42), void(visit), kept)


def void_carried_along(j: Delivering) -> None:
    """A parent voided with the child's visit goes along again when something else of them is voided."""
    wrong = j.citizen(date(1980, 1, 1))
    told = j.observation("parent-mental-status", j.moment(j.day(5)), wrong)
    answers = j.response(j.day(5), wrong)
    j.routine("maternity", 4)
    j.deliver(j.day(5), told, answers)
    j.deliver(j.day(8), void(told), j.again(told, subject=to(j.mother)), hour=20)
    j.deliver(j.day(8), void(wrong), void(answers), j.again(answers, subject=to(j.mother)), hour=22)
    j.deliver(j.day(9), j.response(j.day(9)))


def late_observation(j: Delivering) -> None:
    """The observations come on the second night: the first report fails."""
    j.routine("maternity", 4)
    visit = j.visit("establishment", j.day(9))
    observed = j.observed(visit)
    j.deliver(j.day(9), visit, fails=True)
    j.deliver(j.day(9), visit, *observed, late=1)


def missing_on_the_third_night(j: Delivering) -> None:
    """Two reports fail; the third night what is missing is told as missing."""
    j.routine("maternity", 4)
    visit = j.visit("2-months", j.day(60))
    observed = j.observed(visit, leave_out=["communication"])
    for late in (0, 1):
        j.deliver(j.day(60), visit, *observed, late=late, fails=True)
    missing = j.observation("communication", visit["period"]["start"], j.child, visit)
    del missing["valueCodeableConcept"]
    system = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
    missing["dataAbsentReason"] = {"coding": [{"system": system, "code": "unknown"}]}
    j.deliver(j.day(60), visit, *observed, missing, late=2)


def parent_told_as_child(j: Delivering) -> None:
    """A parent's observation was told of the child."""
    j.routine("maternity", 4)
    j.routine("2-months", 60)
    wrong = j.response(j.day(60), j.child)
    j.deliver(j.day(61), wrong)
    j.deliver(j.day(63), void(wrong), j.again(wrong, subject=to(j.mother)))


def planned_then_finished(j: Delivering) -> None:
    """A visit is told while it is planned, is moved, and is then held."""
    visit = j.visit("infant-preventive", j.day(50), status="planned")
    j.deliver(j.day(30), visit)
    moved = copy.deepcopy(visit) | {"period": {"start": j.moment(j.day(55))}}
    j.deliver(j.day(40), moved)
    held = copy.deepcopy(moved) | {"status": "finished"}
    held["period"] = moved["period"] | {"end": j.moment(j.day(55), 11)}
    j.deliver(j.day(55), held)


def planned_then_cancelled(j: Delivering) -> None:
    """A planned visit is cancelled."""
    visit = j.visit("infant-preventive", j.day(50), status="planned")
    j.deliver(j.day(30), visit)
    j.deliver(j.day(48), copy.deepcopy(visit) | {"status": "cancelled"})
    j.routine("4-6-months", 150)


def answers_completed(j: Delivering) -> None:
    """A questionnaire is told while it is filled, then completed."""
    j.routine("maternity", 4)
    begun = j.response(j.day(60), status="in-progress")
    j.deliver(j.day(60), begun)
    done = copy.deepcopy(begun) | {"status": "completed"}
    done["item"][0]["answer"][0]["valueInteger"] += 1
    done["item"][-1]["answer"][0]["valueInteger"] += 1
    j.deliver(j.day(61), done)


def preliminary_then_final(j: Delivering) -> None:
    """An observation is preliminary first."""
    visit, _ = j.routine("maternity", 4)
    told = j.observation("sleep", visit["period"]["start"], j.child, visit)
    j.deliver(j.day(5), told | {"status": "preliminary"})
    j.deliver(j.day(6), j.another_value(told))


def feeding_ended(j: Delivering) -> None:
    """A feeding period is told while it goes on, and gets its end; the status of the day is told beside it."""
    visit, _ = j.routine("maternity", 4)
    feeding = j.observation("feeding", "", j.child, visit)
    del feeding["effectiveDateTime"]
    feeding["effectivePeriod"] = {"start": j.day(0).isoformat()}
    j.deliver(j.day(5), feeding)
    ended = copy.deepcopy(feeding)
    ended["effectivePeriod"]["end"] = j.day(40).isoformat()
    j.deliver(j.day(41), ended)
    later, _ = j.routine("4-6-months", 150)
    past = copy.deepcopy(j.another_value(feeding)) | {"id": j.id(), "encounter": to(later)}
    past["effectivePeriod"] = {"start": j.day(41).isoformat(), "end": j.day(149).isoformat()}
    j.deliver(j.day(151), past)


def two_journals(j: Delivering) -> None:
    """One visit at which child and parent both get an intervention: two encounters with one start."""
    plans = [j.plan(j.day(30)), j.plan(j.day(30), j.mother)]
    j.routine("maternity", 4)
    j.deliver(j.day(30), *plans)
    contacts = [
        j.visit("infant-need-based", j.day(37), subject, based_on=plan)
        for subject, plan in zip((j.child, j.mother), plans, strict=True)
    ]
    j.deliver(j.day(37), *contacts)


def missed_days(j: Delivering) -> None:
    """Days that were missed come as one report a day, all in one night."""
    told = []
    for day in (40, 42, 44):
        visit = j.visit("infant-preventive", j.day(day))
        told.append((visit, j.observation("weight", visit["period"]["start"], j.child, visit)))
    for number, pair in enumerate(told):
        j.deliver(j.day(44), *pair, hour=21 + number)


def failed_for_days(j: Delivering) -> None:
    """Visits of days told in their nights, and reports that failed for another reason, retried whole."""
    visit = j.visit("infant-preventive", j.day(40))
    weight = j.observation("weight", visit["period"]["start"], j.child, visit)
    j.deliver(j.day(40), visit, weight)
    j.reports[-1]["entry"].append({"fullUrl": "x"})
    j.failing += 1
    j.deliver(j.day(40), visit, weight, late=1)


def in_one_delivery(j: Delivering) -> None:
    """Reports of several days as an incremental delivery; told out of order in it."""
    ordinary(j)
    header = "http://fhir.kl.dk/children/StructureDefinition/klgateway-children-incremental-delivery"
    inner = [{"fullUrl": f"{j.base}/Bundle/{one['id']}", "resource": one} for one in reversed(j.reports)]
    j.reports = [
        {
            "resourceType": "Bundle",
            "id": j.id(),
            "meta": {"profile": [header]},
            "type": "collection",
            "timestamp": j.reports[-1]["timestamp"],
            "entry": inner,
        }
    ]


def written_otherwise(j: Delivering) -> None:
    """What is told again unchanged is written otherwise: displays, narrative, profiles, numbers, order, zones."""
    visit, observed = second_visit(j)
    weight = next(one for one in observed if "valueQuantity" in one)
    again = copy.deepcopy(weight)
    again["valueQuantity"]["value"] = float(again["valueQuantity"]["value"])
    again["code"]["coding"].reverse()
    again["meta"] = {"profile": again["meta"]["profile"], "lastUpdated": "2024-05-05T10:00:00Z"}
    for coding in again["code"]["coding"]:
        coding.pop("display", None)
    again["text"] = {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">x</div>'}
    start = visit["period"]["start"]
    if start.endswith("+01:00"):
        again["effectiveDateTime"] = start.replace("T10:", "T09:").replace("+01:00", "Z")
    j.deliver(j.day(52), visit, again, j.response(j.day(52)))


def another_municipality(j: Delivering) -> None:
    """A family moves: the same Patient is managed by another organisation."""
    j.routine("maternity", 4)
    for one in (j.child, j.mother, j.father):
        one["managingOrganization"]["identifier"]["value"] = "123456789012345"
    j.routine("establishment", 9)


def at_school(j: Delivering) -> None:
    """School visits, with the school told again and again."""
    school = j.school()
    j.routine("school-entry", 2300, school=school)
    j.routine("school-middle-measured", 3500, school=school)
    j.routine("school-leaving", 5200, school=school)


def duplicate_voided(j: Delivering) -> None:
    """The same was told under two ids by mistake, and one of them is voided."""
    _, observed = second_visit(j)
    twice = j.again(observed[0])
    j.deliver(j.day(51), twice, j.response(j.day(51)))
    j.deliver(j.day(54), void(twice))


def technical_error(j: Delivering) -> None:
    """Three days had wrong times; they are voided and told anew in one night."""
    told = []
    for day in (40, 42, 44):
        visit = j.visit("infant-preventive", j.day(day), hour=3)
        j.deliver(j.day(day), visit)
        told.append(visit)
    right = [
        j.again(one, period={"start": j.moment(j.day(day), 11) if j.form != "day" else j.day(day - 1).isoformat()})
        for one, day in zip(told, (40, 42, 44), strict=True)
    ]
    j.deliver(j.day(49), *map(void, told), *right)


def voided_and_no_more(j: Delivering) -> None:
    """A whole visit that never was is voided, and nothing is told instead."""
    visit, observed = j.routine("establishment", 9)
    j.deliver(j.day(12), void(visit), *map(void, observed))
    j.routine("2-months", 60)


def told_again_unchanged(j: Delivering) -> None:
    """A new observation at a visit takes the visit and its citizens along, unchanged."""
    visit, _ = j.routine("maternity", 4)
    j.deliver(j.day(6), j.observation("sleep", visit["period"]["start"], j.child, visit))
    j.deliver(j.day(7), j.observation("exam-result", visit["period"]["start"], j.child, visit))


def at_the_same_instant(j: Delivering) -> None:
    """Reports of two families that have nothing in common, at one instant."""
    j.routine("maternity", 4)
    other = j.citizen(j.born)
    visit = j.visit("maternity", j.day(4), other)
    j.deliver(j.day(4), visit, *j.observed(visit))
    j.reports[1]["timestamp"] = j.reports[0]["timestamp"]


def unfinished_at_the_end(j: Delivering) -> None:
    """A planned visit is near when the history ends."""
    j.routine("maternity", 4)
    j.deliver(j.day(5), j.visit("infant-preventive", j.day(12), status="planned"))
    j.deliver(j.day(10), j.response(j.day(10)))


def late_in_the_evening(j: Delivering) -> None:
    """Reports around midnight and in the morning are of the night before."""
    j.routine("maternity", 4)
    visit = j.visit("2-months", j.day(60))
    observed = j.observed(visit)
    for at in (datetime(1, 1, 1, 20), datetime(1, 1, 2, 5)):
        j.deliver(j.day(60), visit, fails=True)
        day = datetime.combine(j.day(60), at.time(), UTC) + timedelta(at.day - 1)
        j.reports[-1]["timestamp"] = f"{day:%Y-%m-%dT%H:%M:%SZ}"
    j.deliver(j.day(60), visit, *observed, late=2)


def several_findings(j: Delivering) -> None:
    """Several examination findings of one visit, each another."""
    visit, _ = j.routine("maternity", 4)
    findings = [j.observation("exam-result", visit["period"]["start"], j.child, visit) for _ in range(3)]
    codes = {one["valueCodeableConcept"]["coding"][0]["code"]: one for one in findings}
    j.deliver(j.day(5), *codes.values())


def siblings(j: Delivering) -> None:
    """An older child of the same parents, whose Patients link to both."""
    older = j.citizen(j.born - timedelta(900))
    role = j.known[j.mother["link"][0]["other"]["reference"]]
    j.routine("establishment", 9)
    j.mother["link"].append({"other": to(j.again(role, patient=to(older))), "type": "seealso"})
    visit = j.visit("infant-preventive", j.day(20), older)
    j.deliver(j.day(20), visit, j.observation("weight", visit["period"]["start"], older, visit), j.response(j.day(20)))


_PARTS = frozenset((moved, second_visit, with_plan))

CLEAN: tuple[Story, ...] = tuple(
    story
    for name, story in list(globals().items())
    if callable(story) and getattr(story, "__module__", "") == __name__ and name[0].islower() and story not in _PARTS
)
"""Every story of this module."""
