"""Stories with one planted fault each, and where the history check is to find it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.delivery_histories.journal import Delivering, Json, to, void
from tests.delivery_histories.stories import moved, second_visit, with_plan


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault: its code, the reports of its two places (from 0; any of ``later``), and what may follow from it."""

    code: str
    earlier: int
    later: tuple[int, ...]
    also: frozenset[str] = frozenset()


Faulty = Callable[[Delivering], Planted]


def _planted(code: str, earlier: int, *later: int, also: tuple[str, ...] = ()) -> Planted:
    return Planted(f"history-{code}", earlier, later, frozenset(f"history-{one}" for one in also))


def _last(j: Delivering) -> int:
    return len(j.reports) - 1


def report_id_reused(j: Delivering) -> Planted:
    """A report has the id of an earlier one."""
    j.routine("maternity", 4)
    j.routine("establishment", 9)
    j.routine("2-months", 60)
    j.reports[2]["id"] = j.reports[0]["id"]
    return _planted("report-id-reused", 0, 2)


def failed_report_tried_again(j: Delivering) -> Planted:
    """A report that failed is completed and sent again under its id."""
    visit = j.visit("establishment", j.day(9))
    j.deliver(j.day(9), visit, fails=True)
    j.deliver(j.day(9), visit, *j.observed(visit), late=1)
    j.reports[1]["id"] = j.reports[0]["id"]
    return _planted("report-id-reused", 0, 1)


def report_repeated(j: Delivering) -> Planted:
    """A report is sent again under a new id."""
    visit, observed = second_visit(j)
    j.deliver(j.day(52), visit, *observed)
    return _planted("report-repeated", 1, 2)


def value_changed(j: Delivering) -> Planted:
    """An observation has another value under its id."""
    _, observed = second_visit(j)
    other = j.another_value(j.random.choice(observed))
    j.deliver(j.day(53), other | {"status": j.random.choice(("final", "corrected", "amended"))})
    return _planted("moment-changed", 1, 2)


def reason_becomes_value(j: Delivering) -> Planted:
    """What was told as missing gets a value under its id."""
    visit, _ = j.routine("maternity", 4)
    told = j.observation("sleep", visit["period"]["start"], j.child, visit)
    missing = {name: part for name, part in told.items() if name != "valueCodeableConcept"}
    system = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
    missing["dataAbsentReason"] = {"coding": [{"system": system, "code": "unknown"}]}
    j.deliver(j.day(5), missing)
    j.deliver(j.day(6), told)
    return _planted("moment-changed", 1, 2)


def end_added_to_finished(j: Delivering) -> Planted:
    """A finished visit gets an end."""
    visit, _ = j.routine("maternity", 4)
    ended = copy.deepcopy(visit)
    ended["period"]["end"] = j.moment(j.day(4), 12)
    j.deliver(j.day(6), ended)
    return _planted("moment-changed", 0, 1)


def start_changed(j: Delivering) -> Planted:
    """A finished visit gets another day."""
    visit = j.visit("infant-preventive", j.day(40))
    j.deliver(j.day(40), visit)
    j.deliver(j.day(43), copy.deepcopy(visit) | {"period": {"start": j.moment(j.day(39))}})
    return _planted("moment-changed", 0, 1)


def answers_changed(j: Delivering) -> Planted:
    """Completed answers are changed."""
    j.routine("maternity", 4)
    told = j.response(j.day(60))
    j.deliver(j.day(60), told)
    other = copy.deepcopy(told) | {"status": "amended"}
    other["item"][0]["answer"][0]["valueInteger"] += 1
    other["item"][-1]["answer"][0]["valueInteger"] += 1
    j.deliver(j.day(63), other)
    return _planted("moment-changed", 1, 2)


def reference_exchanged(j: Delivering) -> Planted:
    """A contact is told to be based on another intervention, since the first was voided."""
    plan, contact = with_plan(j)
    other = j.plan(j.day(30), number=1 if plan["activity"] != j.plan(j.day(30), number=1)["activity"] else 2)
    changed = copy.deepcopy(contact)
    changed["extension"][0]["valueReference"] = to(other)
    told = next(at for at, one in enumerate(j.reports) if contact["id"] in str(one))
    j.deliver(j.day(33), void(plan), other, changed)
    return _planted("moment-changed", told, _last(j))


def reference_dropped(j: Delivering) -> Planted:
    """A contact is told without its intervention, which stands."""
    _, contact = with_plan(j)
    told = next(at for at, one in enumerate(j.reports) if contact["id"] in str(one))
    j.deliver(j.day(33), {name: part for name, part in contact.items() if name != "extension"})
    return _planted("moment-changed", told, _last(j))


def plan_recoded(j: Delivering) -> Planted:
    """An intervention gets another code."""
    plan, _ = with_plan(j)
    codes = {one["detail"]["code"]["coding"][0]["code"]: one for one in plan["activity"]}
    other = next(p for p in (j.plan(j.day(30), number=n) for n in range(5)) if _code(p) not in codes)
    changed = copy.deepcopy(plan)
    changed["activity"][0]["detail"]["code"] = other["activity"][0]["detail"]["code"]
    told = next(at for at, one in enumerate(j.reports) if plan["id"] in str(one))
    j.deliver(j.day(33), changed)
    return _planted("intervention-recoded", told, _last(j))


def _code(plan: Json) -> str:
    return str(plan["activity"][0]["detail"]["code"]["coding"][0]["code"])


def subject_changed(j: Delivering) -> Planted:
    """An observation becomes another citizen's under its id."""
    visit, _ = j.routine("maternity", 4)
    told = j.observation("exam-result", visit["period"]["start"], j.child, visit)
    j.deliver(j.day(5), told)
    j.deliver(j.day(8), told | {"subject": to(j.mother)})
    return _planted("subject-changed", 1, 2)


def patient_renumbered(j: Delivering) -> Planted:
    """A Patient gets another CPR number under its id."""
    j.routine("maternity", 4)
    other = copy.deepcopy(j.child)
    other["identifier"][0]["value"] = j.cpr(j.born)
    j.deliver(j.day(7), other, j.observation("exam-result", j.moment(j.day(7)), j.child))
    return _planted("subject-changed", 0, 1)


def void_with_right_value(j: Delivering) -> Planted:
    """The void carries the corrected value."""
    _, observed = second_visit(j)
    wrong = j.random.choice(observed)
    other = j.another_value(wrong)
    j.deliver(j.day(53), void(other), j.again(other))
    return _planted("void-differs", 1, 2)


def void_of_ended_activity(j: Delivering) -> Planted:
    """An intervention is voided with its activity as entered in error too."""
    plan, contact = with_plan(j)
    told = next(at for at, one in enumerate(j.reports) if plan["id"] in str(one))
    voided = void(plan)
    voided["activity"][0]["detail"]["status"] = "entered-in-error"
    j.deliver(j.day(33), voided, void(contact))
    return _planted("void-differs", told, _last(j))


def void_unknown(j: Delivering) -> Planted:
    """What is voided was told under another id."""
    _, observed = second_visit(j)
    wrong = observed[-1]
    j.deliver(j.day(53), void(wrong | {"id": j.id()}), j.again(j.another_value(wrong)))
    return _planted("void-unknown", 2, 2)


def void_of_failed(j: Delivering) -> Planted:
    """What is voided was told by a report that failed."""
    j.routine("maternity", 4)
    visit = j.visit("establishment", j.day(9))
    weight = j.observation("weight", visit["period"]["start"], j.child, visit)
    j.deliver(j.day(9), visit, weight, fails=True)
    observed = [one for one in j.observed(visit) if "29463-7" not in str(one["code"])]
    j.deliver(j.day(9), visit, *observed, void(weight), j.again(j.another_value(weight)), late=1)
    return _planted("void-unknown", 1, 2)


def void_twice(j: Delivering) -> Planted:
    """A correction goes out again."""
    _, observed = second_visit(j)
    wrong = observed[-1]
    j.deliver(j.day(53), void(wrong), j.again(j.another_value(wrong)))
    j.deliver(j.day(54), void(wrong), j.response(j.day(54)))
    return _planted("void-twice", 2, 3)


def told_after_void(j: Delivering) -> Planted:
    """The corrected value comes under the id that was voided."""
    _, observed = second_visit(j)
    wrong = observed[-1]
    j.deliver(j.day(53), void(wrong))
    j.deliver(j.day(54), j.another_value(wrong))
    return _planted("told-after-void", 2, 3)


def told_and_voided_at_once(j: Delivering) -> Planted:
    """One report voids an observation and tells it corrected under the same id."""
    _, observed = second_visit(j)
    wrong = observed[-1]
    report = j.deliver(j.day(53), void(wrong))
    again = j.another_value(wrong)
    again["meta"]["versionId"] = "2"
    report["entry"].append({"fullUrl": f"{j.base}/Observation/{wrong['id']}", "resource": again})
    return _planted("told-after-void", 2, 2)


def dependent_of_visit_left(j: Delivering) -> Planted:
    """A visit is voided; an observation at it is left."""
    j.routine("maternity", 4)
    visit = j.visit("infant-preventive", j.day(40))
    start = visit["period"]["start"]
    observed = [j.observation(one, start, j.child, visit) for one in ("weight", "height", "sleep")]
    j.deliver(j.day(40), visit, *observed)
    j.random.shuffle(observed)
    j.deliver(j.day(53), void(visit), *map(void, observed[1:]))
    return _planted("dependent-left", 1, 2)


def dependent_of_citizen_left(j: Delivering) -> Planted:
    """A citizen is made inactive; an intervention of theirs is left."""
    wrong = j.citizen(j.born)
    plan = j.plan(j.day(4), wrong)
    visit = j.visit("infant-preventive", j.day(4), wrong)
    j.deliver(j.day(4), plan, visit)
    j.deliver(j.day(6), void(wrong), void(visit))
    return _planted("dependent-left", 0, 1)


def dependent_mended_too_late(j: Delivering) -> Planted:
    """What depends on a voided intervention is mended a night later."""
    plan, contact = with_plan(j)
    told = next(at for at, one in enumerate(j.reports) if contact["id"] in str(one))
    j.deliver(j.day(33), void(plan))
    voided = _last(j)
    j.deliver(j.day(34), {name: part for name, part in contact.items() if name != "extension"})
    return _planted("dependent-left", told, voided)


def told_twice(j: Delivering) -> Planted:
    """An observation is told again under another id."""
    _, observed = second_visit(j)
    j.deliver(j.day(52), j.again(j.random.choice(observed)))
    return _planted("told-twice", 1, 2)


def visit_told_twice(j: Delivering) -> Planted:
    """A visit is told again under another id."""
    visit = j.visit("infant-preventive", j.day(40))
    j.deliver(j.day(40), visit)
    j.deliver(j.day(42), j.again(visit), j.response(j.day(42)))
    return _planted("told-twice", 0, 1)


def plan_told_twice(j: Delivering) -> Planted:
    """An intervention is told again under another id."""
    plan, _ = with_plan(j)
    told = next(at for at, one in enumerate(j.reports) if plan["id"] in str(one))
    j.deliver(j.day(33), j.again(plan))
    return _planted("told-twice", told, _last(j))


def answers_told_twice(j: Delivering) -> Planted:
    """Answers are told again under another id."""
    answers = j.response(j.day(60))
    j.deliver(j.day(60), answers)
    j.deliver(j.day(61), j.again(answers))
    return _planted("told-twice", 0, 1)


def cpr_half_mended(j: Delivering) -> Planted:
    """A wrong CPR number is mended for the visit, not for the intervention that was told with it."""
    j.routine("maternity", 4)
    wrong = j.citizen(j.born)
    visit = j.visit("infant-preventive", j.day(30), wrong)
    weight = j.observation("weight", visit["period"]["start"], wrong, visit)
    j.deliver(j.day(30), j.plan(j.day(30), wrong), visit, weight)
    j.deliver(j.day(32), *moved(j, visit, [weight], subject=to(j.child)))
    return _planted("cpr-half-mended", 1, 2)


def cpr_half_mended_of_parent(j: Delivering) -> Planted:
    """A parent's wrong CPR number is mended for the answers, not for the observation."""
    other = j.citizen(date(1985, 4, 4))
    j.routine("maternity", 4)
    told, answers = j.observation("parent-mental-status", j.moment(j.day(60)), other), j.response(j.day(60), other)
    j.deliver(j.day(60), told, answers)
    j.deliver(j.day(62), void(answers), j.again(answers, subject=to(j.mother)))
    return _planted("cpr-half-mended", 1, 2)


def cpr_half_mended_of_nobody(j: Delivering) -> Planted:
    """The wrong Patient is made inactive, though another visit of theirs still stands."""
    wrong = j.citizen(j.born)
    first, second = j.visit("infant-preventive", j.day(30), wrong), j.visit("infant-preventive", j.day(40), wrong)
    j.deliver(j.day(30), first)
    j.deliver(j.day(40), second)
    j.deliver(j.day(42), void(wrong), void(second), j.again(second, subject=to(j.child)))
    return _planted("cpr-half-mended", 0, 2, also=("dependent-left",))


def same_instant(j: Delivering) -> Planted:
    """Two reports on one child at one instant."""
    visit, _ = j.routine("maternity", 4)
    j.deliver(j.day(4), j.observation("sleep", visit["period"]["start"], j.child, visit))
    j.reports[1]["timestamp"] = j.reports[0]["timestamp"]
    return _planted("time-backwards", 0, 1)


def before_its_events(j: Delivering) -> Planted:
    """A report was made before the visit that it tells."""
    j.routine("maternity", 4)
    visit, observed = j.visit("infant-preventive", j.day(40)), []
    observed.append(j.observation("weight", visit["period"]["start"], j.child, visit))
    j.deliver(j.day(40), visit, *observed, late=-2)
    return _planted("time-backwards", 1, 1)


def days_gathered(j: Delivering) -> Planted:
    """A week's visits come in one report."""
    j.routine("maternity", 4)
    visits = [j.visit("infant-preventive", j.day(day)) for day in (40, 43, 46)]
    j.deliver(j.day(46), *visits)
    return _planted("days-gathered", 1, 1)


def never_finished(j: Delivering) -> Planted:
    """A planned visit is heard of no more."""
    j.routine("maternity", 4)
    j.deliver(j.day(10), j.visit("infant-preventive", j.day(20), status=j.random.choice(("planned", "in-progress"))))
    if j.reports[1]["entry"] and "in-progress" in str(j.reports[1]):
        j.reports[1]["timestamp"] = f"{j.day(20)}T23:00:00Z"
    j.routine("4-6-months", 150)
    return _planted("never-finished", 1, 2)


def still_missing(j: Delivering) -> Planted:
    """A visit is told without something mandatory, night after night, and never completed."""
    j.routine("maternity", 4)
    visit = j.visit("2-months", j.day(60))
    observed = j.observed(visit, leave_out=["sleep"])
    for late in (0, 1, 4):
        j.deliver(j.day(60), visit, *observed, late=late, fails=True)
    j.routine("4-6-months", 150)
    return _planted("still-missing", 1, 3, 4)


def still_missing_and_silent(j: Delivering) -> Planted:
    """A visit is told once, fails, and is never told again."""
    j.routine("maternity", 4)
    visit = j.visit("establishment", j.day(9))
    j.deliver(j.day(9), visit, fails=True)
    j.routine("2-months", 60)
    return _planted("still-missing", 1, 2)


def missing_of_one_child(j: Delivering) -> Planted:
    """Two twins' visits in one report: what one lacks the gateway finds at the other."""
    twin = j.citizen(j.born)
    first, second = j.visit("2-months", j.day(60)), j.visit("2-months", j.day(60), twin, hour=11)
    j.deliver(j.day(60), first, *j.observed(first), second, *j.observed(second, leave_out=["weight"], parents=False))
    j.routine("4-6-months", 150)
    return _planted("still-missing", 0, 1)


def running_numbers(j: Delivering) -> Planted:
    """Ids are running numbers."""
    visit, _ = j.routine("maternity", 4)
    told = j.observation("sleep", visit["period"]["start"], j.child, visit)
    j.deliver(j.day(5), told | {"id": j.random.choice(("17", "obs-000000000000000000000017", "a1b2c3d4e5"))})
    return _planted("id-not-universal", 1, 1)


def cpr_as_id(j: Delivering) -> Planted:
    """An id holds a CPR number."""
    visit, _ = j.routine("maternity", 4)
    told = j.observation("sleep", visit["period"]["start"], j.child, visit)
    own = f"observation-{j.child['identifier'][0]['value']}-of-sleep"
    j.deliver(j.day(5), told | {"id": own})
    return _planted("id-not-universal", 1, 1)


def two_kinds(j: Delivering) -> Planted:
    """A plan has the id of a visit."""
    visit, _ = j.routine("maternity", 4)
    j.deliver(j.day(5), j.plan(j.day(5)) | {"id": visit["id"]})
    return _planted("id-not-universal", 0, 1)


def two_municipalities(j: Delivering) -> Planted:
    """Another municipality has the same id for another citizen's observation."""
    visit, _ = j.routine("maternity", 4)
    told = j.observation("exam-result", visit["period"]["start"], j.child, visit)
    j.deliver(j.day(5), told)
    j.organisation = "123456789012345"
    other = j.citizen(j.born + timedelta(3))
    j.deliver(j.day(8), j.observation("exam-result", j.moment(j.day(8)), other) | {"id": told["id"]})
    return _planted("id-not-universal", 1, 2)


FAULTY: tuple[Faulty, ...] = tuple(
    story
    for name, story in list(globals().items())
    if callable(story) and getattr(story, "__module__", "") == __name__ and name[0].islower()
)
"""Every story of this module."""
