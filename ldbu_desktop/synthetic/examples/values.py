"""What stands in an example: values of the simple types, codes of value sets, numbers that fit a rule."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.conformance.profiles.terminology import Terminology
from ldbu_desktop.standard.profiles import Binding, Definitions, Element, Portion

Code = tuple[str, str]
"""A system and a code."""

_LETTERS: Final = "Æblegrød på en ø, »citeret« & <skrevet> med \"tegn\" og 'streger'. "
_MOST_CODES: Final = 400


class ExampleValues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The values that examples are made of.

    ``left_out`` are elements of which no profile says what would stand there; ``leading`` is what stands in a data type
    at least; ``usual`` and ``edges`` are values by simple type, ``longest`` its most characters where nothing else
    limits it; ``by_constraint`` are texts that fit a rule, by its key; ``repeated`` is how often what has no limit
    stands at the edge.
    """

    left_out: frozenset[str]
    leading: Mapping[str, tuple[str, ...]]
    usual: Mapping[str, Any]
    edges: Mapping[str, tuple[Any, ...]]
    longest: Mapping[str, int]
    by_constraint: Mapping[str, tuple[str, ...]]
    repeated: int

    def simple(self, code: str, element: Element) -> Any:
        """An ordinary value of a simple type."""
        fitting = [text for one in element.constraints for text in self.by_constraint.get(one.key, ())]
        return fitting[0] if fitting else self.usual[code]

    def at_edge(self, code: str, element: Element) -> tuple[Any, ...]:
        """Values at the limits of a simple type, those that go farthest first."""
        if any(one.key in self.by_constraint for one in element.constraints):
            return ()
        longest = element.max_length or self.longest.get(code, 0)
        if not longest:
            return self.edges.get(code, ())
        letters = "abcdefghij-" if code == "id" else _LETTERS
        return ((letters * longest)[:longest].strip().ljust(longest, "."),)


@cache
def shipped_values() -> ExampleValues:
    """What ships with the program, read once."""
    return msgspec.json.decode(resource("synthetic", "example_values.json").read_bytes(), type=ExampleValues)


class Codes:
    """The codes that bindings allow, in the order of their value sets."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._terminology = Terminology(definitions)
        self._known: dict[str, tuple[Code, ...]] = {}

    def allowed(self, binding: Binding) -> tuple[Code, ...]:
        """Some hundred codes of a binding's value set at most; none where nobody knows them."""
        url = binding.value_set
        if url not in self._known:
            found = self._definitions.value_set(url)
            gathered = [one for portion in (found.include if found else ()) for one in self._of(portion)]
            self._known[url] = tuple(
                one for one in dict.fromkeys(gathered) if self._terminology.in_value_set(url, *one).is_ok
            )
        return self._known[url]

    def of_system(self, system: str) -> str:
        """A code of a system; none where nobody knows one."""
        found = self._definitions.code_system(system)
        return found.codes[0] if found is not None and found.codes else ""

    def _of(self, portion: Portion) -> list[Code]:
        codes = [(portion.system, code) for code in portion.codes]
        if not codes and portion.system:
            known = self._definitions.code_system(portion.system)
            codes = [(portion.system, code) for code in (known.codes if known is not None else ())]
        for url in portion.value_sets:
            codes += self.allowed(Binding("required", url))
        return codes[:_MOST_CODES]
