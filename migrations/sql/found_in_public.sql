-- What of all that is published, or of all organisations, says or resembles some words: at most so many, titles that
-- say them first. Row-level security lets no index of words be used, so the owner looks, and only at what everybody
-- may read; the statement of whoever asks judges each row again.

create function found_in_public(p_kind text, p_words text, p_most int) returns setof uuid
language sql stable security definer rows 50
set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.38 as $$
    with asked as (
        select plain_text(p_words) as words, search_question(p_words) as question,
            '%' || regexp_replace(plain_text(p_words), '([%_\\])', '\\\1', 'g') || '%' as pattern)
    (select s.id from asked, shown_row s
    where s.circle = 'public' and s.entity = p_kind and s.is_latest and p_kind <> 'organisation'
        and (s.plain like asked.pattern or s.words @@ asked.question
            or length(asked.words) >= 4 and s.title_key %> asked.words)
    order by position(asked.words in s.title_key) = 0, s.title_key, s.id limit p_most)
    union all
    (select o.id from asked, organisation o
    where p_kind = 'organisation'
        and (plain_text(o.name) like asked.pattern or search_words(o.name) @@ asked.question
            or length(asked.words) >= 4 and plain_text(o.name) %> asked.words)
    order by position(asked.words in plain_text(o.name)) = 0, plain_text(o.name), o.id limit p_most)
$$;

revoke all on function found_in_public(text, text, int) from public;
grant execute on function found_in_public(text, text, int) to pst_runtime;
