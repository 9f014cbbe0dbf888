"""Who reaches what: distances, shares within a limit, places. Pure: no files, no pictures."""
