"""Passwords and keys in addresses: never shown, never written."""

from __future__ import annotations

import re

HIDDEN = "…"

_USER = re.compile(r"(?<=://)[^/?#\s@]*@")
_KEYS = re.compile(
    r"((?:^|[?&;\s])[^=&;#\s]*(?:token|key|passw|pwd|secret|sig|auth|session|credential)[^=&;#\s]*=)[^&;#\s]+",
    re.IGNORECASE,
)


def redact(text: str) -> str:
    """Text without the user and the password, the token or the key that an address in it, or the text itself, carries.

    Examples
    --------
    >>> redact("https://amt:geheim@example.org/wfs?apikey=123&layer=kitas")
    'https://…@example.org/wfs?apikey=…&layer=kitas'
    >>> redact("Abruf mit api_key=123")
    'Abruf mit api_key=…'
    """
    return _KEYS.sub(rf"\g<1>{HIDDEN}", _USER.sub(f"{HIDDEN}@", text))


def redact_all(content: object) -> object:
    """The same for every text in lists and tables."""
    if isinstance(content, str):
        return redact(content)
    if isinstance(content, dict):
        return {key: redact_all(value) for key, value in content.items()}
    return [redact_all(value) for value in content] if isinstance(content, list) else content
