/* Tells pages that hold no article.
 *
 * A wrong word here costs a whole article, so each answer needs several signs
 * that agree: an error page has little text and says what it is in its
 * headline or in words that nothing else says; a consent wall has little else
 * than talk of consent; a listing has linked headlines one after the other
 * and no run of prose between them. */
#include "article/page_status.h"
#include "base/needles.h"
#include "base/once.h"
#include "base/str.h"

enum {
    WALL_WEIGHT = 1600,    /* letters of text a wall or error page may have */
    ERROR_WORDS = 12,      /* the longest of error_titles has */
    CONSENT_WEIGHT = 6000, /* the same of a consent wall */
    LIST_HEADLINES = 5,
    LIST_RUN = 500, /* letters of prose between two headlines of a listing */
    LIST_LEAD = 150 /* before the first */
};

/* Headlines and titles of error pages, whole, folded as titles are. */
static const char *const error_titles[] = {
    "404",
    "404 not found",
    "404 error",
    "error 404",
    "404 page not found",
    "page not found",
    "page not found 404",
    "not found",
    "error",
    "oops",
    "403",
    "403 forbidden",
    "forbidden",
    "access denied",
    "blocked",
    "just a moment",
    "attention required",
    "are you a robot",
    "are you human",
    "verify you are human",
    "pardon our interruption",
    "request blocked",
    "bad gateway",
    "502 bad gateway",
    "service unavailable",
    "503 service unavailable",
    "500 internal server error",
    "internal server error",
    "site maintenance",
    "security check",
    "human verification",
    "bot verification",
    "robot check",
    "seite nicht gefunden",
    "404 seite nicht gefunden",
    "die seite wurde nicht gefunden",
    "fehler 404",
    "zugriff verweigert",
    "page introuvable",
    "page non trouvée",
    "erreur 404",
    "accès refusé",
    "página no encontrada",
    "error 404 página no encontrada",
    "página não encontrada",
    "acceso denegado",
    "pagina non trovata",
    "pagina niet gevonden",
    "siden blev ikke fundet",
    "siden finnes ikke",
    "sidan hittades inte",
    "sidan kunde inte hittas",
    "sivua ei löytynyt",
    "nie znaleziono strony",
    "strona nie istnieje",
    "stránka nenalezena",
    "stránka nebyla nalezena",
    "страница не найдена",
    "сторінку не знайдено",
    "sayfa bulunamadı",
    "ページが見つかりません",
    "页面不存在",
    "找不到頁面",
};

/* What servers write over the list of a folder's files, before its path. */
static const char *const index_titles[] = {
    "index of /",
    "directory listing for /",
    "directory listing of /",
};

/* What only walls say, in their text. */
static const char *const wall_words[] = {
    "verifying that you are human",
    "verify you are human",
    "verify that you are not a robot",
    "needs to review the security of your",
    "checking your browser before",
    "checking if the site connection is secure",
    "enable javascript and cookies to continue",
    "unusual traffic from your",
    "access to this page has been denied",
    "you have been blocked",
    "request could not be satisfied",
    "complete the security check",
    "complete the captcha",
    "please complete the following captcha",
    "you don't have permission to access",
    "are you a robot?",
    "sie wurden blockiert",
    "bestätigen sie, dass sie kein roboter",
    "vérifiez que vous êtes humain",
    "verifique que es un ser humano",
    "the page you were looking for does not exist",
    "the page you are looking for could not be found",
    "the page you requested could not be found",
    "the page you're looking for",
    "the page you are looking for",
    "the requested url was not found",
    "die angeforderte seite konnte nicht gefunden werden",
    "die gewünschte seite konnte nicht gefunden werden",
    "la page que vous recherchez",
    "la página que buscas no existe",
    "la pagina che stai cercando",
};

/* What consent walls offer. */
static const char *const consent_words[] = {
    "mit werbung weiterlesen",
    "werbefrei",
    "pur-abo",
    "pur abo",
    "tracking",
    "accept and continue",
    "continuer sans accepter",
    "accepter et continuer",
    "accetta e continua",
    "aceptar y continuar",
    "rechazar y suscribir",
    "akzeptieren und weiter",
    "zustimmen und weiter",
    "alle akzeptieren",
    "we value your privacy",
    "ihre privatsphäre",
    "votre vie privée",
    "tu privacidad",
    "la tua privacy",
    "uw privacy",
    "personenbezogen",
};

static bool is_text(const dtl_region *r, uint32_t i)
{
    return r->b->blocks[i].type == DTL_BLOCK_IS_TEXT;
}

/* Whether two texts may begin with the same word, by their first bytes. */
static bool may_begin_alike(const char *a, char b)
{
    return (unsigned char)b < 0x80 ? *a == b : (unsigned char)*a >= 0x80;
}

/* What error titles are compared by, made once. */
static uint64_t error_keys[sizeof error_titles / sizeof error_titles[0]];

static void make_keys(void *keys)
{
    for (size_t i = 0; i < sizeof error_titles / sizeof error_titles[0]; i++)
        ((uint64_t *)keys)[i] = dtl_text_key(dtl_str_of(error_titles[i]));
}

static bool is_error_title(dtl_str title)
{
    static dtl_once once;
    dtl_measure m = dtl_measure_text(title);
    uint64_t key = 0;
    size_t i = 0;
    char first;

    if (!m.words || m.words > ERROR_WORDS)
        return false;
    while (i + 1 < title.len && !dtl_is_alpha(title.ptr[i]) &&
           !dtl_is_digit(title.ptr[i]) && (unsigned char)title.ptr[i] < 0x80)
        i++;
    first = dtl_lower(title.ptr[i]);
    dtl_once_run(&once, make_keys, error_keys);
    for (i = 0; i < sizeof error_titles / sizeof error_titles[0]; i++) {
        if (!may_begin_alike(error_titles[i], first))
            continue;
        if (!key)
            key = dtl_text_key(title);
        if (error_keys[i] == key)
            return true;
    }
    return false;
}

static dtl_needles walls = DTL_NEEDLES(wall_words);
static dtl_needles consents = DTL_NEEDLES(consent_words);

/* ---- Walls and errors ---------------------------------------------------- */

typedef struct {
    size_t kept, all; /* weight of text */
} text_sum;

static text_sum sum_texts(const dtl_region *r, const dtl_verdict *v)
{
    text_sum s = {0, 0};

    for (uint32_t i = 0; i < r->b->block_count; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];

        if (!is_text(r, i))
            continue;
        s.all += e->m.weight;
        s.kept += v[i].keep ? e->m.weight : 0;
    }
    return s;
}

static bool has_error_title(const dtl_region *r)
{
    if (is_error_title(r->title))
        return true;
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];

        if (is_text(r, i) && e->heading && e->heading < 3 &&
            is_error_title(e->text))
            return true;
    }
    return false;
}

static bool is_error_page(const dtl_region *r, const text_sum *s)
{
    if (s->kept >= WALL_WEIGHT)
        return false;
    if (has_error_title(r))
        return true;
    if (s->all >= 2 * WALL_WEIGHT)
        return false;
    for (uint32_t i = 0; i < r->b->block_count; i++)
        if (is_text(r, i) && dtl_needles_any(&walls, r->b->blocks[i].text))
            return true;
    return false;
}

static bool is_consent_wall(const dtl_region *r, const text_sum *s)
{
    size_t said = 0, cues = 0, words = 0;

    if (s->all >= CONSENT_WEIGHT)
        return false;
    for (uint32_t i = 0; i < r->b->block_count; i++)
        if (is_text(r, i))
            said += dtl_needles_count(&consents, r->b->blocks[i].text);
    if (said < 3)
        return false;
    for (uint32_t i = 0; i < r->b->block_count; i++) {
        unsigned counts[DTL_CUES];
        const dtl_word *list;
        size_t count;

        if (!is_text(r, i))
            continue;
        list = dtl_blocks_words(r->b, r->b->blocks[i].text, &count);
        if (!list)
            continue;
        dtl_cue_words(list, count, counts);
        cues += counts[DTL_CUE_CONSENT];
        words += count;
    }
    return cues * 25 > words;
}

/* ---- Listings ------------------------------------------------------------ */

/* Whether the first headline of a page is that of a server's list of files. */
static bool is_folder_index(const dtl_region *r)
{
    size_t k;

    for (uint32_t i = 0; i < r->b->block_count; i++) {
        const dtl_block_entry *e = &r->b->blocks[i];

        if (!is_text(r, i) || !e->heading)
            continue;
        for (k = 0; k < sizeof index_titles / sizeof *index_titles; k++)
            if (dtl_str_starts_nocase(e->text, dtl_str_of(index_titles[k])))
                return true;
        return false;
    }
    return false;
}

/* A headline that leads elsewhere. */
static bool is_linked_headline(const dtl_region *r, uint32_t i)
{
    const dtl_block_entry *e = &r->b->blocks[i];
    const dtl_box_note *n = &r->notes[e->box];

    return is_text(r, i) && e->heading && dtl_link_share(e) > 0.8f &&
           e->m.weight >= 12 && n->trust >= 0.2f && i != r->title_block;
}

typedef struct {
    uint32_t headlines;
    float lead, longest; /* runs of prose: before the first, and the longest */
} list_sum;

static list_sum sum_list(const dtl_region *r, const dtl_verdict *v)
{
    uint32_t from = r->title_block == DTL_NO_BLOCK ? 0 : r->title_block;
    list_sum s = {0};
    float run = 0;

    for (uint32_t i = 0; i < from; i++)
        if (v[i].keep)
            from = i;

    for (uint32_t i = from; i < r->b->block_count; i++) {
        if (is_linked_headline(r, i)) {
            if (!s.headlines++)
                s.lead = run;
            run = 0;
        } else if (is_text(r, i) && v[i].keep) {
            run += dtl_prose_weight(&r->b->blocks[i]);
            if (run > s.longest)
                s.longest = run;
        }
    }
    return s;
}

static bool is_listing(const dtl_region *r, const dtl_verdict *v)
{
    list_sum s = sum_list(r, v);

    return s.headlines >= LIST_HEADLINES && s.lead < LIST_LEAD &&
           s.longest < LIST_RUN;
}

dtl_judgement dtl_page_judge(const dtl_region *r, const dtl_verdict *v)
{
    text_sum s = sum_texts(r, v);

    if (is_error_page(r, &s))
        return (dtl_judgement){DTL_STATUS_BLOCKED,
                               DTL_STR("an error page or a check for robots")};
    if (is_consent_wall(r, &s))
        return (dtl_judgement){
            DTL_STATUS_BLOCKED,
            DTL_STR("asks for consent and shows no article")};
    if (is_folder_index(r))
        return (dtl_judgement){DTL_STATUS_LISTING,
                               DTL_STR("a server's list of a folder's files")};
    if (is_listing(r, v))
        return (dtl_judgement){DTL_STATUS_LISTING,
                               DTL_STR("lists articles and is none")};
    return (dtl_judgement){DTL_STATUS_ARTICLE, {NULL, 0}};
}
