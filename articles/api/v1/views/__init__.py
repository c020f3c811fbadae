"""One file per group of addresses; each view reads its parameters, asks the shelf once and answers."""
