"""Chinese text as reports write it: views without odd blanks, numerals, dates, quantities."""
