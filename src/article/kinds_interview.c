/* Interviews: questions in bold or italics and answers in plain text, or
 * lines that begin with letters for both.
 *
 * One bold question is a subhead; an article is an interview where several
 * stand between answers and fill most of it. Then every bold paragraph among
 * them is a question, with a mark or without. */
#include "article/kinds.h"
#include "base/str.h"

/* How lines of written interviews begin. */
static const struct {
    const char *question, *answer;
} labels[] = {
    {"Q", "A"},
    {"Question", "Answer"},
    {"Frage", "Antwort"},
    {"F", "A"},
    {"Q", "R"},
    {"P", "R"},
    {"D", "R"},
    {"V", "A"},
    {"Pregunta", "Respuesta"},
    {"Pergunta", "Resposta"},
    {"Domanda", "Risposta"},
    {"Vraag", "Antwoord"},
    {"问", "答"},
    {"問", "答"},
    {"\u0412", "\u041e"},
};

enum {
    LABELS = sizeof labels / sizeof labels[0],
    LABEL_MAX = 9 /* bytes of one */
};

static bool begins(dtl_str text, const char *label)
{
    dtl_str l = dtl_str_of(label);

    if (!dtl_str_starts(text, l) || text.len == l.len)
        return false;
    text = dtl_str_sub(text, l.len, text.len);
    return text.ptr[0] == ':' || text.ptr[0] == '.' ||
           dtl_str_starts(text, DTL_STR("\uff1a"));
}

static bool is_open(const dtl_kinds *k, uint32_t i)
{
    return k->verdicts[i].keep &&
           k->region->b->blocks[i].type == DTL_BLOCK_IS_TEXT;
}

/* Whether a mark stands where one stands behind a label. */
static bool may_be_labelled(dtl_str text)
{
    dtl_str head = dtl_str_sub(text, 0, LABEL_MAX + 1);

    for (size_t i = 1; i < head.len; i++)
        if (head.ptr[i] == ':' || head.ptr[i] == '.' ||
            (unsigned char)head.ptr[i] == 0xef)
            return true;
    return false;
}

static bool by_labels(dtl_kinds *k)
{
    uint32_t n = (uint32_t)k->region->b->block_count;
    size_t questions[LABELS] = {0}, answers[LABELS] = {0};
    size_t best = SIZE_MAX, most = 0;
    bool answer = false, open = false;

    for (uint32_t i = 0; i < n; i++) {
        dtl_str text = k->region->b->blocks[i].text;

        if (!is_open(k, i) || !may_be_labelled(text))
            continue;
        for (size_t l = 0; l < LABELS; l++) {
            questions[l] += begins(text, labels[l].question);
            answers[l] += begins(text, labels[l].answer);
        }
    }
    for (size_t l = 0; l < LABELS; l++) {
        if (questions[l] >= 2 && answers[l] >= 2 &&
            questions[l] + answers[l] > most) {
            best = l;
            most = questions[l] + answers[l];
        }
    }
    if (best == SIZE_MAX)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        dtl_str text = k->region->b->blocks[i].text;
        dtl_verdict *v = &k->verdicts[i];

        if (!is_open(k, i) || v->kind != DTL_BLOCK_PARAGRAPH)
            continue;
        if (begins(text, labels[best].question)) {
            open = true;
            answer = false;
        } else if (begins(text, labels[best].answer)) {
            answer = true;
        }
        if (open)
            v->kind = answer ? DTL_BLOCK_ANSWER : DTL_BLOCK_QUESTION;
    }
    return true;
}

/* All of it stands out. */
static bool stands_out(const dtl_block_entry *e)
{
    return e->bold_letters * 20 >= e->m.letters * 19 ||
           e->italic_letters * 20 >= e->m.letters * 19;
}

/* A heading counts as a question only where paragraphs ask none. */
static bool asks(const dtl_kinds *k, uint32_t i, bool headings)
{
    const dtl_block_entry *e = &k->region->b->blocks[i];
    dtl_block_kind kind = k->verdicts[i].kind;

    if (e->heading)
        return headings && e->m.question;
    return (kind == DTL_BLOCK_PARAGRAPH || kind == DTL_BLOCK_HEADING) &&
           stands_out(e) && e->m.weight < 600;
}

typedef struct {
    size_t questions, marked; /* marked: end in a question mark */
    size_t alone;             /* questions without an answer behind them */
    size_t before, after;     /* weight before the first question, and after */
} count;

static count count_questions(const dtl_kinds *k, bool headings)
{
    count c = {0};
    bool last = false;

    for (uint32_t i = 0; i < k->region->b->block_count; i++) {
        const dtl_block_entry *e = &k->region->b->blocks[i];

        if (!is_open(k, i))
            continue;
        if (asks(k, i, headings)) {
            c.questions++;
            c.marked += e->m.question;
            c.alone += last;
            last = true;
        } else {
            last = false;
        }
        if (c.questions)
            c.after += e->m.weight;
        else
            c.before += e->m.weight;
    }
    return c;
}

static bool is_interview(count c)
{
    return c.marked >= 3 && c.marked * 2 >= c.questions &&
           c.alone * 4 <= c.questions && c.after > 2 * c.before;
}

static void mark(dtl_kinds *k, bool headings)
{
    bool open = false;

    for (uint32_t i = 0; i < k->region->b->block_count; i++) {
        dtl_verdict *v = &k->verdicts[i];

        if (!is_open(k, i))
            continue;
        if (asks(k, i, headings)) {
            v->kind = DTL_BLOCK_QUESTION;
            v->level = 0;
            open = true;
        } else if (v->kind == DTL_BLOCK_HEADING) {
            open = false;
        } else if (open && v->kind == DTL_BLOCK_PARAGRAPH) {
            v->kind = DTL_BLOCK_ANSWER;
        }
    }
}

bool dtl_kinds_interview(dtl_kinds *k)
{
    if (by_labels(k))
        return true;
    if (!is_interview(count_questions(k, false)))
        return false;
    mark(k, false);
    return true;
}
