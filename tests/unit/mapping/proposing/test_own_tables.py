"""Tables of our own shapes are known by their headers, each column of the template for what it is."""

from __future__ import annotations

from ldbu_desktop.journal.fields import RESPONSE_INFORMER
from ldbu_desktop.mapping.links import CITIZEN_KEY, State, Subject
from ldbu_desktop.mapping.template_sheets import wide_template
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.use_cases.standards import shipped_standard
from tests.unit.mapping.proposing.conftest import proposed


def test_every_column_of_the_wide_template_is_known() -> None:
    standard = shipped_standard()
    [sheet] = wide_template(vocabulary_of(standard))
    headers = [column.header for column in sheet.columns]
    found = proposed({sheet.name: [headers, ["x"] * len(headers)]}).columns
    assert [link.header for link in found] == headers
    assert {link.state for link in found} == {State.KNOWN}
    targets = [link.target for link in found if link.target is not None]
    assert len(targets) == len(headers)
    keys = [target.subject for target in targets if target.variable == CITIZEN_KEY]
    assert keys == [Subject.CHILD, Subject.PARENT_1, Subject.PARENT_2]
    asked = {target.variable.partition("/")[0] for target in targets if "/" in target.variable}
    assert asked == {one.id for one in standard.questionnaires if f"{one.id}/" in "".join(t.variable for t in targets)}
    assert sum(target.variable == RESPONSE_INFORMER for target in targets) == len(asked)
