"""The door: files to checked tables, with notes on every decision and the source of every file."""
