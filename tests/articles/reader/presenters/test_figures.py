"""Pictures: which file is asked for, and whose it is."""

from django.test import override_settings
from django.utils.translation import override

from articles.editions.parts import Rendition
from articles.reader.presenters.figures import figure_view
from tests.factories.documents_of_kinds import a_picture


@override_settings(MEDIA_URL="/media/")
def test_modern_forms_come_first_and_every_width_is_offered() -> None:
    files = [
        Rendition(path=f"pictures/ab/cd-{width}.{form}", width=width, height=width * 3 // 4, format=form)  # type: ignore[arg-type]
        for form in ("avif", "webp", "jpeg")
        for width in (960, 480)
    ]
    view = figure_view(a_picture(renditions=files))

    assert view
    assert [(form.media_type, form.srcset) for form in view.forms] == [
        ("image/avif", "/media/pictures/ab/cd-480.avif 480w, /media/pictures/ab/cd-960.avif 960w"),
        ("image/webp", "/media/pictures/ab/cd-480.webp 480w, /media/pictures/ab/cd-960.webp 960w"),
    ]
    assert (view.src, view.width, view.height) == ("/media/pictures/ab/cd-960.jpeg", 960, 720)


def test_a_drawing_has_png_as_its_last_resort() -> None:
    files = [Rendition(path="pictures/a.png", width=100, height=50, format="png")]
    view = figure_view(a_picture(renditions=files))

    assert view
    assert (view.src.endswith("pictures/a.png"), view.forms) == (True, [])


def test_the_terms_are_told_in_words_and_unknown_ones_by_their_code() -> None:
    with override("en"):
        known, unknown = figure_view(a_picture(licence="public_domain")), figure_view(a_picture(licence="odd"))

    assert known
    assert unknown
    assert (known.licence, unknown.licence) == ("public domain", "odd")
