/* What a page says about who may read it, and what of it is there.
 *
 * Declared comes from metadata alone, observed from the page alone: sites
 * declare wrongly, so neither corrects the other, but a page that declares
 * itself paid needs less to be taken for a stub. */
#include "article/class_words.h"
#include "article/meta.h"
#include "article/value.h"
#include "base/needles.h"
#include "base/str.h"

enum {
    SHORT_BODY = 2400,   /* bytes; a longer one is no stub */
    LONG_BODY = 8000,    /* the same where the page says that it is paid */
    TINY_BODY = 160,     /* a paid article's, to be a stub without a wall */
    WALL_REACH = 600,    /* nodes behind the body that a wall stands in */
    WHOLE_TEXTS = 3,     /* fewer hidden ones are a teaser's copy */
    WALL_TEXT_MIN = 30,  /* bytes; less is a hook for a script */
    WALL_TEXT_MAX = 400, /* of an element whose words are read */
    WALL_NODES = 100,    /* of one that is read to its end */
    PAGE_TEXT = 1000     /* bytes of a wall's page that are read */
};

/* ---- Declared ------------------------------------------------------------ */

typedef struct {
    const char *word;
    dtl_access_declared says;
} access_word;

/* Values of content tiers and the like. */
static const access_word tiers[] = {
    {"free", DTL_ACCESS_FREE},          {"public", DTL_ACCESS_FREE},
    {"open", DTL_ACCESS_FREE},          {"unlocked", DTL_ACCESS_FREE},
    {"frei", DTL_ACCESS_FREE},          {"kostenlos", DTL_ACCESS_FREE},
    {"gratis", DTL_ACCESS_FREE},        {"gratuit", DTL_ACCESS_FREE},
    {"metered", DTL_ACCESS_METERED},    {"meter", DTL_ACCESS_METERED},
    {"registered", DTL_ACCESS_METERED}, {"registration", DTL_ACCESS_METERED},
    {"freemium", DTL_ACCESS_METERED},   {"locked", DTL_ACCESS_PAID},
    {"paid", DTL_ACCESS_PAID},          {"premium", DTL_ACCESS_PAID},
    {"subscriber", DTL_ACCESS_PAID},    {"subscribers", DTL_ACCESS_PAID},
    {"subscription", DTL_ACCESS_PAID},  {"paywall", DTL_ACCESS_PAID},
    {"paywalled", DTL_ACCESS_PAID},     {"members", DTL_ACCESS_PAID},
    {"plus", DTL_ACCESS_PAID},          {"payant", DTL_ACCESS_PAID},
    {"abo", DTL_ACCESS_PAID},           {"closed", DTL_ACCESS_PAID}};

/* The answers to "is it accessible for free?". */
static const access_word answers[] = {
    {"true", DTL_ACCESS_FREE},  {"yes", DTL_ACCESS_FREE},
    {"1", DTL_ACCESS_FREE},     {"y", DTL_ACCESS_FREE},
    {"false", DTL_ACCESS_PAID}, {"no", DTL_ACCESS_PAID},
    {"0", DTL_ACCESS_PAID},     {"n", DTL_ACCESS_PAID}};

static dtl_access_declared look_up(dtl_str value, const access_word *words,
                                   size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (dtl_str_eq_nocase(value, dtl_str_of(words[i].word)))
            return words[i].says;
    return DTL_ACCESS_UNKNOWN;
}

#define LOOK_UP(value, words)                                                  \
    look_up(value, words, sizeof words / sizeof *words)

/* The last part of an address: "https://schema.org/False" is an answer too. */
static dtl_str bare_value(dtl_str s)
{
    size_t i = s.len;

    while (i && s.ptr[i - 1] != '/')
        i--;
    s = dtl_str_trim(dtl_str_sub(s, i, s.len));
    while (s.len && (s.ptr[0] == '"' || s.ptr[0] == '\''))
        s = dtl_str_sub(s, 1, s.len);
    while (s.len && (s.ptr[s.len - 1] == '"' || s.ptr[s.len - 1] == '\'' ||
                     s.ptr[s.len - 1] == ';'))
        s = dtl_str_sub(s, 0, s.len - 1);
    return s;
}

static bool is_part(const dtl_fact *f)
{
    return dtl_str_find(f->evidence, DTL_STR("hasPart")) != SIZE_MAX;
}

/* A tier says more than yes and no; the page's own item more than its parts
 * and other items. */
static dtl_access_declared declared(const dtl_facts *facts)
{
    const dtl_fact_list *list = &facts->field[DTL_FACT_ACCESS];
    dtl_access_declared own = DTL_ACCESS_UNKNOWN, part = DTL_ACCESS_UNKNOWN;

    for (size_t i = 0; i < list->count; i++) {
        const dtl_fact *f = &list->at[i];
        dtl_str value = bare_value(f->value);
        dtl_access_declared says = LOOK_UP(value, tiers);
        bool aside = is_part(f) || f->source == DTL_SOURCE_JSON_LD_OTHER;

        if (says != DTL_ACCESS_UNKNOWN && f->source == DTL_SOURCE_META)
            return says;
        if (says == DTL_ACCESS_UNKNOWN)
            says = LOOK_UP(value, answers);
        if (aside && part == DTL_ACCESS_UNKNOWN)
            part = says;
        if (!aside && own == DTL_ACCESS_UNKNOWN)
            own = says;
    }
    if (own != DTL_ACCESS_UNKNOWN)
        return own;
    return part;
}

/* ---- Truncated ----------------------------------------------------------- */

/* Whether the standard wants an end tag of the element. */
static bool needs_end(const dtl_html_node *node)
{
    switch (node->name) {
    case DTL_N_HTML:
    case DTL_N_BODY:
    case DTL_N_HEAD:
    case DTL_N_P:
    case DTL_N_LI:
    case DTL_N_DT:
    case DTL_N_DD:
    case DTL_N_OPTION:
    case DTL_N_OPTGROUP:
    case DTL_N_TBODY:
    case DTL_N_THEAD:
    case DTL_N_TFOOT:
    case DTL_N_TR:
    case DTL_N_TD:
    case DTL_N_TH:
    case DTL_N_COLGROUP:
        return false;
    default:
        return true;
    }
}

static bool has_end_tag(const dtl_html_doc *d, dtl_html_ref n)
{
    return d->nodes[n].flags & DTL_NODE_ENDED;
}

/* Whether the text ends between '<' and '>'. */
static bool ends_in_tag(dtl_str s)
{
    size_t i = s.len;

    while (i && s.ptr[i - 1] != '<' && s.ptr[i - 1] != '>')
        i--;
    if (!i || s.ptr[i - 1] == '>' || i == s.len)
        return i && s.ptr[i - 1] == '<' && i == s.len;
    return dtl_is_alpha(s.ptr[i]) || s.ptr[i] == '/' || s.ptr[i] == '!';
}

/* Whether elements that need an end tag are open where the text ends; the
 * last of them takes the cut text. */
static bool is_left_open(const dtl_html_doc *d, dtl_html_ref body)
{
    size_t size = d->text.len;
    bool open = false;
    dtl_html_ref n;

    while (size && dtl_is_space(d->text.ptr[size - 1]))
        size--;
    /* The outermost one that tells counts. */
    for (n = dtl_html_subtree_end(d, body) - 1; n > body;
         n = d->nodes[n].parent) {
        const dtl_html_node *node = &d->nodes[n];

        if (node->type != DTL_HTML_ELEMENT || node->end < size)
            open = false;
        else if (needs_end(node) && dtl_html_first_child(d, n) &&
                 !has_end_tag(d, n))
            open = true;
    }
    return open;
}

/* A page that its end tags do not close, and that stops in the middle of a
 * tag, a word or a script. Those that only leave end tags out stop behind a
 * tag. */
static bool is_truncated(const dtl_html_doc *d)
{
    dtl_html_ref html = dtl_html_find(d, 0, d->node_count, DTL_N_HTML);
    dtl_html_ref body = dtl_html_find(d, 0, d->node_count, DTL_N_BODY);
    dtl_str s = dtl_str_trim(d->text);

    if (!html || !s.len)
        return false;
    if (has_end_tag(d, html) || (body && has_end_tag(d, body)))
        return false;
    if (ends_in_tag(s))
        return true;
    if (d->nodes[html].flags & DTL_NODE_IMPLIED || !body)
        return false;
    return s.ptr[s.len - 1] != '>' && is_left_open(d, body);
}

/* ---- Walls --------------------------------------------------------------- */

/* What walls say to those who want to read on; small letters. ASCII capitals
 * are taken as small; others stand here as they begin sentences. */
static const char *const wall_phrases[] = {
    "to continue reading", "to keep reading", "to read the rest",
    "to read this article", "to read this story", "to read the full",
    "to read more of this", "subscribe to read", "subscribe to continue",
    "subscribe to unlock", "unlock this article", "unlock this story",
    "for subscribers only", "for subscribers", "subscriber-only",
    "subscribers only", "exclusive to subscribers", "exclusively for members",
    "already a subscriber", "already have a subscription", "log in to continue",
    "sign in to continue", "sign in to read", "register to continue",
    "register to read", "create a free account to", "this is a premium article",
    "remaining free articles",
    /* German, Dutch, Scandinavian, Finnish */
    "um weiterzulesen", "jetzt weiterlesen", "weiterlesen mit",
    "diesen artikel weiterlesen", "artikel freischalten", "nur für abonnenten",
    "exklusiv für abonnenten", "bereits abonnent", "bereits abonniert",
    "sie haben bereits ein abo", "lesen sie diesen artikel mit",
    "dieser artikel ist kostenpflichtig", "verder lezen",
    "alleen voor abonnees", "al abonnee", "lees verder met",
    "for å lese videre", "for å lese saken", "kun for abonnenter",
    "for at læse videre", "læs videre med", "för att läsa vidare",
    "för att läsa hela", "är du prenumerant", "lue koko juttu", "tilaajille",
    /* Romance */
    "pour lire la suite", "pour continuer la lecture", "réservé aux abonnés",
    "réservé à nos abonnés", "réservée à nos abonnés", "réservée aux abonnés",
    "il vous reste", "abonnez-vous pour lire", "para seguir leyendo",
    "para continuar leyendo", "para leer el artículo",
    "exclusivo para suscriptores", "solo para suscriptores",
    "contenido exclusivo para", "suscríbete para", "si ya eres suscriptor",
    "para continuar lendo", "exclusivo para assinantes", "já é assinante",
    "para continuar a ler", "per continuare a leggere",
    "per leggere l'articolo", "riservato agli abbonati", "sei già abbonato",
    "pentru a citi mai departe",
    /* Slavic, Baltic, Hungarian, Greek, Turkish */
    "aby czytać dalej", "czytaj dalej z", "dla prenumeratorów",
    "dla subskrybentów", "pro předplatitele", "chcete-li číst dál",
    "pre predplatiteľov", "для подписчиков", "чтобы читать дальше",
    "чтобы дочитать", "для передплатників", "за абонати", "za pretplatnike",
    "skaitykite toliau", "a teljes cikk", "előfizetőknek", "για συνδρομητές",
    "abone olun", "devamını okumak için",
    /* Asian, Arabic, Hebrew */
    "会員限定", "有料会員", "有料記事", "続きをお読みいただくには",
    "구독자 전용", "유료회원", "付费阅读", "会员专享", "訂閱後", "订阅后",
    "للمشتركين", "למנויים"};

static dtl_needles walls = DTL_NEEDLES(wall_phrases);

typedef struct {
    bool named;             /* an element's class says so */
    bool both;              /* an element does by its class and its words */
    size_t spoken;          /* texts that do */
    bool open;              /* what it hides is in the body all the same */
    dtl_html_ref quiet_end; /* what stands before says nothing of one */
} wall;

static bool holds_words(const dtl_html_doc *d, dtl_html_ref n)
{
    switch (d->nodes[n].name) {
    case DTL_N_P:
    case DTL_N_H1:
    case DTL_N_H2:
    case DTL_N_H3:
    case DTL_N_H4:
    case DTL_N_H5:
    case DTL_N_DIV:
    case DTL_N_SPAN:
    case DTL_N_A:
    case DTL_N_STRONG:
    case DTL_N_LI:
    case DTL_N_BUTTON:
        return true;
    default:
        return false;
    }
}

/* Whether the first text of an element is its own child, so that no text is
 * read once for each element around it. */
static bool has_own_text(const dtl_html_doc *d, dtl_html_ref n)
{
    dtl_html_ref c = dtl_html_first_child(d, n);

    return c && (d->nodes[c].type == DTL_HTML_TEXT ||
                 dtl_html_is(d, c, DTL_N_STRONG) ||
                 dtl_html_is(d, c, DTL_N_SPAN) || dtl_html_is(d, c, DTL_N_B));
}

static bool is_hidden(dtl_html_doc *d, dtl_html_ref n, uint32_t bits)
{
    return bits & DTL_CW_HIDDEN || dtl_html_attr_find(d, n, DTL_N_HIDDEN) ||
           dtl_html_is(d, n, DTL_N_TEMPLATE) ||
           dtl_style_hides(dtl_html_attr_value(d, n, DTL_N_STYLE));
}

/* Whether n speaks of other things: menus, other articles. Dialogs lie ready
 * in pages that nobody withholds; they count where the article is paid. */
static bool is_elsewhere(const dtl_meta *m, dtl_html_ref n, uint32_t bits)
{
    const dtl_html_doc *d = m->doc;

    if (bits & DTL_CW_MODAL && m->article->declared != DTL_ACCESS_PAID)
        return true;
    return bits & (DTL_CW_NAV | DTL_CW_FOOTER | DTL_CW_RELATED |
                   DTL_CW_COMMENT | DTL_CW_TEASER) ||
           dtl_html_is(d, n, DTL_N_FOOTER) || dtl_html_is(d, n, DTL_N_NAV);
}

static uint32_t bits_of(dtl_html_doc *d, dtl_html_ref n)
{
    return dtl_class_bits_of(d, n, DTL_N_CLASS) |
           dtl_class_bits_of(d, n, DTL_N_ID);
}

/* Looks at one element; true when nothing more is to be found in it. */
static bool look_at(dtl_meta *m, dtl_html_ref n, wall *out, dtl_status *st)
{
    dtl_html_doc *d = m->doc;
    uint32_t bits = bits_of(d, n);
    bool around_end = dtl_html_contains(d, n, m->body.end - 1);
    dtl_str text;

    if (!around_end && (is_hidden(d, n, bits) || is_elsewhere(m, n, bits)))
        return true;
    if (dtl_value_is_unseen(d, n))
        out->quiet_end = 0;
    if (!(bits & DTL_CW_PAYWALL) &&
        (n < out->quiet_end || !holds_words(d, n) || !has_own_text(d, n)))
        return false;
    text = dtl_value_text(d, n, WALL_TEXT_MAX, m->article->arena, st);
    out->named |=
        bits & DTL_CW_PAYWALL && text.len >= WALL_TEXT_MIN && !around_end;
    if (text.len >= WALL_TEXT_MAX - 4)
        return false;
    if (!dtl_needles_any(&walls, text)) {
        /* Nor do the elements in it, whose texts are parts of this. */
        if (dtl_html_subtree_end(d, n) - n < WALL_NODES)
            out->quiet_end = dtl_html_subtree_end(d, n);
        return false;
    }
    out->spoken++;
    out->both |= (bits & DTL_CW_PAYWALL) != 0;
    return true;
}

/* Whether the end of the body stands in something hidden. */
static bool ends_hidden(dtl_meta *m)
{
    dtl_html_doc *d = m->doc;
    dtl_html_ref n = d->nodes[m->body.end - 1].parent;

    for (; n && !dtl_html_is(d, n, DTL_N_BODY); n = d->nodes[n].parent)
        if (is_hidden(d, n, bits_of(d, n)))
            return true;
    return false;
}

static dtl_status look_for_wall(dtl_meta *m, wall *out)
{
    dtl_html_doc *d = m->doc;
    dtl_html_ref end = m->body.end, n;
    dtl_status st = DTL_OK;

    *out = (wall){0};
    if (!end)
        return DTL_OK;
    out->open = m->text_count >= WHOLE_TEXTS && ends_hidden(m);
    end = d->node_count - end > WALL_REACH ? end + WALL_REACH : d->node_count;
    for (n = m->body.first; n < end && st == DTL_OK; n++)
        if (d->nodes[n].type == DTL_HTML_ELEMENT && look_at(m, n, out, &st))
            n = dtl_html_subtree_end(d, n) - 1;
    return st;
}

/* ---- Observed ------------------------------------------------------------ */

static const char *const consent_words[] = {
    "cookie",         "consent",
    "tracking",       "einwilligung",
    "zustimm",        "akzeptieren",
    "datenschutz",    "personenbezogen",
    "privacy",        "personal data",
    "partner",        "consentement",
    "accepter",       "données personnelles",
    "consentimiento", "aceptar",
    "consentimento",  "consenso",
    "accetta",        "toestemming",
    "akkoord",        "zgod",
    "samtyk",         "samtyc",
    "souhlas",        "согласие",
    "同意",           "동의",
    "werbung",        "publicité",
    "publicidad",     "pubblicità"};
static const char *const robot_words[] = {"captcha",
                                          "robot",
                                          "human",
                                          "security",
                                          "checking your browser",
                                          "unusual traffic",
                                          "access denied",
                                          "enable javascript",
                                          "request id",
                                          "ray id",
                                          "challenge",
                                          "forbidden",
                                          "blocked",
                                          "malicious",
                                          "verify",
                                          "sicherheit",
                                          "mensch",
                                          "zugriff verweigert",
                                          "sécurité",
                                          "humain",
                                          "seguridad",
                                          "humano",
                                          "sicurezza",
                                          "not found",
                                          "bezpeč",
                                          "beveiliging",
                                          "не робот",
                                          "403",
                                          "404",
                                          "ロボット",
                                          "로봇"};

static dtl_needles consents = DTL_NEEDLES(consent_words);
static dtl_needles robots = DTL_NEEDLES(robot_words);

/* Which wall a page is that is nothing but one. */
static dtl_status look_at_block(dtl_meta *m, dtl_access_observed *out)
{
    dtl_html_doc *d = m->doc;
    dtl_html_ref body = dtl_html_find(d, 0, d->node_count, DTL_N_BODY);
    dtl_status st = DTL_OK;
    dtl_str text;
    size_t consent, robot;

    *out = DTL_OBSERVED_BLOCKED;
    if (!body)
        return DTL_OK;
    text = dtl_value_text(d, body, PAGE_TEXT, m->article->arena, &st);
    consent = dtl_needles_count(&consents, text);
    robot = dtl_needles_count(&robots, text);
    if (dtl_class_bits_of(d, body, DTL_N_CLASS) & DTL_CW_CONSENT)
        consent++;
    if (consent >= 2 && consent > robot)
        *out = DTL_OBSERVED_CONSENT_WALL;
    return st;
}

/* Whether the text breaks off as teasers do. */
static bool breaks_off(dtl_str text)
{
    return dtl_str_ends(text, DTL_STR("…")) ||
           dtl_str_ends(text, DTL_STR("...")) ||
           dtl_str_ends(text, DTL_STR("[…]")) ||
           dtl_str_ends(text, DTL_STR("[...]"));
}

/* A body of some length is read whole, whatever stands around it; but some
 * sites that say they are paid give the first third for nothing. */
static bool may_be_stub(const dtl_article *a)
{
    return a->text.len &&
           a->text.len <=
               (a->declared == DTL_ACCESS_PAID ? LONG_BODY : SHORT_BODY);
}

static bool is_stub(const dtl_article *a, const wall *w)
{
    if (w->open)
        return false;
    if (a->text.len > SHORT_BODY)
        return w->both;
    if (a->declared == DTL_ACCESS_PAID)
        return w->spoken || w->named || breaks_off(a->text) ||
               a->text.len < TINY_BODY;
    return w->spoken > 1 || (w->spoken && (w->named || breaks_off(a->text)));
}

dtl_status dtl_meta_access(dtl_meta *m)
{
    dtl_article *a = m->article;
    bool stub = a->status == DTL_STATUS_STUB;
    dtl_status st;
    wall w;

    a->declared = declared(m->facts);
    a->observed = a->status == DTL_STATUS_EMPTY ? DTL_OBSERVED_UNKNOWN
                                                : DTL_OBSERVED_FULL;
    if (a->status == DTL_STATUS_BLOCKED)
        return look_at_block(m, &a->observed);
    if (a->status != DTL_STATUS_ARTICLE && a->status != DTL_STATUS_STUB) {
        if (is_truncated(m->doc))
            a->observed = DTL_OBSERVED_TRUNCATED;
        return DTL_OK;
    }
    if (!stub && may_be_stub(a)) {
        st = look_for_wall(m, &w);
        if (st != DTL_OK)
            return st;
        stub = is_stub(a, &w);
    }
    if (stub) {
        a->observed = DTL_OBSERVED_STUB;
        a->status = DTL_STATUS_STUB;
    } else if (is_truncated(m->doc)) {
        a->observed = DTL_OBSERVED_TRUNCATED;
    }
    return DTL_OK;
}
