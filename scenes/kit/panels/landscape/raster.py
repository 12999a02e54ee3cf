"""Fills the surface of a landscape, pixel by pixel.

Stock Manim makes a mobject of every face, and shades, sorts and draws each in Python. Here a height field is projected
as a whole and its triangles are filled from back to front; compiled by numba, 64 x 64 faces take some milliseconds.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt

from fitting.compiling import compiled

type_floats = npt.NDArray[np.float32]
type_pixels = npt.NDArray[np.uint8]


@partial(compiled, nogil=True, fastmath=True, inline="always")
def _inside(slope: float, start: float, first: float, end: float) -> tuple[float, float]:
    """The part of [first, end] where slope x + start >= 0; an empty one ends before it begins."""
    # A thousandth of the triangle's height of overlap, so that no seam shows between neighbours.
    start += 1e-3
    if slope > 0.0:
        return max(first, -start / slope), end
    if slope < 0.0:
        return first, min(end, -start / slope)
    return first, end if start >= 0.0 else first - 2.0


@partial(compiled, nogil=True, fastmath=True)
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
    rows_far_first: bool,
    columns_far_first: bool,
) -> None:
    """Fill the triangles of a grid, far ones first, with contour lines at equal distances in sqrt(height).

    A pixel whose height is above 1 is left out: the surface is cut there, with a smooth rim. Within a triangle the
    height is h = sum_i w_i (h_i + g_i . (p - p_i) / 2), which is exact where the surface is a paraboloid: contour lines
    are as round as the surface, however few vertices there are.

    Args:
        pixels: The frame, (height, width, 4), RGBA.
        depth: Distance towards the viewer of what was drawn, (rows, columns) of the panel; -inf where nothing was.
        left: Column of the frame where the panel begins.
        top: Row of the frame where the panel begins.
        screen: Vertices in pixels of the panel, (r, c, 2), x to the right and y down.
        attributes: Height in 0..1, brightness, depth, and growth of the height to the next row and to the next column,
            of each vertex, (r, c, 5).
        colors: Colour by the square root of the height, (k, 3) in 0..255.
        contours: How many contour lines there are below height 1.
        contour_color: RGB in 0..255 and opacity in 0..1, (4,).
        rows_far_first: Whether row 0 is farther away than the last row.
        columns_far_first: Likewise for columns.
    """
    rows, columns = screen.shape[0], screen.shape[1]
    height, width = depth.shape
    last = np.float32(colors.shape[0] - 1)
    half, one, zero, most = np.float32(0.5), np.float32(1.0), np.float32(0.0), np.float32(255.0)
    many, ink = np.float32(contours), contour_color[3]
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
            for part in range(2):
                # b lies a row from a, and c a column.
                if part == 0:
                    ai, aj, bi, bj, ci, cj = i, j, i + 1, j, i, j + 1
                    step = one
                else:
                    ai, aj, bi, bj, ci, cj = i + 1, j + 1, i, j + 1, i + 1, j
                    step = -one
                ax, ay = screen[ai, aj, 0], screen[ai, aj, 1]
                bx, by = screen[bi, bj, 0] - ax, screen[bi, bj, 1] - ay
                cx, cy = screen[ci, cj, 0] - ax, screen[ci, cj, 1] - ay
                area = bx * cy - cx * by
                if abs(area) < 1e-9:
                    continue
                y_low = max(0, int(np.floor(ay + min(zero, by, cy))))
                y_high = min(height - 1, int(np.ceil(ay + max(zero, by, cy))))
                x_low = max(0, int(np.floor(ax + min(zero, bx, cx))))
                x_high = min(width - 1, int(np.ceil(ax + max(zero, bx, cx))))
                inverse = one / area
                # Barycentric weights of b and c as linear functions of the pixel: w = wx x + wy y.
                bwx, bwy = cy * inverse, -cx * inverse
                cwx, cwy = -by * inverse, bx * inverse
                h_a = attributes[ai, aj, 0]
                h_b, h_c = attributes[bi, bj, 0] - h_a, attributes[ci, cj, 0] - h_a
                # Half of what the tangents at both ends of an edge grow by along it, together.
                along = half * step
                h_ab = along * (attributes[ai, aj, 3] - attributes[bi, bj, 3])
                h_ac = along * (attributes[ai, aj, 4] - attributes[ci, cj, 4])
                h_bc = along * (
                    attributes[bi, bj, 4] - attributes[bi, bj, 3] - attributes[ci, cj, 4] + attributes[ci, cj, 3]
                )
                s_a = attributes[ai, aj, 1]
                s_b, s_c = attributes[bi, bj, 1] - s_a, attributes[ci, cj, 1] - s_a
                d_a = attributes[ai, aj, 2]
                d_b, d_c = attributes[bi, bj, 2] - d_a, attributes[ci, cj, 2] - d_a
                slope = np.sqrt((h_b * bwx + h_c * cwx) ** 2 + (h_b * bwy + h_c * cwy) ** 2) + np.float32(1e-9)
                steep = one / slope
                thin = np.float32(2.0) * steep / many
                awx, awy = -bwx - cwx, -bwy - cwy
                for y in range(y_low, y_high + 1):
                    py = np.float32(y) + half - ay
                    b_row, c_row = bwy * py, cwy * py
                    # Where the row enters and leaves the triangle: each side bounds it on one end, or shuts it out.
                    first, end = x_low - ax + half, x_high - ax + half
                    first, end = _inside(bwx, b_row, first, end)
                    first, end = _inside(cwx, c_row, first, end)
                    first, end = _inside(awx, one + awy * py, first, end)
                    for x in range(int(np.ceil(first + ax - half)), int(np.floor(end + ax - half)) + 1):
                        px = np.float32(x) + half - ax
                        wb = bwx * px + b_row
                        wc = cwx * px + c_row
                        wa = one - wb - wc
                        h = h_a + h_b * wb + h_c * wc + wa * (wb * h_ab + wc * h_ac) + wb * wc * h_bc
                        cover = (one - h) * steep + half
                        if cover <= zero:
                            continue
                        opacity, over = min(cover, one), most
                        root = np.sqrt(min(max(h, zero), one))
                        shade = s_a + s_b * wb + s_c * wc
                        k = int(root * last + half)
                        red, green, blue = colors[k, 0] * shade, colors[k, 1] * shade, colors[k, 2] * shade
                        level = root * many
                        distance = abs(level - np.rint(level)) * root * thin
                        if distance < np.float32(1.15) and level >= half:
                            line = min(np.float32(1.15) - distance, one) * ink
                            red += (contour_color[0] - red) * line
                            green += (contour_color[1] - green) * line
                            blue += (contour_color[2] - blue) * line
                        if opacity < one:
                            rest = one - opacity
                            red = red * opacity + rest * pixels[top + y, left + x, 0]
                            green = green * opacity + rest * pixels[top + y, left + x, 1]
                            blue = blue * opacity + rest * pixels[top + y, left + x, 2]
                            over = over * opacity + rest * pixels[top + y, left + x, 3] + half
                        pixels[top + y, left + x, 0] = np.uint8(min(red, most))
                        pixels[top + y, left + x, 1] = np.uint8(min(green, most))
                        pixels[top + y, left + x, 2] = np.uint8(min(blue, most))
                        pixels[top + y, left + x, 3] = np.uint8(min(over, most))
                        if cover >= half:
                            depth[y, x] = d_a + d_b * wb + d_c * wc
