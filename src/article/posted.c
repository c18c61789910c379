/* Which quotations stand in an embedded post.
 *
 * Both are compared by their letters and digits alone, words apart by a space:
 * prose changes marks and capitals, leaves out, and breaks off. So a quotation
 * is a post's when one of its parts stands there as a whole, or a run of words
 * that is too long for chance. */
#include "article/posted.h"

#include "base/str.h"
#include "base/utf8.h"

#include <stdlib.h>

enum {
    LEAST = 16, /* bytes of a whole part, a few words */
    RUN = 40,   /* of a run of words anywhere in one */
    TRIES = 32  /* places that begin alike */
};

/* How platforms are written whose name is not just capitalised. */
static const struct {
    const char *id, *name;
} names[] = {{"linkedin", "LinkedIn"},        {"tiktok", "TikTok"},
             {"truthsocial", "Truth Social"}, {"vk", "VK"},
             {"whatsapp", "WhatsApp"},        {"youtube", "YouTube"}};

/* Whether a character is part of a word, as far as comparing needs it: ASCII
 * marks, and general punctuation with its spaces and quote marks, are not. */
static bool is_of_word(uint32_t c)
{
    if (c < 0x80)
        return dtl_is_alpha((char)c) || dtl_is_digit((char)c);
    return c != 0xA0 && c != 0xAB && c != 0xBB &&
           !(c >= 0x2000 && c < 0x2070) && !(c >= 0x3000 && c < 0x3020) &&
           c != 0xFEFF;
}

/* Writes the words of s in small letters, with a space around each, to out,
 * which has room for two bytes more than s. Apostrophes fall out of words.
 * Returns the length. */
static size_t put_words(char *out, dtl_str s)
{
    size_t at = 0, n = 0;

    out[n++] = ' ';
    while (at < s.len) {
        size_t from = at;
        uint32_t c = dtl_utf8_next(s, &at);

        if (is_of_word(c)) {
            for (; from < at; from++)
                out[n++] = dtl_lower(s.ptr[from]);
        } else if (out[n - 1] != ' ' && c != '\'' && c != 0x2019) {
            out[n++] = ' ';
        }
    }
    if (out[n - 1] != ' ')
        out[n++] = ' ';
    return n;
}

/* A place in the posts' words where a word begins, and the bytes from there. */
typedef struct {
    char key[LEAST];
    uint32_t at, embed;
} word_place;

typedef struct {
    char *text; /* of all posts, a newline between */
    size_t len;
    word_place *at;
    size_t count;
} post_words;

static int by_key(const void *a, const void *b)
{
    const word_place *x = a, *y = b;
    int order = memcmp(x->key, y->key, LEAST);

    return order ? order : x->at < y->at ? -1 : x->at > y->at;
}

static void list_places(post_words *posts, size_t from, uint32_t embed)
{
    for (; from + LEAST < posts->len; from++) {
        word_place *p = &posts->at[posts->count];

        if (posts->text[from] != ' ')
            continue;
        memcpy(p->key, posts->text + from + 1, LEAST);
        p->at = (uint32_t)from + 1;
        p->embed = embed;
        posts->count++;
    }
}

/* Fills posts with the words of all embeds. */
static void collect(const dtl_article *a, post_words *posts)
{
    size_t total = 0, i;

    for (i = 0; i < a->embed_count; i++)
        total += a->embeds[i].text.len;
    if (total < LEAST || total >= UINT32_MAX / 2)
        return;
    posts->text = dtl_arena_alloc(a->arena, total + 3 * a->embed_count);
    /* A word is a byte at least, with a space behind it. */
    posts->at = dtl_arena_alloc(a->arena, (total / 2 + 2 * a->embed_count) *
                                              sizeof *posts->at);
    if (!posts->text || !posts->at)
        return;
    for (i = 0; i < a->embed_count; i++) {
        size_t from = posts->len;

        posts->len += put_words(posts->text + from, a->embeds[i].text);
        list_places(posts, from, (uint32_t)i);
        posts->text[posts->len++] = '\n';
    }
    if (posts->count > 1)
        qsort(posts->at, posts->count, sizeof *posts->at, by_key);
}

/* The first place whose bytes are not before key. */
static size_t lower_bound(const post_words *posts, const char *key)
{
    size_t low = 0, high = posts->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (memcmp(posts->at[middle].key, key, LEAST) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The number from 1 of the first embed that goes on as words do, as far as
 * they are put there, or for a run that is no chance; 0: there is none. */
static size_t embed_from(const post_words *posts, dtl_str words)
{
    dtl_str text = {posts->text, posts->len};
    size_t i, tries;

    if (words.len > RUN)
        words.len = RUN;
    i = lower_bound(posts, words.ptr);
    for (tries = 0; tries < TRIES && i < posts->count; tries++, i++) {
        const word_place *p = &posts->at[i];

        if (memcmp(p->key, words.ptr, LEAST) != 0)
            return 0;
        if (dtl_str_eq(dtl_str_sub(text, p->at, p->at + words.len), words))
            return p->embed + 1;
    }
    return 0;
}

/* The same for what put_words writes, from its first word on or, when what is
 * left is long enough, from a later one. */
static size_t embed_of(const post_words *posts, dtl_str words)
{
    size_t at, embed = 0;

    for (at = 1; at + LEAST <= words.len && !embed; at++) {
        if (words.ptr[at - 1] == ' ' && (at == 1 || at + RUN <= words.len))
            embed = embed_from(posts, dtl_str_sub(words, at, words.len));
    }
    return embed;
}

/* The same for a quotation, part by part; words has room for the longest. */
static size_t embed_of_quote(const post_words *posts, dtl_str text,
                             const dtl_quote *q, char *words)
{
    size_t embed = 0, i;

    for (i = 0; i < q->span_count && !embed; i++) {
        size_t len = put_words(
            words, dtl_str_sub(text, q->spans[i].start, q->spans[i].end));

        embed = embed_of(posts, (dtl_str){words, len});
    }
    return embed;
}

static dtl_str joined(dtl_arena *arena, dtl_str a, const char *b, dtl_str c)
{
    size_t mid = strlen(b);
    char *out = dtl_arena_alloc(arena, a.len + mid + c.len);

    if (!out)
        return (dtl_str){0};
    if (a.len)
        memcpy(out, a.ptr, a.len);
    memcpy(out + a.len, b, mid);
    if (c.len)
        memcpy(out + a.len + mid, c.ptr, c.len);
    return (dtl_str){out, a.len + mid + c.len};
}

/* "Instagram post" */
static dtl_str medium_of(dtl_arena *arena, const dtl_embed *e)
{
    dtl_str kind = dtl_str_of(dtl_embed_kind_name(e->kind)), rest;
    char first[2] = "";
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names; i++) {
        if (dtl_str_eq(e->platform, dtl_str_of(names[i].id)))
            return joined(arena, dtl_str_of(names[i].name), " ", kind);
    }
    if (!e->platform.len)
        return (dtl_str){0};
    first[0] = e->platform.ptr[0];
    if (first[0] >= 'a' && first[0] <= 'z')
        first[0] -= 'a' - 'A';
    rest =
        joined(arena, dtl_str_sub(e->platform, 1, e->platform.len), " ", kind);
    return joined(arena, (dtl_str){0}, first, rest);
}

/* Whether a post has quote marks, so that words in it may be another's. */
static bool quotes_others(dtl_str text)
{
    static const char *const marks[] = {"\"", "\u201C", "\u201E", "\u00AB",
                                        "\u300C"};
    size_t i;

    for (i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (dtl_str_find(text, dtl_str_of(marks[i])) != SIZE_MAX)
            return true;
    }
    return false;
}

static dtl_str last_word(dtl_str s)
{
    size_t at = s.len;

    while (at > 0 && s.ptr[at - 1] != ' ')
        at--;
    return dtl_str_sub(s, at, s.len);
}

/* Whether who speaks is who posted it, as far as the last names tell. */
static bool is_author(const dtl_embed *e, dtl_str speaker)
{
    dtl_str last = last_word(e->author_name);

    return last.len && dtl_str_eq_nocase(last, last_word(speaker));
}

static void complete(dtl_arena *arena, const dtl_embed *e, dtl_quote *q)
{
    if (!q->speaker.len && !quotes_others(e->text)) {
        q->speaker = e->author_name;
        if (!q->speaker.len && e->author_handle.len)
            q->speaker = joined(arena, (dtl_str){0}, "@", e->author_handle);
        if (q->speaker.len && !q->medium.len)
            q->medium = medium_of(arena, e);
    } else if (!q->medium.len && is_author(e, q->speaker)) {
        q->medium = medium_of(arena, e);
    }
}

/* Makes the article's quotations its own, to change them. */
static dtl_quote *own_quotes(dtl_article *a)
{
    dtl_quote *own =
        dtl_arena_alloc(a->arena, a->quote_count * sizeof *a->quotes);

    if (own) {
        memcpy(own, a->quotes, a->quote_count * sizeof *own);
        a->quotes = own;
    }
    return own;
}

static size_t longest_part(const dtl_article *a)
{
    size_t longest = 0, i, j;

    for (i = 0; i < a->quote_count; i++) {
        for (j = 0; j < a->quotes[i].span_count; j++) {
            const dtl_span *s = &a->quotes[i].spans[j];

            if (s->end - s->start > longest)
                longest = s->end - s->start;
        }
    }
    return longest;
}

dtl_status dtl_article_join_posts(dtl_article *a)
{
    post_words posts = {0};
    dtl_quote *own = NULL;
    char *words = NULL;
    size_t i;

    if (a->quote_count && a->embed_count)
        collect(a, &posts);
    if (posts.count)
        words = dtl_arena_alloc(a->arena, longest_part(a) + 2);
    for (i = 0; words && i < a->quote_count; i++) {
        size_t embed = embed_of_quote(&posts, a->text, &a->quotes[i], words);

        if (!embed)
            continue;
        if (!own && !(own = own_quotes(a)))
            break;
        own[i].embed = embed;
        complete(a->arena, &a->embeds[embed - 1], &own[i]);
    }
    return a->arena->status;
}
