"""The types that flow from bytes to findings: frozen, documented, importing nothing of ours and no package."""
