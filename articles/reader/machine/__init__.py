"""What programs read of the site: JSON-LD in pages, feeds, sitemaps. Made from the same values that readers see."""
