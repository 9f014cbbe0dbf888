"""Finished pictures as pages, maps and figures."""
