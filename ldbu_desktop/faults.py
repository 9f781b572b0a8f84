"""Exceptions: faults in a file, the disk, the call or ourselves. Faulty data gives findings and never raises."""

from __future__ import annotations


class Fault(Exception):
    """Something that stops the work, with a key and facts from which a text for people is made at the edge.

    ``key`` names a text in ``resources/messages/faults.json``; ``facts`` fill it. No fact may hold personal data.
    """

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.key} ({told})" if told else self.key


class FileFault(Fault):
    """A file that can't be read, or not as what it says it is. The facts name the file."""


class OutputFault(Fault):
    """A place that can't be written to. What was there before is untouched."""


class CallFault(Fault):
    """A call with words that do not fit together."""


class CatalogueFault(Fault):
    """A fault in the facts that ship or in an official package: says file and line."""


class Cancelled(Fault):
    """The work was stopped because the user asked for it."""

    def __init__(self) -> None:
        super().__init__("cancelled")
