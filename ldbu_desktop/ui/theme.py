"""How the window looks: colours for light and dark, type, spacing, and the style sheet that is made of them.

Every colour that is used stands here; ``READ_PAIRS`` and ``SEEN_PAIRS`` name the pairs that must keep their contrast.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from string import Template
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ldbu_desktop.bundled_files import resource


class ColourScheme(StrEnum):
    """Which colours are used: those of the system, or one that is chosen."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Colours(NamedTuple):
    """The colours of a look, by what they are for. A ``tint`` lies behind text in the colour of the same name."""

    window: str
    surface: str
    raised: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_tint: str
    rejected: str
    rejected_tint: str
    check: str
    check_tint: str
    info: str
    info_tint: str
    clear: str
    clear_tint: str
    exercise: str
    on_exercise: str


LIGHT = Colours(
    window="#F3F5F8",
    surface="#FFFFFF",
    raised="#EEF1F5",
    line="#DCE2E9",
    edge="#7D8A98",
    text="#18212B",
    muted="#52606E",
    accent="#1F57C3",
    accent_hover="#18479F",
    on_accent="#FFFFFF",
    accent_tint="#E6EEFC",
    rejected="#B3261E",
    rejected_tint="#FCEBE9",
    check="#875300",
    check_tint="#FDF2DC",
    info="#44546A",
    info_tint="#EDF1F6",
    clear="#176B3A",
    clear_tint="#E5F4EA",
    exercise="#6B2FA0",
    on_exercise="#FFFFFF",
)

DARK = Colours(
    window="#13171C",
    surface="#1A2027",
    raised="#252D36",
    line="#303A45",
    edge="#74828F",
    text="#E7ECF1",
    muted="#A6B2BF",
    accent="#8DB4FF",
    accent_hover="#AECAFF",
    on_accent="#0C1B36",
    accent_tint="#22324F",
    rejected="#FFA198",
    rejected_tint="#43211F",
    check="#F0C466",
    check_tint="#3B2F14",
    info="#B9C5D3",
    info_tint="#2A333E",
    clear="#86D6A2",
    clear_tint="#17351F",
    exercise="#C9A2F2",
    on_exercise="#22103A",
)

AFAR = LIGHT._replace(
    window="#FFFFFF",
    line="#8A97A5",
    edge="#3D4854",
    text="#000000",
    muted="#26303B",
    accent="#0B3D91",
    accent_hover="#072C6B",
    rejected="#8C1C15",
    check="#5E3A00",
    info="#26303B",
    clear="#0E4A27",
    exercise="#4A1A75",
)
"""The colours of a projector: light, and of more contrast."""

READ_PAIRS = (
    *((ink, ground) for ink in ("text", "muted") for ground in ("window", "surface", "raised", "accent_tint")),
    *(
        (ink, ground)
        for ink in ("rejected", "check", "info", "clear")
        for ground in ("surface", "window", "accent_tint")
    ),
    *((ink, f"{ink}_tint") for ink in ("rejected", "check", "info", "clear", "accent")),
    *(("text", f"{tint}_tint") for tint in ("rejected", "check", "info", "clear")),
    ("on_accent", "accent"),
    ("on_exercise", "exercise"),
    ("on_accent", "accent_hover"),
    ("accent", "surface"),
    ("accent", "window"),
)
"""Text colour and ground: at least 4.5 to 1."""

SEEN_PAIRS = (
    ("edge", "surface"),
    ("edge", "window"),
    ("accent", "surface"),
    ("accent", "raised"),
    ("exercise", "window"),
)
"""The edge of a control and its ground: at least 3 to 1."""

SMALL, BODY, TITLE = 9.0, 10.0, 15.0
"""The three sizes of type, in points."""

LARGER, _TITLE_AFAR = 1.6, 1.2
"""How much larger text is on a projector at the least, and there a title than the rest."""

_BOX, _RING = 14, 5
"""How large the box of a choice is, in pixels, and how thick the ring around the dot of one that is chosen."""

GRID = 4
"""Every distance is a multiple of this, in pixels."""

FAMILIES = [
    "Segoe UI",
    "SF Pro Text",
    "Inter",
    "Noto Sans",
    "Cantarell",
    "Ubuntu",
    "Open Sans",
    "Liberation Sans",
    "DejaVu Sans",
]
"""Faces with even figures that are made for screens, best first; the system's own where none is there."""

FIXED_FAMILIES = ["Cascadia Mono", "SF Mono", "JetBrains Mono", "Noto Sans Mono", "Liberation Mono", "DejaVu Sans Mono"]


@cache
def font(size: float = BODY, *, bold: bool = False, fixed: bool = False) -> QFont:
    """A font of the program: one of the three sizes, with figures of one width. Painting asks for it all the time."""
    made = QFont(QApplication.font())
    if fixed:
        made.setFamilies(FIXED_FAMILIES)
        made.setStyleHint(QFont.StyleHint.Monospace)
    made.setPointSizeF(points(size))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    if not fixed:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def _base_font() -> QFont:
    made = QFont()
    made.setFamilies(FAMILIES)
    made.setPointSizeF(points(BODY))
    made.setStyleHint(QFont.StyleHint.SansSerif)
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return made


_STYLE, _IS_STYLED = "fusion", "isStyled"


class _Current:
    colours = LIGHT
    is_dressed = False
    scale = 1.0


def scaled(pixels: int) -> int:
    """A distance that goes with the size of the text: on a projector, text is larger."""
    return round(pixels * _Current.scale)


def is_large() -> bool:
    """Whether text is larger than at a desk."""
    return _Current.scale != 1


def points(size: float) -> float:
    """One of the three sizes of type as it is used: on a projector the small is no smaller, and the title not huge."""
    if not is_large():
        return size
    return {SMALL: BODY, TITLE: BODY * _TITLE_AFAR}.get(size, size) * _Current.scale


def scale_for_letters(pixels: float) -> float:
    """How much larger text is to be for capitals of the body to be ``pixels`` high, at the least :data:`LARGER`."""
    probe = _base_font()
    probe.setPointSizeF(BODY * 10)  # capitals of one size are rounded to whole pixels
    return max(LARGER, pixels / (QFontMetricsF(probe).capHeight() / 10))


def enlarge(scale: float) -> None:
    """Draw everything from now on with text that is ``scale`` as large as usual; it is for the caller to dress it."""
    _Current.scale = scale
    _Current.is_dressed = False
    font.cache_clear()


def colours() -> Colours:
    """The colours in use."""
    return _Current.colours


def colour(name: str) -> QColor:
    """A colour in use, by its name in :class:`Colours`."""
    return QColor(getattr(_Current.colours, name))


def is_dark() -> bool:
    """Whether the dark colours are in use."""
    return _Current.colours is DARK


def wanted(look: ColourScheme) -> Colours:
    """The colours that ``look`` asks for now; the system is asked where it decides."""
    if is_large():
        return AFAR
    if look is ColourScheme.SYSTEM:
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if look is ColourScheme.DARK else LIGHT


def styled_application(name: str) -> QApplication:
    """Qt's application, called ``name``, in the style that the sheet is made for.

    It is told as Qt is called. To ask for the style of one that is there, all that Qt knows of styles is made known to
    Python: 5 % of the start.
    """
    made = QApplication([name, "-style", _STYLE])
    made.setProperty(_IS_STYLED, True)
    return made


def dress(application: QApplication, look: ColourScheme) -> None:
    """Give the application the colours of ``look`` and its font; windows are dressed by :func:`dress_window`."""
    _Current.colours = wanted(look)
    if not _Current.is_dressed:
        if not application.property(_IS_STYLED) and application.style().name() != _STYLE:
            application.setStyle(_STYLE)
        application.setFont(_base_font())
        font.cache_clear()
        _Current.is_dressed = True
    application.setPalette(palette(_Current.colours))


def dress_window(window: QWidget) -> None:
    """Give a window, and all that belongs to it, the style sheet of the colours in use.

    A window has it and not the application: Qt then looks at each part once, when it comes into the window, and not
    at all that is in a part each time that is put into another. Pages are built in half the time.
    """
    sheet = style_sheet(_Current.colours)
    if sheet != window.styleSheet():  # everything there is in it would be dressed anew
        window.setStyleSheet(sheet)


def palette(used: Colours) -> QPalette:
    """Qt's palette in the colours that are used, for everything that the style sheet does not draw."""
    role = QPalette.ColorRole
    made = QPalette()
    for target, name in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "raised"),
        (role.Text, "text"),
        (role.PlaceholderText, "muted"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.BrightText, "on_accent"),
        (role.Highlight, "accent_tint"),
        (role.HighlightedText, "text"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.Light, "line"),
        (role.Midlight, "line"),
        (role.Mid, "line"),
        (role.Dark, "edge"),
        (role.Accent, "accent"),
    ):
        made.setColor(target, QColor(getattr(used, name)))
    for target in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, target, QColor(used.edge))
    return made


def style_sheet(used: Colours) -> str:
    """The style sheet of the whole application in the colours that are used."""
    told = resource("styles", "window.qss").read_text(encoding="utf-8")
    names = used._asdict()
    tick = resource("styles", "tick-dark.svg" if used is DARK else "tick-light.svg").as_posix()
    chevron = resource("styles", "chevron-dark.svg" if used is DARK else "chevron-light.svg").as_posix()
    return Template(told).substitute(
        names,
        tick=tick,
        chevron=chevron,
        small=f"{points(SMALL)}pt",
        body=f"{points(BODY)}pt",
        title=f"{points(TITLE)}pt",
        least=scaled(5 * GRID),
        box=scaled(_BOX),
        round=scaled(_BOX) // 2 + 1,
        dot=scaled(_BOX) + 2 - 2 * scaled(_RING),
        ring=scaled(_RING),
        arrow=scaled(_BOX - 2),
    )


def relative_luminance(value: str) -> float:
    """How light a colour is, from 0 to 1, as WCAG 2.2 defines it."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(value[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
