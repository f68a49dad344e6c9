"""Where the nodes of a network are: Fruchterman and Reingold's forces, then boxes pushed apart so that no name covers another.

The start is a spiral with the busiest node in the middle, so there is no chance in it: the same graph gives the same picture, whatever
version of a random generator there is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

STEPS, PUSHES = 200, 80
GOLDEN_ANGLE = 2.399963229728653
GRAVITY = 0.35  # keeps parts that nothing ties together in sight
START_HEAT = 0.12


def spiral(order: Sequence[int]) -> Points:
    """Node order[0] in the middle of the unit square, the others around it."""
    rank = np.empty(len(order))
    rank[list(order)] = np.arange(len(order))
    radius = 0.5 * np.sqrt((rank + 0.5) / len(order))
    angle = GOLDEN_ANGLE * rank
    return 0.5 + np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def force_layout(count: int, pairs: Sequence[tuple[int, int]], steps: int = STEPS) -> Points:
    """Points in the unit square, of `count` nodes with ties between pairs of them."""
    ties = np.zeros((count, count))
    for one, other in pairs:
        if one != other:
            ties[one, other] = ties[other, one] = 1.0
    degrees = ties.sum(axis=1).tolist()
    x, y = spiral(sorted(range(count), key=lambda node: (-degrees[node], node))).T.copy()
    ideal = 1 / np.sqrt(max(count, 1))
    ties /= ideal
    for step in range(steps):
        across, down = x[:, None] - x, y[:, None] - y
        squared = across * across
        squared += down * down
        np.maximum(squared, 1e-6, out=squared)
        force = ideal * ideal / squared
        force -= ties * np.sqrt(squared, out=squared)
        move_x = np.einsum("ij,ij->i", across, force) - GRAVITY / ideal * (x - 0.5)
        move_y = np.einsum("ij,ij->i", down, force) - GRAVITY / ideal * (y - 0.5)
        length = np.maximum(np.hypot(move_x, move_y), 1e-9)
        part = np.minimum(1, START_HEAT * (1 - step / steps) / length)
        x, y = x + move_x * part, y + move_y * part
    return spread(np.column_stack((x, y)))


def spread(points: Points) -> Points:
    """So that they fill the unit square evenly: half of each coordinate is where the forces left it, half its rank, so that order stays."""
    low, high = points.min(axis=0, initial=np.inf), points.max(axis=0, initial=-np.inf)
    has_extent = high - low > 1e-6
    stretched = np.where(has_extent, (points - low) / np.where(has_extent, high - low, 1.0), 0.5)
    ranks = np.argsort(np.argsort(np.round(points, 9), axis=0, kind="stable"), axis=0, kind="stable") / max(1, len(points) - 1)
    return np.where(has_extent, (stretched + ranks) / 2, stretched)


def apart(points: Points, sizes: Points, frame: tuple[float, float], pushes: int = PUSHES) -> Points:
    """Boxes of `sizes` around the points, moved until they do not overlap, or as little as so many pushes bring; inside the frame."""
    half = sizes / 2
    low, high = half, np.maximum(np.asarray(frame) - half, half)
    points = np.clip(points, low, high)
    reach_x, reach_y = (half[:, None, axis] + half[None, :, axis] for axis in (0, 1))
    numbers = np.arange(len(points))
    later = np.where(numbers[:, None] > numbers, 1e-9, -1e-9)  # of two at one point, the later one goes right or down
    itself = numbers, numbers
    for _ in range(pushes):
        across, down = (points[:, None, axis] - points[None, :, axis] + later for axis in (0, 1))
        over_x, over_y = reach_x - np.abs(across), reach_y - np.abs(down)
        meets = np.minimum(over_x, over_y) > 0
        meets[itself] = False
        if not meets.any():
            break
        # Along the axis with the smaller overlap.
        is_flat = over_y <= over_x
        move_x = np.einsum("ij,ij->i", np.sign(across), np.where(meets & ~is_flat, over_x, 0.0))
        move_y = np.einsum("ij,ij->i", np.sign(down), np.where(meets & is_flat, over_y, 0.0))
        points = np.clip(points + np.column_stack((move_x, move_y)) * 0.6, low, high)
    return points
