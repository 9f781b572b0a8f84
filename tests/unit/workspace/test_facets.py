"""Facets: counts are those of looking through all visits, whatever is chosen, also after changes."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.editing.mending import Mend
from ldbu_desktop.editing.operations import EditValue, RemoveVisit
from ldbu_desktop.faults import Cancelled
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.mendings import Mending
from ldbu_desktop.journal.where import Where
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.work import Cancellation
from ldbu_desktop.workspace.facets import CLEAR, Facet, FacetIndex, VisitState, narrowed
from ldbu_desktop.workspace.mending import preview
from ldbu_desktop.workspace.workspace import Workspace
from tests.unit.workspace.some_import import STANDARD, example, opened

FAULTY = opened(load([resource("samples", "familie-med-fejl.xlsx")], STANDARD))


def index_of(
    work: Workspace, delivered: frozenset[str] = frozenset(), corrected: frozenset[str] = frozenset()
) -> FacetIndex:
    assert work.findings is not None
    return FacetIndex(work.journal, work.findings, delivered, corrected)


def visits(work: Workspace, index: FacetIndex, chosen: dict[Facet, set[str]]) -> list[str]:
    found = index.visits(chosen)
    keys = [
        visit.key
        for at, family in enumerate(work.journal.families)
        for number, visit in enumerate(family.visits)
        if found.has(at, number)
    ]
    assert len(keys) == found.count
    return keys


VALUES = [(facet, one.value) for facet, counts in index_of(FAULTY).counts({}).items() for one in counts]


@given(st.lists(st.sampled_from(VALUES), max_size=5))
def test_counts_are_those_of_what_is_left(picked: list[tuple[Facet, str]]) -> None:
    index = index_of(FAULTY)
    chosen: dict[Facet, set[str]] = {}
    for facet, value in picked:
        chosen.setdefault(facet, set()).add(value)
    for facet, counts in index.counts(chosen).items():
        for one in counts:
            assert one.visits == len(visits(FAULTY, index, {**chosen, facet: {one.value}}))


def test_within_a_facet_any_holds_and_across_all_do() -> None:
    index = index_of(FAULTY)
    for (first, one), (second, other) in combinations(VALUES, 2):
        both = set(visits(FAULTY, index, {first: {one}, second: {other}} if first != second else {first: {one, other}}))
        mine, others = set(visits(FAULTY, index, {first: {one}})), set(visits(FAULTY, index, {second: {other}}))
        assert both == (mine & others if first != second else mine | others)


def test_what_visits_are_told_apart_by() -> None:
    assert FAULTY.findings is not None
    index = index_of(FAULTY, frozenset(("K01",)))
    assert visits(FAULTY, index, {Facet.STATE: {VisitState.DELIVERED}}) == ["K01"]
    rejected = visits(FAULTY, index, {Facet.STATE: {VisitState.REJECTED}})
    assert rejected == list(FAULTY.findings.rejected_visits)
    assert visits(FAULTY, index, {Facet.CAUSE: {"factor-slip"}, Facet.VARIABLE: {"weight"}}) == ["K06"]
    assert visits(FAULTY, index, {Facet.SEVERITY: {Severity.LOOK_AT}}) == ["K06", "K08"]
    assert "K02" in visits(FAULTY, index, {Facet.SEVERITY: {CLEAR}})
    assert visits(FAULTY, index, {Facet.MONTH: {"2020-07"}}) == ["K06"]
    assert len(visits(FAULTY, index, {Facet.CLINIC: {"451000016003"}})) == index.count
    assert visits(FAULTY, index, {}) == visits(FAULTY, index, {Facet.CAUSE: set()})
    assert not visits(FAULTY, index, {Facet.CAUSE: {"no such"}})
    assert [one.visits for one in index.counts({Facet.CAUSE: {"cpr-missing"}})[Facet.CAUSE]] != []


def test_what_was_corrected_since_it_was_delivered_is_to_go_out_again() -> None:
    assert FAULTY.findings is not None
    rejected, ready = FAULTY.findings.rejected_visits[0], "K02"
    index = index_of(FAULTY, frozenset(("K01", rejected, ready)), frozenset((rejected, ready)))
    assert visits(FAULTY, index, {Facet.STATE: {VisitState.DELIVERED}}) == ["K01"]
    assert set(visits(FAULTY, index, {Facet.STATE: {VisitState.CORRECTED}})) == {rejected, ready}
    assert rejected in visits(FAULTY, index, {Facet.STATE: {VisitState.REJECTED}})
    assert ready in visits(FAULTY, index, {Facet.STATE: {VisitState.READY}})


def test_other_corrected_visits_have_other_facets() -> None:
    work = opened(FAULTY.journal)
    index = work.facets()
    assert index is not None
    assert work.keep_facets(index)
    assert not work.take_corrected(frozenset())
    assert work.facets() is index
    assert work.take_corrected(frozenset(("K02",)))
    told = work.facets()
    assert told is not None
    assert visits(work, told, {Facet.STATE: {VisitState.CORRECTED}}) == ["K02"]


def test_a_visit_that_is_not_over_and_one_without_date_or_citizen() -> None:
    work = example("visit-not-finished")
    assert visits(work, index_of(work), {Facet.STATE: {VisitState.UNFINISHED}})
    work = example("visit-start-missing")
    assert len(visits(work, index_of(work), {Facet.MONTH: {""}})) == 1
    work = example("visit-subject-missing")
    assert len(visits(work, index_of(work), {Facet.CLINIC: {""}})) == 1


def test_after_a_change_it_is_as_if_made_anew() -> None:
    work = opened(FAULTY.journal)
    index = index_of(work)
    for raw, field in (("", "visit.type"), ("08-09-2020", "visit.start"), ("HH", "visit.class")):
        change = work.do(EditValue(Where("barn-1", "K06", field=field), raw))
        assert work.findings is not None
        index = index.followed(work.journal, work.findings, change.families)
        fresh = index_of(work)
        for facet, counts in fresh.counts({}).items():
            assert sorted(one for one in index.counts({})[facet] if one.visits) == sorted(counts)


def test_work_keeps_its_facets_and_they_follow() -> None:
    work = opened(FAULTY.journal)
    index = work.facets()
    assert index is not None
    assert work.keep_facets(index)
    assert work.facets() is index
    work.do(EditValue(Where("barn-1", "K06", field="visit.class"), "HH"))
    followed = work.facets()
    assert followed is not None
    assert followed is not index
    assert followed.findings is work.findings
    assert not work.keep_facets(index)
    assert work.facets() is followed
    seen = preview(work, [one for one in work.findings_at() if one.code == "factor-slip"], Mend(Mending.FACTOR))
    work.take(seen)
    mended = work.facets()
    assert mended is not None
    assert not visits(work, mended, {Facet.CAUSE: {"factor-slip"}})
    work.do(RemoveVisit(Where("barn-1", "K06")))
    regrouped = work.facets()
    assert regrouped is not None
    assert regrouped.count == index.count - 1
    work.found = None
    assert work.facets() is None


def test_facets_that_nobody_waits_for_any_more_are_not_made() -> None:
    cancellation = Cancellation()
    assert opened(FAULTY.journal).facets(cancellation) is not None
    cancellation.cancel()
    with pytest.raises(Cancelled):
        opened(FAULTY.journal).facets(cancellation)


def test_what_is_left_tells_its_causes() -> None:
    index = index_of(FAULTY)
    whole = narrowed(index, {})
    assert whole.causes == index.findings.causes
    left = narrowed(index, {Facet.VARIABLE: {"weight"}})
    assert left.visits.count == 1
    assert {one.location.visit for cause in left.causes for one in cause.findings} <= {"K06", ""}
    assert "factor-slip" in [cause.code for cause in left.causes]
    family = example("cpr-missing")
    only = narrowed(index_of(family), {Facet.CAUSE: {"cpr-missing"}})
    assert [cause.code for cause in only.causes] == ["cpr-missing"]
    slip = narrowed(index, {Facet.VARIABLE: {"weight"}, Facet.CAUSE: {"factor-slip"}})
    assert [cause.code for cause in slip.causes] == ["factor-slip"]
    assert len(left.causes) > 1


def test_a_visit_stands_as_the_facets_count_it() -> None:
    clean = opened(load([resource("samples", "familie.xlsx")], STANDARD))
    for work in (FAULTY, clean):
        index = index_of(work)
        for state in VisitState:
            stand = [key for key in work.index.visits if state in work.visit_states(key)]
            assert stand == visits(work, index, {Facet.STATE: {state}})
    assert FAULTY.visit_states("none such") == ()
