"""What partners have of the triage: protocols, a stateless decision, and the questions as FHIR."""
