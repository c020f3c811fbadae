"""What every form of the desk has in common, that of an object and those of its rows."""

from typing import Any

from django.forms import ModelForm


class PlainForm(ModelForm):
    """Takes what is typed or pasted as a whole: browsers cut longer words and say nothing, the server says it beside
    the field, with every word still there. After labels stands no colon: some end with the mark of a language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)
