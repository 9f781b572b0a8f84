"""Bad data gives findings and never raises: records of anything, as a file or a bundle may hold them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ldbu_desktop.findings.text import rendered
from ldbu_desktop.journal.model import (
    Answer,
    Citizen,
    DeliveryReport,
    Entry,
    Family,
    Intervention,
    Journal,
    Observation,
    Parenthood,
    QuestionnaireResponse,
    School,
    Visit,
)
from ldbu_desktop.language import Language
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.validate import validate
from tests.profiles import number

STANDARD = shipped_standard()
KEYS = st.sampled_from(["a", "b", "c", "d"])
TEXTS = st.text(max_size=12) | st.sampled_from(["5.250", "0505209996", "g", "kg", "nok", "æ" * 70, "1.234 kg"])
CODES = sorted({code for variable in STANDARD.variables for code in STANDARD.concepts(variable)})
ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=14)), timezone(-timedelta(hours=12))])
MOMENTS = st.dates() | st.datetimes(timezones=ZONES) | st.sampled_from(
    [date(2020, 7, 7), datetime(2020, 7, 7, 12, tzinfo=UTC), datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
     datetime.max.replace(tzinfo=UTC)]
)  # fmt: skip
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False) | st.sampled_from(
    [Decimal("1111111111111111111111111111111111.55"), Decimal("1E+30"), Decimal("-0"), Decimal("5250")]
)
OBSERVED = [variable.id for variable in STANDARD.variables if variable.record == "observation"]


def entries(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Entry[Any]]:
    return st.builds(Entry, st.none() | values, TEXTS, st.integers(-1, 30))


coded = entries(st.sampled_from(CODES) | TEXTS)
moments = entries(MOMENTS)
keys = entries(KEYS)
citizens = st.builds(
    Citizen, KEYS, st.booleans(), entries(st.sampled_from(["0505209996", "2902219996", "1"]) | TEXTS), coded,
    entries(st.booleans()),
)  # fmt: skip
observations = st.builds(
    Observation, KEYS, entries(st.sampled_from(OBSERVED) | TEXTS), keys,
    entries(NUMBERS | st.sampled_from(CODES) | TEXTS),
    coded | entries(st.sampled_from(["g", "kg", "cm"])), coded, moments, moments, st.booleans(), coded,
)  # fmt: skip
interventions = st.builds(
    Intervention, KEYS, keys, coded, st.lists(coded, max_size=2).map(tuple), moments, moments, coded, coded
)
links = sorted({item.link_id for questionnaire in STANDARD.questionnaires for item in questionnaire.items})
answers = st.builds(
    Answer, entries(st.sampled_from(links) | TEXTS), entries(st.integers() | st.booleans() | TEXTS | NUMBERS)
)
names = [questionnaire.id for questionnaire in STANDARD.questionnaires]
responses = st.builds(
    QuestionnaireResponse, KEYS, entries(st.sampled_from(names) | TEXTS), keys, moments, coded, coded,
    st.lists(answers, max_size=40).map(tuple),
)  # fmt: skip
visits = st.builds(
    Visit, KEYS, keys, coded | entries(st.sampled_from([each.code for each in STANDARD.visit_types])),
    coded | entries(st.sampled_from(["HH", "AMB"])), coded, moments, moments, keys,
    st.lists(keys, max_size=2).map(tuple),
    st.lists(observations, max_size=4).map(tuple), st.lists(interventions, max_size=2).map(tuple),
    st.lists(responses, max_size=1).map(tuple),
)  # fmt: skip
families = st.builds(
    Family, KEYS, st.lists(citizens, max_size=3).map(tuple),
    st.lists(st.builds(Parenthood, KEYS, keys, keys, coded, entries(st.booleans())), max_size=2).map(tuple),
    st.lists(st.builds(School, KEYS, entries(TEXTS), coded), max_size=1).map(tuple),
    st.lists(visits, max_size=3).map(tuple), st.lists(observations | interventions | responses, max_size=1).map(tuple),
)  # fmt: skip
reports = st.builds(DeliveryReport, KEYS, moments, visits=st.lists(KEYS, max_size=2).map(tuple))
journals = st.builds(Journal, st.lists(families, max_size=3).map(tuple), st.lists(reports, max_size=1).map(tuple))


@settings(max_examples=number(15), phases=(Phase.explicit, Phase.generate))
@given(journals, st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_findings_of_anything(journal: Journal, today: date) -> None:
    findings = validate(journal, STANDARD, today)
    assert sum(findings.counts.values()) == len(findings.all)
    assert len(findings.ready_visits) + len(findings.rejected_visits) == len(findings.family_of_visit)
    for finding in findings.all:
        assert "0505209996" not in finding.found
        for language in Language:
            told = rendered(finding, language, STANDARD)
            assert told.title
            assert "0505209996" not in told.message
