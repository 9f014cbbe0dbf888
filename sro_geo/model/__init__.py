"""The nouns of the house: checked tables and frozen values."""
