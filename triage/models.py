"""The register of triage's tables."""
