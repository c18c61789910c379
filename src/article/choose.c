/* The choice: scores, then what follows from neighbours. */
#include "article/choose.h"
#include "article/certain.h"
#include "article/model.h"
#include "article/notes.h"
#include "base/str.h"

static const char *const why_names[DTL_WHY_COUNT] = {
    "score",
    "headline",
    "residue",
    "repeated",
    "heading of nothing",
    "standfirst",
    "caption",
    "note",
    "inside",
    "live entry",
    "another article",
    "no article",
    "outside",
    "comment or consent",
    "hidden",
    "before the headline",
    "line over the body",
    "line under the body",
    "box of another matter",
    "about the author",
    "wall",
    "pull quote",
    "counter or clock",
    "link alone",
    "beside the article",
    "heads what stays",
};

const char *dtl_why_name(dtl_why why)
{
    return why < DTL_WHY_COUNT ? why_names[why] : "";
}

static bool is_text(const dtl_region *r, uint32_t i)
{
    return r->b->blocks[i].type == DTL_BLOCK_IS_TEXT;
}

/* Links outside the region are menus, mostly, and most of a page's blocks:
 * the model is not asked about them. */
static bool is_easy(const float *f)
{
    return !f[DTL_F_in_root] && f[DTL_F_link_share] > 0.5f;
}

static float score_of(const dtl_region *r, uint32_t i)
{
    const dtl_block_features *f = &r->features[i];

    if (r->scores)
        return r->scores[i];
    if (is_easy(f->f))
        return -9;
    /* A table that was trained with other features tells nothing. */
    return dtl_model_features == DTL_FEATURES ? dtl_model_score(f->f)
                                              : dtl_hand_score(f);
}

static void score_all(dtl_region *r, dtl_verdict *v)
{
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        if (!is_text(r, i)) {
            v[i].why = DTL_WHY_OUTSIDE;
            continue;
        }
        v[i].score = score_of(r, i);
        v[i].keep = v[i].score > 0;
    }
}

/* The headline, and what says the same before the body has begun. */
static void drop_titles(dtl_region *r, dtl_verdict *v)
{
    uint64_t key = dtl_measure_text(r->title).key;

    for (uint32_t i = 0; i < r->b->block_count; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];

        if (!is_text(r, i))
            continue;
        /* An h1 before the body is the headline, whatever the page calls
         * itself elsewhere. */
        if (i == r->title_block ||
            (e->heading == 1 && r->features[i].f[DTL_F_prose_before] < 0.02f) ||
            (r->title.len && e->m.key == key &&
             (e->heading || r->features[i].f[DTL_F_prose_before] <= 0))) {
            v[i].keep = false;
            v[i].why = DTL_WHY_TITLE;
        }
    }
}

/* Other articles below or above the one that the page is about. */
static void drop_others(dtl_region *r, dtl_verdict *v)
{
    const dtl_box *mine = &r->b->boxes[r->article];
    const dtl_box *all = &r->b->boxes[mine->parent];

    if (!r->article)
        return;
    for (uint32_t i = all->first; i < all->end; i++) {
        if (i >= mine->first && i < mine->end)
            continue;
        v[i].keep = false;
        v[i].why = DTL_WHY_OTHER;
    }
}

/* Kinds of residue whose whole-line rules leave no doubt. On the stored news
 * pages none of some 300 such lines in an article's region was its text. */
static bool is_certain(dtl_residue r)
{
    switch (r.kind) {
    case DTL_RESIDUE_RELATED:
        return r.reach == DTL_RESIDUE_WHOLE_LINE || r.label;
    case DTL_RESIDUE_AD:
    case DTL_RESIDUE_SHARE:
    case DTL_RESIDUE_COMMENTS:
    case DTL_RESIDUE_CLOCK:
        return r.reach == DTL_RESIDUE_WHOLE_LINE;
    case DTL_RESIDUE_SCRIPT:
        return true;
    default:
        return false;
    }
}

/* An address by itself is what is left of a picture or a post. */
static bool is_address(dtl_str text)
{
    return (dtl_str_starts_nocase(text, DTL_STR("http://")) ||
            dtl_str_starts_nocase(text, DTL_STR("https://")) ||
            dtl_str_starts_nocase(text, DTL_STR("www."))) &&
           dtl_str_find_char(text, ' ') == SIZE_MAX;
}

/* Lines that are no text, and separators. Headings are left to what follows
 * them. */
static void drop_residue(dtl_region *r, dtl_verdict *v)
{
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];

        if (!v[i].keep || !is_text(r, i) || e->table || e->in & DTL_IN_PRE)
            continue;
        if (!e->m.letters || is_address(e->text) ||
            (!e->heading && is_certain(r->residue[i]))) {
            v[i].keep = false;
            v[i].why = DTL_WHY_RESIDUE;
        }
    }
}

/* Of two blocks that say the same, the first stays: standfirsts and pull
 * quotes come twice. Short ones may well be said twice, and so may neighbours
 * of one kind. */
static void drop_repeated(dtl_region *r, dtl_verdict *v)
{
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        if (!v[i].keep || !r->features[i].f[DTL_F_repeated] ||
            r->features[i].f[DTL_F_weight] < 40)
            continue;
        for (uint32_t k = i + 1; k < r->b->block_count && k < i + 400; k++) {
            if (v[k].keep && r->features[k].f[DTL_F_repeated] &&
                r->b->blocks[k].m.key == r->b->blocks[i].m.key &&
                r->notes[r->b->blocks[k].box].group !=
                    r->notes[r->b->blocks[i].box].group) {
                v[k].keep = false;
                v[k].why = DTL_WHY_REPEATED;
            }
        }
    }
}

/* Whether a line that the choice left out is still the article's: in a box
 * that is trusted, or said with a label of its own. */
static bool is_own_note(const dtl_region *r, const dtl_verdict *v, uint32_t i)
{
    return v[i].keep || r->residue[i].label ||
           r->notes[r->b->blocks[i].box].trust >= 0.3f;
}

/* Lines about the article leave it, and are kept as notes where they stand in
 * its region. */
static void set_notes(dtl_region *r, dtl_verdict *v)
{
    const dtl_box *root = &r->b->boxes[r->root];
    dtl_note note;

    for (uint32_t i = root->first; i < root->end; i++) {
        if (!r->residue[i].kind || v[i].why == DTL_WHY_TITLE ||
            !is_own_note(r, v, i) ||
            !dtl_note_of(r->b->blocks[i].text, r->residue[i],
                         dtl_note_linked(r->b, r->doc, i), &note))
            continue;
        v[i].keep = false;
        v[i].why = DTL_WHY_NOTE;
    }
}

/* A heading stays where something it heads does. */
static void drop_lone_headings(dtl_region *r, dtl_verdict *v)
{
    bool body = false;
    uint8_t below = 0;

    for (uint32_t i = (uint32_t)r->b->block_count; i-- > 0;) {
        uint8_t level = r->b->blocks[i].heading;

        if (!v[i].keep)
            continue;
        if (!level) {
            body = true;
            below = 0;
            continue;
        }
        if (!body && !(below > level)) {
            v[i].keep = false;
            v[i].why = DTL_WHY_HEADING;
            continue;
        }
        body = false;
        below = level;
    }
}

/* Images and embeds stay where they stand between blocks that do, or right
 * beside them in the body's region. */
static void keep_things(dtl_region *r, dtl_verdict *v)
{
    uint32_t first = DTL_NO_BLOCK, last = 0;

    for (uint32_t i = 0; i < r->b->block_count; i++) {
        if (v[i].keep) {
            if (first == DTL_NO_BLOCK)
                first = i;
            last = i;
        }
    }
    if (first == DTL_NO_BLOCK)
        return;
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];
        const dtl_box *root = &r->b->boxes[r->root];
        bool in_root = i >= root->first && i < root->end;

        if (e->type != DTL_BLOCK_IS_EMBED && e->type != DTL_BLOCK_IS_IMAGE)
            continue;
        if (r->notes[e->box].trust < 0.35f)
            continue;
        if ((i > first && i < last) ||
            (in_root && r->notes[e->box].main_up < 3)) {
            v[i].keep = true;
            v[i].why = DTL_WHY_INSIDE;
            v[i].kind = e->type == DTL_BLOCK_IS_EMBED ? DTL_BLOCK_EMBED
                                                      : DTL_BLOCK_IMAGE;
        }
    }
}

dtl_status dtl_choose(dtl_region *r, dtl_verdict **out)
{
    dtl_verdict *v = dtl_arena_calloc(r->arena, r->b->block_count, sizeof *v);

    dtl_status st;

    *out = v;
    if (!v)
        return DTL_NOMEM;
    score_all(r, v);
    drop_others(r, v);
    drop_titles(r, v);
    drop_residue(r, v);
    drop_repeated(r, v);
    set_notes(r, v);
    st = dtl_certain(r, v);
    drop_lone_headings(r, v);
    keep_things(r, v);
    return st;
}
