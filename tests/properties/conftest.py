"""How long hypothesis tries: the same examples each time, few in the quick run, many with HYPOTHESIS_PROFILE=long."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_CALM = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck), "database": None}
settings.register_profile("quick", max_examples=40, **_CALM)
settings.register_profile("long", max_examples=2_000, **_CALM)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
