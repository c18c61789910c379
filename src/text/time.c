/* Dates in running text.
 *
 * A stretch at a time of what may hold any: tokens, results of the grammar,
 * then each result reckoned in the order of the text, since one counts from
 * another. All work is linear in the text; memory is that of one stretch and
 * of what was found. */
#include "text/time.h"
#include "base/str.h"
#include "text/time_solve.h"

static const dtl_time_lang *find_language(dtl_str tag)
{
    for (size_t i = 0; i < dtl_time_lang_count; i++) {
        dtl_str name = dtl_str_of(dtl_time_langs[i]->tag);

        if (tag.len >= name.len &&
            dtl_str_eq_nocase(dtl_str_sub(tag, 0, name.len), name) &&
            (tag.len == name.len || !dtl_is_alpha(tag.ptr[name.len])))
            return dtl_time_langs[i];
    }
    return NULL;
}

bool dtl_times_know(dtl_str language)
{
    return find_language(language) != NULL;
}

static bool read_reference(dtl_str date, dtl_time_point *out)
{
    dtl_date_time d;

    if (!date.len || !dtl_date_parse(date, NULL, &d) || !d.date.year)
        return false;
    *out = (dtl_time_point){.date = d.date, .grain = DTL_GRAIN_DAY};
    out->date.month = d.date.month ? d.date.month : 1;
    out->date.day = d.date.day ? d.date.day : 1;
    if (d.precision == DTL_PRECISION_SECOND ||
        d.precision == DTL_PRECISION_MINUTE) {
        out->hour = d.hour;
        out->minute = d.minute;
        out->second = d.second;
        out->grain = d.precision == DTL_PRECISION_SECOND ? DTL_GRAIN_SECOND
                                                         : DTL_GRAIN_MINUTE;
    }
    return true;
}

typedef struct {
    dtl_times *t;
    dtl_str text;
    dtl_time_context context;
} finder;

static dtl_str copy_value(finder *f, const char *value)
{
    return value[0] ? dtl_arena_copy(&f->t->arena, dtl_str_of(value))
                    : (dtl_str){0};
}

static dtl_status emit(finder *f, const dtl_time_item *i,
                       const dtl_time_solved *s)
{
    dtl_times *t = f->t;
    dtl_time *out;

    if (dtl_grow((void **)&t->list, &t->cap, t->count + 1, sizeof *t->list))
        return DTL_NOMEM;
    out = &t->list[t->count++];
    *out = (dtl_time){.type = s->type,
                      .start = t->tokens.tokens[i->from].start,
                      .end = t->tokens.tokens[i->to - 1].end,
                      .value = copy_value(f, s->value),
                      .begin = copy_value(f, s->begin),
                      .end_value = copy_value(f, s->end),
                      .weekday = s->weekday};
    out->text = dtl_str_sub(f->text, out->start, out->end);
    return t->arena.status;
}

/* Whether what may be a time is one. */
static bool stands(const finder *f, const dtl_time_item *i)
{
    int m = dtl_time_get(i, DTL_SLOT_M, 0), d = dtl_time_get(i, DTL_SLOT_D, 0);

    switch (dtl_time_get(i, DTL_SLOT_SOFT, 0)) {
    case DTL_SOFT_ALONE:
        return !dtl_time_has_more(&f->context, i, 1);
    case DTL_SOFT_HISTORY:
        return f->context.narrative;
    case DTL_SOFT_PART:
        return false;
    case DTL_SOFT_NUMBERS:
        return (d > 12 && !(d == 24 && m == 7)) ||
               !dtl_time_has_more(&f->context, i, 1);
    default:
        return true;
    }
}

static dtl_status emit_item(finder *f, dtl_time_item *i)
{
    dtl_time_item *items = f->t->match.items;
    dtl_time_solved first, second;
    dtl_status st;

    if ((i->op == DTL_TOP_RANGE || i->op == DTL_TOP_SPAN) &&
        dtl_time_has(i, DTL_SLOT_A) && dtl_time_has(i, DTL_SLOT_B)) {
        dtl_time_item *a = &items[i->v[DTL_SLOT_A]];
        dtl_time_item *b = &items[i->v[DTL_SLOT_B]];

        if (i->op == DTL_TOP_RANGE)
            dtl_time_spread(i, a, b);
        if (!(i->op == DTL_TOP_RANGE
                  ? dtl_time_solve_range(&f->context, a, b, &first, &second)
                  : dtl_time_solve_span(&f->context, a, b,
                                        dtl_time_get(i, DTL_SLOT_EDGE, -1),
                                        &first, &second)))
            return DTL_OK;
        st = emit(f, a, &first);
        return st ? st : emit(f, b, &second);
    }
    if (i->op == DTL_TOP_RANGE) {
        dtl_time_item a = *i, b = *i;

        if (!dtl_time_has(i, DTL_SLOT_H2))
            return DTL_OK;
        dtl_time_split(&a, &b);
        if (!dtl_time_solve_range(&f->context, &a, &b, &first, &second))
            return DTL_OK;
        return emit(f, i, &first);
    }
    if (!stands(f, i) || !dtl_time_solve(&f->context, i, &first))
        return DTL_OK;
    return emit(f, i, &first);
}

static dtl_status find_in_stretch(finder *f)
{
    dtl_times *t = f->t;
    const dtl_time_lang *lang = f->context.lang;
    dtl_status st = dtl_time_match_tokens(lang, &t->tokens, &t->match);

    for (size_t i = 0; !st && i < t->match.live_count; i++)
        st = emit_item(f, &t->match.items[t->match.live[i]]);
    return st;
}

dtl_status dtl_times_find(dtl_times *t, dtl_str text,
                          const dtl_times_options *opts)
{
    finder f = {.t = t, .text = text};
    dtl_status st = DTL_OK;

    t->count = 0;
    dtl_arena_reset(&t->arena);
    if (text.len >= UINT32_MAX)
        return DTL_LIMIT;
    f.context.lang = find_language(opts->language);
    if (!f.context.lang)
        return DTL_OK;
    f.context.text = text;
    f.context.tokens = &t->tokens;
    f.context.match = &t->match;
    f.context.narrative = opts->narrative;
    f.context.has_ref = read_reference(opts->date, &f.context.ref);
    dtl_time_search_init(&t->search, f.context.lang, text);
    do {
        st = dtl_time_search_next(&t->search, &t->tokens);
        if (!st && t->tokens.start_count)
            st = find_in_stretch(&f);
    } while (!st && t->tokens.count);
    return st;
}

void dtl_times_clear(dtl_times *t)
{
    dtl_time_match_clear(&t->match);
    dtl_time_tokens_clear(&t->tokens);
    dtl_free(t->list);
    dtl_arena_clear(&t->arena);
    *t = (dtl_times){0};
}
