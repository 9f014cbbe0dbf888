"""The whole way once: project file to study, study to folder. The only place that wires the steps."""
