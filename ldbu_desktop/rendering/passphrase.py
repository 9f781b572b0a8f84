"""How hard a passphrase is to guess, in words: for how long somebody would have to try who has the file."""

from __future__ import annotations

from typing import Final

from ldbu_desktop.casefile.passphrase import SHORTEST, Strength
from ldbu_desktop.language import tr

_HOUR, _DAY, _YEAR = 3600.0, 86_400.0, 31_557_600.0
_MANY_YEARS: Final = 1000 * _YEAR


def strength_words(strength: Strength) -> str:
    """A sentence for whoever chooses it."""
    if not strength.length:
        return tr(
            "Mindst {count, plural, one {# tegn} other {# tegn}}. Fire tilfældige ord er let at huske.", count=SHORTEST
        )
    if not strength.is_long_enough:
        return tr("{count, plural, one {# tegn} other {# tegn}} endnu.", count=SHORTEST - strength.length)
    if not strength.is_good_enough:
        return tr("For let at gætte: den består af noget, der bliver prøvet først.")
    return tr(
        "Et skøn: den, der har filen og ti kraftige grafikkort, gætter den på {time}.", time=_time(strength.seconds)
    )


def _time(seconds: float) -> str:
    """A span of time as a rough figure: more would be a promise."""
    if seconds < _DAY:
        return tr("{count, plural, one {# time} other {# timer}}", count=max(1, round(seconds / _HOUR)))
    if seconds < _YEAR:
        return tr("{count, plural, one {# dag} other {# dage}}", count=round(seconds / _DAY))
    if seconds < _MANY_YEARS:
        return tr("{count, plural, one {# år} other {# år}}", count=round(seconds / _YEAR))
    return tr("mere end tusind år")
