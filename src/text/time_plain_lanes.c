/* The common tokens of a text, for each instruction set.
 *
 * There are no vectors here, but counting and masking bits is most of the
 * work, and the newer sets have instructions for that. What is rare leaves
 * the loop: numbers, newlines, what touches a number or a letter past ASCII,
 * and addresses. */
#include "base/lanes.h"
#include "text/time_plain.h"

enum {
    BACK = DTL_TIME_WORD_MAX + 1 /* bytes that a word's letters are read from */
};

/* A loop's own copy of what it changes. */
typedef struct {
    dtl_time_token *token;
    uint16_t *start;
    size_t index; /* of the last token */
    size_t last;
    uint64_t next; /* what may come behind the last token */
    uint64_t line; /* the flag, for the next token */
} state;

/* Puts a token: its value, and above 32 bits its word, kind and flags. */
DTL_INLINE void put(state *t, uint64_t mask, uint64_t next, size_t at,
                    size_t end, uint64_t rest)
{
    uint64_t place = (uint64_t)end << 32 | at;

    rest |= ((at == t->last ? DTL_TT_GLUED : 0) | t->line) << 56;
    *t->start = (uint16_t)t->index;
    t->start += (t->next & mask) != 0;
    t->next = next;
    t->index++;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(t->token, &place, 8);
    memcpy((char *)t->token + 8, &rest, 8);
#else
    *t->token = (dtl_time_token){(uint32_t)place,       (uint32_t)(place >> 32),
                                 (uint32_t)rest,        (uint16_t)(rest >> 32),
                                 (uint8_t)(rest >> 48), (uint8_t)(rest >> 56)};
#endif
    t->token++;
    t->last = end;
    t->line = 0;
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

/* The end of a run of letters that goes on in the next block. */
static __attribute__((noinline)) size_t far_end(const dtl_byte_kinds *k,
                                                size_t at)
{
    return dtl_byte_run_end(k, k->letters, at);
}

/* Takes the word at p, if it is plain. */
DTL_INLINE bool take_word(state *t, const dtl_time_lang *lang, const char *p,
                          size_t at, size_t len)
{
    const uint64_t small = UINT64_C(0x2020202020202020);
    const uint64_t http = 0x70747468, www = 0x777777;
    uint64_t raw = dtl_time_load(p, 8), key = raw | small;
    unsigned word;

    /* E2 begins marks and spaces only. */
    if (DTL_UNLIKELY((signed char)p[len] < 0) && (unsigned char)p[len] != 0xE2)
        return false;
    if (DTL_UNLIKELY((uint32_t)key == http) ||
        (DTL_UNLIKELY(at == t->last) && t->token[-1].kind != DTL_TT_MARK))
        return false;
    if (DTL_UNLIKELY(len > 8)) {
        word = long_word(lang, p, len);
    } else {
        key &= ~UINT64_C(0) >> (64 - 8 * len);
        if (DTL_UNLIKELY(key == www))
            return false;
        word = dtl_time_find_word(lang, key);
    }
    /* The bit that small letters have becomes the flag of capital ones. */
    put(t, lang->hot[word].mask, lang->hot[word].next, at, at + len,
        (uint64_t)word << 32 | (~raw & 0x20) / 0x20 * DTL_TT_CAP << 56);
    return true;
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

/* Takes what is plain of those that begin in a block from *at on; moves *at
 * to the end of the block, or to what is not plain, which gives false. */
DTL_INLINE bool take_block(state *t, const dtl_time_lang *lang,
                           const dtl_byte_kinds *k, dtl_str text, size_t *at,
                           size_t from, size_t block)
{
    uint64_t rest = ~UINT64_C(0) << (*at - from);
    uint64_t letters = k->letters[block] & rest;
    uint64_t digits = k->digits[block] & rest;
    uint64_t begins = (letters & ~(letters << 1)) | (digits & ~(digits << 1)) |
                      (k->others[block] & rest);
    size_t end = from + 64;

    for (; begins; begins &= begins - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(begins);
        size_t here = from + bit;
        const char *p = text.ptr + here;
        const dtl_time_word *known;

        if (letters >> bit & 1) {
            uint64_t ends = ~letters >> bit;
            size_t len = DTL_LIKELY(ends != 0) ? (size_t)__builtin_ctzll(ends)
                                               : far_end(k, here) - here;

            *at = here;
            if (here + len >= k->to || !take_word(t, lang, p, here, len))
                return false;
            if (here + len > end)
                end = here + len;
        } else if (digits >> bit & 1 || (signed char)*p <= '\n') {
            char mark = quote_mark(p);

            *at = here;
            if (!mark)
                return false;
            known = &lang->marks[(unsigned char)mark];
            put(t, known->mask, known->next, here, here + 3,
                (uint64_t)mark | (uint64_t)DTL_TT_MARK << 48);
            if (here + 3 > end)
                end = here + 3;
            begins &= ~(UINT64_C(6) << bit);
        } else {
            known = &lang->marks[(unsigned char)*p];
            put(t, known->mask, known->next, here, here + 1,
                (uint64_t)(unsigned char)*p | (uint64_t)DTL_TT_MARK << 48);
        }
    }
    *at = end;
    return true;
}

void DTL_LANES_NAME(dtl_time_scan_plain)(dtl_time_scanner *s, size_t most)
{
    dtl_time_tokens *o = s->out;
    const dtl_time_lang *lang = s->lang;
    const dtl_byte_kinds *k = &o->kinds;
    dtl_str text = s->text;
    size_t at = s->at, count;
    state t = {o->tokens + o->count, o->starts + o->start_count,
               o->count - 1,         s->last,
               s->before->next,      s->line ? DTL_TT_LINE : 0};

    while (at < k->to && at + 64 + BACK < text.len &&
           (size_t)(t.token - o->tokens) + 64 <= most) {
        size_t block = (at - k->from) / 64;

        if (!take_block(&t, lang, k, text, &at, k->from + 64 * block, block))
            break;
    }
    count = (size_t)(t.token - o->tokens);
    if (count > o->count) {
        s->before = dtl_time_known(lang, t.token - 1);
        o->count = count;
        o->start_count = (size_t)(t.start - o->starts);
        s->last = t.last;
        s->line = false;
    }
    s->at = at < k->to ? at : k->to;
}
