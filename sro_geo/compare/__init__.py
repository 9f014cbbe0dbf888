"""Quarters beside each other: groups, the city, the most similar. Pure: no files, no pictures."""
