"""Small numbers: what a publication tells of them, and what is withheld. Pure: no files, no pictures."""
