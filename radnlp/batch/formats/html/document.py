"""What every page of radnlp has around it: a head that forbids it to load anything, the shared look, data for scripts.

A page's own style and script are allowed by their digests, all else is forbidden to it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import escape
from importlib import resources

# What must not stand in a page as it is: what could end or open an element, what acts on the order of the words around
# it, and halves of surrogate pairs, which UTF-8 cannot hold.
_UNSAFE = re.compile("[<>&\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
LOOK = "look.css"
_HERE = "radnlp.batch.formats.html"


def asset(name: str, package: str = _HERE) -> str:
    """The text of a file that a package holds as data."""
    # read_text turns every kind of line end into \n, which is what the browser takes the digest of.
    return (resources.files(package) / name).read_text(encoding="utf-8")


def look() -> str:
    """The style that all pages share; a page's own rules come after it."""
    return asset(LOOK)


def document_head(title: str, *, style: str, script: str = "") -> str:
    """Everything before ``<body>``.

    Args:
        title: Plain text.
        style: The content of the one style element, which is written here.
        script: The content of the one script element that the page may have, which is not; elements that only hold
            data (``type="application/json"``) need no permission.
    """
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src {_digest(style)}",
            f"script-src {_digest(script)}" if script else "script-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
"""


def script_json(value: object) -> str:
    r"""JSON on one line that may stand in a script element, whatever words it holds.

    >>> script_json({"a": "</script>" + chr(0x202E)})
    '{"a":"\\u003c/script\\u003e\\u202e"}'
    """
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def _digest(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode('ascii')}'"
