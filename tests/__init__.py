"""The suite is a package of its own: a library of ours installs one with the same name, which would be found first."""
