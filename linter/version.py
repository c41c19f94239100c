"""The number of this version, as the package, its outputs and the keys of its cache state it."""

__version__ = "0.1.0"
