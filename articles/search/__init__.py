"""Finding what is on the shelf, in Russian and in English."""
