"""Signing in to the desk: name and password or a passkey, second factors, and being asked again before what counts."""
