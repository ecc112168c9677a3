"""How cells are cut into chunks, without any cluster."""

from __future__ import annotations

from tellwave._chunks import MOST, PARTS, Chunk, Chunks


def all_of(chunks: Chunks, slots: int) -> list[Chunk]:
    taken = []
    while chunks:
        taken.append(chunks.take(slots))
    return taken


def test_every_cell_is_given_out_once_and_in_order():
    chunks = Chunks(list(range(7, 1007)), 10.0)
    chunks.learn(0.05)
    assert [place for chunk in all_of(chunks, 4) for place in chunk.places] == list(range(7, 1007))


def test_a_chunk_takes_as_long_as_was_asked_for_and_they_are_shorter_towards_the_end():
    chunks = Chunks(list(range(10_000)), 10.0)
    chunks.learn(0.05)
    sizes = [len(chunk.places) for chunk in all_of(chunks, 4)]
    assert sizes[0] == 200
    # Half a second at least, but for the last one.
    assert sizes == sorted(sizes, reverse=True) and 1 <= sizes[-1] <= 10 <= sizes[-2] < 50


def test_as_long_as_nobody_knows_how_long_a_cell_takes_each_is_a_chunk():
    chunks = Chunks(list(range(50)), 10.0)
    first = chunks.take(2)
    assert first.places == [0]
    chunks.took(first, 0.1)
    assert len(chunks.take(2).places) == 13, "a quarter of what is left"


def test_what_took_longer_than_the_pilot_said_makes_chunks_shorter():
    chunks = Chunks(list(range(100_000)), 10.0)
    chunks.learn(0.001)
    first = chunks.take(1)
    assert len(first.places) == MOST
    chunks.took(first, 409.6)
    assert len(chunks.take(1).places) == 100


def test_a_chunk_that_comes_back_goes_out_first():
    chunks = Chunks(list(range(10)), 1.0)
    chunks.learn(0.5)
    first = chunks.take(1)
    chunks.back(first)
    assert chunks.take(1) is first


def test_the_parts_of_a_chunk_hold_its_cells_and_in_the_end_one_each():
    chunk = Chunk(list(range(1_000)))
    parts = chunk.parts()
    assert len(parts) <= PARTS and [place for part in parts for place in part.places] == chunk.places
    assert all(len(part.parts()) == len(part.places) for part in parts), "then one cell each"


def test_a_pilot_plays_cells_from_everywhere():
    assert Chunks(list(range(100)), 1.0).some(5) == [0, 20, 40, 60, 80]
    assert Chunks([3, 9], 1.0).some(5) == [3, 9]
