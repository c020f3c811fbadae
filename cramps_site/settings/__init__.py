"""Settings by environment: base is shared, dev, test and production differ in a few lines."""
