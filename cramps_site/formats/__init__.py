"""How the desk writes dates and reads them, where Django's own way is not ours."""
