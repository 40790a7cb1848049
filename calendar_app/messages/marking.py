"""The mark of a text that is translated where it is told."""


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "to be translated later"
    """The text as it is; marks it for extraction."""
    return text
