"""What `--help` says, and what is said about a call that cannot be understood."""

from __future__ import annotations

HELP: dict[str, tuple[str, str]] = {
    "": (
        """\
Aufruf: sro-geo BEFEHL …

Karten und Analysen für die Sozialraumplanung: von Tabellen zum Atlas, der ohne Internet läuft.

Befehle:
  new      legt ein neues Projekt an, mit Musterstadt als Vorlage
  check    liest alles, schreibt nichts und sagt, was auffällt
  run      schreibt Atlas, Karten, Abbildungen, Tabellen und GeoPackage
  explain  sagt, woher die Punkte eines Quartiers kommen

Schalter:
  --version        nennt die Fassung
  --lang de|en     Sprache
  --help           zeigt diese Hilfe; „sro-geo BEFEHL --help“ die eines Befehls
""",
        """\
Usage: sro-geo COMMAND …

Sozialraum analyses and maps: from tables to an offline atlas.

Commands:
  new      starts a new project from Musterstadt
  check    reads everything, writes nothing and says what stands out
  run      writes atlas, maps, figures, tables and GeoPackage
  explain  says where a quarter's points come from

Options:
  --version        prints the version
  --lang de|en     language
  --help           shows this help; "sro-geo COMMAND --help" that of a command
""",
    ),
    "run": (
        """\
Aufruf: sro-geo run [PROJEKT] [--out ORDNER] [--lang de|en] [--quiet]

Liest ein Projekt und schreibt Atlas, Karten, Abbildungen, Tabellen und GeoPackage.

  PROJEKT          Projektdatei oder ihr Ordner; ohne Angabe die mitgelieferte Studie Rostock
  --out ORDNER     Ordner für die Ergebnisse; sonst maps/NAME im jetzigen Ordner
  --lang de|en     Sprache der Ergebnisse; sonst die des Projekts
  --quiet          sagt nur, was nicht geht
  --help           zeigt diese Hilfe
""",
        """\
Usage: sro-geo run [PROJECT] [--out FOLDER] [--lang de|en] [--quiet]

Reads a project and writes its atlas, maps, figures, tables and GeoPackage.

  PROJECT          project file or its folder; without it the shipped study of Rostock
  --out FOLDER     folder for the results; else maps/NAME in the present folder
  --lang de|en     language of the results; else the project's
  --quiet          says only what does not work
  --help           shows this help
""",
    ),
    "check": (
        """\
Aufruf: sro-geo check PROJEKT [--lang de|en]

Liest alles, schreibt nichts und berichtet, was gelesen wurde und was auffällt.

  PROJEKT          Projektdatei oder ihr Ordner
  --lang de|en     Sprache; sonst die des Projekts
  --help           zeigt diese Hilfe
""",
        """\
Usage: sro-geo check PROJECT [--lang de|en]

Reads everything, writes nothing, and reports what was read and what stands out.

  PROJECT          project file or its folder
  --lang de|en     language; else the project's
  --help           shows this help
""",
    ),
    "new": (
        """\
Aufruf: sro-geo new ORDNER [--lang de|en]

Legt ein neues Projekt an: die Projektdatei von Musterstadt mit Anmerkungen, seine Daten und leere Tabellen.

  ORDNER           neuer Ordner
  --lang de|en     Sprache der Meldungen
  --help           zeigt diese Hilfe
""",
        """\
Usage: sro-geo new FOLDER [--lang de|en]

Starts a new project: Musterstadt's project file with comments, its data, and empty tables.

  FOLDER           new folder
  --lang de|en     language of what is said
  --help           shows this help
""",
    ),
    "explain": (
        """\
Aufruf: sro-geo explain PROJEKT QUARTIER [--lang de|en]

Sagt, woher die Punkte eines Quartiers kommen: Teile, die sich summieren, jeder mit Datei und Zeile.

  PROJEKT          Projektdatei oder ihr Ordner
  QUARTIER         Schlüssel oder Name
  --lang de|en     Sprache; sonst die des Projekts
  --help           zeigt diese Hilfe
""",
        """\
Usage: sro-geo explain PROJECT QUARTER [--lang de|en]

Says where a quarter's points come from: parts that add up, each with file and row.

  PROJECT          project file or its folder
  QUARTER          key or name
  --lang de|en     language; else the project's
  --help           shows this help
""",
    ),
}
"""German and English by command; the empty one is the program's own."""

ARGUMENTS: dict[str, tuple[str, str]] = {
    "project": ("PROJEKT", "PROJECT"),
    "quarter": ("QUARTIER", "QUARTER"),
    "folder": ("ORDNER", "FOLDER"),
}
"""What the help calls each argument."""

FAULTS: dict[str, tuple[str, str]] = {
    "NoSuchCommand": ("Den Befehl „{found}“ gibt es nicht.", "There is no command “{found}”."),
    "NoSuchOption": ("Den Schalter {found} gibt es nicht.", "There is no option {found}."),
    "MissingParameter": ("Es fehlt eine Angabe: {found}.", "Something is missing: {found}."),
    "BadParameter": ("{found} hat einen Wert, den es nicht gibt.", "{found} has a value that does not exist."),
    "UsageError": ("So lässt sich das nicht aufrufen.", "It cannot be called like that."),
}
"""What is wrong with a call, by the kind of fault that the parser tells."""

OUR_FAULT = (
    "Das ist ein Fehler in sro_geo, nicht in Ihren Daten; geschrieben wurde nichts. Ein Bericht ohne Ihre Zahlen liegt in {file}.",
    "This is a fault of sro_geo, not of your data; nothing was written. A report without your numbers lies in {file}.",
)


def tell_help(command: str, *, language: str) -> str:
    """Help of a command, or of the program where it is empty."""
    return HELP[command][0 if language == "de" else 1].rstrip("\n")


def name_argument(name: str, *, language: str) -> str:
    """What the help calls an argument."""
    return ARGUMENTS[name][0 if language == "de" else 1]


def tell_fault(kind: str, *, language: str, found: str) -> str:
    """What is wrong with a call, in one sentence."""
    return FAULTS.get(kind, FAULTS["UsageError"])[0 if language == "de" else 1].format(found=found)


def tell_our_fault(file: str, *, language: str) -> str:
    """Sentence for a fault that nobody foresaw."""
    return OUR_FAULT[0 if language == "de" else 1].format(file=file)
