"""A finished study as page, maps, figures, tables and GeoPackage."""
