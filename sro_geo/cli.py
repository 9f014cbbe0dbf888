"""The command line: arguments to function calls, exit codes, progress. No logic."""

from __future__ import annotations

import gc
import os
import sys
import time
from contextlib import contextmanager
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperCommand, TyperGroup

from sro_geo.calls import describe_call, tell_help
from sro_geo.errors import SroGeoError
from sro_geo.text.speaker import Speaker, speak_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sro_geo.model.quality import Quality

OUR_FAULT, THEIR_DATA, INTERRUPTED = 1, 2, 130
"""Exit codes: nobody foresaw it; the data, the project file or the call have problems; interrupted. 0 is done."""

LANGUAGE = "SRO_GEO_LANGUAGE"
"""Environment variable for the language of the help; the locale of the machine says nothing about who reads."""

PATIENCE_SECONDS = 1.0
"""So long a run is silent; a bar appears at the first step after that."""

STDOUT = "-"
"""Stands for standard output where a file could be named."""

STEPS = 8
"""Steps that a run announces, for the length of the bar."""

_UsageError: Any = typer.BadParameter.__base__
"""What the parser raises for every call that it does not understand."""


class _Group(TyperGroup):
    """The program, with a help of our own."""

    def get_help(self, ctx: Any) -> str:
        """Help in the language of the call."""
        return tell_help("", ctx.obj)


class _Command(TyperCommand):
    """A command, with a help of our own."""

    def get_help(self, ctx: Any) -> str:
        """Help in the language of the call."""
        return tell_help(str(self.name), ctx.obj)


class MissingParameter(typer.BadParameter):
    """A switch stands alone that asks for something behind it; told like what the parser misses itself."""


app = typer.Typer(cls=_Group, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

Project = Annotated[Path, typer.Argument()]
Language = Annotated[Literal["de", "en"] | None, typer.Option("--lang")]
Quiet = Annotated[bool, typer.Option("--quiet")]
Out = Annotated[str | None, typer.Option("--out")]


def _print_version(wanted: bool) -> None:  # noqa: FBT001  typer calls it so
    if wanted:
        typer.echo(f"sro-geo {version('sro_geo')}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True)]


@app.callback()
def _root(ctx: typer.Context, show_version: Version = False, lang: Language = None) -> None:  # noqa: ARG001, FBT002  done by then
    """Hold the options that need no command; a language named here holds for the command."""
    names = ("run", "check", "audit", "new", "add", "explain")
    ctx.default_map = {name: {"lang": lang} for name in names} if lang else None


@app.command(cls=_Command)
def run(  # noqa: PLR0913, PLR0917  a parameter for each switch
    project: Annotated[Path | None, typer.Argument()] = None,
    out: Out = None,
    internal: Annotated[bool, typer.Option("--internal")] = False,  # noqa: FBT002  a switch
    split: Annotated[bool, typer.Option("--split")] = False,  # noqa: FBT002  a switch
    unpacked: Annotated[bool, typer.Option("--unpacked")] = False,  # noqa: FBT002  a switch
    scheduler: Annotated[str | None, typer.Option("--scheduler")] = None,
    lang: Language = None,
    quiet: Quiet = False,  # noqa: FBT002  a switch
) -> None:
    """Read a project and write its atlas, maps, figures, tables and GeoPackage."""
    from sro_geo.pipeline.cluster import join_cluster
    from sro_geo.pipeline.opening import list_inputs, open_project
    from sro_geo.pipeline.study import run_study
    from sro_geo.project.internal import make_internal
    from sro_geo.report.folder import parse_folder, prepare_place
    from sro_geo.report.quality import describe_notes

    with _tell_problems(project, lang), _show_progress(quiet=quiet) as step:
        opened = open_project(project, language=lang)
        opened = make_internal(opened) if internal else opened
        folder = parse_folder(out) if out is not None else Path("maps") / opened.slug
        inputs = list_inputs(opened, path=project)
        prepare_place(folder, keep_out=inputs, internal=internal)
        with join_cluster(scheduler) as workers:
            study = run_study(opened, step=step, run=workers)
        from sro_geo.pipeline.writing import write_study  # what draws is loaded when there is something to draw

        notes = describe_notes(study)
        write_study(study, folder=folder, keep_out=inputs, split=split, unpacked=unpacked, step=step)
    if not quiet:
        typer.echo(notes, err=True, nl=False)
        typer.echo(str(folder / "index.html"))


@app.command(cls=_Command)
def check(
    project: Project,
    json: Annotated[str | None, typer.Option("--json")] = None,
    page: Annotated[str | None, typer.Option("--page")] = None,
    lang: Language = None,
) -> None:
    """Read everything and report on the quality of the data; write nothing but the reports that are asked for."""
    from sro_geo.pipeline.checking import check_project
    from sro_geo.report.quality_file import find_report_file, write_report
    from sro_geo.report.quality_json import format_quality
    from sro_geo.report.quality_page import draw_quality

    with _tell_problems(project, lang):
        asked = [(draw, name) for draw, name in ((format_quality, json), (draw_quality, page)) if name is not None]
        files = [(draw, find_report_file(name)) for draw, name in asked if name != STDOUT]
        quality = check_project(project, language=lang)
        for draw, file in files:
            write_report(draw(quality), file=file)
    _tell_quality(quality) if json != STDOUT else typer.echo(format_quality(quality), nl=False)
    if quality.open:
        raise typer.Exit(THEIR_DATA)


def _tell_quality(quality: Quality) -> None:
    """Report as text, errors on the stream for errors."""
    from sro_geo.report.quality import describe_quality, describe_verdict

    typer.echo(describe_verdict(quality))
    if quality.problems:
        typer.echo(speak_of(quality).problems(quality.problems), err=True)
    typer.echo(describe_quality(quality), nl=False)


@app.command(cls=_Command)
def audit(project: Project, table: Annotated[str, typer.Option("--table")], lang: Language = None) -> None:
    """Write, for the office alone, what a reader could work out of each withheld number, and why it is withheld."""
    from sro_geo.pipeline.opening import list_inputs, open_project
    from sro_geo.pipeline.study import run_study
    from sro_geo.project.internal import name_internal
    from sro_geo.report.audit_file import find_audit_file, write_audit

    with _tell_problems(project, lang):
        opened = open_project(project, language=lang)
        inputs = list_inputs(opened, path=project)
        outputs = [Path("maps") / name for name in (opened.slug, name_internal(opened.slug))]
        file = find_audit_file(table, outputs=outputs, keep_out=inputs)
        run_study(
            opened,
            keep=lambda record: write_audit(
                record, file=file, voice=Speaker(opened.language, level=opened.quarters.level)
            ),
        )
    typer.echo(str(file))


@app.command(cls=_Command)
def new(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument()],
    files: Annotated[list[Path] | None, typer.Argument()] = None,
    raw: Annotated[bool, typer.Option("--from")] = False,  # noqa: FBT002  a switch: the files stand behind it
    lang: Language = None,
) -> None:
    """Write a project from raw files; without any copy Musterstadt: project file with comments, templates for tables."""
    from sro_geo.intake.writing import start_project
    from sro_geo.pipeline.opening import copy_template

    if raw:
        _expect_files(ctx, files)
    with _tell_problems(None, lang):
        typer.echo(start_project(folder, files, language=lang or "de") if files else str(copy_template(folder)))


@app.command(cls=_Command)
def add(
    ctx: typer.Context,
    project: Project,
    files: Annotated[list[Path] | None, typer.Argument()] = None,
    raw: Annotated[bool, typer.Option("--from")] = False,  # noqa: ARG001, FBT002  a switch: the files stand behind it
    lang: Language = None,
) -> None:
    """Take further raw files into a project; what is there stays as it is."""
    from sro_geo.intake.writing import extend_project

    _expect_files(ctx, files)
    with _tell_problems(project, lang):
        typer.echo(extend_project(project, files or []))


def _expect_files(ctx: typer.Context, files: list[Path] | None) -> None:
    if not files:
        parameter: Any = next(one for one in ctx.command.params if one.name == "files")
        raise MissingParameter("", param=parameter)


@app.command(cls=_Command)
def explain(
    project: Project,
    quarter: Annotated[str, typer.Argument()],
    of: Annotated[str | None, typer.Option("--of")] = None,
    lang: Language = None,
) -> None:
    """Say where a quarter's score, or one value, comes from: parts that add up, each with its arithmetic, file and row."""
    from sro_geo.pipeline.opening import open_project
    from sro_geo.pipeline.study import run_study
    from sro_geo.report.explanation import explain_quarter

    with _tell_problems(project, lang):
        study = run_study(open_project(project, language=lang))
        typer.echo(explain_quarter(study, quarter=quarter, indicator=of))


@contextmanager
def _tell_problems(project: Path | None, language: str | None) -> Iterator[None]:
    try:
        yield
    except SroGeoError as error:
        from sro_geo.pipeline.opening import find_language

        typer.echo(Speaker(language or find_language(project)).problems(error.problems), err=True)
        raise typer.Exit(THEIR_DATA) from error


@contextmanager
def _show_progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Give a function that announces the next step; draws only on a terminal, and only when it takes long."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    begun, bar = time.monotonic(), Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=STEPS)

    def step(name: str) -> None:
        if time.monotonic() - begun > PATIENCE_SECONDS:
            bar.start()
        bar.update(task, advance=1, description=name)

    try:
        yield step
    finally:
        bar.stop()


def main(arguments: list[str] | None = None) -> None:
    """Run the command with UTF-8 output, whatever the console's own encoding is."""
    gc.set_threshold(50_000)  # a command ends soon and is mostly imports and tables
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    given = sys.argv[1:] if arguments is None else arguments
    voice = Speaker(_choose_language(given))
    try:
        code = app(args=given, standalone_mode=False, obj=voice)
    except _UsageError as error:
        typer.echo(describe_call(error, given, voice), err=True)
        code = THEIR_DATA
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001  the last line of defence
        from sro_geo.report.fault import write_report

        typer.echo(voice.say("our_fault", file=write_report(error)), err=True)
        code = OUR_FAULT
    sys.exit(code or 0)


def _choose_language(arguments: list[str]) -> str:
    """Language of the help: as the call says, else the environment, else German."""
    named = [value for option, value in pairwise(arguments) if option == "--lang"]
    named += [argument.removeprefix("--lang=") for argument in arguments if argument.startswith("--lang=")]
    return "en" if [*named, os.environ.get(LANGUAGE, "")][0] == "en" else "de"
