"""The voice of the house: words, numbers, names of people, problems, in one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from sro_geo.text.cleaning import drop_controls
from sro_geo.text.levels import name_level, name_regions
from sro_geo.text.numbers import round_half_up, write_number, write_ranges
from sro_geo.text.secrets import redact
from sro_geo.text.texts import find_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sro_geo.errors import Place, Problem

_CHILD_UNTIL = 15
"""A group that ends here or earlier is called children."""

_LISTED = 10
"""So many items of a list are named; the rest is counted."""

_ONE = re.compile(r"\D*1(?![.,]?\d)")
"""A number that is told in the singular: 1, −1, (1) or 1 %, but neither 1.234 nor 1,0."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Everything that is said, in one language.

    Attributes
    ----------
    language : str
        `de` or `en`.
    level : str
        What the quarters are called, `Stadtbereich`; empty for the usual word.
    called : tuple of str or None
        What a model region and what several are called; None for the usual words.

    Examples
    --------
    >>> from sro_geo.errors import Problem
    >>> voice = Speaker("en")
    >>> voice.say("quarters", n=1), voice.say("quarters", n=12)
    ('1 quarter', '12 quarters')
    >>> print(voice.problem(Problem(cause="no_quarters")))
    The file contains no quarters. Without boundaries there is no map.
      Remedy: Check that you have chosen the right file or layer.
    """

    language: str
    level: str = ""
    called: tuple[str, str] | None = None

    def say(self, key: str, /, **facts: object) -> str:
        """Word or sentence of an id, its slots filled; what counts is told in the singular or the plural.

        Raises
        ------
        KeyError
            If there is no such id, which is our fault.

        Examples
        --------
        >>> Speaker("de").say("rank_of", rank="1–2", all=10)
        'Rang 1–2 von 10'
        """
        entry = find_text(self.language, key)
        if isinstance(entry, str):
            entry = self._name(entry)
            return entry.format(**facts) if facts else entry
        return self._fill(entry, facts, counted=entry["counts"])

    def number(self, value: float, *, digits: int = 0) -> str:
        """Number with the language's marks: `1.234,5`."""
        marks = {"decimal": self.say("mark_decimal"), "thousands": self.say("mark_thousands")}
        return write_number(value, digits=digits, **marks)

    def signed(self, value: float, *, digits: int) -> str:
        """Number that always carries its sign; zero carries none.

        Examples
        --------
        >>> Speaker("de").signed(1.25, digits=1)
        '+1,3'
        """
        return ("+" if round_half_up(value, digits=digits) > 0 else "") + self.number(value, digits=digits)

    def plain(self, value: float) -> str:
        """Number with the decimals that it has, for settings: `7,5`, `10`."""
        return self.number(value, digits=len(f"{value:g}".partition(".")[2]))

    def value(self, value: float, *, unit: str, digits: int) -> str:
        r"""Value as it stands on a map: `38 %`, `54`, `12,1`.

        Examples
        --------
        >>> Speaker("de").value(38.2, unit="percent", digits=0)
        '38\xa0%'
        """
        number = self.number(value, digits=digits)
        return self.say("percent", n=number) if unit == "percent" else number

    def unit(self, key: str, *, own: Mapping[str, str] | None, **facts: object) -> str:
        """Unit as a text names it; words of its own go before.

        Examples
        --------
        >>> (
        ...     Speaker("de").unit("unit_per_1000", own=None),
        ...     Speaker("de").unit("unit_own", own={"de": "Euro", "en": "euros"}),
        ... )
        ('je 1.000', 'Euro')
        """
        return own[self.language] if own else self.say(key, **facts)

    def difference(self, value: float, *, unit: str, digits: int, own: Mapping[str, str] | None = None) -> str:
        """Signed difference with its unit: `+16 Prozentpunkte`."""
        number = self.signed(value, digits=digits)
        return f"{number} {self.unit(f'difference_{unit}', own=own, n=number)}".strip()

    def date(self, iso: str) -> str:
        """ISO date as a reader writes it: `31.12.2024`, or `31 December 2024`."""
        day = date.fromisoformat(iso)
        return self.say("date", day=day.day, month=self.say("months").split()[day.month - 1], year=day.year)

    def join(self, words: Sequence[str]) -> str:
        """Words as an enumeration: `a, b und c`."""
        return self.say("and").join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)

    def people(self, start: int, end: float, *, after: str = "") -> str:
        r"""People of an age group as they stand inside a sentence, or after a share: `der Kinder unter 6 Jahren`.

        Parameters
        ----------
        start, end : int, float
            Half-open interval of ages in years; `end` may be infinite.
        after : {"", "of_"}
            Whether a share stands before.

        Examples
        --------
        >>> Speaker("de").people(0, 6)
        'Kinder unter\xa06'
        >>> Speaker("en").people(6, 15, after="of_")
        'of children aged 6 to under 15'
        """
        if end == float("inf"):
            return self.say(f"{after}people_from", start=start)
        who = "children" if end <= _CHILD_UNTIL else "people"
        if start == 0:
            return self.say(f"{after}{who}_under", end=int(end))
        return self.say(f"{after}{who}_between", start=start, end=int(end))

    def problem(self, problem: Problem) -> str:
        """One problem in a few lines: what is wrong and why it matters, where, what to do.

        Raises
        ------
        KeyError
            If the problem's id has no message, which is our fault.
        """
        return "\n  ".join([self.note(problem), *self.advice(problem)])

    def advice(self, problem: Problem) -> list[str]:
        """Where a problem was met, one line for each file, sheet and column; and what to do."""
        rows: dict[Place, list[int]] = {}
        for place in problem.places:
            rows.setdefault(replace(place, row=None), []).extend([] if place.row is None else [place.row])
        lines = [self.say("where", place=self._place(place, found)) for place, found in rows.items()]
        remedy = self._part(problem, "remedy")
        return [*lines, self.say("remedy", text=remedy)] if remedy else lines

    def together(self, problems: Sequence[Problem]) -> str:
        """Problems of one cause in one block, each in a line of its own; why they matter and the advice stand once."""
        first = problems[0]
        if len(problems) == 1:
            return self.problem(first)
        why = self._part(first, "why")
        lines = [*(self._part(one, "what") for one in problems), *([why] if why else [])]
        places = tuple(dict.fromkeys(place for one in problems for place in one.places))
        return "\n  ".join([*lines, *self.advice(replace(first, places=places))])

    def gather(self, problems: Sequence[Problem]) -> list[str]:
        r"""Problems as blocks: those of one cause, for one reason and with one remedy, stand together.

        Examples
        --------
        >>> from sro_geo.errors import Problem
        >>> notes = [Problem(cause="code_replaced", values={"code": code}) for code in ("a", "b")]
        >>> print(*Speaker("en").gather([notes[0], Problem(cause="no_quarters"), notes[1]]), sep="\n")
        The project's own catalogue replaces the description of a.
          The project's own catalogue replaces the description of b.
        The file contains no quarters. Without boundaries there is no map.
          Remedy: Check that you have chosen the right file or layer.
        """
        blocks: dict[tuple[str, ...], list[Problem]] = {}
        for one in problems:
            blocks.setdefault((one.cause, self._part(one, "why"), self._part(one, "remedy")), []).append(one)
        return [self.together(block) for block in blocks.values()]

    def problems(self, problems: Sequence[Problem]) -> str:
        """All problems below a line that counts them."""
        return "\n\n".join([self.say("problems", n=len(problems)), *map(self.problem, problems)])

    def note(self, note: Problem) -> str:
        """A note in one sentence, for a page or a protocol: only what is the case and why it matters."""
        return " ".join(filter(None, (self._part(note, part) for part in ("what", "why"))))

    def _part(self, problem: Problem, part: str) -> str:
        message = find_text(self.language, problem.cause)
        counted = message.get("counts", "")
        facts = {name: value if name == counted else self._show(value) for name, value in problem.values.items()}
        facts.setdefault("file", ", ".join(dict.fromkeys(place.file for place in problem.places)))
        return self._fill(message.get(part, ""), facts, counted=counted)

    def _fill(self, text: str | Mapping[str, str], facts: Mapping[str, object], *, counted: str) -> str:
        if counted:
            number: Any = facts[counted]
            facts = {**facts, counted: number if isinstance(number, str) else self.number(number)}
        form = text if isinstance(text, str) else text["one" if _ONE.match(str(facts[counted])) else "other"]
        return self._name(form).format(**facts)

    def _name(self, text: str) -> str:
        """A text with the project's own words."""
        return name_regions(name_level(text, level=self.level, language=self.language), called=self.called)

    def _show(self, value: object) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, float):
            return self.number(value, digits=0 if value.is_integer() else 2)
        if isinstance(value, Mapping):
            return self._show([f"{key}: {item}" for key, item in value.items()])
        if isinstance(value, (set, frozenset)):
            return self._show(sorted(value, key=str))
        if isinstance(value, (list, tuple)):
            items, rest = ", ".join(map(self._show, value[:_LISTED])), len(value) - _LISTED
            return self.say("and_more", items=items, n=rest) if rest > 0 else items
        return drop_controls(redact(str(value)))

    def _place(self, place: Place, rows: Sequence[int]) -> str:
        listed = write_ranges(rows) if rows else None
        parts = {"in_part": place.part, "in_rows" if len(rows) > 1 else "in_row": listed, "in_column": place.column}
        named = [self.say(key, name=drop_controls(part)) for key, part in parts.items() if part is not None]
        return ", ".join([drop_controls(redact(place.file)), *named])


class _About(Protocol):
    @property
    def language(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def called(self) -> tuple[str, str] | None: ...


def speak_of(about: _About) -> Speaker:
    """Speaker of a study: in its language, with its own word for quarters."""
    return Speaker(about.language, level=about.level, called=about.called)


SPEAKERS = (Speaker("de"), Speaker("en"))
"""Every language, for what is kept in all of them."""


def capital(text: str) -> str:
    """Text as it begins a title."""
    return text[:1].upper() + text[1:]
