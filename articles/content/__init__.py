"""The desk: working tables that editors change. Nothing here is seen by a reader."""
