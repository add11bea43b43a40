"""SVG made into PNG, where resvg is installed; the only door to it.

resvg (MIT, a wheel of 1.4 MB, no system libraries) sets text in the machine's fonts, with every
script shaped and in its direction.
"""

from importlib.util import find_spec

ZOOM = 2.0  # pixels for each unit of a drawing: sharp on paper and on screens of today
REMEDY = "pip install resvg-py"


class PictureUnavailable(ImportError):
    """PNG needs a package that is not installed."""

    def __str__(self) -> str:
        """Say what to do."""
        return f"PNG pictures cannot be made here; to be able to: {REMEDY}"


def can_draw() -> bool:
    """Tell whether PNG can be made here."""
    return find_spec("resvg_py") is not None


def picture(svg: str) -> bytes:
    """Return a drawing of ours as PNG; some 30 ms, and 200 more the first time, for the fonts.

    Raises:
        PictureUnavailable: if resvg is not installed.
    """
    try:
        from resvg_py import svg_to_bytes  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise PictureUnavailable from error
    return bytes(svg_to_bytes(svg_string=svg, zoom=ZOOM, sans_serif_family="DejaVu Sans"))
