/* The rules for parsing tokens in foreign content (HTML standard, section
 * 13.2.6.5), and which tokens they take (13.2.6). */
#include "html/tree.h"
#include "base/str.h"

/* ---- Which tokens ---------------------------------------------------- */

bool dtl_foreign_takes(const dtl_html_builder *b, const dtl_html_token *t)
{
    const dtl_open *e = dtl_tree_adjusted(b);
    bool start = t->type == DTL_TOKEN_START_TAG;

    if (t->type == DTL_TOKEN_EOF)
        return false;
    if (!start && t->type != DTL_TOKEN_TEXT)
        return true;
    if (e->bits & DTL_IS_HTML_POINT)
        return false;
    if (e->bits & DTL_IS_MATH_TEXT)
        return start &&
               (t->name == DTL_N_MGLYPH || t->name == DTL_N_MALIGNMARK);
    return !(start && (e->bits & DTL_IS_ANNOTATION) && t->name == DTL_N_SVG);
}

/* ---- Adjusting names ------------------------------------------------- */

#define CAMEL(name) [DTL_N_##name] = DTL_N_CAMEL_##name

/* "Adjust SVG tag names". */
static const uint16_t svg_tags[DTL_N_KNOWN] = {
    CAMEL(ALTGLYPH),
    CAMEL(ALTGLYPHDEF),
    CAMEL(ALTGLYPHITEM),
    CAMEL(ANIMATECOLOR),
    CAMEL(ANIMATEMOTION),
    CAMEL(ANIMATETRANSFORM),
    CAMEL(CLIPPATH),
    CAMEL(FEBLEND),
    CAMEL(FECOLORMATRIX),
    CAMEL(FECOMPONENTTRANSFER),
    CAMEL(FECOMPOSITE),
    CAMEL(FECONVOLVEMATRIX),
    CAMEL(FEDIFFUSELIGHTING),
    CAMEL(FEDISPLACEMENTMAP),
    CAMEL(FEDISTANTLIGHT),
    CAMEL(FEDROPSHADOW),
    CAMEL(FEFLOOD),
    CAMEL(FEFUNCA),
    CAMEL(FEFUNCB),
    CAMEL(FEFUNCG),
    CAMEL(FEFUNCR),
    CAMEL(FEGAUSSIANBLUR),
    CAMEL(FEIMAGE),
    CAMEL(FEMERGE),
    CAMEL(FEMERGENODE),
    CAMEL(FEMORPHOLOGY),
    CAMEL(FEOFFSET),
    CAMEL(FEPOINTLIGHT),
    CAMEL(FESPECULARLIGHTING),
    CAMEL(FESPOTLIGHT),
    CAMEL(FETILE),
    CAMEL(FETURBULENCE),
    CAMEL(FOREIGNOBJECT),
    CAMEL(GLYPHREF),
    CAMEL(LINEARGRADIENT),
    CAMEL(RADIALGRADIENT),
    CAMEL(TEXTPATH),
};

/* "Adjust SVG attributes". */
static const uint16_t svg_attrs[DTL_N_KNOWN] = {
    CAMEL(ATTRIBUTENAME),
    CAMEL(ATTRIBUTETYPE),
    CAMEL(BASEFREQUENCY),
    CAMEL(BASEPROFILE),
    CAMEL(CALCMODE),
    CAMEL(CLIPPATHUNITS),
    CAMEL(DIFFUSECONSTANT),
    CAMEL(EDGEMODE),
    CAMEL(FILTERUNITS),
    CAMEL(GLYPHREF),
    CAMEL(GRADIENTTRANSFORM),
    CAMEL(GRADIENTUNITS),
    CAMEL(KERNELMATRIX),
    CAMEL(KERNELUNITLENGTH),
    CAMEL(KEYPOINTS),
    CAMEL(KEYSPLINES),
    CAMEL(KEYTIMES),
    CAMEL(LENGTHADJUST),
    CAMEL(LIMITINGCONEANGLE),
    CAMEL(MARKERHEIGHT),
    CAMEL(MARKERUNITS),
    CAMEL(MARKERWIDTH),
    CAMEL(MASKCONTENTUNITS),
    CAMEL(MASKUNITS),
    CAMEL(NUMOCTAVES),
    CAMEL(PATHLENGTH),
    CAMEL(PATTERNCONTENTUNITS),
    CAMEL(PATTERNTRANSFORM),
    CAMEL(PATTERNUNITS),
    CAMEL(POINTSATX),
    CAMEL(POINTSATY),
    CAMEL(POINTSATZ),
    CAMEL(PRESERVEALPHA),
    CAMEL(PRESERVEASPECTRATIO),
    CAMEL(PRIMITIVEUNITS),
    CAMEL(REFX),
    CAMEL(REFY),
    CAMEL(REPEATCOUNT),
    CAMEL(REPEATDUR),
    CAMEL(REQUIREDEXTENSIONS),
    CAMEL(REQUIREDFEATURES),
    CAMEL(SPECULARCONSTANT),
    CAMEL(SPECULAREXPONENT),
    CAMEL(SPREADMETHOD),
    CAMEL(STARTOFFSET),
    CAMEL(STDDEVIATION),
    CAMEL(STITCHTILES),
    CAMEL(SURFACESCALE),
    CAMEL(SYSTEMLANGUAGE),
    CAMEL(TABLEVALUES),
    CAMEL(TARGETX),
    CAMEL(TARGETY),
    CAMEL(TEXTLENGTH),
    CAMEL(VIEWBOX),
    CAMEL(VIEWTARGET),
    CAMEL(XCHANNELSELECTOR),
    CAMEL(YCHANNELSELECTOR),
    CAMEL(ZOOMANDPAN),
};

static dtl_name adjust(const uint16_t *table, dtl_name name)
{
    return name < DTL_N_KNOWN && table[name] ? table[name] : name;
}

/* "Adjust foreign attributes". */
static dtl_html_ns attr_namespace(dtl_name name)
{
    switch (name) {
    case DTL_N_XLINK_ACTUATE:
    case DTL_N_XLINK_ARCROLE:
    case DTL_N_XLINK_HREF:
    case DTL_N_XLINK_ROLE:
    case DTL_N_XLINK_SHOW:
    case DTL_N_XLINK_TITLE:
    case DTL_N_XLINK_TYPE:
        return DTL_NS_XLINK;
    case DTL_N_XML_LANG:
    case DTL_N_XML_SPACE:
        return DTL_NS_XML;
    case DTL_N_XMLNS:
    case DTL_N_XMLNS_XLINK:
        return DTL_NS_XMLNS;
    default:
        return DTL_NS_NONE;
    }
}

static void adjust_attrs(dtl_html_builder *b, const dtl_html_token *t,
                         dtl_html_ns ns)
{
    for (uint32_t i = 0; i < t->attr_count; i++) {
        dtl_html_attr *a = &b->doc->attrs[t->attr_first + i];

        a->ns = (uint8_t)attr_namespace(a->name);
        if (ns == DTL_NS_SVG)
            a->name = adjust(svg_attrs, a->name);
        else if (a->name == DTL_N_DEFINITIONURL)
            a->name = DTL_N_CAMEL_DEFINITIONURL;
    }
}

/* ---- Start tags ------------------------------------------------------ */

void dtl_foreign_insert(dtl_html_builder *b, dtl_html_token *t, dtl_html_ns ns)
{
    bool svg = ns == DTL_NS_SVG;
    dtl_name name = svg ? adjust(svg_tags, t->name) : t->name;
    uint32_t bits =
        svg ? dtl_rule_svg_bits(t->name) : dtl_rule_math_bits(t->name);

    b->status = dtl_tree_cover(&b->open_foreign, &b->open_foreign_cap, t->name);
    if (b->status != DTL_OK)
        return;
    if ((bits & DTL_IS_ANNOTATION) &&
        (dtl_tree_attr_is(b, t, DTL_N_ENCODING, DTL_STR("text/html")) ||
         dtl_tree_attr_is(b, t, DTL_N_ENCODING,
                          DTL_STR("application/xhtml+xml"))))
        bits |= DTL_IS_HTML_POINT;
    adjust_attrs(b, t, ns);
    dtl_tree_insert_foreign(b, t, ns, name, bits);
    if (t->self_closing)
        dtl_tree_pop_at(b, t->end);
}

static bool breaks_out(const dtl_html_builder *b, const dtl_html_token *t)
{
    if (t->name == DTL_N_FONT)
        return dtl_tree_attr(b, t, DTL_N_COLOR) ||
               dtl_tree_attr(b, t, DTL_N_FACE) ||
               dtl_tree_attr(b, t, DTL_N_SIZE);
    return dtl_rule_of(t->name)->bits & DTL_IS_BREAKOUT;
}

/* Ends foreign content for an HTML tag that has no place there. */
static dtl_then break_out(dtl_html_builder *b, dtl_html_token *t)
{
    const uint32_t stop = DTL_IS_MATH_TEXT | DTL_IS_HTML_POINT;

    while ((dtl_tree_current(b)->bits & DTL_IS_FOREIGN) &&
           !(dtl_tree_current(b)->bits & stop))
        dtl_tree_pop(b);
    return dtl_modes[b->mode](b, t);
}

static dtl_then start_tag(dtl_html_builder *b, dtl_html_token *t)
{
    if (breaks_out(b, t))
        return break_out(b, t);
    dtl_foreign_insert(b, t,
                       dtl_tree_adjusted(b)->bits & DTL_IS_SVG ? DTL_NS_SVG
                                                               : DTL_NS_MATHML);
    return DTL_DONE;
}

/* ---- End tags -------------------------------------------------------- */

/* Closes the innermost foreign element of that name above the topmost HTML
 * element, else the tag is taken as in HTML content. */
static dtl_then end_tag(dtl_html_builder *b, dtl_html_token *t)
{
    uint32_t label =
        t->name < b->open_foreign_cap ? b->open_foreign[t->name] : 0;

    if (t->name == DTL_N_BR || t->name == DTL_N_P)
        return break_out(b, t);
    if (label && label >= dtl_tree_class_top(b, DTL_CLASS_OUTERMOST) &&
        (dtl_tree_current(b)->bits & DTL_IS_FOREIGN)) {
        while (b->stack[b->top].label > label)
            dtl_tree_pop(b);
        dtl_tree_pop_at(b, t->end);
        return DTL_DONE;
    }
    /* Only in a fragment of foreign context is nothing but the root open. */
    return b->top > 1 ? dtl_modes[b->mode](b, t) : DTL_DONE;
}

/* ---- The rules ------------------------------------------------------- */

static void text(dtl_html_builder *b, const dtl_html_token *t)
{
    dtl_tree_insert_text(b, t->start, t->end, t->text_flags);
    if (b->frameset_ok &&
        !dtl_tree_all_space(b, t->start, t->end, t->text_flags))
        b->frameset_ok = false;
}

dtl_then dtl_foreign_content(dtl_html_builder *b, dtl_html_token *t)
{
    switch ((dtl_token_type)t->type) {
    case DTL_TOKEN_TEXT:
        text(b, t);
        return DTL_DONE;
    case DTL_TOKEN_COMMENT:
    case DTL_TOKEN_PI:
        dtl_tree_insert_comment(b, t);
        return DTL_DONE;
    case DTL_TOKEN_START_TAG:
        return start_tag(b, t);
    case DTL_TOKEN_END_TAG:
        return end_tag(b, t);
    case DTL_TOKEN_DOCTYPE:
    case DTL_TOKEN_EOF:
        return DTL_DONE;
    }
    return DTL_DONE;
}
