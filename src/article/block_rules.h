/* How the scan for blocks takes each element. */
#ifndef DTL_ARTICLE_BLOCK_RULES_H
#define DTL_ARTICLE_BLOCK_RULES_H

#include "article/blocks.h"

enum {
    DTL_WAY_INLINE,
    DTL_WAY_BLOCK,
    DTL_WAY_SKIP,    /* with all that is in it */
    DTL_WAY_CONTROL, /* the same, and counted */
    DTL_WAY_BREAK,
    DTL_WAY_RULE,
    DTL_WAY_IMAGE
};

typedef struct {
    uint8_t way;
    uint32_t in; /* bits it adds */
} dtl_block_rule;

/* By name; one that the table leaves out is inline, and adds nothing. */
extern const dtl_block_rule dtl_block_rules[DTL_N_KNOWN];

/* Outside HTML's own namespace all but what is skipped is inline. */
static inline dtl_block_rule dtl_block_rule_of(const dtl_html_node *node)
{
    if (node->name >= DTL_N_KNOWN)
        return (dtl_block_rule){DTL_WAY_INLINE, 0};
    if (node->ns != DTL_NS_HTML && node->name != DTL_N_SVG)
        return (dtl_block_rule){dtl_block_rules[node->name].way == DTL_WAY_SKIP
                                    ? DTL_WAY_SKIP
                                    : DTL_WAY_INLINE,
                                0};
    return dtl_block_rules[node->name];
}

#endif
