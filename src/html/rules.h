/* What tree construction knows of each element name: one record a name, so
 * that the rules ask a table and not a ladder of comparisons. */
#ifndef DTL_HTML_RULES_H
#define DTL_HTML_RULES_H

#include "html/names.h"

/* Classes of open elements. The stack keeps, for each class, where its
 * members stand; "has an element in scope" is then a comparison. */
enum {
    DTL_CLASS_TABLE_SCOPE,  /* bounds "table scope" */
    DTL_CLASS_SCOPE,        /* bounds "scope" */
    DTL_CLASS_BUTTON_SCOPE, /* bounds "button scope" */
    DTL_CLASS_LIST_SCOPE,   /* bounds "list item scope" */
    DTL_CLASS_BLOCK,        /* special, and neither address, div nor p */
    DTL_CLASS_SPECIAL,
    DTL_CLASS_RESET,     /* "reset the insertion mode" stops here */
    DTL_CLASS_OUTERMOST, /* foreign element whose parent on the stack is HTML */
    DTL_CLASS_COUNT
};

#define DTL_CLASS_BIT(c) (1u << (c))

/* Further properties, in the same word as the class bits. */
enum {
    DTL_IS_IMPLIED = 1 << 8,     /* "generate implied end tags" */
    DTL_IS_IMPLIED_ALL = 1 << 9, /* "... all implied end tags thoroughly" */
    DTL_IS_TEMPLATE = 1 << 10,   /* children go into its contents */
    DTL_IS_FOSTERING = 1 << 11,  /* table, tbody, tfoot, thead, tr */
    DTL_IS_BREAKOUT = 1 << 12,   /* start tag that ends foreign content */
    DTL_IS_VOID = 1 << 13,       /* serialized without end tag */
    DTL_IS_RAW = 1 << 14,        /* text serialized as it is */
    DTL_IS_MATH_TEXT = 1 << 15,  /* MathML text integration point */
    DTL_IS_HTML_POINT = 1 << 16, /* HTML integration point */
    DTL_IS_ANNOTATION = 1 << 17, /* MathML annotation-xml */
    DTL_IS_FOREIGN = 1 << 18,    /* SVG or MathML element */
    DTL_IS_SVG = 1 << 19         /* SVG element */
};

/* How "in body" treats a start tag; groups of the standard's list. */
typedef enum {
    DTL_START_OTHER,
    DTL_START_HTML,
    DTL_START_HEAD_RULES, /* base, link, meta, script, style, title, ... */
    DTL_START_BODY,
    DTL_START_FRAMESET,
    DTL_START_BLOCK, /* closes p */
    DTL_START_HEADING,
    DTL_START_PRE,
    DTL_START_FORM,
    DTL_START_LI,
    DTL_START_DD,
    DTL_START_PLAINTEXT,
    DTL_START_BUTTON,
    DTL_START_A,
    DTL_START_FORMAT,
    DTL_START_NOBR,
    DTL_START_APPLET,
    DTL_START_TABLE,
    DTL_START_VOID, /* area, br, embed, img, keygen, wbr */
    DTL_START_INPUT,
    DTL_START_PARAM, /* param, source, track */
    DTL_START_HR,
    DTL_START_IMAGE,
    DTL_START_TEXTAREA,
    DTL_START_XMP,
    DTL_START_IFRAME,
    DTL_START_NOEMBED,
    DTL_START_NOSCRIPT,
    DTL_START_SELECT,
    DTL_START_OPTION,
    DTL_START_OPTGROUP,
    DTL_START_SELECTEDCONTENT,
    DTL_START_RB, /* rb, rtc */
    DTL_START_RT, /* rp, rt */
    DTL_START_MATH,
    DTL_START_SVG,
    DTL_START_IGNORED, /* caption, col, td, ... */
    DTL_START_COUNT
} dtl_start_rule;

/* How "in body" treats an end tag. */
typedef enum {
    DTL_END_OTHER,
    DTL_END_TEMPLATE,
    DTL_END_BODY,
    DTL_END_HTML,
    DTL_END_BLOCK,
    DTL_END_FORM,
    DTL_END_P,
    DTL_END_LI,
    DTL_END_DD,
    DTL_END_HEADING,
    DTL_END_FORMAT,
    DTL_END_APPLET,
    DTL_END_BR,
    DTL_END_COUNT
} dtl_end_rule;

typedef struct {
    uint32_t bits;  /* classes and properties as an HTML element */
    uint8_t start;  /* dtl_start_rule */
    uint8_t end;    /* dtl_end_rule */
    uint8_t format; /* formatting elements: 1 .. DTL_FORMAT_COUNT - 1 */
} dtl_rule;

enum {
    DTL_FORMAT_COUNT = 15
};

extern const dtl_rule dtl_rules[DTL_N_KNOWN];

static inline const dtl_rule *dtl_rule_of(dtl_name name)
{
    return &dtl_rules[name < DTL_N_KNOWN ? name : DTL_N_NONE];
}

/* Bits of an SVG or MathML element by its lower-case name. */
uint32_t dtl_rule_svg_bits(dtl_name name);
uint32_t dtl_rule_math_bits(dtl_name name);

#endif
