/* Hints for those who hear the page, and initials.
 *
 * A hint is known by its words, since classes that hide it have any name. An
 * initial is known by its class alone: variables of mathematics and names of
 * vitamins look the same. Letters that are words by themselves in some
 * language stay apart, since nobody can tell. */
#include "article/block_hints.h"
#include "base/needles.h"
#include "base/str.h"

enum {
    HINT_BYTES = 80
};

/* Where a link opens. */
static const char *const window_words[] = {
    "new window",    "new tab",       "neuen fenster", "neuem fenster",
    "neues fenster", "neuen tab",     "neuem tab",     "nouvelle fenêtre",
    "nouvel onglet", "nueva ventana", "ventana nueva", "nueva pestaña",
    "pestaña nueva", "nova janela",   "nova aba",      "nuova finestra",
    "nuova scheda",  "nieuw venster", "nieuw tabblad", "nyt vindue",
    "nytt vindu",    "ny fane",       "nytt fönster",  "ny flik",
    "nowym oknie",   "nowej karcie",  "novém okně",    "uuteen ikkunaan",
    "új ablak",      "yeni pencere",  "yeni sekme",    "новом окне",
    "новой вкладке", "новому вікні",  "νέο παράθυρο",  "新しいウィンドウ",
    "新しいタブ",    "新窗口",        "새 창",
};

static dtl_needles windows = DTL_NEEDLES(window_words);

bool dtl_is_window_hint(dtl_html_doc *doc, dtl_html_ref n)
{
    const dtl_html_node *node = &doc->nodes[n];
    const dtl_html_node *text = &doc->nodes[n + 1];

    /* Its only child is a text. */
    if (node->subtree_end != n + 2 || text->type != DTL_HTML_TEXT ||
        dtl_html_next(doc, n) || !dtl_html_has_prev(doc, n) ||
        text->end - text->start > HINT_BYTES ||
        !dtl_html_is(doc, node->parent, DTL_N_A))
        return false;
    return dtl_needles_any(&windows,
                           dtl_str_sub(doc->text, text->start, text->end));
}

static const char *const cap_words[] = {
    "dropcap", "drop-cap", "firstletter", "first-letter", "initial",
};

static dtl_needles caps = DTL_NEEDLES(cap_words);

/* Whether the page is in a language where K, S, V, W and Z are words. */
static bool has_letter_words(dtl_html_doc *doc)
{
    static const char *const languages[] = {"pl", "cs", "sk", "sl", "hr",
                                            "sr", "bs", "mk", "bg"};
    dtl_html_ref html = dtl_html_find(doc, 0, doc->node_count, DTL_N_HTML);
    dtl_str lang =
        html ? dtl_html_attr_value(doc, html, DTL_N_LANG) : (dtl_str){NULL, 0};
    size_t i;

    for (i = 0; i < sizeof languages / sizeof *languages; i++)
        if (dtl_str_starts_nocase(lang, dtl_str_of(languages[i])))
            return true;
    return false;
}

bool dtl_is_drop_cap(dtl_html_doc *doc, dtl_html_ref text, char next)
{
    const dtl_html_node *node = &doc->nodes[text];
    dtl_str letter =
        dtl_str_trim(dtl_str_sub(doc->text, node->start, node->end));
    const dtl_html_attr *a;

    if (next < 'a' || next > 'z' || letter.len != 1 ||
        !strchr("BCDFGHJLMNPQRTXKSVWZ", letter.ptr[0]) ||
        (strchr("KSVWZ", letter.ptr[0]) && has_letter_words(doc)))
        return false;
    a = dtl_html_attr_find(doc, node->parent, DTL_N_CLASS);
    return a && dtl_needles_any(&caps, dtl_html_attr_text(doc, a));
}
