"""Small numbers: what is withheld before anything else is done. Pure: no files, no pictures."""
