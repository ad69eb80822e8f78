"""What is asked of the table of notifications, page by page."""

import msgspec

_MATCHING = """
FROM notifications
WHERE shop = $1
    AND ($2::text IS NULL OR state = $2)
    AND ($3::text IS NULL OR kind = $3)
    AND ($4::bigint IS NULL OR product = $4)
    AND occurred_at >= coalesce($5::timestamptz, '-infinity')
    AND occurred_at < coalesce($6::timestamptz, 'infinity')
"""

# Words are searched for in the form that titles are kept in, their wildcards meaning themselves.
_HAS_ALL_WORDS = r"""
search LIKE ALL (ARRAY(
    SELECT '%' || regexp_replace(searchable(word), '([\\%_])', '\\\1', 'g') || '%'
    FROM unnest($7::text[]) AS word
))
"""
# Asked for nothing, the planner would take it for something that next to no title has, and sort
# all rows instead of walking through them in their order.
_NO_WORDS = "$7::text[] IS NOT NULL"

_IN_ORDER = "SELECT * {matching} AND {words} AND {place} ORDER BY {order} LIMIT $10"

# The index is entered at a moment, not at a row: hence both comparisons.
_IS_OLDER = """
occurred_at <= coalesce($8::timestamptz, 'infinity')
AND (occurred_at, id) < (coalesce($8::timestamptz, 'infinity'), $9::uuid)
"""
_IS_NEWER = """
occurred_at >= coalesce($8::timestamptz, '-infinity')
AND (occurred_at, id) > (coalesce($8::timestamptz, '-infinity'), $9::uuid)
"""

# What is in a list since a moment: it was made since, or has come to be taken back.
_ARRIVED = """
SELECT count(*) FROM (
    SELECT {matching} AND {words}
        AND updated_at > $8 AND (created_at > $8 OR $2 = 'retracted') AND id <> ALL ($9::uuid[])
    LIMIT $10
) AS found
"""


class Queries(msgspec.Struct, frozen=True):
    """The first seven parameters are the filter's: shop, state, kind, product, since, until, words.

    Behind them come a row's moment and id, or for `arrived` a moment and ids, and a limit.
    """

    older: str
    newer: str
    how_many_newer: str
    arrived: str


def _of(words: str) -> Queries:
    older = _IN_ORDER.format(
        matching=_MATCHING, place=_IS_OLDER, order="occurred_at DESC, id DESC", words=words
    )
    newer = _IN_ORDER.format(
        matching=_MATCHING, place=_IS_NEWER, order="occurred_at, id", words=words
    )
    return Queries(
        older,
        newer,
        f"SELECT count(*) FROM ({newer}) AS found",
        _ARRIVED.format(matching=_MATCHING, words=words),
    )


LISTING, SEARCHING = _of(_NO_WORDS), _of(_HAS_ALL_WORDS)
