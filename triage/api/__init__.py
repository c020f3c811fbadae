"""The questionnaire as JSON."""
