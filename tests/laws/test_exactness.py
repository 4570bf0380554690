"""The count of wrong scores over thousands of leaves, half of them on half a cent: the bench of the same name, shorter."""

from benches.exactness import TIES, measure, named_ties


def test_no_leaf_of_thousands_is_scored_wrong() -> None:
    """One tie rounded the wrong way is a complaint; floats get thousands of these wrong, which shows that the leaves are hard enough."""
    natural, tied = measure(20_000, seed=1)
    assert natural.leaves + tied.leaves == 20_000
    assert (natural.engine, tied.engine) == (0, 0)
    assert tied.ties > 5_000
    assert tied.float_round > 100
    assert tied.float_int > 100


def test_named_ties() -> None:
    """The ties of the documentation, from the rule file to the printed score; the last would be 7.96 if it were rounded twice."""
    assert list(named_ties()) == [expected for *_, expected in TIES]
