/* The page's text as a flat list of blocks, and the elements around it.
 *
 * A block is a run of inline content that no block-level element interrupts:
 * what a reader would call a paragraph, a headline, a menu entry. Nothing is
 * judged here: every block of the page is listed, with what can be summed
 * about it in one scan of the tree; choose.c decides which are the article.
 *
 * What always holds after a scan:
 *  1. Blocks stand in page order. Text of blocks is valid UTF-8 with white
 *     space collapsed; <br> is a newline; <pre> keeps its lines.
 *  2. Boxes stand in tree order, a parent before its children; box 0 is the
 *     document. The blocks of a box are the run [first, end).
 *  3. Sums of a box are over all blocks in it, of kind text. */
#ifndef DTL_ARTICLE_BLOCKS_H
#define DTL_ARTICLE_BLOCKS_H

#include "article/article.h"
#include "article/measure.h"
#include "article/survey.h"

/* What encloses a block or is true of it, as bits. */
enum {
    DTL_IN_LINK = 1u << 0,
    DTL_IN_BOLD = 1u << 1,
    DTL_IN_ITALIC = 1u << 2,
    DTL_IN_PRE = 1u << 3,
    DTL_IN_QUOTE = 1u << 4, /* blockquote */
    DTL_IN_FIGURE = 1u << 5,
    DTL_IN_CAPTION = 1u << 6, /* figcaption */
    DTL_IN_NAV = 1u << 7,
    DTL_IN_ASIDE = 1u << 8,
    DTL_IN_HEADER = 1u << 9,
    DTL_IN_FOOTER = 1u << 10,
    DTL_IN_FORM = 1u << 11,
    DTL_IN_HIDDEN = 1u << 12, /* by markup: hidden, display:none, aria */
    DTL_IN_NOSCRIPT = 1u << 13,
    DTL_IN_TABLE = 1u << 14,
    DTL_IN_LIST = 1u << 15,
    DTL_IN_ARTICLE = 1u << 16,
    DTL_IN_MAIN = 1u << 17,
    DTL_IN_TIME = 1u << 18,
    DTL_IN_ADDRESS = 1u << 19,
    DTL_IN_DETAILS = 1u << 20,
    DTL_IN_HEADING = 1u << 21,
    DTL_IN_SILENT = 1u << 22,    /* inline and hidden: text is left out */
    DTL_IN_BODY_PROP = 1u << 23, /* itemprop=articleBody */
    DTL_IN_CODE = 1u << 24,
    DTL_IN_TEMPLATE = 1u << 25, /* a declarative shadow root */
    DTL_IN_SMALL = 1u << 26
};

typedef enum {
    DTL_BLOCK_IS_TEXT,
    DTL_BLOCK_IS_IMAGE,
    DTL_BLOCK_IS_EMBED,
    DTL_BLOCK_IS_RULE /* <hr> */
} dtl_block_type;

typedef struct {
    dtl_str text;      /* into dtl_blocks.text once the scan is over */
    uint32_t text_at;  /* its offset in dtl_blocks.text */
    dtl_html_ref node; /* the image; of a text, its first text node */
    uint32_t source_start, source_end;
    uint32_t box; /* index of the innermost box around it */
    uint32_t in;  /* DTL_IN_... at its beginning */
    uint32_t first_link, link_count;
    uint32_t link_letters, bold_letters, italic_letters, time_letters;
    uint32_t table, row, cell; /* table 0: none; rows and cells from 1 */
    uint32_t item;             /* of an embed: its site's index */
    uint8_t type;              /* dtl_block_type */
    uint8_t heading;           /* level, 0 when it is none */
    uint8_t list_depth;        /* 0 outside lists */
    uint8_t breaks;            /* <br>s right before it, up to 2 */
    float prose;               /* of a text, see dtl_prose_weight */
    dtl_measure m;             /* of a text */
} dtl_block_entry;

/* A link inside a block; offsets are into the block's text. */
typedef struct {
    uint32_t start, end;
    dtl_html_ref node;
} dtl_block_link;

/* An element with blocks in it. */
typedef struct {
    dtl_html_ref node;
    uint32_t parent;
    uint32_t first, end; /* blocks */
    uint32_t bits;       /* DTL_CW_... of its own class, id, role */
    uint32_t in;
    dtl_name name;
    uint32_t depth;
    uint32_t signature; /* hash of name and class */
    /* Sums over text blocks. */
    uint32_t texts, weight, link_weight, links;
    uint32_t images, controls; /* form fields and buttons */
    uint32_t direct_texts;     /* blocks whose innermost box it is */
    float prose;               /* see dtl_prose_weight */
} dtl_box;

typedef struct {
    dtl_block_entry *blocks;
    dtl_box *boxes;
    dtl_block_link *links;
    dtl_word *words; /* see dtl_blocks_words */
    size_t block_count, box_count, link_count, table_count;
    size_t block_cap, box_cap, link_cap, word_cap;
    dtl_buf text;
    dtl_buf scratch;
    void *frames; /* the scan's stack, kept for the next page */
    size_t frame_cap;
} dtl_blocks;

/* Scans a parsed and surveyed page. sites are runs of nodes that an embed
 * replaces, sorted and apart; each becomes one block. b is zeroed or holds an
 * earlier page, whose memory is used again. Only memory can fail. */
dtl_status dtl_blocks_scan(dtl_html_doc *doc, const dtl_survey *survey,
                           const dtl_embed_site *sites, size_t site_count,
                           dtl_blocks *b);
void dtl_blocks_clear(dtl_blocks *b);

/* Lists the words of a text where the next call will list its own; NULL when
 * out of memory, which it cannot be for texts of up to len bytes once there is
 * room for these. */
dtl_status dtl_blocks_room(dtl_blocks *b, size_t len);
const dtl_word *dtl_blocks_words(dtl_blocks *b, dtl_str text, size_t *count);

/* How much running prose a text block is, in letters: its weight where it has
 * sentences and few links, little or nothing otherwise. */
static inline float dtl_prose_weight(const dtl_block_entry *e)
{
    return e->prose;
}

/* Share of a text block's letters that are link text. */
static inline float dtl_link_share(const dtl_block_entry *e)
{
    return e->m.letters ? (float)e->link_letters / (float)e->m.letters : 0;
}

#endif
