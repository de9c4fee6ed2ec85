"""A made-up record of any size, written by the database itself: a million events in minutes.

Actors and outlets are of very different weight, as in the news: the first of 400 actors is in every
third event, the last in one of some hundreds.
"""

from django.db import connection

_CAST = """
    INSERT INTO timeline_actor (slug, name, sort_name, kind, aliases)
    SELECT 'actor-' || n, 'Actor ' || n, 'actor ' || lpad(n::text, 4, '0'),
           CASE WHEN n % 3 = 0 THEN 'person' ELSE 'country' END, ARRAY['Also ' || n]
    FROM generate_series(1, 400) n ON CONFLICT DO NOTHING;
    INSERT INTO articles_outlet (name, slug, free)
    SELECT 'Outlet ' || n, 'outlet-' || n, false
    FROM generate_series(1, 60) n ON CONFLICT DO NOTHING;
"""
_ARTICLES = """
    INSERT INTO articles_article (headline, text, digest, outlet_id, agency, url, language,
        published, published_because, received_at, state, failure, parser_version, summary, alike,
        likeness)
    SELECT 'Headline ' || n, 'Text ' || n, lpad(n::text, 64, '0'), o.id, '', '', 'en',
           date '2000-01-01' + (n::bigint * 7919 %% 9500)::int, '', now(), 'done', '', '', '{}', '{}', ''
    FROM generate_series(%(first)s, %(last)s, 4) n
    JOIN articles_outlet o ON o.slug = 'outlet-' || (1 + floor(60 * power(hashtext('o' || n)::bigint
         / 4294967296.0 + 0.5, 3)));
"""
_EVENTS = """
    INSERT INTO timeline_event (id, type, status, title, places, review, corrected, differs,
        confidence, article_count, source_count, reported, words, version, withdrawn_because,
        created_at, earliest, latest, precision, lasting, approximate, uncertain, basis, because, outlets)
    SELECT n, (ARRAY['call', 'meeting', 'visit', 'talks', 'statement', 'statement', 'support',
            'pledge', 'condemnation', 'demand', 'strike', 'strike', 'sanctions', 'aid', 'agreement',
            'vote'])[1 + n %% 16],
        (ARRAY['occurred', 'occurred', 'occurred', 'planned', 'denied'])[1 + n %% 5],
        'Two sides deal with matter ' || n %% 5000, '{}',
        CASE WHEN n %% 50 = 0 THEN 'rejected' WHEN n %% 20 = 1 THEN 'confirmed' ELSE 'unreviewed' END,
        false, n %% 40 = 0, 0.8, 1 + n %% 3, 1 + n %% 3, day,
        'Two sides deal with matter ' || n %% 5000 || ' of grain, border ' || n %% 97
            || CASE WHEN n %% 7 = 0 THEN ' and ceasefire' ELSE '' END
            || CASE WHEN n %% 301 = 0 THEN ' over the corridor' ELSE '' END,
        1, '', now(),
        CASE WHEN n %% 33 = 0 THEN NULL WHEN n %% 10 = 0 THEN date_trunc('month', day)::date
             WHEN n %% 10 = 1 THEN NULL ELSE day END,
        CASE WHEN n %% 33 = 0 THEN NULL
             WHEN n %% 10 = 0 THEN (date_trunc('month', day) + interval '1 month - 1 day')::date
             ELSE day END,
        CASE WHEN n %% 33 = 0 THEN 'none' WHEN n %% 10 = 0 THEN 'month'
             WHEN n %% 10 = 1 THEN 'bound' ELSE 'day' END,
        false, false, false, 'explicit', 'so it is said', '{}'
    FROM (SELECT n, date '2000-01-01' + (n::bigint * 104729 %% 9500)::int AS day
          FROM generate_series(%(first)s, %(last)s) n) AS days;
"""
_PARTICIPATIONS = """
    INSERT INTO timeline_participation (event_id, actor_id, position)
    SELECT n, a.id, min(p)
    FROM generate_series(%(first)s, %(last)s) n, generate_series(0, 1 + n %% 2) p
    JOIN LATERAL (SELECT id FROM timeline_actor WHERE slug = 'actor-' || (1 + floor(400 * power(
        hashtext(p || 'a' || n)::bigint / 4294967296.0 + 0.5, 3)))) a ON true
    GROUP BY n, a.id;
"""
_MENTIONS = """
    INSERT INTO articles_mention (event_id, article_id, type, status, type_because, start, "end",
        evidence, trigger_start, trigger_end, places, attributed_to, agency, confidence, origin,
        earliest, latest, precision, lasting, approximate, uncertain, basis, because)
    SELECT e.id, a.id, e.type, e.status, '', 0, 60,
        'They said on Thursday that ' || e.title || ' was dealt with.', 0, 1, '{}', '', '', 0.8,
        'parser', e.earliest, e.latest, e.precision, false, false, false, 'explicit', ''
    FROM timeline_event e CROSS JOIN generate_series(0, 1) p
    JOIN articles_article a ON a.digest = lpad(
        (%(first)s + (e.id * 31 + p * 7 - %(first)s) %% (%(last)s - %(first)s + 1) / 4 * 4)::text,
        64, '0')
    WHERE p <= e.id %% 2 AND e.id BETWEEN %(first)s AND %(last)s;
"""
_TOLD = """
    UPDATE timeline_event SET outlets = told.outlets FROM (
        SELECT m.event_id, array_agg(DISTINCT a.outlet_id) AS outlets
        FROM articles_mention m JOIN articles_article a ON a.id = m.article_id
        WHERE m.event_id BETWEEN %(first)s AND %(last)s GROUP BY m.event_id
    ) AS told WHERE told.event_id = timeline_event.id;
"""


def fill(first: int, last: int) -> None:
    """Adds the events `first` to `last`, with two or three actors and one or two mentions each."""
    with connection.cursor() as cursor:
        cursor.execute(_CAST)
        for statement in (_ARTICLES, _EVENTS, _PARTICIPATIONS, _MENTIONS, _TOLD):
            cursor.execute(statement, {"first": first, "last": last})
