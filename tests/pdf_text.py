"""Words of a PDF, read back as a reader that copies them gets them. Nothing of `sro_geo` is used here."""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\nendstream", re.DOTALL)
_SHOWN = re.compile(rb"/(\S+) [\d.]+ Tf|BT|ET|\((?:[^()\\]|\\.)*\)", re.DOTALL)
_RANGE = re.compile(rb"<([0-9a-fA-F]+)> <[0-9a-fA-F]+>\s+(?:\[([^\]]*)\]|<([0-9a-fA-F]+)>)")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def read_pdf(content: bytes) -> list[str]:
    """Texts in the order in which they are drawn, each as it was written."""
    objects = {int(number): body for number, body in _OBJECT.findall(content)}
    fonts = {
        name.decode(): _read_letters(objects, objects[int(number)])
        for body in objects.values()
        if b"/Type /Font" not in body
        for name, number in re.findall(rb"/(F\d+\S*) (\d+) 0 R", body)
    }
    pages = [body for body in objects.values() if b"/Type /Page\n" in body or b"/Type /Page " in body]
    texts: list[str] = []
    for page in pages:
        found = re.search(rb"/Contents (\d+) 0 R", page)
        assert found is not None
        texts += _read_texts(_unpack(objects[int(found[1])]), fonts)
    return texts


def list_streams(content: bytes) -> list[bytes]:
    """All that is drawn and embedded, unpacked."""
    return [_unpack(body) for _, body in _OBJECT.findall(content) if _STREAM.search(body)]


def count_pages(content: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", content))


def _unpack(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found is not None
    return zlib.decompressobj().decompress(found[1]) if b"/FlateDecode" in body else found[1].rstrip(b"\r")


def _read_letters(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    """What each code of a font stands for."""
    found = re.search(rb"/ToUnicode (\d+) 0 R", font)
    assert found is not None, font
    letters: dict[int, str] = {}
    for first, many, one in _RANGE.findall(_unpack(objects[int(found[1])])):
        told = re.findall(rb"<([0-9a-fA-F]+)>", many) if many else [one]
        for at, text in enumerate(told):
            letters[int(first, 16) + at] = bytes.fromhex(text.decode()).decode("utf-16-be")
    return letters


def _read_texts(stream: bytes, fonts: dict[str, dict[int, str]]) -> list[str]:
    texts: list[str] = []
    font = ""
    for found in _SHOWN.finditer(stream):
        if found[0] == b"BT":
            texts.append("")
        elif found[1] is not None:
            font = found[1].decode()
        elif found[0] != b"ET":
            texts[-1] += "".join(fonts[font][code] for code in _unescape(found[0][1:-1]))
    return texts


def _unescape(text: bytes) -> bytes:
    return re.sub(
        rb"\\([0-7]{1,3}|.)",
        lambda one: bytes([int(one[1], 8)]) if one[1].isdigit() else _ESCAPES.get(one[1], one[1]),
        text,
        flags=re.DOTALL,
    )
