"""QR codes, drawn on the server, without anything from elsewhere."""

import segno
from markupsafe import Markup


def svg(text: str) -> Markup:
    """A QR code as SVG to stand in a page, dark on light whatever the page's colours: readers want it so."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True)
    return Markup(drawn)  # noqa: S704 - segno writes it from the code's squares alone
