/* Which tags may be left out (HTML standard, section 13.1.2.4).
 *
 * What stands next decides; and of a start tag also whether the end tag
 * before it was left out, which a parser would otherwise miss. */
#include "html/write_optional.h"
#include "base/str.h"

/* ---- What comes next ------------------------------------------------- */

static bool is_start(const dtl_html_event *e)
{
    return e && e->type == DTL_HTML_EVENT_START;
}

/* The parent has no more content. */
static bool is_end(const dtl_html_event *e)
{
    return !e || e->type == DTL_HTML_EVENT_END;
}

static bool is_comment_or_space(const dtl_html_event *e)
{
    if (!e)
        return false;
    return e->type == DTL_HTML_EVENT_COMMENT ||
           (e->type == DTL_HTML_EVENT_TEXT && e->text.len &&
            dtl_is_space(e->text.ptr[0]));
}

static dtl_name started(const dtl_html_event *e)
{
    return is_start(e) ? dtl_html_event_name(e) : DTL_N_NONE;
}

/* ---- End tags -------------------------------------------------------- */

/* Start tags that end a p. */
static bool ends_p(dtl_str name)
{
    static const char *const names[] = {
        "address",    "article", "aside",   "blockquote", "center", "details",
        "datagrid",   "dialog",  "dir",     "div",        "dl",     "fieldset",
        "figcaption", "figure",  "footer",  "form",       "h1",     "h2",
        "h3",         "h4",      "h5",      "h6",         "header", "hgroup",
        "hr",         "main",    "menu",    "nav",        "ol",     "p",
        "pre",        "search",  "section", "table",      "ul"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (dtl_str_eq(name, dtl_str_of(names[i])))
            return true;
    return false;
}

/* Parents whose end tags do not end a p inside. */
static bool keeps_p(const dtl_html_event *end)
{
    if (!end)
        return false;
    switch (dtl_html_event_name(end)) {
    case DTL_N_A:
    case DTL_N_AUDIO:
    case DTL_N_DEL:
    case DTL_N_INS:
    case DTL_N_MAP:
    case DTL_N_NOSCRIPT:
    case DTL_N_VIDEO:
        return true;
    default:
        return dtl_str_find_char(end->name, '-') != SIZE_MAX;
    }
}

bool dtl_html_end_is_optional(dtl_name name, const dtl_html_event *next)
{
    dtl_name start = started(next);

    switch (name) {
    case DTL_N_HTML:
    case DTL_N_HEAD:
    case DTL_N_BODY:
    case DTL_N_COLGROUP:
    case DTL_N_CAPTION:
        return !is_comment_or_space(next);
    case DTL_N_LI:
    case DTL_N_TR:
        return is_end(next) || start == name;
    case DTL_N_OPTGROUP:
        return is_end(next) || start == name || start == DTL_N_HR;
    case DTL_N_OPTION:
        return is_end(next) || start == name || start == DTL_N_OPTGROUP ||
               start == DTL_N_HR;
    case DTL_N_DT:
        return start == DTL_N_DT || start == DTL_N_DD;
    case DTL_N_DD:
        return is_end(next) || start == DTL_N_DT || start == DTL_N_DD;
    case DTL_N_RT:
    case DTL_N_RP:
        return is_end(next) || start == DTL_N_RT || start == DTL_N_RP;
    case DTL_N_P:
        return is_end(next) ? !keeps_p(next)
                            : is_start(next) && ends_p(next->name);
    case DTL_N_THEAD:
        return start == DTL_N_TBODY || start == DTL_N_TFOOT;
    case DTL_N_TBODY:
        return is_end(next) || start == DTL_N_TBODY || start == DTL_N_TFOOT;
    case DTL_N_TFOOT:
        return is_end(next) || start == DTL_N_TBODY;
    case DTL_N_TD:
    case DTL_N_TH:
        return is_end(next) || start == DTL_N_TD || start == DTL_N_TH;
    default:
        return false;
    }
}

/* ---- Start tags ------------------------------------------------------ */

/* What a parser would put into the head when no body tag has come. */
static bool goes_to_head(dtl_name name)
{
    return name == DTL_N_META || name == DTL_N_NOSCRIPT || name == DTL_N_LINK ||
           name == DTL_N_SCRIPT || name == DTL_N_STYLE ||
           name == DTL_N_TEMPLATE;
}

bool dtl_html_start_is_optional(dtl_name name, dtl_name closed,
                                const dtl_html_event *next)
{
    dtl_name start = started(next);

    switch (name) {
    case DTL_N_HTML:
        return !is_comment_or_space(next);
    case DTL_N_HEAD:
        return is_start(next) || is_end(next);
    case DTL_N_BODY:
        return !is_comment_or_space(next) && !goes_to_head(start);
    case DTL_N_COLGROUP:
        return start == DTL_N_COL && closed != DTL_N_COLGROUP;
    case DTL_N_TBODY:
        return start == DTL_N_TR && closed != DTL_N_TBODY &&
               closed != DTL_N_THEAD && closed != DTL_N_TFOOT;
    default:
        return false;
    }
}
