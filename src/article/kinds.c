/* Kinds of blocks, then the kind of the article.
 *
 * A block's kind follows its element, with three things added that markup
 * often does not say: the standfirst, subheads that are bold paragraphs, and
 * what interviews and live pages are made of. The article's kind is what the
 * page says it is, where its body does not speak against it; pictures with
 * captions and little text between are a gallery. */
#include "article/kinds.h"
#include "article/class_words.h"
#include "base/str.h"
#include "base/url.h"
#include "base/word_set.h"

static bool is_text(const dtl_kinds *k, uint32_t i)
{
    return k->region->b->blocks[i].type == DTL_BLOCK_IS_TEXT;
}

/* ---- Blocks -------------------------------------------------------------- */

/* A short paragraph all in bold, without a stop, with text behind it: a
 * subhead by another name. See cases/article/bold-subheads. */
static bool is_bold_subhead(const dtl_kinds *k, uint32_t i)
{
    const dtl_block_entry *e = &k->region->b->blocks[i];
    uint32_t next = i + 1, n = (uint32_t)k->region->b->block_count;

    if (e->bold_letters * 20 < e->m.letters * 19 || e->m.weight > 110 ||
        e->m.weight < 4 || e->m.end == DTL_END_STOP ||
        e->m.end == DTL_END_COLON || e->m.words > 14 ||
        dtl_str_find_char(e->text, '\n') != SIZE_MAX)
        return false;
    while (next < n && !k->verdicts[next].keep)
        next++;
    if (next == n || !is_text(k, next))
        return false;
    e = &k->region->b->blocks[next];
    return e->bold_letters * 2 < e->m.letters && e->m.weight > 60;
}

static void set_kind(const dtl_kinds *k, uint32_t i)
{
    const dtl_block_entry *e = &k->region->b->blocks[i];
    uint32_t in = k->region->notes[e->box].in | (e->in & DTL_IN_PRE);
    dtl_verdict *v = &k->verdicts[i];

    v->level = 0;
    if (e->heading) {
        v->kind = DTL_BLOCK_HEADING;
        v->level = e->heading;
    } else if (in & DTL_IN_PRE) {
        v->kind = DTL_BLOCK_CODE;
    } else if (in & DTL_IN_LIST && e->list_depth) {
        v->kind = DTL_BLOCK_LIST_ITEM;
        v->level = e->list_depth;
    } else if (in & DTL_IN_QUOTE) {
        v->kind = DTL_BLOCK_BLOCKQUOTE;
    } else if (is_bold_subhead(k, i)) {
        v->kind = DTL_BLOCK_HEADING;
        v->level = 3;
    } else {
        v->kind = DTL_BLOCK_PARAGRAPH;
    }
}

/* The standfirst: before the first paragraph of the body, and marked as such
 * or said in a description. */
static void mark_summary(const dtl_kinds *k)
{
    for (uint32_t i = 0; i < k->region->b->block_count; i++) {
        dtl_verdict *v = &k->verdicts[i];

        if (!v->keep || !is_text(k, i))
            continue;
        if (v->kind != DTL_BLOCK_PARAGRAPH && v->kind != DTL_BLOCK_HEADING)
            return;
        if (k->region->b->blocks[i].m.weight > 15 &&
            (dtl_class_level(k->region, i, DTL_CW_SUMMARY) >= 2 ||
             dtl_desc_match(k->region, i) > 0.8f)) {
            v->kind = DTL_BLOCK_SUMMARY;
            v->level = 0;
            continue;
        }
        if (v->kind == DTL_BLOCK_PARAGRAPH)
            return;
    }
}

static bool is_standfirst(const dtl_kinds *k, uint32_t i)
{
    const dtl_block_entry *e = &k->region->b->blocks[i];

    return dtl_class_level(k->region, i, DTL_CW_SUMMARY) >= 2 &&
           e->m.end == DTL_END_STOP &&
           !(k->region->notes[e->box].in & (DTL_IN_FIGURE | DTL_IN_CAPTION));
}

/* Where a page has both, a second headline and a standfirst that is marked as
 * one, the first is the subtitle and no block. */
static void drop_subtitle(const dtl_kinds *k)
{
    dtl_str subtitle = k->article->subtitle;
    uint32_t found = DTL_NO_BLOCK;
    bool other = false;
    dtl_measure said;

    if (!subtitle.len)
        return;
    said = dtl_measure_text(subtitle);
    for (uint32_t i = 0; i < k->region->b->block_count; i++) {
        const dtl_block_entry *e;

        if (!k->verdicts[i].keep || !is_text(k, i) ||
            k->verdicts[i].kind != DTL_BLOCK_SUMMARY)
            continue;
        e = &k->region->b->blocks[i];
        if (dtl_same_words(e->text, &e->m, subtitle, &said))
            found = i;
        else if (found != DTL_NO_BLOCK)
            other |= is_standfirst(k, i);
    }
    if (!other || found == DTL_NO_BLOCK)
        return;
    k->verdicts[found].keep = false;
    k->verdicts[found].why = DTL_WHY_TITLE;
}

/* ---- The article ------------------------------------------------------------
 */

/* What a page calls itself: JSON-LD's types and Open Graph's. */
static const struct {
    const char *type;
    dtl_article_kind kind;
} types[] = {
    {"LiveBlogPosting", DTL_KIND_LIVE},
    {"OpinionNewsArticle", DTL_KIND_OPINION},
    {"ReviewNewsArticle", DTL_KIND_REVIEW},
    {"Review", DTL_KIND_REVIEW},
    {"CriticReview", DTL_KIND_REVIEW},
    {"Recipe", DTL_KIND_RECIPE},
    {"ImageGallery", DTL_KIND_GALLERY},
    {"MediaGallery", DTL_KIND_GALLERY},
    {"VideoObject", DTL_KIND_VIDEO},
    {"PodcastEpisode", DTL_KIND_AUDIO},
    {"AudioObject", DTL_KIND_AUDIO},
    {"Product", DTL_KIND_OTHER},
    {"Event", DTL_KIND_OTHER},
    {"JobPosting", DTL_KIND_OTHER},
    {"video.other", DTL_KIND_VIDEO},
    {"video.movie", DTL_KIND_VIDEO},
    {"video.episode", DTL_KIND_VIDEO},
};

/* Sections, folders of addresses and words before a headline's colon that name
 * a kind, in the languages where papers call it so. */
static const struct {
    const char *word;
    dtl_article_kind kind;
} kind_words[] = {
    {"opinion", DTL_KIND_OPINION},       {"opinions", DTL_KIND_OPINION},
    {"commentisfree", DTL_KIND_OPINION}, {"comment", DTL_KIND_OPINION},
    {"editorial", DTL_KIND_OPINION},     {"editorials", DTL_KIND_OPINION},
    {"column", DTL_KIND_OPINION},        {"columns", DTL_KIND_OPINION},
    {"columnists", DTL_KIND_OPINION},    {"op-ed", DTL_KIND_OPINION},
    {"kommentar", DTL_KIND_OPINION},     {"kommentare", DTL_KIND_OPINION},
    {"meinung", DTL_KIND_OPINION},       {"kolumne", DTL_KIND_OPINION},
    {"kolumnen", DTL_KIND_OPINION},      {"leitartikel", DTL_KIND_OPINION},
    {"gastbeitrag", DTL_KIND_OPINION},   {"tribune", DTL_KIND_OPINION},
    {"tribunes", DTL_KIND_OPINION},      {"debats", DTL_KIND_OPINION},
    {"idees", DTL_KIND_OPINION},         {"chronique", DTL_KIND_OPINION},
    {"chroniques", DTL_KIND_OPINION},    {"editorialistes", DTL_KIND_OPINION},
    {"columna", DTL_KIND_OPINION},       {"columnas", DTL_KIND_OPINION},
    {"opinião", DTL_KIND_OPINION},       {"opiniao", DTL_KIND_OPINION},
    {"opinión", DTL_KIND_OPINION},       {"colunas", DTL_KIND_OPINION},
    {"colunistas", DTL_KIND_OPINION},    {"opinioni", DTL_KIND_OPINION},
    {"editoriale", DTL_KIND_OPINION},    {"commenti", DTL_KIND_OPINION},
    {"opinie", DTL_KIND_OPINION},        {"mening", DTL_KIND_OPINION},
    {"meninger", DTL_KIND_OPINION},      {"ledare", DTL_KIND_OPINION},
    {"leder", DTL_KIND_OPINION},         {"debatt", DTL_KIND_OPINION},
    {"debat", DTL_KIND_OPINION},         {"opinia", DTL_KIND_OPINION},
    {"komentarz", DTL_KIND_OPINION},     {"komentarze", DTL_KIND_OPINION},
    {"komentar", DTL_KIND_OPINION},      {"nazory", DTL_KIND_OPINION},
    {"názory", DTL_KIND_OPINION},        {"мнение", DTL_KIND_OPINION},
    {"мнения", DTL_KIND_OPINION},        {"görüş", DTL_KIND_OPINION},
    {"yorum", DTL_KIND_OPINION},         {"opini", DTL_KIND_OPINION},
    {"社説", DTL_KIND_OPINION},          {"オピニオン", DTL_KIND_OPINION},
    {"评论", DTL_KIND_OPINION},          {"社论", DTL_KIND_OPINION},
    {"사설", DTL_KIND_OPINION},          {"오피니언", DTL_KIND_OPINION},
    {"review", DTL_KIND_REVIEW},         {"reviews", DTL_KIND_REVIEW},
    {"rezension", DTL_KIND_REVIEW},      {"rezensionen", DTL_KIND_REVIEW},
    {"filmkritik", DTL_KIND_REVIEW},     {"buchkritik", DTL_KIND_REVIEW},
    {"testbericht", DTL_KIND_REVIEW},    {"testberichte", DTL_KIND_REVIEW},
    {"critique", DTL_KIND_REVIEW},       {"critiques", DTL_KIND_REVIEW},
    {"reseña", DTL_KIND_REVIEW},         {"reseñas", DTL_KIND_REVIEW},
    {"recensione", DTL_KIND_REVIEW},     {"recensioni", DTL_KIND_REVIEW},
    {"recensie", DTL_KIND_REVIEW},       {"recensies", DTL_KIND_REVIEW},
    {"recension", DTL_KIND_REVIEW},      {"recensioner", DTL_KIND_REVIEW},
    {"anmeldelse", DTL_KIND_REVIEW},     {"anmeldelser", DTL_KIND_REVIEW},
    {"recenzja", DTL_KIND_REVIEW},       {"recenzje", DTL_KIND_REVIEW},
    {"recenze", DTL_KIND_REVIEW},        {"рецензия", DTL_KIND_REVIEW},
    {"рецензии", DTL_KIND_REVIEW},       {"レビュー", DTL_KIND_REVIEW},
    {"리뷰", DTL_KIND_REVIEW},           {"recipe", DTL_KIND_RECIPE},
    {"recipes", DTL_KIND_RECIPE},        {"rezept", DTL_KIND_RECIPE},
    {"rezepte", DTL_KIND_RECIPE},        {"recette", DTL_KIND_RECIPE},
    {"recettes", DTL_KIND_RECIPE},       {"receta", DTL_KIND_RECIPE},
    {"recetas", DTL_KIND_RECIPE},        {"receita", DTL_KIND_RECIPE},
    {"receitas", DTL_KIND_RECIPE},       {"ricetta", DTL_KIND_RECIPE},
    {"ricette", DTL_KIND_RECIPE},        {"recept", DTL_KIND_RECIPE},
    {"recepten", DTL_KIND_RECIPE},       {"recepty", DTL_KIND_RECIPE},
    {"przepis", DTL_KIND_RECIPE},        {"przepisy", DTL_KIND_RECIPE},
    {"рецепты", DTL_KIND_RECIPE},        {"レシピ", DTL_KIND_RECIPE},
    {"interview", DTL_KIND_INTERVIEW},   {"interviews", DTL_KIND_INTERVIEW},
    {"entretien", DTL_KIND_INTERVIEW},   {"entretiens", DTL_KIND_INTERVIEW},
    {"entrevista", DTL_KIND_INTERVIEW},  {"entrevistas", DTL_KIND_INTERVIEW},
    {"intervista", DTL_KIND_INTERVIEW},  {"interviste", DTL_KIND_INTERVIEW},
    {"интервью", DTL_KIND_INTERVIEW},    {"インタビュー", DTL_KIND_INTERVIEW},
    {"인터뷰", DTL_KIND_INTERVIEW},
};

/* The kind that a word names; DTL_KIND_NEWS when it names none. */
static dtl_article_kind kind_of_word(dtl_str word)
{
    static dtl_word_set set = DTL_WORD_SET_OF(kind_words, word);
    size_t i = dtl_word_set_find(&set, word);

    return i == SIZE_MAX ? DTL_KIND_NEWS : kind_words[i].kind;
}

/* What its place says a page is: its section, "Review:" before the headline,
 * a folder of its address. */
static dtl_article_kind kind_of_place(const dtl_article *a)
{
    dtl_str url = a->canonical_url.ptr ? a->canonical_url : a->url, path, part;
    size_t colon = dtl_str_find_char(a->title, ':');
    dtl_article_kind kind = kind_of_word(a->section);
    dtl_url parts;

    if (kind == DTL_KIND_NEWS && colon != SIZE_MAX)
        kind = kind_of_word(dtl_str_sub(a->title, 0, colon));
    if (kind != DTL_KIND_NEWS || !url.ptr || !dtl_url_split(url, &parts))
        return kind;
    path = parts.path;
    while (kind == DTL_KIND_NEWS && dtl_str_split(&path, '/', &part))
        if (path.ptr)
            kind = kind_of_word(part);
    return kind;
}

/* A recipe has a list: a site about cooking keeps news in its folders too. */
static bool bears_out(const dtl_kinds *k, dtl_article_kind kind)
{
    enum {
        ITEMS = 4
    };
    size_t items = 0;

    for (uint32_t i = 0; i < k->region->b->block_count; i++)
        items +=
            k->verdicts[i].keep && k->verdicts[i].kind == DTL_BLOCK_LIST_ITEM;
    return kind != DTL_KIND_RECIPE || items >= ITEMS;
}

static bool type_of(const dtl_fact *f, dtl_article_kind *kind)
{
    static dtl_word_set set = DTL_WORD_SET_OF(types, type);
    size_t t = dtl_word_set_find(&set, f->value);

    if (t == SIZE_MAX || !dtl_str_eq(f->value, dtl_str_of(types[t].type)))
        return false;
    *kind = types[t].kind;
    return true;
}

/* What the page's own item says, else, where it has none, the recording that
 * it shows. */
static bool declared(const dtl_kinds *k, dtl_article_kind *kind)
{
    const dtl_fact_list *list = &k->region->facts->field[DTL_FACT_TYPE];
    bool own = false;

    for (size_t i = 0; i < list->count; i++) {
        if (list->at[i].source == DTL_SOURCE_JSON_LD_OTHER)
            continue;
        if (type_of(&list->at[i], kind))
            return true;
        own |= list->at[i].source == DTL_SOURCE_JSON_LD;
    }
    for (size_t i = 0; i < list->count && !own; i++)
        if (type_of(&list->at[i], kind) &&
            (*kind == DTL_KIND_VIDEO || *kind == DTL_KIND_AUDIO))
            return true;
    *kind = DTL_KIND_NEWS;
    return false;
}

static size_t words_of_body(const dtl_kinds *k)
{
    size_t words = 0;

    for (uint32_t i = 0; i < k->region->b->block_count; i++)
        if (is_text(k, i) && k->verdicts[i].keep)
            words += k->region->b->blocks[i].m.words;
    return words;
}

static dtl_article_kind kind_of(const dtl_kinds *k)
{
    dtl_article_kind kind = DTL_KIND_NEWS;
    bool said = declared(k, &kind);

    if (said && kind != DTL_KIND_VIDEO && kind != DTL_KIND_AUDIO)
        return kind;
    /* A story with a clip is no video page. */
    if (said && words_of_body(k) < 150)
        return kind;
    kind = kind_of_place(k->article);
    return bears_out(k, kind) ? kind : DTL_KIND_NEWS;
}

void dtl_kinds_gallery(dtl_kinds *k)
{
    enum {
        IMAGES = 5,
        CAPTIONS = 4,
        WORDS = 40 /* of text an image */
    };
    dtl_article *a = k->article;
    size_t captions = 0;

    for (size_t i = 0; i < a->image_count; i++)
        captions += a->images[i].caption.len != 0;
    if (a->kind == DTL_KIND_NEWS && a->image_count >= IMAGES &&
        captions >= CAPTIONS && words_of_body(k) < WORDS * a->image_count)
        a->kind = DTL_KIND_GALLERY;
}

dtl_status dtl_kinds_set(dtl_kinds *k)
{
    dtl_status st = DTL_OK;

    for (uint32_t i = 0; i < k->region->b->block_count; i++)
        if (k->verdicts[i].keep && is_text(k, i))
            set_kind(k, i);
    mark_summary(k);
    drop_subtitle(k);
    k->article->kind = kind_of(k);
    if (dtl_kinds_live(k, &st))
        k->article->kind = DTL_KIND_LIVE;
    else if ((k->article->kind == DTL_KIND_NEWS ||
              k->article->kind == DTL_KIND_INTERVIEW) &&
             dtl_kinds_interview(k))
        k->article->kind = DTL_KIND_INTERVIEW;
    return st;
}
