"""The questionnaire as HTML."""
