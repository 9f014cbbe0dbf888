"""What is said about a call: the help, and what cannot be understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sro_geo.text.speaker import Speaker

_CALLS = {
    "NoSuchCommand": "call_no_such_command",
    "NoSuchOption": "call_no_such_option",
    "MissingParameter": "call_missing_parameter",
    "BadParameter": "call_bad_parameter",
}
"""Id of what is said by the kind of fault that the parser tells."""


def describe_call(error: Any, arguments: list[str], voice: Speaker) -> str:
    """What is wrong with a call, and the help of the command."""
    context, kind = error.ctx, type(error).__name__
    command = "" if context is None or context.parent is None else str(context.command.name)
    if kind == "NoArgsIsHelpError":
        return tell_help("", voice)
    parameter = getattr(error, "param", None)
    found = getattr(error, "option_name", None) or ("" if parameter is None else _name_parameter(parameter, voice))
    if kind == "UsageError" and not command and arguments:
        kind, found = "NoSuchCommand", next((one for one in arguments if not one.startswith("-")), "")
    return f"{voice.say(_CALLS.get(kind, 'call_usage_error'), found=found)}\n\n{tell_help(command, voice)}"


def _name_parameter(parameter: Any, voice: Speaker) -> str:
    option = str(parameter.opts[0])
    return option if option.startswith("-") else voice.say(f"argument_{parameter.name}")


def tell_help(command: str, voice: Speaker) -> str:
    """Help of a command, or of the program where it is empty."""
    return voice.say(f"help_{command}" if command else "help").rstrip("\n")
