"""The press in the admin: states in lists, previews, publishing, withdrawing, drift, deletion, accounts, home."""
