"""The pictures show every page."""

from gallery import sheets
from gallery.scenes import ALL
from gallery.windows import KINDS
from tests.routes.test_visits import PATHS


def test_every_page_has_a_picture() -> None:
    assert set(PATHS) <= {scene.page for scene in ALL}


def test_no_picture_takes_the_place_of_another() -> None:
    names = [sheets.file_name(scene, kind) for scene in ALL for kind in KINDS]
    assert len(set(names)) == len(names)
