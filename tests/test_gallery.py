"""The pictures show every page."""

from gallery import sheets
from gallery.scenes import ALL
from gallery.windows import SCHEMES, SIZES
from tests.routes.test_visits import PATHS


def test_every_page_has_a_picture() -> None:
    assert set(PATHS) <= {scene.page for scene in ALL}


def test_no_picture_takes_the_place_of_another() -> None:
    names = [
        sheets.file_name(scene, size, scheme)
        for scene in ALL
        for size in SIZES
        for scheme in SCHEMES
    ]
    assert len(set(names)) == len(names)
