"""How long hypothesis looks: `LONG=1 sh tests/run.sh` looks eighty times longer. And the fixtures
that several files share."""

import os

from hypothesis import HealthCheck, settings
from on_spark import spark  # noqa: F401 - a fixture for those who name it

SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
settings.register_profile("default", max_examples=25, deadline=None, suppress_health_check=SLOW)
settings.register_profile("long", max_examples=2_000, deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
