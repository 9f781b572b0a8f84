"""Who belongs together: all that one row or report names is one family, and what two of them name joins them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Token = tuple[str, str]
"""What is named: of which kind, and the text."""


class Families:
    """Tokens that belong together. What was never joined with another is a family of its own."""

    def __init__(self) -> None:
        self._above: dict[Token, Token] = {}

    def join(self, tokens: Iterable[Token]) -> None:
        """Say that tokens belong together."""
        first: Token | None = None
        for token in tokens:
            top = self._top(token)
            if first is None:
                first = top
            elif top != first:
                # The least is above, so that the order in which files are read changes nothing.
                first, below = min(first, top), max(first, top)
                self._above[below] = first

    def of(self, token: Token) -> Token:
        """The family of a token: one of its tokens, the same for all of them."""
        return self._top(token)

    def all_of(self, kind: str) -> Iterator[tuple[Token, str]]:
        """The family of each token of a kind, with its text."""
        for token in sorted(self._above):
            if token[0] == kind:
                yield self._top(token), token[1]

    def _top(self, token: Token) -> Token:
        above = self._above.setdefault(token, token)
        while above != token:
            higher = self._above[above]
            self._above[token] = higher
            token, above = above, higher
        return token
