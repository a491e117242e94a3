"""Makes theme/assets/marks.css anew: two faces of seven marks, the full-width ones of Chinese under , ; : ! ? ( ).

A half-width mark of a source is drawn by them in full width in every browser, whatever its fonts can do, and copied as
printed; in traditional Chinese (lang="zh-Hant") in the middle of its width, as the other marks are drawn there. From
Noto Sans CJK SC and Noto Serif CJK SC (SIL Open Font License 1.1, no reserved name), which Debian's fonts-noto-cjk has;
needs fonttools and brotli. Run from the root of the project:
    python bench/marks_font.py
"""

from __future__ import annotations

import base64
import io
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FONTS = Path("/usr/share/fonts/opentype/noto")
FACES = {"marks hei": "NotoSansCJK-Regular.ttc", "marks song": "NotoSerifCJK-Regular.ttc"}
MARKS = dict(zip(",;:!?()", "，；：！？（）", strict=True))
TRADITIONAL = ["hani.ZHT", "latn.ZHT"]  # a mark is of the script of what stands before it
HEAD = """/* Seven full-width marks under the code points of the half-width ones, in Hei and Song: made by
   bench/marks_font.py from Noto Sans CJK SC and Noto Serif CJK SC, (c) 2014-2023 Adobe,
   SIL Open Font License 1.1. */
"""


def face(name: str, file: str) -> str:
    """A @font-face with the font in it, so that nothing is asked for."""
    collection = TTCollection(FONTS / file, recalcTimestamp=False)
    whole = io.BytesIO()
    next(font for font in collection.fonts if font["name"].getDebugName(1).endswith("CJK SC")).save(whole)
    font = TTFont(whole, recalcTimestamp=False)
    options = subset.Options(name_IDs=[], hinting=False, desubroutinize=True, notdef_outline=False)
    options.layout_features, options.layout_scripts = ["locl"], TRADITIONAL
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=map(ord, MARKS.values()))
    subsetter.subset(font)
    for table in font["cmap"].tables:
        table.cmap = {ord(half): table.cmap[ord(full)] for half, full in MARKS.items() if ord(full) in table.cmap}
    font["name"].names = []
    for number, said in ((1, name), (2, "Regular"), (4, name), (6, name.replace(" ", "-"))):
        font["name"].setName(said, number, 3, 1, 0x409)
    font.flavor, out = "woff2", io.BytesIO()
    font.save(out)
    data = base64.b64encode(out.getvalue()).decode()
    return f'@font-face {{ font-family: "{name}"; src: url(data:font/woff2;base64,{data}) format("woff2"); }}\n'


if __name__ == "__main__":
    css = HEAD + "".join(face(name, file) for name, file in FACES.items())
    Path("hooks/baogao/site/theme/assets/marks.css").write_text(css, "utf-8")
