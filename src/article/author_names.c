/* Names out of bylines.
 *
 * A byline is cut at what surely ends it (a bar, a date, an address), freed
 * of its label, and split at commas, semicolons and words for "and". What is
 * left are phrases; from each, roles are dropped at either end, and a small
 * word that names do not hold ends it ("Ann Lee reports from Berlin"). */
#include "article/author_names.h"
#include "article/author_words.h"
#include "article/value.h"

#include "base/once.h"
#include "base/str.h"
#include "base/utf8.h"

#include <utf8proc.h>

enum {
    LABEL_BYTES = 24, /* bytes of what may be a label alone */
    NAME_BYTES = 64,  /* bytes of a person's name */
    WORDS_MAX = 24,   /* words of a phrase that are looked at */
    PERSON_WORDS = 5,
    DATE_WORD = 3 /* letters of a word before a date: on, am, le, op */
};

/* ---- Labels ------------------------------------------------------------ */

/* What stands before names. Those that end in a space are whole words;
 * those with a colon count with it only. Sorted by
 * byte, small letters. */
static const char *const labels[] = {
    "(责编：",
    "a cura di ",
    "af ",
    "analyse von ",
    "analysis by ",
    "articolo di ",
    "artikel von ",
    "auteur ",
    "auteur : ",
    "auteur: ",
    "author ",
    "author: ",
    "authors: ",
    "autor ",
    "autor tekstu: ",
    "autor*in: ",
    "autor/a: ",
    "autor/in: ",
    "autor: ",
    "autora: ",
    "autore: ",
    "autoren: ",
    "autores: ",
    "autorin ",
    "autorin: ",
    "autorius: ",
    "autoři: ",
    "av ",
    "avtor: ",
    "beitrag von ",
    "bericht von ",
    "by ",
    "by: ",
    "bởi ",
    "di ",
    "door ",
    "door: ",
    "edited by ",
    "ein artikel von ",
    "ein beitrag von ",
    "ein gastbeitrag von ",
    "ein interview von ",
    "ein kommentar von ",
    "eine analyse von ",
    "eine kolumne von ",
    "eine kritik von ",
    "eingestellt von ",
    "erstellt von ",
    "escrito por ",
    "forfatter: ",
    "gastbeitrag von ",
    "gepubliceerd door ",
    "geschreven door ",
    "geschrieben von ",
    "gespeichert von ",
    "haber: ",
    "interview by ",
    "interview von ",
    "interview: ",
    "journalist: ",
    "kirjoittaja: ",
    "kolumne von ",
    "kommentar von ",
    "kommentar: ",
    "napisao ",
    "napisał ",
    "napsal ",
    "oleh ",
    "oleh: ",
    "opinion by ",
    "par ",
    "par : ",
    "par: ",
    "penulis: ",
    "piše ",
    "piše: ",
    "por ",
    "por: ",
    "posted by ",
    "presented by ",
    "propos recueillis par ",
    "przez ",
    "pubblicato da ",
    "publicado por ",
    "publisert av ",
    "published by ",
    "publié par ",
    "redacción: ",
    "redakteur: ",
    "redaktion: ",
    "report by ",
    "reported by ",
    "reporting by ",
    "review by ",
    "rédigé par ",
    "scris de ",
    "scritto da ",
    "skrevet af ",
    "skrevet av ",
    "skriven av ",
    "story by ",
    "submitted by ",
    "szerző: ",
    "tekst: ",
    "teksti: ",
    "testo di ",
    "text & fotos: ",
    "text by ",
    "text und fotos: ",
    "text und interview: ",
    "text von ",
    "text: ",
    "texto de ",
    "texto: ",
    "tác giả: ",
    "verfasst von ",
    "veröffentlicht von ",
    "vom ",
    "von ",
    "von: ",
    "words by ",
    "words: ",
    "writer: ",
    "written by ",
    "yazan: ",
    "yazar: ",
    "écrit par ",
    "írta: ",
    "Της ",
    "Του ",
    "της ",
    "του ",
    "Автор ",
    "Автор статьи: ",
    "Автор: ",
    "Текст: ",
    "автор ",
    "автор статьи: ",
    "автор: ",
    "текст: ",
    "כתב: ",
    "מאת ",
    "מאת: ",
    "بقلم ",
    "بقلم: ",
    "كتب ",
    "كتب: ",
    "तक ",
    "लेखक: ",
    "ผู้เขียน: ",
    "โดย ",
    "作者 ",
    "作者:",
    "作者：",
    "撰文：",
    "文/",
    "文:",
    "文／",
    "文：",
    "本报记者 ",
    "来源：",
    "编辑：",
    "記者 ",
    "記者：",
    "记者 ",
    "记者：",
    "责任编辑:",
    "责任编辑：",
    "责编：",
    "글 ",
    "글: ",
    "（责编：",
};

#define LABELS (sizeof labels / sizeof *labels)

/* By the first letter of labels, a bit for each that follows it; for what is
 * no letter, one bit. Made of the labels when it is first asked for. */
static uint32_t seconds[26];
static dtl_once seconds_made;

static uint32_t bit_of(char c)
{
    c = dtl_lower(c);
    return c >= 'a' && c <= 'z' ? 1u << (c - 'a') : 1u << 26;
}

static void make_seconds(void *unused)
{
    (void)unused;
    for (size_t i = 0; i < LABELS; i++)
        if (dtl_is_alpha(labels[i][0]))
            seconds[labels[i][0] - 'a'] |= bit_of(labels[i][1]);
}

bool dtl_author_may_label(const char *text)
{
    char first = dtl_lower(text[0]);

    if (first < 'a' || first > 'z')
        return true;
    dtl_once_run(&seconds_made, make_seconds, NULL);
    return seconds[first - 'a'] & bit_of(text[1]);
}

/* Whether the first two bytes of a label are below those of a text. */
static bool is_below(const char *label, const char *text)
{
    unsigned char a = (unsigned char)label[0];
    unsigned char b = (unsigned char)dtl_lower(text[0]);

    return a != b ? a < b
                  : (unsigned char)label[1] < (unsigned char)dtl_lower(text[1]);
}

static bool is_like(const char *label, const char *text)
{
    return label[0] == dtl_lower(text[0]) && label[1] == dtl_lower(text[1]);
}

size_t dtl_author_label(dtl_str text)
{
    size_t low = 0, high = LABELS, best = 0;

    if (text.len < 2 || !dtl_author_may_label(text.ptr))
        return 0;
    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (is_below(labels[mid], text.ptr))
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < LABELS && is_like(labels[low], text.ptr); low++) {
        dtl_str label;

        if (labels[low][2] && text.len > 2 &&
            dtl_lower(text.ptr[2]) != labels[low][2] &&
            (unsigned char)labels[low][2] < 0x80)
            continue;
        label = dtl_str_of(labels[low]);
        if (label.len > best && text.len > label.len &&
            dtl_str_starts_nocase(text, label))
            best = label.len;
    }
    return best;
}

bool dtl_author_is_label(dtl_str text)
{
    char padded[LABEL_BYTES + 2];

    if (text.len < 2 || text.len > LABEL_BYTES)
        return false;
    memcpy(padded, text.ptr, text.len);
    memcpy(padded + text.len, " x", 2);
    return dtl_author_label((dtl_str){padded, text.len + 2}) >= text.len;
}

typedef enum {
    CASE_NONE,
    CASE_UPPER,
    CASE_LOWER
} letter_case;

/* Of a word's first letter; scripts without case have none. */
static letter_case case_of(dtl_str word)
{
    size_t i = 0, len;

    while (i < word.len) {
        char c = word.ptr[i];
        uint32_t cp;

        if (dtl_is_alpha(c))
            return c >= 'a' ? CASE_LOWER : CASE_UPPER;
        cp = dtl_utf8_decode(word, i, &len);
        switch (utf8proc_category((int32_t)cp)) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LT:
            return CASE_UPPER;
        case UTF8PROC_CATEGORY_LL:
            return CASE_LOWER;
        case UTF8PROC_CATEGORY_LO:
            return CASE_NONE;
        default:
            i += len;
        }
    }
    return CASE_NONE;
}

/* Whether two words in capitals follow, as after the "von" of "Ein Essay von
 * Ann Lee" and not that of "Ann von Lee". */
static bool full_name_follows(dtl_str s)
{
    dtl_str first, second;

    return dtl_str_word(&s, &first) && dtl_str_word(&s, &second) &&
           case_of(first) == CASE_UPPER && case_of(second) == CASE_UPPER;
}

/* The label in the midst of "3 May 2021, 11:42 by Ann Lee" or "An essay by
 * Ann Lee": it needs a date before it or a full name behind it, for "von"
 * and its like stand in names, too. */
static size_t inner_label(dtl_str text)
{
    bool dated = false;
    size_t i, n;

    for (i = 0; i + 3 < text.len; i++) {
        if (dtl_is_digit(text.ptr[i]) || text.ptr[i] == '|')
            dated = true;
        if (text.ptr[i] != ' ')
            continue;
        n = dtl_author_label(dtl_str_sub(text, i + 1, text.len));
        if (n >= 3 && (dated || full_name_follows(
                                    dtl_str_sub(text, i + 1 + n, text.len))))
            return i + 1 + n;
    }
    return 0;
}

/* Where names begin: behind the labels that text begins with, or behind one
 * that follows a date. */
static size_t names_start(dtl_str text, bool *said_by)
{
    size_t start = dtl_author_label(text);

    if (!start)
        start = inner_label(text);
    *said_by = start > 0;
    return start;
}

/* ---- Ends --------------------------------------------------------------- */

/* Marks that end the names: bars, bullets, arrows, slashes of addresses. */
static bool ends_names(dtl_str s, size_t i)
{
    static const char *const marks[] = {
        "|",        "\xE2\x80\xA2",   "\xC2\xB7",
        "\xC2\xA9", "\xE2\x86\x92",   "http",
        " - ",      " \xE2\x80\x93 ", " \xE2\x80\x94 ",
        ": "};
    size_t k;

    if (dtl_is_alpha(s.ptr[i]) && s.ptr[i] != 'h')
        return false;
    for (k = 0; k < sizeof marks / sizeof *marks; k++)
        if (s.ptr[i] == marks[k][0] &&
            dtl_str_starts(dtl_str_sub(s, i, s.len), dtl_str_of(marks[k])))
            return true;
    return false;
}

/* Without the small word that leads to a date: "gull on 3 May". */
static dtl_str before_date(dtl_str s)
{
    size_t at = s.len;

    while (at && s.ptr[at - 1] >= 'a' && s.ptr[at - 1] <= 'z')
        at--;
    return at && s.ptr[at - 1] == ' ' && s.len - at <= DATE_WORD
               ? dtl_str_trim(dtl_str_sub(s, 0, at))
               : s;
}

/* text up to where names surely end: a mark as above, or a number. */
static dtl_str until_end(dtl_str text)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        if (dtl_is_digit(text.ptr[i])) {
            /* A nickname may end in digits; a date stands apart. */
            if (i == 0 || text.ptr[i - 1] == ' ' || text.ptr[i - 1] == '(')
                return before_date(dtl_str_trim(dtl_str_sub(text, 0, i)));
        }
        if ((i || dtl_str_starts(text, DTL_STR("http"))) && ends_names(text, i))
            break;
    }
    return dtl_str_trim(dtl_str_sub(text, 0, i));
}

/* ---- Phrases ------------------------------------------------------------ */

typedef struct {
    dtl_str word[WORDS_MAX];
    size_t count;
} words;

static void split_words(dtl_str s, words *out)
{
    out->count = 0;
    while (out->count < WORDS_MAX && dtl_str_word(&s, &out->word[out->count]))
        out->count++;
}

static dtl_author_word kind_of(dtl_str word)
{
    return dtl_author_word_of(word);
}

/* Whether a phrase has words in capitals, so that small ones mean something. */
static bool has_capitals(const words *w)
{
    size_t i;

    for (i = 0; i < w->count; i++)
        if (case_of(w->word[i]) == CASE_UPPER)
            return true;
    return false;
}

/* Cuts a phrase's roles off its ends. Qualifiers ("senior") go with a role
 * only: they are names as well. The first phrase must give a name. */
static void cut_roles(const words *w, bool first, size_t *from, size_t *to)
{
    size_t i, role = SIZE_MAX;

    for (i = *from; i < *to; i++)
        if (kind_of(w->word[i]) == DTL_AUTHOR_WORD_ROLE) {
            role = i;
            break;
        }
    if (role == SIZE_MAX)
        return;
    /* "Senior reporter Ann Lee" or "Ann Lee senior reporter": the longer side
     * is the name. */
    i = role;
    while (i > *from && kind_of(w->word[i - 1]) == DTL_AUTHOR_WORD_QUALIFIER)
        i--;
    /* "Example Reporter" alone: one word is left, which is no name of a
     * person's, so that the role is more likely a part of it. */
    if (first && role + 1 == *to && i - *from == 1 && i == role)
        return;
    if (i - *from >= 2 || role + 1 == *to) {
        *to = i;
        return;
    }
    for (role++; role < *to; role++)
        if (kind_of(w->word[role]) != DTL_AUTHOR_WORD_ROLE &&
            kind_of(w->word[role]) != DTL_AUTHOR_WORD_QUALIFIER)
            break;
    *from = role;
}

/* Ends a phrase before a small word that names do not hold. True when it
 * was cut. */
static bool cut_sentence(const words *w, size_t from, size_t *to)
{
    size_t i, whole = *to;

    if (!has_capitals(w))
        return false;
    for (i = from; i < *to; i++)
        if (case_of(w->word[i]) == CASE_LOWER &&
            kind_of(w->word[i]) != DTL_AUTHOR_WORD_PARTICLE &&
            !(i == from && *to - from <= 2))
            break;
    /* "Ann Lee, A reporter": an article, and what only joins names. */
    if (i < whole && i > from + 1 && w->word[i - 1].len == 1)
        i--;
    while (i > from && kind_of(w->word[i - 1]) == DTL_AUTHOR_WORD_PARTICLE)
        i--;
    *to = i;
    return i < whole;
}

/* Whether a character may stand at a name's end or, but for the full stop,
 * at its beginning. */
static bool is_name_character(uint32_t cp)
{
    utf8proc_category_t c;

    if (cp < 0x80)
        return dtl_is_alpha((char)cp) || dtl_is_digit((char)cp);
    c = utf8proc_category((int32_t)cp);
    return c <= UTF8PROC_CATEGORY_NO && c != UTF8PROC_CATEGORY_CN;
}

/* A name without what clings to its ends. */
static dtl_str trim_marks(dtl_str s)
{
    size_t i, len;

    while (s.len && !is_name_character(dtl_utf8_decode(s, 0, &len)))
        s = dtl_str_sub(s, len, s.len);
    while (s.len && s.ptr[s.len - 1] != '.') {
        for (i = s.len; i && ((unsigned char)s.ptr[--i] & 0xC0) == 0x80;)
            ;
        if (is_name_character(dtl_utf8_decode(s, i, &len)))
            break;
        s.len = i;
    }
    return s;
}

/* Endings that Korean, Japanese and Chinese put behind a name. */
static dtl_str cut_suffix(dtl_str s)
{
    static const char *const endings[] = {
        "기자", "특파원", "記者", "记者", "編集委員", "論説委員", "特派員"};
    size_t i;

    for (i = 0; i < sizeof endings / sizeof *endings; i++) {
        dtl_str ending = dtl_str_of(endings[i]);

        if (s.len > ending.len && dtl_str_ends(s, ending))
            return dtl_str_trim(dtl_str_sub(s, 0, s.len - ending.len));
    }
    return s;
}

/* Whether text is the name of a company, which "&" and commas do not part. */
static bool is_company(dtl_str text)
{
    static const char *const forms[] = {"gmbh", "kg",  "ltd", "ltd.", "inc",
                                        "inc.", "llc", "plc", "e.v."};
    dtl_str word;
    size_t i;

    while (dtl_str_word(&text, &word))
        for (i = 0; i < sizeof forms / sizeof *forms; i++)
            if (dtl_str_eq_nocase(word, dtl_str_of(forms[i])))
                return true;
    return false;
}

/* Whether a word is a host ("news.example"), not a nickname with a dot. */
static bool is_host(dtl_str word)
{
    size_t at = word.len;

    while (at && word.ptr[at - 1] != '.')
        at--;
    return at >= 2 && dtl_is_top_domain(dtl_str_sub(word, at, word.len));
}

bool dtl_author_is_organization(dtl_str name, const dtl_site_names *sites,
                                dtl_arena *arena, dtl_status *status)
{
    words w;
    size_t i;

    split_words(name, &w);
    for (i = 0; i < w.count; i++)
        if (kind_of(w.word[i]) == DTL_AUTHOR_WORD_ORGANIZATION)
            return true;
    if (w.count == 1 && is_host(name))
        return true;
    return is_company(name) ||
           dtl_site_names_match(sites, dtl_value_bare(name, arena, status),
                                true);
}

/* Ends a phrase at a word that is part of no name ("Ann Lee Twitter"). */
static void cut_nobody(const words *w, size_t from, size_t *to)
{
    size_t i;

    for (i = from; i < *to; i++)
        if (kind_of(w->word[i]) == DTL_AUTHOR_WORD_NOBODY)
            break;
    *to = i;
}

typedef struct {
    const dtl_site_names *sites;
    dtl_arena *arena;
    dtl_author_names *out;
    dtl_status *status;
} reader;

static void add_name(reader *r, dtl_str name)
{
    dtl_author_names *out = r->out;
    dtl_str key, other;
    size_t i;

    if (name.len < 2 || name.len > NAME_BYTES || out->count == DTL_AUTHORS_MAX)
        return;
    key = dtl_value_bare(name, r->arena, r->status);
    if (!key.len)
        return;
    for (i = 0; i < out->count; i++) {
        other = dtl_value_bare(out->at[i].name, r->arena, r->status);
        if (dtl_str_eq(other, key))
            return;
    }
    out->at[out->count++] = (dtl_author_name){
        name, dtl_author_is_organization(name, r->sites, r->arena, r->status)};
    out->spent += name.len;
}

/* One phrase between separators. Returns the words of the name it gave. */
static size_t add_phrase(reader *r, dtl_str phrase, bool after_comma)
{
    size_t at = dtl_str_find_char(phrase, '('), from = 0, to;
    words w;
    dtl_str name;

    phrase = trim_marks(cut_suffix(trim_marks(dtl_str_sub(phrase, 0, at))));
    at = dtl_str_find_char(phrase, '<');
    phrase = trim_marks(dtl_str_sub(phrase, 0, at));
    split_words(phrase, &w);
    to = w.count;
    cut_roles(&w, r->out->count == 0, &from, &to);
    /* "Ann Lee, Harbour Correspondent": what is left of a role. */
    if (r->out->count && to - from < w.count && to < from + 2)
        return 0;
    if (cut_sentence(&w, from, &to) && r->out->count && after_comma)
        return 0; /* said of the name before: "professor of law" */
    cut_nobody(&w, from, &to);
    if (from >= to)
        return 0;
    name = (dtl_str){
        w.word[from].ptr,
        (size_t)(w.word[to - 1].ptr + w.word[to - 1].len - w.word[from].ptr)};
    name = trim_marks(name);
    /* An address is taken for the name before it. */
    at = dtl_str_find_char(name, '@');
    if (at != SIZE_MAX)
        return 0;
    if (to - from > PERSON_WORDS &&
        !dtl_author_is_organization(name, r->sites, r->arena, r->status))
        return 0;
    add_name(r, name);
    return to - from;
}

/* Bytes of the separator at i; 0 when there is none. */
static size_t separator_at(dtl_str s, size_t i)
{
    static const char *const marks[] = {
        ",", ";", "/", "\xE3\x80\x81", "\xEF\xBC\x8C", "\xD8\x8C", " + "};
    dtl_str rest = dtl_str_sub(s, i, s.len), word;
    size_t k;

    if (dtl_is_alpha(s.ptr[i]))
        return 0;
    for (k = 0; k < sizeof marks / sizeof *marks; k++)
        if (s.ptr[i] == marks[k][0] &&
            dtl_str_starts(rest, dtl_str_of(marks[k])))
            return strlen(marks[k]);
    if (s.ptr[i] != ' ')
        return 0;
    rest = dtl_str_sub(s, i + 1, s.len);
    k = dtl_str_find_char(rest, ' ');
    if (k == SIZE_MAX)
        return 0;
    word = dtl_str_sub(rest, 0, k);
    return dtl_author_word_of(word) == DTL_AUTHOR_WORD_AND ? k + 2 : 0;
}

/* "Lee, Ann": two single words, turned round. */
static bool add_turned(reader *r, dtl_str s)
{
    size_t comma = dtl_str_find_char(s, ','), len;
    dtl_str last, first;
    char *name;

    if (comma == SIZE_MAX)
        return false;
    last = dtl_str_trim(dtl_str_sub(s, 0, comma));
    first = dtl_str_trim(dtl_str_sub(s, comma + 1, s.len));
    if (!last.len || !first.len || dtl_str_find_char(last, ' ') != SIZE_MAX ||
        dtl_str_find_char(first, ' ') != SIZE_MAX ||
        dtl_str_find_char(first, ',') != SIZE_MAX ||
        case_of(last) != CASE_UPPER || case_of(first) != CASE_UPPER ||
        first.len < 3 || last.len < 3)
        return false;
    len = first.len + 1 + last.len;
    name = dtl_arena_alloc(r->arena, len);
    if (!name) {
        *r->status = DTL_NOMEM;
        return false;
    }
    memcpy(name, first.ptr, first.len);
    name[first.len] = ' ';
    memcpy(name + first.len + 1, last.ptr, last.len);
    add_name(r, (dtl_str){name, len});
    return true;
}

/* Whether a phrase between separators is a place and no name: a single word
 * at the end, behind a full name and a comma ("Ann Lee, Berlin"). */
static bool is_place(dtl_str phrase, size_t words_before, bool last)
{
    phrase = dtl_str_trim(phrase);
    return last && words_before >= 2 &&
           dtl_str_find_char(phrase, ' ') == SIZE_MAX;
}

void dtl_author_names_read(dtl_str text, const dtl_site_names *sites,
                           dtl_arena *arena, dtl_author_names *out,
                           dtl_status *status)
{
    reader r = {sites, arena, out, status};
    size_t start, i, n, from = 0, before = 0;
    bool comma = false;
    dtl_str names;

    *out = (dtl_author_names){0};
    if (dtl_author_is_label(text))
        return;
    start = names_start(text, &out->said_by);
    names = until_end(dtl_str_sub(text, start, text.len));
    out->spent = start;
    if (names.len <= NAME_BYTES &&
        (is_company(names) ||
         dtl_site_names_match(sites, dtl_value_bare(names, arena, status),
                              false))) {
        add_name(&r, names);
        return;
    }
    if (add_turned(&r, names))
        return;
    for (i = 0; i <= names.len; i += n) {
        bool last = i == names.len;
        dtl_str phrase = dtl_str_sub(names, from, i);

        n = last ? 1 : separator_at(names, i);
        if (!n) {
            n = 1;
            continue;
        }
        if (out->said_by && comma && is_place(phrase, before, last))
            break;
        before = add_phrase(&r, phrase, comma);
        comma = !last && names.ptr[i] == ',';
        out->spent += n;
        from = i + n;
    }
}
