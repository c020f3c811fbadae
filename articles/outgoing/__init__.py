"""The one way out: every request that this site makes to another one."""
