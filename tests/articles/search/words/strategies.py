"""Strings as people, machines and attackers send them."""

from hypothesis import strategies as st

_AWKWARD = "аеёйкосу́\u0306\u00adaeosx-'’ .,1…\n\u00a0\0\ud800"
ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text(st.sampled_from(_AWKWARD))
WORDS = st.text(
    st.sampled_from("абвгдеёжзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz0123456789"), min_size=1, max_size=12
)
