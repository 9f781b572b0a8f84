"""What becomes of visits: they are finished, and what is mandatory at them is told, if only as missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.deliveries.checks.reports import NIGHTS
from ldbu_desktop.deliveries.checks.run import History, finding
from ldbu_desktop.deliveries.lives import Family, Telling
from ldbu_desktop.deliveries.model import ENCOUNTER, OBSERVATION, HistoryFinding, Instance, Key
from ldbu_desktop.findings.text import variable_label
from ldbu_desktop.journal.statuses import NOT_OVER
from ldbu_desktop.language import Language

_A_DAY = 86400
_OPEN_DAYS = 14
"""Days after its start that a visit may be told as unfinished before that is to be looked at."""


def never_finished(family: Family, history: History) -> Iterator[HistoryFinding]:
    """Visits that were told unfinished and of which nothing is heard any more."""
    for life in family.standing():
        latest = life.latest.instance
        if life.key[0] != ENCOUNTER or latest.status not in NOT_OVER or latest.start is None:
            continue
        if history.end - latest.start >= _OPEN_DAYS * _A_DAY:
            yield finding(
                "history-never-finished", life.latest.place, history.last, family.whom(latest), about=ENCOUNTER
            )


def still_missing(family: Family, history: History) -> Iterator[HistoryFinding]:
    """Finished visits in person of which something mandatory is neither told nor told as missing, two nights later."""
    tellings: dict[Key, list[Telling]] = defaultdict(list)
    for life in family.lives.values():
        if life.key[0] == ENCOUNTER:
            tellings[life.key] += life.tellings
    for key, failed in family.failed.items():
        if key[0] == ENCOUNTER:
            tellings[key] += failed
    observed = _Observed(family)
    by_fact: dict[tuple[str, bytes], list[Instance]] = defaultdict(list)
    for life in family.standing():
        if life.key[0] == ENCOUNTER:
            latest = life.latest.instance
            by_fact[family.whom(latest), latest.fact].append(latest)
    for told in tellings.values():
        told.sort(key=lambda one: one.report.number)
        visit = told[-1].instance
        missing = _missing(visit, observed, history)
        whom = family.whom(visit)
        others = (one for one in by_fact[whom, visit.fact] if one.id != visit.id)
        if not missing or any(not _missing(one, observed, history) for one in others):
            continue
        over = visit.day + NIGHTS
        later = next((one.place for one in told if one.report.night > over), None) or history.after(over)
        if later is not None:
            facts = {"variables": _labels(missing, history)}
            yield finding("history-still-missing", told[0].place, later, whom, facts, about=ENCOUNTER)


def _missing(visit: Instance, observed: _Observed, history: History) -> tuple[str, ...]:
    """The variables that the gateway's rules ask for at a finished visit and that nothing is told of."""
    if visit.status != "finished" or not visit.day:
        return ()
    told = observed.at(visit)
    return tuple(
        rule.variables[0]
        for rule in history.standard.gateway_rules
        if visit.visit_class in rule.classes
        and not set(rule.visits).isdisjoint(visit.codes)
        and told.isdisjoint(rule.codes)
    )


def _labels(variables: tuple[str, ...], history: History) -> Text:
    """What variables are called."""
    labels = [variable_label(history.standard, variable) for variable in variables]
    return Text(*(", ".join(label[language] for label in labels) for language in Language))


class _Observed:
    """The codes that stand, by the visit that they belong to; parents' are told without one, on its day."""

    def __init__(self, family: Family) -> None:
        self._of_visit: dict[str, set[str]] = defaultdict(set)
        self._of_day: dict[int, set[str]] = defaultdict(set)
        for life in family.standing():
            latest = life.latest.instance
            if latest.type != OBSERVATION:
                continue
            visits = [target for _, target in latest.references if target.startswith(f"{ENCOUNTER}/")]
            for visit in visits:
                self._of_visit[visit].update(latest.codes)
            if not visits:
                self._of_day[latest.day].update(latest.codes)

    def at(self, visit: Instance) -> set[str]:
        """What stands of a visit."""
        return self._of_visit[visit.name] | self._of_day[visit.day]
