"""Finished pictures as pages, maps and figures."""

import logging

# Where matplotlib gathers the machine's fonts for the first time, it says so in English; who runs a study need not know.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
