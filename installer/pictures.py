"""The two pictures of the README: Today of the demo school at 8:18am, light and dark. `make pictures`.

Made anew from an empty folder each time, so that they show what somebody sees who opens the demo school first.
"""

import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

from schoolsafe.bootstrap import demo_record
from schoolsafe.bootstrap.demo_window import open_demo
from schoolsafe.reports.files import DiskFiles
from schoolsafe.ui.camera import Camera, png_of

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
SCRATCH = ROOT / "build" / "pictures"
SIZE = (1440, 900)
LARGEST_BYTES = 200_000
TO_MAYA = ("Down",) * 3
"""From the first row to the child with the pattern and the court order."""


def main() -> int:
    """Takes both; gives the exit code."""
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(mode=0o700, parents=True)
    home = SCRATCH / "school"
    demo_record.make(home)
    program = open_demo()(home)
    window = program.window
    if window is None:
        return 1
    camera = Camera(SCRATCH, tasks=program.tasks, write=DiskFiles().write_new)
    window.resize(*SIZE)
    camera.settle()
    camera.press(*TO_MAYA)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for look in ("light", "dark"):
        program.dresser.change(look=look, percent=100)
        camera.settle()
        data = small(png_of(window))
        path = PICTURES / f"today-{look}.png"
        path.write_bytes(data)
        print(f"{path.relative_to(ROOT)}: {len(data):,} bytes")
        if len(data) > LARGEST_BYTES:
            print(f"  larger than {LARGEST_BYTES:,} bytes")
            return 1
    program.stop()
    return 0


def small(png: bytes) -> bytes:
    """The same picture in its 256 nearest colours: a third of the bytes, and no eye sees it."""
    full = Image.open(BytesIO(png)).convert("RGB")
    few = full.quantize(256, method=Image.Quantize.MEDIANCUT, kmeans=4, dither=Image.Dither.NONE)
    made = BytesIO()
    few.save(made, "PNG", optimize=True)
    return made.getvalue()


if __name__ == "__main__":
    sys.exit(main())
