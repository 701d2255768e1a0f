#!/usr/bin/python3
"""Rebuilds the three fonts of this folder from Inter.

Needs the Debian packages fonts-inter and python3-fonttools. What it changes,
and why:

- Only the scripts and marks the station can meet stay (size, start-up time).
- Digits, and the marks that stand among them, are the tabular ones by default:
  a figure must not move sideways when it changes.
- Ligatures and contextual forms go: "->" in a note stays what was typed.
- A pencil, a small triangle and a cross are added (drawn here).
- The family is renamed, so that nobody takes it for the original.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

SOURCE = Path("/usr/share/fonts/opentype/inter")
FAMILY = "Wardlight Sans"

RANGES = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x18F, 0x192), (0x1A0, 0x1B0), (0x1CD, 0x1FF),
    (0x218, 0x21B), (0x2B9, 0x2DD), (0x300, 0x333), (0x370, 0x3FF), (0x400, 0x52F),
    (0x1E00, 0x1EFF), (0x2010, 0x2044), (0x2070, 0x209C), (0x20AC, 0x20AC),
    (0x2103, 0x2103), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2199),
    (0x21B5, 0x21B5), (0x21E7, 0x21E7), (0x2212, 0x2212), (0x2248, 0x2248),
    (0x2260, 0x2265), (0x2303, 0x2303), (0x2318, 0x2318), (0x25A0, 0x25CF),
    (0x26A0, 0x26A0), (0x2713, 0x2717),
]

# Drawn on a grid of 1000 units, baseline 0, as closed outlines (clockwise).
DRAWN = {
    0x270E: [  # pencil
        [(90, 20), (150, 250), (620, 720), (790, 550), (320, 80)],
        [(660, 760), (720, 820), (800, 820), (890, 730), (890, 650), (830, 590)],
    ],
    0x25BE: [[(200, 480), (700, 480), (450, 180)]],  # small triangle down
    0x2715: [  # cross
        [(160, 80), (90, 150), (380, 440), (90, 730), (160, 800), (450, 510),
         (740, 800), (810, 730), (520, 440), (810, 150), (740, 80), (450, 370)],
    ],
}


def to_quadratic(font):
    """Replaces cubic (CFF) outlines by TrueType ones."""
    order = font.getGlyphOrder()
    glyphs = font.getGlyphSet()
    table = newTable("glyf")
    table.glyphs, table.glyphOrder = {}, order
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        table.glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs",
                  "maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions"):
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    maxp.maxComponentElements = max(
        (len(g.components) for g in table.glyphs.values() if hasattr(g, "components")), default=0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


def tabular(font):
    """Maps every character with a tabular form to that form."""
    gsub = font["GSUB"].table
    swap = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for index in record.Feature.LookupListIndex:
            for table in gsub.LookupList.Lookup[index].SubTable:
                swap.update(getattr(table, "ExtSubTable", table).mapping)
    keep = set("0123456789")
    for table in font["cmap"].tables:
        for code, name in list(table.cmap.items()):
            if chr(code) in keep and name in swap:
                table.cmap[code] = swap[name]


def draw(font):
    """Adds the outlines of DRAWN."""
    scale = font["head"].unitsPerEm / 1000
    for code, outlines in DRAWN.items():
        name = "uni%04X" % code
        pen = TTGlyphPen(None)
        for outline in outlines:
            points = [(round(x * scale), round(y * scale)) for x, y in outline]
            pen.moveTo(points[0])
            for point in points[1:]:
                pen.lineTo(point)
            pen.closePath()
        glyph = pen.glyph()
        font.setGlyphOrder(font.getGlyphOrder() + [name])
        font["glyf"].glyphs[name] = glyph
        font["glyf"].glyphOrder = font.getGlyphOrder()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"].metrics[name] = (round(930 * scale), glyph.xMin)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name


def rename(font, style):
    for record in font["name"].names:
        value = {1: FAMILY, 4: f"{FAMILY} {style}", 6: f"{FAMILY.replace(' ', '')}-{style}",
                 16: FAMILY, 3: f"{FAMILY} {style}"}.get(record.nameID)
        if value:
            record.string = value


def build(style, out):
    font = TTFont(SOURCE / f"Inter-{style}.otf")
    tabular(font)
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.notdef_outline = True
    options.hinting = False
    options.desubroutinize = True
    options.drop_tables += ["DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[c for lo, hi in RANGES for c in range(lo, hi + 1)])
    subsetter.subset(font)
    to_quadratic(font)
    draw(font)
    rename(font, style)
    font["head"].modified = font["head"].created  # the same input gives the same bytes
    font.recalcTimestamp = False
    font.save(out)


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    for style in ("Regular", "SemiBold", "Bold"):
        target = folder / f"WardlightSans-{style}.ttf"
        build(style, target)
        print(target.name, target.stat().st_size)
