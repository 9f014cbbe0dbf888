"""The command line: arguments to function calls, exit codes, progress. No logic."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from sro_geo.errors import SroGeoError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

THEIR_DATA = 2
"""Exit code when the data or the project file has problems; 0 is done, 1 our fault, 130 interrupted."""

PATIENCE_SECONDS = 1.0
"""So long a run is silent; a bar appears at the first step after that."""

STEPS = 9
"""Steps that a run announces, for the length of the bar."""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Sozialraum analyses and maps: from tables to an offline atlas.",
)

Project = Annotated[Path, typer.Argument(help="Project file or its folder.")]
Language = Annotated[Literal["de", "en"] | None, typer.Option("--lang", help="Language; default: the project's.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but problems.")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder to write; default: maps/NAME here.")]


def _print_version(wanted: bool) -> None:  # noqa: FBT001  typer calls it so
    if wanted:
        typer.echo(f"sro-geo {version('sro_geo')}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")]


@app.callback()
def _root(show_version: Version = False) -> None:  # noqa: FBT002  its callback has done the work
    """Hold the options that need no command."""


@app.command()
def run(
    project: Annotated[
        Path | None, typer.Argument(help="Project file or its folder; default: the shipped Rostock study.")
    ] = None,
    out: Out = None,
    lang: Language = None,
    quiet: Quiet = False,  # noqa: FBT002  a switch
) -> None:
    """Read a project and write its atlas, maps, figures, tables and GeoPackage."""
    from sro_geo.pipeline.opening import open_project
    from sro_geo.pipeline.study import run_study
    from sro_geo.pipeline.writing import write_study

    with _tell_problems(project, lang), _show_progress(quiet=quiet) as step:
        opened = open_project(project, language=lang)
        folder = out if out is not None else Path("maps") / opened.slug
        write_study(run_study(opened, step=step), folder=folder, step=step)
    if not quiet:
        typer.echo(str(folder / "index.html"))


@app.command()
def check(project: Project, lang: Language = None) -> None:
    """Read everything, write nothing, and print a report on the quality of the data."""
    from sro_geo.pipeline.opening import open_project
    from sro_geo.pipeline.study import run_study
    from sro_geo.report.quality import describe_quality

    with _tell_problems(project, lang):
        typer.echo(describe_quality(run_study(open_project(project, language=lang))))


@app.command()
def new(folder: Annotated[Path, typer.Argument(help="New folder.")], lang: Language = None) -> None:
    """Copy Musterstadt as a starting point: project file with comments, and templates for tables."""
    from sro_geo.pipeline.opening import copy_template

    with _tell_problems(None, lang):
        typer.echo(str(copy_template(folder)))


@app.command()
def explain(
    project: Project,
    quarter: Annotated[str, typer.Argument(help="Key or name of a quarter.")],
    lang: Language = None,
) -> None:
    """Say where a quarter's score comes from: parts that add up, each with file and row."""
    from sro_geo.pipeline.opening import open_project
    from sro_geo.pipeline.study import run_study
    from sro_geo.report.explanation import explain_quarter

    with _tell_problems(project, lang):
        typer.echo(explain_quarter(run_study(open_project(project, language=lang)), quarter=quarter))


@contextmanager
def _tell_problems(project: Path | None, language: str | None) -> Iterator[None]:
    try:
        yield
    except SroGeoError as error:
        from sro_geo.pipeline.opening import find_language
        from sro_geo.text.problems import describe_problems

        spoken = language or find_language(project)
        typer.echo(describe_problems(error.problems, language=spoken), err=True)
        raise typer.Exit(THEIR_DATA) from error


@contextmanager
def _show_progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Give a function that announces the next step; draws only on a terminal, and only when it takes long."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    begun = time.monotonic()
    bar = Progress(console=Console(stderr=True), transient=True)
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
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    app(args=arguments)
