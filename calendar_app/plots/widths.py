"""How wide a text is at the most, whichever of the usual sans-serif faces a reader has, and where to cut it."""

import unicodedata

# Advance widths in ems, plain and bold, by the widest of the faces that the pages name and those that stand in for
# them where they are missing (Liberation Sans, DejaVu Sans).
_ADVANCES = (
    (0.28, 0.35, "'ijl"),
    (0.32, 0.38, " ,.I·‘’"),
    (0.34, 0.4, "/:;\\|"),
    (0.37, 0.44, "-f"),
    (0.42, 0.5, "!()[]rt"),
    (0.5, 0.53, '"*`'),
    (0.52, 0.66, "“”"),
    (0.56, 0.64, "?JL_csz–"),
    (0.6, 0.67, "kvxy"),
    (0.64, 0.72, "$0123456789FTabdeghnopqu{}"),
    (0.69, 0.73, "ESYZ"),
    (0.69, 0.78, "ABKPVX"),
    (0.73, 0.78, "CR"),
    (0.76, 0.84, "HNU"),
    (0.79, 0.88, "&DGOQ"),
    (0.84, 0.93, "#+<=>^w~×"),
    (0.87, 1.0, "M"),
    (0.99, 1.11, "%Wm"),
    (1.02, 1.0, "@—…"),
)
_KNOWN = {letter: (plain, bold) for plain, bold, letters in _ADVANCES for letter in letters}
_OTHER, _WIDE, _UNSEEN = (0.85, 0.95), (1.3, 1.3), (0.0, 0.0)  # other scripts; ideographs and pictures; marks
_MARKS = frozenset({"Mn", "Me", "Cf"})
DOTS = "…"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The room a text of this size needs, in the size's own units; rather too much than too little."""
    return round(sum(_advance(letter)[bold] for letter in unicodedata.normalize("NFD", text)) * size, 1)


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits with an ellipsis; "" if not even that does."""
    if width(text, size, bold=bold) <= room:
        return text
    kept = len(text)
    while kept and width(text[:kept].rstrip() + DOTS, size, bold=bold) > room:
        kept -= 1
    return text[:kept].rstrip() + DOTS if kept else ""


def _advance(letter: str) -> tuple[float, float]:
    if letter in _KNOWN:
        return _KNOWN[letter]
    if unicodedata.category(letter) in _MARKS:
        return _UNSEEN
    return _WIDE if unicodedata.east_asian_width(letter) in {"W", "F"} else _OTHER
