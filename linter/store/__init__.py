"""Values kept between runs: packed safely, in the user's cache folder."""
