"""Numbers, fixed words and problems as German or English text. The only place that speaks."""
