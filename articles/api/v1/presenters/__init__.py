"""From the shelf's values to what partners receive."""
