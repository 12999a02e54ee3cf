"""Fills the surface of a landscape, pixel by pixel.

Stock Manim makes a mobject of every face, and shades, sorts and draws each in Python. Here a height field is projected
as a whole and its triangles are filled from back to front; compiled by numba, 64 x 64 faces take some milliseconds.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

type_floats = npt.NDArray[np.float32]
type_pixels = npt.NDArray[np.uint8]


@njit(cache=True, nogil=True, fastmath=True)  # type: ignore[untyped-decorator]
def fill_surface(
    pixels: type_pixels,
    depth: type_floats,
    left: int,
    top: int,
    screen: type_floats,
    attributes: type_floats,
    colors: type_floats,
    contours: float,
    contour_color: type_floats,
    alpha: float,
    rows_far_first: bool,
    columns_far_first: bool,
) -> None:
    """Fill the triangles of a grid, far ones first, with contour lines at equal distances in sqrt(height).

    A pixel whose height is above 1 is left out: the surface is cut there, with a smooth rim.

    Args:
        pixels: The frame, (height, width, 4), RGBA.
        depth: Distance towards the viewer of what was drawn, (rows, columns) of the panel; -inf where nothing was.
        left: Column of the frame where the panel begins.
        top: Row of the frame where the panel begins.
        screen: Vertices in pixels of the panel, (r, c, 2), x to the right and y down.
        attributes: Height in 0..1, brightness, and depth of each vertex, (r, c, 3).
        colors: Colour by height, (k, 3) in 0..255.
        contours: How many contour lines there are below height 1.
        contour_color: RGB in 0..255 and opacity in 0..1, (4,).
        alpha: Opacity of the whole.
        rows_far_first: Whether row 0 is farther away than the last row.
        columns_far_first: Likewise for columns.
    """
    rows, columns = screen.shape[0], screen.shape[1]
    height, width = depth.shape
    last = colors.shape[0] - 1
    for row in range(rows - 1):
        i = row if rows_far_first else rows - 2 - row
        for column in range(columns - 1):
            j = column if columns_far_first else columns - 2 - column
            if (
                attributes[i, j, 0] > 1.0
                and attributes[i + 1, j, 0] > 1.0
                and attributes[i, j + 1, 0] > 1.0
                and attributes[i + 1, j + 1, 0] > 1.0
            ):
                continue
            for half in range(2):
                if half == 0:
                    ai, aj, bi, bj, ci, cj = i, j, i + 1, j, i, j + 1
                else:
                    ai, aj, bi, bj, ci, cj = i + 1, j + 1, i, j + 1, i + 1, j
                ax, ay = screen[ai, aj, 0], screen[ai, aj, 1]
                bx, by = screen[bi, bj, 0], screen[bi, bj, 1]
                cx, cy = screen[ci, cj, 0], screen[ci, cj, 1]
                area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
                if abs(area) < 1e-9:
                    continue
                x_low = max(0, int(np.floor(min(ax, bx, cx))))
                x_high = min(width - 1, int(np.ceil(max(ax, bx, cx))))
                y_low = max(0, int(np.floor(min(ay, by, cy))))
                y_high = min(height - 1, int(np.ceil(max(ay, by, cy))))
                inverse = 1.0 / area
                # Barycentric weights of b and c as linear functions of the pixel: w = w0 + wx x + wy y.
                bwx, bwy = (cy - ay) * inverse, -(cx - ax) * inverse
                cwx, cwy = -(by - ay) * inverse, (bx - ax) * inverse
                h_a = attributes[ai, aj, 0]
                h_b, h_c = attributes[bi, bj, 0] - h_a, attributes[ci, cj, 0] - h_a
                s_a = attributes[ai, aj, 1]
                s_b, s_c = attributes[bi, bj, 1] - s_a, attributes[ci, cj, 1] - s_a
                d_a = attributes[ai, aj, 2]
                d_b, d_c = attributes[bi, bj, 2] - d_a, attributes[ci, cj, 2] - d_a
                slope = np.sqrt((h_b * bwx + h_c * cwx) ** 2 + (h_b * bwy + h_c * cwy) ** 2) + 1e-9
                # Half a hundredth of a pixel of overlap, so that no seam shows between neighbours.
                edge = -1e-3
                for y in range(y_low, y_high + 1):
                    py = y + 0.5 - ay
                    for x in range(x_low, x_high + 1):
                        px = x + 0.5 - ax
                        wb = bwx * px + bwy * py
                        wc = cwx * px + cwy * py
                        if wb < edge or wc < edge or wb + wc > 1.0 - edge:
                            continue
                        h = h_a + h_b * wb + h_c * wc
                        cover = (1.0 - h) / slope + 0.5
                        if cover <= 0.0:
                            continue
                        opacity = alpha * min(cover, 1.0)
                        h = min(max(h, 0.0), 1.0)
                        shade = s_a + s_b * wb + s_c * wc
                        place = h * last
                        k = min(int(place), last - 1)
                        part = place - k
                        root = np.sqrt(h)
                        level = root * contours
                        distance = abs(level - np.rint(level)) * 2.0 * root / (contours * slope)
                        line = min(max(1.15 - distance, 0.0), 1.0) * contour_color[3]
                        if level < 0.5:
                            line = 0.0
                        for channel in range(3):
                            low = colors[k, channel]
                            value = (low + (colors[k + 1, channel] - low) * part) * shade
                            value += (contour_color[channel] - value) * line
                            old = pixels[top + y, left + x, channel]
                            pixels[top + y, left + x, channel] = min(max(old + (value - old) * opacity, 0.0), 255.0)
                        if cover >= 0.5:
                            depth[y, x] = d_a + d_b * wb + d_c * wc
