/* The choice: scores, then what follows from neighbours. */
#include "article/choose.h"
#include "article/certain.h"
#include "article/class_words.h"
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
    "alone",
    "among the text",
    "footnote",
};

const char *dtl_why_name(dtl_why why)
{
    return why < DTL_WHY_COUNT ? why_names[why] : "";
}

static bool is_text(const dtl_region *r, uint32_t i)
{
    return r->places[i].text;
}

/* Asks the model about some blocks, given by their numbers. */
static void ask_model(dtl_region *r, const uint32_t *blocks, size_t count,
                      dtl_verdict *v)
{
    const float *rows[DTL_MODEL_LANES];
    float scores[DTL_MODEL_LANES];

    for (size_t k = 0; k < count; k++)
        rows[k] = dtl_features_row(r, blocks[k])->f;
    dtl_model_scores(rows, count, scores);
    for (size_t k = 0; k < count; k++)
        v[blocks[k]].score = scores[k];
}

/* The model is asked where the rules made by hand leave a doubt; features.c
 * says which blocks these are. It hears their opinion too, for they were not
 * made from the pages that it was trained on. */
static void set_scores(dtl_region *r, dtl_verdict *v)
{
    uint32_t asked[DTL_MODEL_LANES];
    size_t count = 0;

    for (uint32_t i = 0; i < r->b->block_count; i++) {
        if (!is_text(r, i))
            continue;
        v[i].score = r->scores ? r->scores[i] : r->places[i].hand;
        if (r->scores || !r->places[i].asked)
            continue;
        v[i].score = dtl_features_row(r, i)->f[DTL_F_hand];
        /* A table that was trained with other features tells nothing. */
        if (dtl_model_features != DTL_FEATURES)
            continue;
        asked[count++] = i;
        if (count == DTL_MODEL_LANES) {
            ask_model(r, asked, count, v);
            count = 0;
        }
    }
    ask_model(r, asked, count, v);
}

/* Headings and standfirsts look little like the body, and each is worth its
 * doubt: what may be one keeps its score as it is. Of the rest, more is added
 * wrongly than lost: on publishers left out of the training, this and what
 * follows took news pages from 96.5 to 97.4. */
static bool is_special(const dtl_region *r, uint32_t i)
{
    const dtl_block_features *row = dtl_features_row(r, i);

    return r->b->blocks[i].heading ||
           (row && row->f[DTL_F_desc_match] > 0.5f) ||
           dtl_class_level(r, i, DTL_CW_SUMMARY) >= 2;
}

static const float lean = 0.4f;

/* Where the score is in doubt, it is enough that the box calls itself so, or
 * that the headline stands right before. */
static bool is_called_standfirst(const dtl_region *r, uint32_t i, float score)
{
    const float doubt = -0.6f;

    return score > doubt && r->b->blocks[i].m.weight >= 25 &&
           (i == r->title_block + 1 ||
            dtl_class_level(r, i, DTL_CW_SUMMARY) == 3);
}

/* A sentence between headline and body that the page's description says too.
 * On publishers left out of the training the model lost 6 of 195. Of 8
 * that are called so and that it was in doubt about, 6 were right. */
static bool is_standfirst(const dtl_region *r, uint32_t i, float score)
{
    const dtl_block_features *row = dtl_features_row(r, i);
    const dtl_block_entry *e = &r->b->blocks[i];

    if (!row || row->f[DTL_F_desc_match] <= 0.8f || row->f[DTL_F_residue] ||
        r->title_block == DTL_NO_BLOCK || i <= r->title_block ||
        r->places[i].prose_before > 0 || dtl_link_share(e) >= 0.5f ||
        r->notes[e->box].in & (DTL_IN_FIGURE | DTL_IN_CAPTION | DTL_IN_HIDDEN))
        return false;
    return (e->m.end == DTL_END_STOP && e->m.weight >= 80) ||
           is_called_standfirst(r, i, score);
}

static void score_all(dtl_region *r, dtl_verdict *v)
{
    set_scores(r, v);
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        if (!is_text(r, i)) {
            v[i].why = DTL_WHY_OUTSIDE;
            continue;
        }
        if (r->places[i].asked && !is_special(r, i))
            v[i].score -= lean;
        if (v[i].score < 1 && dtl_is_footnote(&r->b->blocks[i])) {
            v[i].score = 1;
            v[i].why = DTL_WHY_FOOTNOTE;
        } else if (v[i].score < 1 && is_standfirst(r, i, v[i].score)) {
            v[i].score = 1;
            v[i].why = DTL_WHY_STANDFIRST;
        }
    }
}

/* ---- Runs ---------------------------------------------------------------- */

/* Articles come in runs. Of all ways to keep and drop the blocks, the best is
 * that with the highest sum of scores kept, where each change from kept to
 * dropped and back costs something; scores count up to a limit, so no block
 * decides alone. The best way is found block by block (Viterbi): for either
 * state of a block, the best sum so far, and whether it came by a change. */
enum {
    FROM_OUT = 1, /* the best way to keep this block comes from outside */
    FROM_IN = 2   /* the best way to drop it comes from inside */
};

static float limited(float score)
{
    return score < -2 ? -2 : score > 4 ? 4 : score;
}

static void find_runs(const dtl_region *r, dtl_verdict *v, uint8_t *came)
{
    const float change = 0.5f;
    float in = 0, out = 0;
    bool kept;

    for (uint32_t i = 0; i < r->b->block_count; i++) {
        if (!is_text(r, i))
            continue;
        came[i] = (uint8_t)((out - change > in ? FROM_OUT : 0) |
                            (in - change > out ? FROM_IN : 0));
        if (came[i] & FROM_OUT)
            in = out - change;
        else if (came[i] & FROM_IN)
            out = in - change;
        in += limited(v[i].score);
    }
    kept = in > out;
    for (uint32_t i = (uint32_t)r->b->block_count; i-- > 0;) {
        if (!is_text(r, i))
            continue;
        v[i].keep = kept;
        kept = kept ? !(came[i] & FROM_OUT) : came[i] & FROM_IN;
    }
}

/* A sentence that nothing speaks against, but perhaps that it is all there
 * is. */
static bool is_plain(const dtl_region *r, const dtl_block_entry *e)
{
    return e->m.end == DTL_END_STOP && !e->heading && !e->link_count &&
           r->notes[e->box].trust >= 1;
}

/* How far below nothing a run may lift a block: subheads farther than others,
 * lines that are known for something else not at all. */
static float doubt_about(const dtl_region *r, uint32_t i)
{
    if (dtl_residue_at(r, i).kind)
        return 0;
    return r->b->blocks[i].heading ? 0.8f : 0.5f;
}

/* A run settles what the score leaves in doubt, and parts single blocks from
 * the text. */
static dtl_status decide(dtl_region *r, dtl_verdict *v)
{
    bool any = false;
    uint8_t *came = dtl_arena_calloc(r->arena, r->b->block_count, 1);

    if (!came)
        return DTL_NOMEM;
    find_runs(r, v, came);
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        bool good = v[i].score > 0;

        if (!is_text(r, i))
            continue;
        if (v[i].keep && v[i].score <= -doubt_about(r, i))
            v[i].keep = false;
        else if (!v[i].keep && good && (is_special(r, i) || v[i].why))
            v[i].keep = true;
        else if (v[i].keep != good)
            v[i].why = good ? DTL_WHY_ALONE : DTL_WHY_AMONG;
        any |= v[i].keep;
    }
    /* Better a doubtful text than none. */
    for (uint32_t i = 0; i < r->b->block_count && !any; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];

        if (is_text(r, i) &&
            (v[i].score > -lean || (v[i].score > -3 && is_plain(r, e)))) {
            v[i].keep = true;
            v[i].why = DTL_WHY_AMONG;
        }
    }
    return DTL_OK;
}

/* ---- What follows -------------------------------------------------------- */

/* The headline, and what says the same before the body has begun. */
static void drop_titles(dtl_region *r, dtl_verdict *v)
{
    dtl_measure title = dtl_measure_text(r->title);

    for (uint32_t i = 0; i < r->b->block_count; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];
        float before = r->places[i].prose_before;

        if (!is_text(r, i))
            continue;
        /* An h1 before the body is the headline, whatever the page calls
         * itself elsewhere. */
        if (i == r->title_block || (e->heading == 1 && before < 0.02f) ||
            (r->title.len && (e->heading || before <= 0) &&
             dtl_same_words(e->text, &e->m, r->title, &title))) {
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

/* Whether a hidden block holds a sentence that the page shows: all of an
 * article's text once more, for programs that look behind its wall. */
static bool is_shown_too(const dtl_region *r, const dtl_verdict *v, uint32_t i)
{
    const uint32_t sentence = 80;
    unsigned left = 8;

    for (uint32_t k = 0; k < r->b->block_count && left; k++) {
        const dtl_block_entry *e = &r->b->blocks[k];

        if (k == i || !v[k].keep || !is_text(r, k) || e->m.weight < sentence ||
            r->notes[e->box].in & DTL_IN_HIDDEN)
            continue;
        left--;
        if (dtl_str_find(r->b->blocks[i].text, e->text) != SIZE_MAX)
            return true;
    }
    return false;
}

/* What the page hides beside a body that it shows: other screens of a dialog,
 * texts for other readers. Where the body itself is hidden, features.h does
 * not call it so. Of 2,783 such blocks on the stored news pages three were the
 * article's, two of them behind a paywall. */
static void drop_hidden(const dtl_region *r, dtl_verdict *v)
{
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        const dtl_box_note *n = &r->notes[r->b->blocks[i].box];

        if (!v[i].keep || !is_text(r, i) || !(n->in & DTL_IN_HIDDEN) ||
            (n->bits & DTL_CW_PAYWALL && !is_shown_too(r, v, i)))
            continue;
        v[i].keep = false;
        v[i].why = DTL_WHY_HIDDEN;
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

/* Tags that were meant to be read by a program, not by a person. */
static bool is_markup(dtl_str text)
{
    return text.len > 2 && text.ptr[0] == '<' &&
           (dtl_is_alpha(text.ptr[1]) || text.ptr[1] == '/' ||
            text.ptr[1] == '!') &&
           text.ptr[text.len - 1] == '>';
}

/* Lines that are no text, and separators. Headings are left to what follows
 * them. */
static void drop_residue(dtl_region *r, dtl_verdict *v)
{
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];

        if (!v[i].keep || !is_text(r, i) || e->table || e->in & DTL_IN_PRE)
            continue;
        if (!e->m.letters || is_address(e->text) || is_markup(e->text) ||
            (!e->heading && is_certain(dtl_residue_at(r, i)))) {
            v[i].keep = false;
            v[i].why = DTL_WHY_RESIDUE;
        }
    }
}

/* Whether two blocks stand in the same element, or in elements of one look
 * and depth that stand beside each other. */
static bool is_alike(const dtl_region *r, uint32_t i, uint32_t k)
{
    uint32_t a = r->b->blocks[i].box, b = r->b->blocks[k].box;
    const dtl_box *x = &r->b->boxes[r->notes[a].group];
    const dtl_box *y = &r->b->boxes[r->notes[b].group];

    return x == y || (r->b->boxes[a].signature == r->b->boxes[b].signature &&
                      x->signature == y->signature && x->parent == y->parent);
}

/* Whether one element holds both, or holds the elements of both. */
static bool are_siblings(const dtl_region *r, uint32_t i, uint32_t k)
{
    uint32_t a = r->b->blocks[i].box, b = r->b->blocks[k].box;

    return a == b || r->b->boxes[a].parent == r->b->boxes[b].parent;
}

/* Drops what says the same as block i behind it, and counts it. */
static uint32_t drop_copies(const dtl_region *r, dtl_verdict *v, uint32_t i)
{
    bool often = r->places[i].repeated >= 2;
    uint32_t copies = 0;

    for (uint32_t k = i + 1; k < r->b->block_count && k < i + 400; k++) {
        if (!v[k].keep || !r->places[k].repeated ||
            r->places[k].key != r->places[i].key ||
            (often ? are_siblings(r, i, k) : is_alike(r, i, k)))
            continue;
        v[k].keep = false;
        v[k].why = DTL_WHY_REPEATED;
        copies++;
    }
    return copies;
}

/* Of two blocks that say the same, the first stays: standfirsts and pull
 * quotes come twice. Short ones may well be said twice, and so may neighbours
 * of one kind. What comes three times in different places is a notice: of 39
 * such texts on the stored news pages none was the article's. */
static void drop_repeated(dtl_region *r, dtl_verdict *v)
{
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        if (!v[i].keep || !r->places[i].repeated ||
            r->b->blocks[i].m.weight < 40)
            continue;
        if (drop_copies(r, v, i) >= 2) {
            v[i].keep = false;
            v[i].why = DTL_WHY_REPEATED;
        }
    }
}

/* Whether a line that the choice left out is still the article's: in a box
 * that is trusted, or said with a label of its own. */
static bool is_own_note(const dtl_region *r, const dtl_verdict *v, uint32_t i)
{
    return v[i].keep || dtl_residue_at(r, i).label ||
           r->notes[r->b->blocks[i].box].trust >= 0.3f;
}

/* Lines about the article leave it, and are kept as notes where they stand in
 * its region. */
static void set_notes(dtl_region *r, dtl_verdict *v)
{
    const dtl_box *root = &r->b->boxes[r->root];
    dtl_note note;

    for (uint32_t i = root->first; i < root->end; i++) {
        dtl_residue res = dtl_residue_at(r, i);

        if (!res.kind || v[i].why == DTL_WHY_TITLE || !is_own_note(r, v, i) ||
            !dtl_note_of(r->b->blocks[i].text, res,
                         dtl_note_linked(r->b, r->doc, i), &note))
            continue;
        v[i].keep = false;
        v[i].why = DTL_WHY_NOTE;
    }
}

/* Whether block i is something to look at that a heading can head. */
static bool is_thing(const dtl_region *r, uint32_t i)
{
    const dtl_block_entry *e = &r->b->blocks[i];
    const dtl_box *root = &r->b->boxes[r->root];

    return (e->type == DTL_BLOCK_IS_EMBED || e->type == DTL_BLOCK_IS_IMAGE) &&
           i >= root->first && i < root->end &&
           r->notes[e->box].trust >= 0.35f && r->notes[e->box].main_up < 3;
}

static bool keeps_text(const dtl_region *r, const dtl_verdict *v)
{
    for (uint32_t i = 0; i < r->b->block_count; i++)
        if (v[i].keep && is_text(r, i) && !r->b->blocks[i].heading)
            return true;
    return false;
}

/* A heading stays where something it heads does; where that is a picture or
 * a post, if there is little doubt about the heading itself. */
static void drop_lone_headings(dtl_region *r, dtl_verdict *v)
{
    const float sure = 0;
    bool body = false, things = false;
    uint8_t below = 0;

    /* Some pages set all of their text as headings. */
    if (!keeps_text(r, v))
        return;

    for (uint32_t i = (uint32_t)r->b->block_count; i-- > 0;) {
        uint8_t level = r->b->blocks[i].heading;

        things |= is_thing(r, i);
        if (!v[i].keep)
            continue;
        if (!level) {
            body = true;
            below = 0;
            continue;
        }
        if (!body && !(below > level) && !(things && v[i].score > sure)) {
            v[i].keep = false;
            v[i].why = DTL_WHY_HEADING;
            continue;
        }
        body = things = false;
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
    if (decide(r, v) != DTL_OK)
        return DTL_NOMEM;
    drop_others(r, v);
    drop_hidden(r, v);
    drop_titles(r, v);
    drop_residue(r, v);
    drop_repeated(r, v);
    set_notes(r, v);
    st = dtl_certain(r, v);
    drop_lone_headings(r, v);
    keep_things(r, v);
    return st;
}
