-- Words as readers look for them: without accents or capitals, French stems for search.

create function plain_text(words text) returns text
language sql immutable parallel safe strict as $$
    -- unaccent is only STABLE because its dictionary could change; ours is named and never does.
    select public.unaccent('public.unaccent', lower(words))
$$;

create function sort_text(words text) returns text
language sql immutable parallel safe as $$
    select coalesce(public.plain_text(words), '')
$$;

create function search_words(words text) returns tsvector
language sql immutable parallel safe strict as $$
    select to_tsvector('pg_catalog.french', public.plain_text(words))
$$;

create function search_question(words text) returns tsquery
language sql immutable parallel safe strict as $$
    select websearch_to_tsquery('pg_catalog.french', public.plain_text(words))
$$;

create function seal_cursor(keys text, tag text, inner_pad bytea, outer_pad bytea) returns text
language sql immutable parallel safe strict as $$
    -- HMAC-SHA-256 (RFC 2104) with prepared pads; says the same as CursorKey.seal in Python.
    select translate(encode(convert_to(keys, 'utf8'), 'base64'), E'+/=\n', '-_') || '.' || left(encode(
        sha256(outer_pad || sha256(inner_pad || convert_to(keys || E'\n' || tag, 'utf8'))), 'hex'), 32)
$$;
