"""What partners receive, as types: views fill them, and the published description is made from them."""
