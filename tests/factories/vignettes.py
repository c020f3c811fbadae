"""Files of vignettes in memory. Their raters and stories are made up for tests."""

from typing import Any

import yaml

from tests.factories.triage import BENIGN, SLUG, bundled, bundled_file
from triage.engine.deciding import Engine
from triage.evaluation.vignettes import VignetteFile, read_files


def a_vignette(id: str = "one", expected: str = "self_care", **changed: Any) -> dict[str, Any]:
    """A story that ends as the answers in `answers` say; without them in self-care."""
    story = {"ru": f"История «{id}».", "en": f"The story “{id}”."}
    return {"id": id, "story": story, "expected": expected, "answers": {}} | changed


def a_file(*vignettes: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {
        "format": "triage-vignettes/1",
        "protocol": SLUG,
        "label": {"ru": "Только для тестов.", "en": "Only for tests."},
        "written_by": {"ru": "тест", "en": "a test"},
        "independent": False,
        "otherwise": dict(BENIGN),
        "vignettes": list(vignettes) or [a_vignette()],
    } | changed


def written(file: dict[str, Any]) -> bytes:
    return yaml.safe_dump(file, allow_unicode=True, sort_keys=False).encode()


def read(*files: dict[str, Any]) -> dict[str, VignetteFile]:
    """The files as they are read for the bundled protocol, named 1.yaml, 2.yaml and so on."""
    return read_bytes({f"{number}.yaml": written(file) for number, file in enumerate(files, start=1)})


def read_bytes(contents: dict[str, bytes]) -> dict[str, VignetteFile]:
    return read_files(contents, bundled_file(), engine())


def engine() -> Engine:
    return Engine(bundled("en"))
