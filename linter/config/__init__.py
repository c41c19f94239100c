"""The configuration of a folder of drafts: ``gouji.toml``, or ``[tool.gouji]`` in ``pyproject.toml``.

Every key is described in docs/configuration.md. A new one is a field in `model` and a line in `reading`; merging and
showing go over the fields.
"""
