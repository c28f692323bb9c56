"""Of what small values are made: as `builder.dataclass` has it, for whoever knows the model alone."""

from builder.dataclass import Part, field, parts_of, replace, value

__all__ = ["Part", "field", "parts_of", "replace", "value"]
