"""The number by which the Banque-Carrefour des Entreprises (BCE/KBO) knows a legal body."""

import re

_WRITTEN = re.compile(r"(?:BE)?\s*([01]\d{3})[. ]?(\d{3})[. ]?(\d{3})", re.IGNORECASE | re.ASCII)


def is_enterprise_number(text: str) -> bool:
    """Whether these are ten digits that can be a number: the last two are 97 less the rest modulo 97."""
    if not re.fullmatch(r"[01]\d{9}", text, re.ASCII):
        return False
    return 97 - int(text[:8]) % 97 == int(text[8:])


def enterprise_number(text: str) -> str | None:
    """The ten digits of a number as people write it (BE 0207.347.002), or None where it cannot be one."""
    written = _WRITTEN.fullmatch(text.strip())
    digits = "".join(written.groups()) if written else ""
    return digits if is_enterprise_number(digits) else None
