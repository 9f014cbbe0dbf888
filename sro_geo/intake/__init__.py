"""Raw files to a project: what lies in them, how it fits together, and the project file that says so."""
