"""What the desk sees of partners: one file per concern, each a thin face over actions."""
