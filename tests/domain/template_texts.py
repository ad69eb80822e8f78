"""Texts as merchants write them, right and wrong, and facts to say them of."""

from collections.abc import Collection

from hypothesis import strategies as st

_LETTERS = st.text("ab <>&'\"#é日", max_size=6)


def any_text(variables: Collection[str]) -> st.SearchStrategy[str]:
    part = st.one_of(_LETTERS, _variable(variables), _plural(variables), _select(), st.just("}"))
    return st.lists(part, min_size=1, max_size=5).map("".join)


def any_facts() -> st.SearchStrategy[dict[str, object]]:
    """What is counted is known wherever a kind counts; who it was may not be."""
    number = st.integers(0, 2_000_000)
    return st.fixed_dictionaries(
        {
            "count": number,
            "quantity": number,
            "window": st.sampled_from([86_400, 604_800, 2_592_000, 60]),
        },
        optional={
            "product": st.text("Wé <", min_size=1, max_size=60),
            "name": st.text("Ad", min_size=1, max_size=5),
            "place": st.just("Lyon"),
            "country": st.just("Kenya"),
            "rating": st.sampled_from([1.0, 4.5, 5]),
        },
    )


def _variable(variables: Collection[str]) -> st.SearchStrategy[str]:
    filters = st.sampled_from(["", "|short", "|upper", "|other"])
    return st.builds("{{{}{}}}".format, st.sampled_from(sorted(variables)), filters)


def _plural(variables: Collection[str]) -> st.SearchStrategy[str]:
    words = st.sampled_from(["=1", "=2", "one", "two", "few", "many"])
    branch = st.builds("{{{}}}".format, st.one_of(_LETTERS, _variable(variables)))
    forms = st.dictionaries(words, branch, max_size=3)
    return st.builds(
        lambda name, forms, other: (
            f"{{{name}, plural, {' '.join(map(' '.join, forms.items()))} other {other}}}"
        ),
        st.sampled_from(["count", "quantity"]),
        forms,
        branch,
    )


def _select() -> st.SearchStrategy[str]:
    branch = st.builds("{{{}}}".format, _LETTERS)
    return st.builds("{{window, select, 24h {} 30d {} other {}}}".format, branch, branch, branch)
