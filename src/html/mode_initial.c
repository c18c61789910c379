/* The "initial" insertion mode (HTML standard, section 13.2.6.4.1), where the
 * doctype decides on quirks. */
#include "html/tree.h"
#include "base/str.h"

/* Public identifiers that start so mean quirks. */
static const char *const quirky_prefixes[] = {
    "+//Silmaril//dtd html Pro v0r11 19970101//",
    "-//AS//DTD HTML 3.0 asWedit + extensions//",
    "-//AdvaSoft Ltd//DTD HTML 3.0 asWedit + extensions//",
    "-//IETF//DTD HTML 2.0 Level 1//",
    "-//IETF//DTD HTML 2.0 Level 2//",
    "-//IETF//DTD HTML 2.0 Strict Level 1//",
    "-//IETF//DTD HTML 2.0 Strict Level 2//",
    "-//IETF//DTD HTML 2.0 Strict//",
    "-//IETF//DTD HTML 2.0//",
    "-//IETF//DTD HTML 2.1E//",
    "-//IETF//DTD HTML 3.0//",
    "-//IETF//DTD HTML 3.2 Final//",
    "-//IETF//DTD HTML 3.2//",
    "-//IETF//DTD HTML 3//",
    "-//IETF//DTD HTML Level 0//",
    "-//IETF//DTD HTML Level 1//",
    "-//IETF//DTD HTML Level 2//",
    "-//IETF//DTD HTML Level 3//",
    "-//IETF//DTD HTML Strict Level 0//",
    "-//IETF//DTD HTML Strict Level 1//",
    "-//IETF//DTD HTML Strict Level 2//",
    "-//IETF//DTD HTML Strict Level 3//",
    "-//IETF//DTD HTML Strict//",
    "-//IETF//DTD HTML//",
    "-//Metrius//DTD Metrius Presentational//",
    "-//Microsoft//DTD Internet Explorer 2.0 HTML Strict//",
    "-//Microsoft//DTD Internet Explorer 2.0 HTML//",
    "-//Microsoft//DTD Internet Explorer 2.0 Tables//",
    "-//Microsoft//DTD Internet Explorer 3.0 HTML Strict//",
    "-//Microsoft//DTD Internet Explorer 3.0 HTML//",
    "-//Microsoft//DTD Internet Explorer 3.0 Tables//",
    "-//Netscape Comm. Corp.//DTD HTML//",
    "-//Netscape Comm. Corp.//DTD Strict HTML//",
    "-//O'Reilly and Associates//DTD HTML 2.0//",
    "-//O'Reilly and Associates//DTD HTML Extended 1.0//",
    "-//O'Reilly and Associates//DTD HTML Extended Relaxed 1.0//",
    "-//SQ//DTD HTML 2.0 HoTMetaL + extensions//",
    ("-//SoftQuad Software//DTD HoTMetaL PRO 6.0::19990601::extensions to "
     "HTML 4.0//"),
    "-//SoftQuad//DTD HoTMetaL PRO 4.0::19971010::extensions to HTML 4.0//",
    "-//Spyglass//DTD HTML 2.0 Extended//",
    "-//Sun Microsystems Corp.//DTD HotJava HTML//",
    "-//Sun Microsystems Corp.//DTD HotJava Strict HTML//",
    "-//W3C//DTD HTML 3 1995-03-24//",
    "-//W3C//DTD HTML 3.2 Draft//",
    "-//W3C//DTD HTML 3.2 Final//",
    "-//W3C//DTD HTML 3.2//",
    "-//W3C//DTD HTML 3.2S Draft//",
    "-//W3C//DTD HTML 4.0 Frameset//",
    "-//W3C//DTD HTML 4.0 Transitional//",
    "-//W3C//DTD HTML Experimental 19960712//",
    "-//W3C//DTD HTML Experimental 970421//",
    "-//W3C//DTD W3 HTML//",
    "-//W3O//DTD W3 HTML 3.0//",
    "-//WebTechs//DTD Mozilla HTML 2.0//",
    "-//WebTechs//DTD Mozilla HTML//",
};

static const char *const quirky_ids[] = {
    "-//W3O//DTD W3 HTML Strict 3.0//EN//",
    "-/W3C/DTD HTML 4.0 Transitional/EN",
    "HTML",
};

/* Quirks without a system identifier, limited quirks with one. */
static const char *const html401_prefixes[] = {
    "-//W3C//DTD HTML 4.01 Frameset//",
    "-//W3C//DTD HTML 4.01 Transitional//",
};

static const char *const limited_prefixes[] = {
    "-//W3C//DTD XHTML 1.0 Frameset//",
    "-//W3C//DTD XHTML 1.0 Transitional//",
};

static bool starts_with_any(dtl_str s, const char *const *prefixes,
                            size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (dtl_str_starts_nocase(s, dtl_str_of(prefixes[i])))
            return true;
    return false;
}

#define STARTS_WITH_ANY(s, list)                                               \
    starts_with_any(s, list, sizeof(list) / sizeof *(list))

static dtl_html_quirks quirks_of(const dtl_html_token *t)
{
    dtl_str public_id = t->doctype.public_id;
    dtl_str system_id = t->doctype.system_id;

    if (t->force_quirks || !dtl_str_eq(t->doctype.name, DTL_STR("html")))
        return DTL_QUIRKS;
    for (size_t i = 0; i < sizeof quirky_ids / sizeof *quirky_ids; i++)
        if (dtl_str_eq_nocase(public_id, dtl_str_of(quirky_ids[i])))
            return DTL_QUIRKS;
    if (dtl_str_eq_nocase(system_id, DTL_STR("http://www.ibm.com/data/dtd/v11/"
                                             "ibmxhtml1-transitional.dtd")))
        return DTL_QUIRKS;
    if (STARTS_WITH_ANY(public_id, quirky_prefixes))
        return DTL_QUIRKS;
    if (STARTS_WITH_ANY(public_id, html401_prefixes))
        return system_id.ptr ? DTL_LIMITED_QUIRKS : DTL_QUIRKS;
    if (STARTS_WITH_ANY(public_id, limited_prefixes))
        return DTL_LIMITED_QUIRKS;
    return DTL_NO_QUIRKS;
}

dtl_then dtl_mode_initial(dtl_html_builder *b, dtl_html_token *t)
{
    switch (t->type) {
    case DTL_TOKEN_TEXT:
        if (dtl_tree_take_space(b, t, false))
            return DTL_DONE;
        break;
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        dtl_tree_append_comment(b, t, 0);
        return DTL_DONE;
    case DTL_TOKEN_DOCTYPE:
        dtl_tree_append_doctype(b, t);
        b->doc->quirks = (uint8_t)quirks_of(t);
        b->mode = DTL_MODE_BEFORE_HTML;
        return DTL_DONE;
    default:
        break;
    }
    b->doc->quirks = DTL_QUIRKS;
    b->mode = DTL_MODE_BEFORE_HTML;
    return DTL_REPROCESS;
}
