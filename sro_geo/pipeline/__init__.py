"""The whole way once: project file to study, study to folder. The only place that wires the steps."""

from sro_geo.pipeline.opening import copy_template, find_language, open_project
from sro_geo.pipeline.study import run_study
from sro_geo.pipeline.writing import write_study

__all__ = ["copy_template", "find_language", "open_project", "run_study", "write_study"]
