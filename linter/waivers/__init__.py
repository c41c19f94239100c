"""Findings set aside with a reason: by comments in a draft, by a side file, by a baseline."""
