/* What names say is looked up, what values say is remembered from page to
 * page (class_words.c); lists are filled without asking, and then it is
 * counted or not. */
#include "article/survey.h"
#include "article/facts.h"
#include "base/lanes.h"
#include "base/str.h"

/* ---- Names ---------------------------------------------------------------
 */

static const uint16_t attribute_says[DTL_N_KNOWN] = {
    [DTL_N_CLASS] = DTL_SAYS_NAMED | DTL_SAYS_CLASS,
    [DTL_N_ID] = DTL_SAYS_NAMED,
    [DTL_N_ROLE] = DTL_SAYS_NAMED,
    [DTL_N_DATA_TESTID] = DTL_SAYS_WORDS,
    [DTL_N_DATA_COMPONENT] = DTL_SAYS_WORDS,
    [DTL_N_ITEMPROP] = DTL_SAYS_WORDS | DTL_SAYS_ITEM | DTL_SAYS_UNSURE,
    [DTL_N_ITEMSCOPE] = DTL_SAYS_ITEM,
    [DTL_N_PROPERTY] = DTL_SAYS_ITEM,
    [DTL_N_TYPEOF] = DTL_SAYS_ITEM,
    [DTL_N_REL] = DTL_SAYS_REL,
    [DTL_N_HIDDEN] = DTL_SAYS_HIDDEN,
    [DTL_N_ARIA_HIDDEN] = DTL_SAYS_UNSURE,
    [DTL_N_STYLE] = DTL_SAYS_UNSURE,
    [DTL_N_DATA_YOUTUBE_ID] = DTL_SAYS_EMBED,
    [DTL_N_DATA_PIN_DO] = DTL_SAYS_EMBED,
};

/* Of HTML's own elements. */
static const uint16_t element_says[DTL_N_KNOWN] = {
    [DTL_N_HTML] = DTL_SAYS_FACT,
    [DTL_N_HEAD] = DTL_SAYS_FACT,
    [DTL_N_TITLE] = DTL_SAYS_FACT,
    [DTL_N_META] = DTL_SAYS_FACT,
    [DTL_N_H1] = DTL_SAYS_FACT,
    [DTL_N_H2] = DTL_SAYS_FACT,
    [DTL_N_H3] = DTL_SAYS_FACT,
    [DTL_N_TIME] = DTL_SAYS_FACT,
    [DTL_N_HEADER] = DTL_SAYS_FACT,
    [DTL_N_FOOTER] = DTL_SAYS_FACT,
    [DTL_N_NAV] = DTL_SAYS_FACT,
    [DTL_N_ASIDE] = DTL_SAYS_FACT,
    [DTL_N_ARTICLE] = DTL_SAYS_FACT,
    [DTL_N_MAIN] = DTL_SAYS_FACT,
    [DTL_N_FIGURE] = DTL_SAYS_FACT | DTL_SAYS_BOX,
    [DTL_N_BLOCKQUOTE] = DTL_SAYS_FACT | DTL_SAYS_BOX,
    [DTL_N_SCRIPT] = DTL_SAYS_FACT | DTL_SAYS_SCRIPT,
    [DTL_N_A] = DTL_SAYS_BOX,
    [DTL_N_DIV] = DTL_SAYS_BOX,
    [DTL_N_SECTION] = DTL_SAYS_BOX,
    [DTL_N_SPAN] = DTL_SAYS_BOX,
    [DTL_N_IFRAME] = DTL_SAYS_FOREIGN,
    [DTL_N_AMP_IFRAME] = DTL_SAYS_FOREIGN,
    [DTL_N_EMBED] = DTL_SAYS_FOREIGN,
    [DTL_N_OBJECT] = DTL_SAYS_FOREIGN,
    [DTL_N_AMP_YOUTUBE] = DTL_SAYS_FOREIGN,
    [DTL_N_LITE_YOUTUBE] = DTL_SAYS_FOREIGN,
    [DTL_N_AMP_TWITTER] = DTL_SAYS_FOREIGN,
    [DTL_N_AMP_INSTAGRAM] = DTL_SAYS_FOREIGN,
    [DTL_N_AMP_FACEBOOK] = DTL_SAYS_FOREIGN,
    [DTL_N_AMP_TIKTOK] = DTL_SAYS_FOREIGN,
    [DTL_N_AMP_REDDIT] = DTL_SAYS_FOREIGN,
    [DTL_N_AMP_PINTEREST] = DTL_SAYS_FOREIGN,
    [DTL_N_AMP_IMGUR] = DTL_SAYS_FOREIGN,
    [DTL_N_AMP_VIMEO] = DTL_SAYS_FOREIGN,
    [DTL_N_AMP_DAILYMOTION] = DTL_SAYS_FOREIGN,
    [DTL_N_AMP_SOUNDCLOUD] = DTL_SAYS_FOREIGN,
    [DTL_N_AMP_BRIGHTCOVE] = DTL_SAYS_FOREIGN,
};

/* What the page's own names say goes behind what the known ones do. */
static dtl_status list_names(dtl_survey *s, const dtl_names *names)
{
    bool is_new = !s->says;
    dtl_status st =
        dtl_grow((void **)&s->says, &s->says_cap,
                 DTL_N_KNOWN + (size_t)names->own_count, sizeof *s->says);

    if (st != DTL_OK)
        return st;
    if (is_new)
        memcpy(s->says, attribute_says, sizeof attribute_says);
    for (uint32_t i = 0; i < names->own_count; i++)
        s->says[DTL_N_KNOWN + i] =
            dtl_facts_is_date_name(names->own[i]) ? DTL_SAYS_DATE : 0;
    return DTL_OK;
}

/* ---- Elements ------------------------------------------------------------
 */

/* Room for one more look; the other lists have as much. */
static dtl_status make_room(dtl_survey *s)
{
    dtl_status st =
        dtl_grow((void **)&s->looks, &s->cap, s->count + 1, sizeof *s->looks);

    if (st == DTL_OK)
        st = dtl_grow((void **)&s->facts, &s->fact_cap, s->cap,
                      sizeof *s->facts);
    if (st == DTL_OK)
        st = dtl_grow((void **)&s->embeds, &s->embed_cap, s->cap,
                      sizeof *s->embeds);
    if (st == DTL_OK)
        s->room = s->cap;
    return st;
}

/* The note of a value with words. */
static inline dtl_attr_note note_of(dtl_survey *s, dtl_html_doc *doc,
                                    const dtl_html_attr *a)
{
    dtl_str text = doc->text, value = {text.ptr + a->start, a->end - a->start};

    if (!value.len)
        return (dtl_attr_note){0};
    if (!a->text_flags)
        return dtl_class_look(&s->memo, value, text.ptr + text.len);
    value = dtl_html_attr_text(doc, a);
    return dtl_class_look(&s->memo, value, value.ptr + value.len);
}

/* Adds what an element's attributes say; gives the container that its class
 * names. */
static inline uint32_t look_at_attributes(dtl_survey *s, dtl_html_doc *doc,
                                          const dtl_html_node *node,
                                          dtl_element_look *look)
{
    uint32_t container = 0, end = node->data + node->count;

    for (uint32_t i = node->data; i < end; i++) {
        const dtl_html_attr *a = &doc->attrs[i];
        uint32_t says = s->says[a->name];
        dtl_attr_note note;

        look->says |= says;
        if (!(says & (DTL_SAYS_NAMED | DTL_SAYS_WORDS)))
            continue;
        note = doc->notes[i] = note_of(s, doc, a);
        look->words |= note.bits;
        look->named |= says & DTL_SAYS_NAMED ? note.bits : 0;
        if (says & DTL_SAYS_CLASS) {
            look->class_hash = note.hash;
            container = note.container;
        }
    }
    return container;
}

static inline bool may_be_embed(uint32_t says, uint32_t container, bool attrs)
{
    return (says & DTL_SAYS_FOREIGN) | ((says & DTL_SAYS_SCRIPT) && attrs) |
           ((says & DTL_SAYS_BOX) && (says & DTL_SAYS_EMBED || container));
}

static inline bool tells_facts(const dtl_element_look *look)
{
    return (look->says & (DTL_SAYS_FACT | DTL_SAYS_HIDDEN | DTL_SAYS_ITEM |
                          DTL_SAYS_REL | DTL_SAYS_DATE)) != 0 ||
           (look->named & DTL_FACT_WORDS) != 0;
}

dtl_status dtl_survey_page(dtl_survey *s, dtl_html_doc *doc)
{
    dtl_html_ref link_end = 0, template_end = 0;
    dtl_status st = dtl_class_memo_init(&s->memo);

    if (st == DTL_OK)
        st = list_names(s, &doc->names);
    if (st == DTL_OK)
        st = dtl_grow((void **)&doc->notes, &doc->note_cap, doc->attr_count,
                      sizeof *doc->notes);
    if (st != DTL_OK)
        return st;
    s->count = s->fact_count = s->embed_count = 0;
    s->base = 0;
    doc->note_count = doc->attr_count;
    for (dtl_html_ref n = 1; n < doc->node_count; n++) {
        const dtl_html_node *node = &doc->nodes[n];
        dtl_element_look look = {.node = n};
        uint32_t container = 0;
        bool html;

        if (node->type != DTL_HTML_ELEMENT) {
            /* Templates are not part of the page, to facts. */
            if (node->type == DTL_HTML_FRAGMENT && n >= template_end)
                template_end = dtl_html_subtree_end(doc, n);
            continue;
        }
        html = node->ns == DTL_NS_HTML;
        if (html && node->name < DTL_N_KNOWN)
            look.says = element_says[node->name];
        if (html && node->name == DTL_N_A && n >= link_end)
            link_end = dtl_html_subtree_end(doc, n);
        if (html && node->name == DTL_N_BASE && !s->base)
            s->base = n;
        if (!node->count && !(look.says & (DTL_SAYS_FACT | DTL_SAYS_FOREIGN)))
            continue;
        if (s->count == s->room) {
            st = make_room(s);
            if (st != DTL_OK)
                return st;
        }
        container = look_at_attributes(s, doc, node, &look);
        look.says |= n < link_end ? DTL_SAYS_IN_LINK : 0;
        s->embeds[s->embed_count] = n;
        s->embed_count +=
            html && may_be_embed(look.says, container, node->count != 0);
        s->facts[s->fact_count] = (uint32_t)s->count;
        s->fact_count += html && n >= template_end && tells_facts(&look);
        s->looks[s->count++] = look;
    }
    return DTL_OK;
}

void dtl_survey_clear(dtl_survey *s)
{
    dtl_free(s->looks);
    dtl_free(s->facts);
    dtl_free(s->embeds);
    dtl_free(s->says);
    dtl_class_memo_clear(&s->memo);
    *s = (dtl_survey){0};
}
