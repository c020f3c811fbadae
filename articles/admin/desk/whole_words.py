"""What is typed or pasted reaches the server whole: who pastes too much learns it, and loses no end of a sentence."""

from django.forms import BaseForm


def take_whole(form: BaseForm) -> None:
    """Take from the fields of a form what makes browsers cut longer words and say nothing; the server says it."""
    for field in form.fields.values():
        field.widget.attrs.pop("maxlength", None)
