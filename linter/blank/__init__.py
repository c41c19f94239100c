"""An empty report on a form: what ``gouji new`` writes for an author to fill in."""
