/* The common tokens of a text, for each instruction set.
 *
 * There are no vectors here, but counting and masking bits is most of the
 * work, and the newer sets have instructions for that. What is rare leaves
 * the loop: numbers, newlines, what touches a number or a letter past ASCII,
 * and addresses. */
#include "base/lanes.h"
#include "base/str.h"
#include "text/time_plain.h"

#ifdef __BMI2__
#include <immintrin.h>
#endif

enum {
    BACK = DTL_TIME_WORD_MAX + 1 /* bytes that a word's letters are read from */
};

/* A loop's own copy of what it changes. */
typedef struct {
    const dtl_time_lang *lang;
    const dtl_time_hot *hot; /* of the language, as is the rest */
    const uint16_t *buckets;
    unsigned bucket_shift, first_short;
    dtl_time_token *token;
    uint64_t next;   /* what may come behind the last token */
    uint64_t starts; /* of the window's tokens, a bit each, the last one's
                        lowest: whether the one before it may start */
} state;

/* Puts a token, of which rest is the second half. */
DTL_INLINE void put(state *t, const dtl_time_hot *known, size_t at, size_t end,
                    uint64_t rest)
{
    t->starts = t->starts << 1 | ((t->next & known->mask) != 0);
    t->next = known->next;
    t->token->start = (uint32_t)at;
    t->token->end = (uint32_t)end;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy((char *)t->token + 8, &rest, 8);
#else
    t->token->value = (uint32_t)rest;
    t->token->word = (uint16_t)(rest >> 32);
    t->token->kind = (uint8_t)(rest >> 48);
    t->token->flags = (uint8_t)(rest >> 56);
#endif
    t->token++;
}

static __attribute__((noinline)) uint16_t long_word(const dtl_time_lang *lang,
                                                    const char *p, size_t len)
{
    const uint64_t small = UINT64_C(0x2020202020202020);
    uint64_t letters[3] = {dtl_time_load(p, 8) | small, 0, 0};

    if (len > DTL_TIME_WORD_MAX)
        return 0;
    for (size_t i = 1; 8 * i < len; i++) {
        size_t n = len - 8 * i < 8 ? len - 8 * i : 8;

        letters[i] = (dtl_time_load(p + 8 * i, 8) | small) &
                     ~UINT64_C(0) >> (64 - 8 * n);
    }
    return dtl_time_find_letters(lang, letters, len);
}

/* The ASCII mark that quote marks, apostrophes and dashes at p count as;
 * 0: none of them is there. */
DTL_INLINE char quote_mark(const char *p)
{
    static const char marks[16] = {'-',  '-',  '-', '-', '-', '-', 0,   0,
                                   '\'', '\'', '_', '_', '"', '"', '"', '"'};
    unsigned char last = (unsigned char)p[2];

    if ((unsigned char)p[0] != 0xE2 || (unsigned char)p[1] != 0x80 ||
        last < 0x90 || last > 0x9F)
        return 0;
    return marks[last & 15];
}

/* The first len bytes of eight, all if there are no more. */
DTL_INLINE uint64_t first_of(uint64_t eight, size_t len)
{
#ifdef __BMI2__
    return _bzhi_u64(eight, 8 * (unsigned)len);
#else
    return len < 8 ? eight & ((UINT64_C(1) << 8 * len) - 1) : eight;
#endif
}

/* Takes the word or mark at p, which is byte at of the text; nobody foretells
 * which it is, so they have one way. False where it may be an address. */
DTL_INLINE bool take(state *t, const char *p, size_t at, size_t len,
                     uint64_t glued)
{
    const uint64_t small = UINT64_C(0x2020202020202020);
    uint64_t raw = dtl_time_load(p, 8);
    unsigned word = dtl_time_find_hot(t->hot, t->buckets, t->bucket_shift,
                                      first_of(raw | small, len));
    unsigned most = ((len <= 8) * UINT32_MAX) & (t->first_short - 1);

    if (DTL_UNLIKELY(word > most)) {
        if (len <= 8)
            return false;
        word = long_word(t->lang, p, len);
    }
    /* The bit that small letters have becomes the flag of capital ones. */
    put(t, &t->hot[word], at, at + len,
        t->hot[word].token | (~raw & 0x20) / 0x20 * DTL_TT_CAP << 56 |
            glued << 56);
    return true;
}

/* Notes the starts among the tokens from number first on, which a window
 * gave. */
DTL_INLINE void note_starts(dtl_time_tokens *o, uint64_t starts, size_t first,
                            size_t count)
{
    for (starts = count ? starts << (64 - count) : 0; starts;) {
        unsigned i = (unsigned)__builtin_clzll(starts);

        o->starts[o->start_count++] = (uint16_t)(first + i - 1);
        starts &= ~(UINT64_C(1) << 63 >> i);
    }
}

/* Takes the quote mark or dash at *at; false where nothing of the kind is. */
DTL_INLINE bool take_quote(state *t, const char *text, size_t *at, bool glued)
{
    char mark = quote_mark(text + *at);
    const dtl_time_hot *known =
        &t->hot[t->lang->first_mark + (unsigned char)mark];

    if (!mark)
        return false;
    put(t, known, *at, *at + 3, known->token | (uint64_t)glued << 56);
    *at += 3;
    return true;
}

/* Takes what is plain of those that begin in the window from *at on and end
 * in it. Moves *at to what is left, which is not plain where false is given.
 * last: where the token before ends. */
DTL_INLINE bool take_window(state *t, const dtl_byte_kinds *k, const char *text,
                            size_t *at, size_t last)
{
    const uint64_t valid = (UINT64_C(1) << DTL_BIT_WINDOW) - 1;
    size_t from = *at, i = from - k->from;
    uint64_t letters = dtl_bits_from(k->letters, i) & valid;
    uint64_t marks = dtl_bits_from(k->marks, i) & valid;
    uint64_t odd = dtl_bits_from(k->odd, i) & valid;
    uint64_t stop = odd & -odd, before = (stop - 1) & valid;
    uint64_t begins = ((letters & ~(letters << 1)) | marks) & before;
    uint64_t ends =
        ((letters << 1 & ~letters) | marks << 1) & (before << 1 | 1) & valid;
    uint64_t glued = (letters | marks) << 1 | (from == last);
    const char *base = text + from;

    /* A word that goes on with a letter past ASCII is not plain. E2 begins
     * marks and spaces only. */
    if (stop & ends & letters << 1 &&
        (signed char)base[__builtin_ctzll(stop)] < 0 &&
        (unsigned char)base[__builtin_ctzll(stop)] != 0xE2) {
        ends &= ~stop;
        stop = 0;
    }
    for (; ends; ends &= ends - 1, begins &= begins - 1) {
        size_t begin = (size_t)__builtin_ctzll(begins);
        size_t end = (size_t)__builtin_ctzll(ends);

        if (!take(t, base + begin, from + begin, end - begin,
                  glued >> begin & 1)) {
            *at = from + begin;
            return false;
        }
    }
    if (begins) {
        *at = from + (size_t)__builtin_ctzll(begins);
        return *at != from && !(odd & before << 1);
    }
    *at = from + (stop ? (size_t)__builtin_ctzll(stop) : DTL_BIT_WINDOW);
    return !stop || take_quote(t, text, at, stop & glued);
}

void DTL_LANES_NAME(dtl_time_scan_plain)(dtl_time_scanner *s, size_t most)
{
    const dtl_time_lang *lang = s->lang;
    dtl_time_tokens *o = s->out;
    const dtl_byte_kinds *k = &o->kinds;
    state t = {lang,
               lang->hot,
               lang->buckets,
               lang->bucket_shift,
               lang->first_short,
               o->tokens + o->count,
               s->before->next,
               0};
    size_t at = s->at, last = s->last;
    bool on = true;

    /* Letters that touch a number, say, are not plain. */
    if (at == last && t.token[-1].kind != DTL_TT_MARK &&
        dtl_is_alpha(s->text.ptr[at]))
        return;
    while (on && at + 64 + BACK < k->to && o->count + 64 <= most) {
        size_t count;

        t.starts = 0;
        on = take_window(&t, k, s->text.ptr, &at, last);
        count = (size_t)(t.token - o->tokens) - o->count;
        if (!count)
            continue;
        note_starts(o, t.starts, o->count, count);
        o->tokens[o->count].flags |= s->line ? DTL_TT_LINE : 0;
        o->count += count;
        s->line = false;
        last = t.token[-1].end;
    }
    if (last != s->last)
        s->before = dtl_time_known(lang, t.token - 1);
    s->last = last;
    s->at = at;
}
