-- What two spellings of one name have in common: its words without case and accents, in one order.
create function name_key(value text) returns text
  language sql immutable strict parallel safe
  return (
    select string_agg(word, ' ' order by word collate "C")
    from regexp_split_to_table(public.search_normalize(value), '[^[:alnum:]]+') as word
    where word <> ''
  );
