"""A network: the same graph is the same picture, names do not cover each other, every arrow is a link and can be seen."""

import random

import numpy as np
import pytest

from corpus.plots.elements import markup
from corpus.plots.layout import apart, force_layout
from corpus.plots.lettering import width
from corpus.plots.network import MOST_EDGES, MOST_NODES, Box, Edge, Node, arrange, is_drawable, network
from tests.plots import HOSTILE, looks, measure, names, numbers, read, words


def node(name):
    return Node(name.lower().replace(" ", "-"), name, f"{name}, an actor", f"/ask/?entity={name.lower().replace(' ', '+')}")


def edge(source, target, kind="employs", count=1):
    return Edge(source, target, kind, count, f"{source} {kind} {target}: {count}", f"/ask/?acted={source}")


def graph(nodes, edges, seed=1):
    chance = random.Random(seed)
    made = [node(f"North Korean garment factory number {number}") for number in range(nodes)]
    ids = [each.id for each in made]
    pairs = {(chance.choice(ids), chance.choice(ids), chance.choice(["employs", "pays", "sends"])) for _ in range(10 * edges)}
    return made, [edge(*pair, chance.randint(1, 40)) for pair in sorted(pairs)[:edges]]


def test_the_same_graph_is_the_same_picture_in_whatever_order_it_comes():
    nodes, edges = graph(30, 50)
    first = markup(network(nodes, edges, "x"))
    random.Random(2).shuffle(nodes)
    random.Random(3).shuffle(edges)
    assert markup(network(nodes, edges, "x")) == first


def meet(one, other):
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


@pytest.mark.parametrize("size", [1, 2, 5, 25, 60])
def test_names_do_not_cover_each_other(size):
    nodes, edges = graph(size, size)
    placed, height = arrange(sorted(nodes), edges)
    boxes = [each.box for each in placed]
    covering = sum(meet(one, other) for number, one in enumerate(boxes) for other in boxes[:number])
    assert covering == 0
    assert all(box.left >= -2 and box.right <= 962 and box.top >= -2 and box.bottom <= height + 2 for box in boxes)


def test_kinds_beside_arrows_cover_no_name_and_no_other_kind():
    nodes, edges = graph(25, 40)
    placed, _ = arrange(sorted(nodes), edges)
    root = read(network(nodes, edges, "x"))
    kinds = [(measure(each, "x"), measure(each, "y") - 4, width(each.text, 12) / 2) for each in looks(root, "edge-name")]
    boxes = [Box(x - half, y - 8, x + half, y + 7) for x, y, half in kinds]
    assert len(boxes) > 20
    assert not [box for number, box in enumerate(boxes) if any(meet(box, other) for other in boxes[:number])]
    assert not [box for box in boxes if any(meet(box, other.box) for other in placed)]


def test_those_that_are_tied_are_nearer_than_those_that_are_not():
    pairs = [(one, other) for part in (0, 5) for one in range(part, part + 5) for other in range(one + 1, part + 5)]
    points = force_layout(10, pairs)
    distance = np.hypot(*(points[:, None, :] - points[None, :, :]).T)
    tied = np.mean([distance[pair] for pair in pairs])
    assert distance[:5, 5:].mean() > 2 * tied


def test_boxes_at_one_point_are_moved_apart():
    points = apart(np.full((4, 2), 50.0), np.full((4, 2), 10.0), (100, 100))
    gaps = np.abs(points[:, None, :] - points[None, :, :]).max(axis=2)[~np.eye(4, dtype=bool)]
    assert (gaps >= 9.99).all()


def test_both_ways_between_two_are_seen():
    root = read(network([node("A"), node("B")], [edge("a", "b"), edge("b", "a")], "x"))
    one, other = looks(root, "edge-1")[:2]
    middles = [np.reshape(numbers(each.get("d")), (-1, 2))[1:3].mean(axis=0) for each in (one, other)]
    assert np.hypot(*(middles[0] - middles[1])) > 20
    assert len(looks(root, "head-1")) == 2


def test_several_kinds_between_two_are_bent_differently_and_have_lines_of_their_own():
    root = read(network([node("A"), node("B")], [edge("a", "b", kind) for kind in ("employs", "pays")], "x"))
    assert looks(root, "edge-1")[0].get("d") != looks(root, "edge-2")[0].get("d")
    assert words(root, "note")[:2] == ["employs", "pays"]


def test_of_more_than_four_kinds_the_rest_share_a_line():
    kinds = [f"kind {number}" for number in range(7)]
    root = read(network([node("A"), node("B")], [edge("a", "b", kind, 9 - number) for number, kind in enumerate(kinds)], "x"))
    assert words(root, "note")[:5] == [*kinds[:4], "3 other kinds"]
    assert len(looks(root, "edge-5")) == 3 + 1


def test_a_loop_is_above_its_node():
    root = read(network([node("A"), node("B")], [edge("a", "a")], "x"))
    _, y0, _, y1, _, y2, _, y3 = numbers(looks(root, "reach")[0].get("d"))
    assert max(y1, y2) < min(y0, y3) - 15
    assert min(y1, y2) > 0


def test_the_width_grows_with_the_events():
    root = read(network([node("A"), node("B"), node("C")], [edge("a", "b", count=1), edge("a", "c", count=100)], "x"))
    broad, thin = (measure(each, "stroke-width") for each in looks(root, "edge-1")[:2])
    assert (broad, thin) == (6, 1.5)
    assert "width: 1 to 100 events" in words(root)


def test_every_arrow_and_every_actor_is_a_link_with_its_name():
    root = read(network([node("A"), node("B")], [edge("a", "b", count=3)], "x"))
    assert names(root) == ["a employs b: 3", "A, an actor", "B, an actor"]
    assert [each.get("href") for each in root.iter("a")] == ["/ask/?acted=a", "/ask/?entity=a", "/ask/?entity=b"]


def test_arrows_end_before_the_names():
    nodes, edges = graph(20, 30)
    placed, _ = arrange(sorted(nodes), sorted(edges, key=lambda each: (-each.count, each.source, each.target, each.kind)))
    at = {each.node.id: each for each in placed}
    root = read(network(nodes, edges, "x"))
    shown = {
        name: numbers(link.find("path").get("d"))
        for name, link in zip(names(root), root.iter("a"), strict=True)
        if link.find("path") is not None
    }
    ends = [(at[each.target], shown[each.label][-2:]) for each in edges if each.source != each.target]
    assert sum(target.covers(tuple(end)) for target, end in ends) <= 1, "but where two nodes are next to each other"


@pytest.mark.parametrize(("nodes", "edges"), [(MOST_NODES + 1, 1), (10, MOST_EDGES + 1)])
def test_what_would_be_a_tangle_is_refused(nodes, edges):
    made = graph(nodes, edges)
    assert not is_drawable(*made)
    with pytest.raises(ValueError, match="are too many; draw edge_matrix"):
        network(*made, "x")


def test_the_largest_allowed_stays_within_the_limit_and_says_what_is_missing():
    nodes, edges = graph(MOST_NODES, MOST_EDGES)
    root = read(network(nodes, edges, "x"))
    missing = MOST_NODES + MOST_EDGES - len(names(root))
    assert missing == 0 or f"and {missing} more arrows" in words(root)


def test_nobody_is_said():
    assert words(read(network([], [], "x"))) == ["No actors"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_names(text):
    nodes = [Node("a", text, text, text), Node("b", text, text, text)]
    read(network(nodes, [Edge("a", "b", text, 1, text, text), Edge("a", "a", text, 2, text, text)], text))
