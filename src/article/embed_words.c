/* The words that an embed leaves when its script does not run.
 *
 * Platforms close their fallback markup with a credit: a phrase in the
 * page's language, the author's name, the handle in brackets, sometimes the
 * date. Only the credit is read here; it is the last "(@handle)". */
#include "article/embeds.h"
#include "base/date_parse.h"
#include "base/str.h"

/* What stands before the name in Instagram's and Facebook's credits. Taken
 * from the embed code that Instagram hands out in these languages. */
static const char *const shared_by[] = {
    "A post shared by",
    "Post shared by",
    "A photo posted by",
    "A video posted by",
    "Ein Beitrag geteilt von",
    "Ein von",
    "Une publication partagée par",
    "Una publicación compartida por",
    "Una publicación compartida de",
    "Uma publicação partilhada por",
    "Uma publicação compartilhada por",
    "Un post condiviso da",
    "Een bericht gedeeld door",
    "Post udostępniony przez",
    "Публикация от",
    "Et innlegg delt av",
    "Et opslag delt af",
    "Ett inlägg delat av",
    "Henkilön",
    "Příspěvek sdílený",
    "Bir gönderi paylaştı",
};

static const char *const dashes[] = {"—", "–", "--", "― "};

/* Offset behind the last of the strings in s, 0 when there is none. */
static size_t behind_last(dtl_str s, const char *const *list, size_t count)
{
    size_t best = 0, at, i;
    dtl_str rest, one;

    for (i = 0; i < count; i++) {
        one = dtl_str_of(list[i]);
        rest = s;
        while ((at = dtl_str_find(rest, one)) != SIZE_MAX) {
            rest = dtl_str_sub(rest, at + one.len, rest.len);
            if (s.len - rest.len > best)
                best = s.len - rest.len;
        }
    }
    return best;
}

static bool is_handle_char(char c)
{
    return dtl_is_alpha(c) || dtl_is_digit(c) || c == '_' || c == '.' ||
           c == '-' || c == '@';
}

/* Finds the last "(@handle)"; name_end is where the bracket opens. */
static bool find_credit(dtl_str words, dtl_str *handle, size_t *name_end)
{
    size_t i, j;

    for (i = words.len; i-- > 0;) {
        if (words.ptr[i] != '(')
            continue;
        j = i + 1;
        while (j < words.len && dtl_is_space(words.ptr[j]))
            j++;
        if (j >= words.len || words.ptr[j] != '@')
            continue;
        *handle = dtl_str_sub(words, j + 1, words.len);
        for (j = 0; j < handle->len && is_handle_char(handle->ptr[j]); j++)
            ;
        *handle = dtl_str_sub(*handle, 0, j);
        *name_end = i;
        if (handle->len)
            return true;
    }
    return false;
}

/* The day that stands behind the handle. */
static void take_date(dtl_embed *e, dtl_str words, dtl_arena *arena)
{
    dtl_date_time date;
    size_t start, end;

    words = dtl_str_sub(words, 0, 80);
    if (!e->published.ptr && dtl_date_find(words, 0, NULL, &date, &start, &end))
        e->published = dtl_date_format(&date, arena);
}

dtl_str dtl_embed_post_text(dtl_str text)
{
    static const char *const hosts[] = {"pic.twitter.com/", "pic.x.com/"};
    size_t at, i;

    for (i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        at = dtl_str_find(text, dtl_str_of(hosts[i]));
        if (at != SIZE_MAX &&
            dtl_str_find_char(dtl_str_sub(text, at, text.len), ' ') == SIZE_MAX)
            text = dtl_str_sub(text, 0, at);
    }
    return dtl_str_trim(text);
}

/* The post, where words hold it and the credit behind a dash: what is before
 * the dash, which ends at offset dash. */
static void take_text(dtl_embed *e, dtl_str words, size_t dash,
                      dtl_arena *arena)
{
    dtl_str text = dtl_str_sub(words, 0, dash), mark;
    size_t i;

    for (i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        mark = dtl_str_of(dashes[i]);
        if (dtl_str_ends(text, mark)) {
            text = dtl_str_sub(text, 0, text.len - mark.len);
            break;
        }
    }
    text = dtl_embed_post_text(dtl_str_trim(text));
    if (text.len && !e->text.ptr)
        e->text = dtl_arena_copy(arena, text);
}

void dtl_embed_from_words(dtl_embed *e, dtl_str words, dtl_arena *arena)
{
    dtl_str handle, name;
    size_t end, from, dash;

    if (!find_credit(words, &handle, &end))
        return;
    if (!e->author_handle.ptr)
        e->author_handle = dtl_arena_copy(arena, handle);
    take_date(e,
              dtl_str_sub(words, (size_t)(handle.ptr - words.ptr) + handle.len,
                          words.len),
              arena);
    name = dtl_str_sub(words, 0, end);
    from = behind_last(name, shared_by, sizeof shared_by / sizeof *shared_by);
    dash = behind_last(name, dashes, sizeof dashes / sizeof *dashes);
    if (dash > from) {
        from = dash;
        take_text(e, words, dash, arena);
    }
    /* A name without anything before it would be the whole post. */
    name = dtl_str_trim(dtl_str_sub(name, from, name.len));
    if (from && name.len && name.len <= 120 && !e->author_name.ptr)
        e->author_name = dtl_arena_copy(arena, name);
}
