"""Messages of the loaders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sro_geo.text.messages_load import files, location, offers, population, settings, shapes, tables

if TYPE_CHECKING:
    from sro_geo.text.message import Message

MESSAGES: dict[str, Message] = {
    **files.MESSAGES,
    **settings.MESSAGES,
    **tables.MESSAGES,
    **shapes.MESSAGES,
    **location.MESSAGES,
    **offers.MESSAGES,
    **population.MESSAGES,
}
"""Message for each id that `sro_geo.load` reports."""
