"""Chooses how hard the property tests search, by the environment variable PERFSCORE_PROFILE."""

import os

from hypothesis import HealthCheck, settings

# No deadline anywhere: a slow machine is no fault of the code. `fast` and `ci` draw the same cases on every run, so a red check is always
# the fault of the change; `deep` draws new ones, remembers what failed and prints how to draw it again.
settings.register_profile("fast", max_examples=10, derandomize=True, database=None, deadline=None)
settings.register_profile("ci", max_examples=50, derandomize=True, database=None, deadline=None)
settings.register_profile("deep", max_examples=1000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("PERFSCORE_PROFILE", "ci"))
