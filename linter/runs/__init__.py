"""Many drafts in one run: found, checked in several processes, kept, held against each other."""
