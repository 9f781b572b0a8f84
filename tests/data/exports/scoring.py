"""What a proposal is worth against the keys of an export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.mapping.links import READ_BY, ColumnLink, Part, Proposal, ValueLink
from tests.data.exports.sheets import Export

_MAPPED = ("map", "asked-or-map")


@dataclass
class Score:
    """How many columns and values are proposed right, and what would be applied wrongly without a question."""

    right_columns: int = 0
    columns: int = 0
    right_values: int = 0
    values: int = 0
    missed: list[str] = field(default_factory=list)
    wrongly_applied: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count another export's together with these."""
        self.right_columns += other.right_columns
        self.columns += other.columns
        self.right_values += other.right_values
        self.values += other.values
        self.missed += other.missed
        self.wrongly_applied += other.wrongly_applied


def scored(export: Export, proposal: Proposal) -> Score:
    """The score of a proposal for ``export``."""
    columns = {(link.sheet, column_letters(link.column)): link for link in proposal.columns}
    values: dict[tuple[str, str, str], list[ValueLink]] = {}
    for link in proposal.values:
        values.setdefault((link.sheet, column_letters(link.column), link.value), []).append(link)
    score = Score()
    for key in export.column_keys():
        place = (key["sheet"], key["column"])
        _score_column(score, export.name, key, columns.get(place))
        for text, answer in key["values"].items():
            _score_value(score, f"{export.name} {key['header']} {text!r}", answer, values.get((*place, str(text)), []))
    return score


def _score_column(score: Score, name: str, key: Mapping[str, Any], link: ColumnLink | None) -> None:
    score.columns += 1
    is_applied = link is not None and link.state in READ_BY
    is_same = link is not None and _is_same(key, link)
    if key["must"] == "leave":
        is_right = link is None or link.target is None or link.target.part is Part.KEY
    elif key["must"] == "ask":
        is_right = not is_applied
    else:
        is_right = is_same or (key["must"] == "asked-or-map" and link is not None and link.target is None)
    score.right_columns += is_right
    where = f"{name} {key['header']} ({key['must']}): {link.state if link else None} {link.target if link else None}"
    if not is_right:
        score.missed.append(where)
    if is_applied and link is not None and not (key["must"] in _MAPPED and is_same):
        score.wrongly_applied.append(where)


def _is_same(key: Mapping[str, Any], link: ColumnLink) -> bool:
    target = link.target
    return (
        target is not None
        and (target.variable, target.part, target.visit) == (key["variable"], key["part"], key["visit"])
        and key["subject"] in (None, target.subject)
        and key["unit"] in (None, target.unit)
    )


def _score_value(score: Score, where: str, answer: Mapping[str, Any], links: list[ValueLink]) -> None:
    score.values += 1
    applied = [link for link in links if link.state in READ_BY]
    if answer["is_missing"]:
        is_right = any(link.missing is not None for link in links)
        is_wrong = any(link.code is not None for link in applied)
    elif answer["must"] == "map":
        is_right = any(link.code == answer["code"] for link in links)
        is_wrong = bool(applied) and all(link.code != answer["code"] for link in applied)
    else:
        is_right = not applied
        is_wrong = not is_right
    score.right_values += is_right
    if not is_right:
        score.missed.append(where)
    if is_wrong:
        score.wrongly_applied.append(where)
