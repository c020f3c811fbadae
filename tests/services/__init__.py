"""What tests need beside Python: PostgreSQL, Redis, a browser. The tests find them and never install them."""
