"""Open questions, and the answers that the project file gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sro_geo.errors import Problem
from sro_geo.text.texts import find_sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sro_geo.model.quality import Decision
    from sro_geo.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Questions after the project file was asked.

    Attributes
    ----------
    notes : tuple of Problem
        All notes, and one for each answer to a question that was not asked.
    questions : tuple of Problem
        Those that stay open.
    decided : tuple of (Problem, Decision)
        Those that are answered.
    """

    notes: tuple[Problem, ...]
    questions: tuple[Problem, ...]
    decided: tuple[tuple[Problem, Decision], ...]


def settle_questions(
    notes: Sequence[Problem], answers: Sequence[Decision], *, sources: Iterable[Source] = ()
) -> Settled:
    """Set answers beside the questions among some notes.

    An answer holds for its question in its file, or in every file; one with a checksum only as long as the file, of which the
    sources tell, is the one that was judged.
    """
    sums = {source.file: source.sha256 for source in sources}
    asked = [note for note in notes if find_sort(note.cause) == "question"]
    found = [(note, next((one for one in answers if _answers(one, note, sums=sums)), None)) for note in asked]
    idle = [one for one in answers if not any(_answers(one, note, sums=sums) for note in asked)]
    told = [
        Problem(
            cause="decided_for_another" if any(_means(one, note) for note in asked) else "decided_not_asked",
            values={"question": one.question},
            places=(one.place,),
        )
        for one in idle
    ]
    return Settled(
        notes=(*notes, *told),
        questions=tuple(note for note, answer in found if answer is None),
        decided=tuple((note, answer) for note, answer in found if answer is not None),
    )


def _answers(answer: Decision, note: Problem, *, sums: Mapping[str, str]) -> bool:
    judged = any(sums.get(place.file or "", "").startswith(answer.checksum) for place in note.places)
    return _means(answer, note) and (judged or not answer.checksum)


def _means(answer: Decision, note: Problem) -> bool:
    return note.cause == answer.question and answer.file in {None, *(place.file for place in note.places)}
