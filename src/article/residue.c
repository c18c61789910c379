/* Matches short blocks against the table of lines.
 *
 * The block is brought into the table's spelling: folded letters, words
 * joined by one space (none between letters that are words of their own),
 * numbers as "#". Then the rules that begin with each word are tried there;
 * they lie together in the sorted table. */
#include "article/residue.h"
#include "article/residue_table.h"
#include "article/measure.h"
#include "base/str.h"
#include "base/utf8.h"

enum {
    LINE_MAX = 900, /* bytes that are looked at */
    WORDS_MAX = 120 /* the most a rule allows a block */
};

/* The block in the table's spelling; returns its length. *colon is the length
 * that it had before the first colon. */
static size_t prepare(dtl_str text, char line[LINE_MAX], size_t *colon)
{
    size_t len = 0, i = 0;
    bool gap = false, last_wide = false, number = false;

    while (i < text.len && len + 5 < LINE_MAX) {
        size_t n;
        uint32_t cp = dtl_utf8_decode(text, i, &n);
        bool digit = cp < 0x80 && dtl_is_digit((char)cp), wide;

        i += n;
        if (!dtl_is_word_char(cp)) {
            if (*colon == SIZE_MAX && (cp == ':' || cp == 0xff1a))
                *colon = len;
            gap = true;
            number = false;
            continue;
        }
        if (digit && number)
            continue;
        wide = dtl_is_wide(cp);
        if (gap && len && !(wide && last_wide))
            line[len++] = ' ';
        gap = false;
        number = digit;
        last_wide = wide;
        len += dtl_utf8_encode(digit ? '#' : dtl_fold(cp), line + len);
    }
    return len;
}

static bool is_wide_at(dtl_str line, size_t at)
{
    size_t n;

    return (unsigned char)line.ptr[at] >= 0xe0 &&
           dtl_is_wide(dtl_utf8_decode(line, at, &n));
}

/* Whether rule stands at `at`, to the end of a word. */
static bool stands(const char *rule, dtl_str line, size_t at, size_t *end)
{
    size_t len = strlen(rule);

    if (len > line.len - at || memcmp(line.ptr + at, rule, len) != 0)
        return false;
    *end = at + len;
    return *end == line.len || line.ptr[*end] == ' ' ||
           is_wide_at(line, *end) || (unsigned char)rule[len - 1] >= 0xe0 ||
           ((unsigned char)rule[len - 1] >= 0x80 && len > 2 &&
            (unsigned char)rule[len - 3] >= 0xe0);
}

/* The first rule whose line is not below the given bytes. */
static size_t lower_bound(const char *key, size_t len)
{
    size_t low = 0, high = dtl_residue_rule_count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (strncmp(dtl_residue_rules[mid].line, key, len) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Bytes of the first word at `at`; one letter, where that is a word. */
static size_t word_len(dtl_str line, size_t at)
{
    size_t n, i = at;

    if (is_wide_at(line, at)) {
        dtl_utf8_decode(line, at, &n);
        return n;
    }
    while (i < line.len && line.ptr[i] != ' ')
        i++;
    return i - at;
}

/* What rules are tried on. */
typedef struct {
    dtl_str line;
    size_t words; /* of the block */
    size_t colon; /* where the first colon stood */
} prepared;

/* The most words of a block whose label says what it is. */
enum {
    LABELLED_WORDS = 40
};

static bool holds(const dtl_residue_rule *r, const prepared *p, size_t at,
                  bool *label)
{
    dtl_str line = p->line;
    size_t end, words = p->words;

    *label = false;
    if (!at && stands(r->line, line, 0, &end) && end == p->colon &&
        words <= LABELLED_WORDS) {
        *label = true;
        return true;
    }
    if (r->reach != DTL_RESIDUE_WHOLE_LINE && words > r->words)
        return false;
    if (r->reach != DTL_RESIDUE_ANY_LINE && at)
        return false;
    if (!stands(r->line, line, at, &end))
        return false;
    return r->reach != DTL_RESIDUE_WHOLE_LINE || end == line.len;
}

static unsigned words_of(const char *line)
{
    unsigned n = 1;

    for (; *line; line++)
        n += *line == ' ';
    return n;
}

static void try_at(const prepared *p, size_t at, dtl_residue *out)
{
    dtl_str line = p->line;
    size_t len = word_len(line, at);

    for (size_t i = lower_bound(line.ptr + at, len);
         i < dtl_residue_rule_count &&
         strncmp(dtl_residue_rules[i].line, line.ptr + at, len) == 0;
         i++) {
        const dtl_residue_rule *r = &dtl_residue_rules[i];
        bool label;

        if (!holds(r, p, at, &label))
            continue;
        out->hits += out->hits < 255;
        if (!out->kind || r->reach < out->reach) {
            out->kind = r->kind;
            out->reach = r->reach;
            out->phrase = words_of(r->line);
            out->label = label;
        }
    }
}

dtl_residue dtl_residue_of(dtl_str text, size_t words)
{
    dtl_residue out = {0};
    prepared p = {.words = words, .colon = SIZE_MAX};
    char buf[LINE_MAX];
    dtl_str line;
    bool start = true;

    if (words > WORDS_MAX)
        return out;
    line = (dtl_str){buf, prepare(text, buf, &p.colon)};
    p.line = line;
    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.ptr[i];

        if (c == ' ') {
            start = true;
            continue;
        }
        if ((c & 0xc0) == 0x80)
            continue;
        if (start || is_wide_at(line, i))
            try_at(&p, i, &out);
        start = false;
    }
    return out;
}

static const dtl_cue_word *find_cue(uint64_t hash)
{
    size_t low = 0, high = dtl_cue_count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (dtl_cue_table[mid].hash == hash)
            return &dtl_cue_table[mid];
        if (dtl_cue_table[mid].hash < hash)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

void dtl_cue_words(dtl_str text, unsigned counts[DTL_CUES])
{
    size_t at = 0;
    uint64_t hash;

    memset(counts, 0, DTL_CUES * sizeof *counts);
    while (dtl_next_word(text, &at, &hash)) {
        const dtl_cue_word *c = find_cue(hash);

        if (c)
            counts[c->cue]++;
    }
}

const char *dtl_residue_name(dtl_residue_kind kind)
{
    static const char *const names[DTL_RESIDUE_KINDS] = {
        "",          "related",   "credit",     "ad",       "nav",
        "clock",     "date",      "newsletter", "player",   "contributors",
        "agency",    "copyright", "correction", "update",   "paywall",
        "affiliate", "tip",       "channel",    "comments", "share",
        "tags",      "author",    "consent",    "script",
    };

    return kind < DTL_RESIDUE_KINDS ? names[kind] : "";
}
