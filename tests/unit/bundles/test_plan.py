"""Which visits go together in which report."""

from __future__ import annotations

from msgspec.structs import replace

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.read import read_journal
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.journal.model import Citizen, Entry, Journal, Visit
from ldbu_desktop.sources.found import BundleText
from tests.unit.bundles.small_family import CITIZENS, NOW, STANDARD, VISIT, journal, said

SECOND = replace(VISIT, key="K2", observations=(), interventions=(), responses=())
TO_PARENT = replace(SECOND, key="K3", subject=said("F1"))


def keys(source: Journal, ready: set[str], report_of: ReportOf) -> list[list[str]]:
    """The visits of each planned report."""
    return [[visit.key for visit in plan.visits] for plan in planned(source, ready, report_of)]


LATER = said(NOW.replace(year=2022))


def test_a_report_a_visit_of_those_that_are_ready() -> None:
    source = journal(VISIT, SECOND, replace(TO_PARENT, start=LATER))
    assert keys(source, {"K1", "K3"}, ReportOf.VISIT) == [["K1"], ["K3"]]


def test_what_a_child_and_a_parent_have_at_once_is_one_report() -> None:
    later = replace(SECOND, start=LATER)
    source = journal(VISIT, later, TO_PARENT)
    assert keys(source, {"K1", "K2", "K3"}, ReportOf.VISIT) == [["K1", "K3"], ["K2"]]
    assert keys(source, {"K1", "K2"}, ReportOf.VISIT) == [["K1"], ["K2"]]
    assert keys(journal(TO_PARENT, VISIT), {"K1", "K3"}, ReportOf.VISIT) == [["K3", "K1"]]


def test_what_is_no_one_visit_has_a_report_each() -> None:
    ready = {"K1", "K2", "K3", "K4"}
    twice = replace(TO_PARENT, key="K4")
    assert keys(journal(VISIT, TO_PARENT, twice), ready, ReportOf.VISIT) == [["K1"], ["K3"], ["K4"]]
    sibling = Citizen("B2", True, said("0505209996"))
    twins = journal(VISIT, replace(SECOND, subject=said("B2")), TO_PARENT, citizens=(*CITIZENS, sibling))
    assert keys(twins, ready, ReportOf.VISIT) == [["K1"], ["K2"], ["K3"]]
    unknown = journal(replace(VISIT, start=Entry()), replace(TO_PARENT, start=Entry()))
    assert keys(unknown, ready, ReportOf.VISIT) == [["K1"], ["K3"]]
    strangers = journal(VISIT, replace(TO_PARENT, subject=said("F9")))
    assert keys(strangers, ready, ReportOf.VISIT) == [["K1"], ["K3"]]


def test_a_report_a_child_with_the_visits_to_its_parents() -> None:
    source = journal(VISIT, SECOND, TO_PARENT)
    assert keys(source, {"K1", "K3"}, ReportOf.CHILD) == [["K1", "K3"]]


def test_siblings_and_a_parent_of_both_have_reports_of_their_own() -> None:
    sibling = Citizen("B2", True, said("0505209996"))
    visits: tuple[Visit, ...] = (VISIT, replace(SECOND, subject=said("B2")), TO_PARENT)
    source = journal(*visits, citizens=(*CITIZENS, sibling))
    ready = {"K1", "K2", "K3"}
    assert keys(source, ready, ReportOf.CHILD) == [["K1"], ["K2"], ["K3"]]
    assert len({plan.name for plan in planned(source, ready, ReportOf.CHILD)}) == 3


def as_read(*visits: Visit, timestamp: bool = True) -> Journal:
    """A journal of one report that was read."""
    built = ReportWriter(journal(*visits), STANDARD, NOW).report(visits)
    if not timestamp:
        del built.bundle["timestamp"]
    return read_journal([BundleText("a.json", json_text(built.bundle))], STANDARD)


def test_a_report_that_was_read_stays_as_it_is() -> None:
    source = as_read(VISIT, SECOND)
    ready = set(source.reports[0].visits)
    (plan,) = planned(source, ready, ReportOf.VISIT)
    assert plan.read is source.reports[0]
    assert len(plan.visits) == 2
    (plan,) = planned(source, ready, ReportOf.CHILD)
    assert plan.read is None


def test_a_report_that_was_read_is_divided_where_a_visit_of_it_is_not_ready() -> None:
    source = as_read(VISIT, SECOND)
    (plan,) = planned(source, {source.reports[0].visits[1]}, ReportOf.VISIT)
    assert plan.read is None
    assert [visit.key for visit in plan.visits] == [source.reports[0].visits[1]]


def test_a_report_without_time_is_made_anew() -> None:
    source = as_read(VISIT, timestamp=False)
    (plan,) = planned(source, set(source.reports[0].visits), ReportOf.VISIT)
    assert plan.read is None
    assert plan.built(ReportWriter(source, STANDARD, NOW)).bundle["timestamp"]


def test_of_a_correction_and_what_it_corrects_the_last_is_in_a_childs_report() -> None:
    built = [ReportWriter(journal(one), STANDARD, NOW).report([one]) for one in
             (VISIT, replace(VISIT, status=said("entered-in-error")))]  # fmt: skip
    source = read_journal([BundleText(f"{i}.json", json_text(one.bundle)) for i, one in enumerate(built)], STANDARD)
    ready = {key for report in source.reports for key in report.visits}
    (plan,) = planned(source, ready, ReportOf.CHILD)
    bundle = plan.built(ReportWriter(source, STANDARD, NOW)).bundle
    (visit,) = (one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == "Encounter")
    assert visit["status"] == "entered-in-error"
    assert len({one["fullUrl"] for one in bundle["entry"]}) == len(bundle["entry"])
