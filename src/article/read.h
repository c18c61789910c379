/* The reader inside, and the two halves of its way: what a page is looked at
 * for, and what is decided. Training and tests go between them. */
#ifndef DTL_ARTICLE_READ_H
#define DTL_ARTICLE_READ_H

#include "article/choose.h"
#include "article/meta.h"
#include "article/script_body.h"
#include "text/quote.h"
#include "text/time.h"

struct dtl_reader {
    dtl_html_doc doc;
    dtl_survey survey; /* of the page, later of script_doc */
    dtl_blocks blocks;
    dtl_arena arena; /* of all below; reset with each page */
    dtl_article article;
    dtl_facts facts;
    dtl_meta meta;
    dtl_region region;
    dtl_embed_site *sites;
    size_t site_count;
    dtl_str base_url;
    dtl_times times; /* of the article's text */
    dtl_buf decoded; /* of a record that is not UTF-8 */
    dtl_buf account; /* of the choices, where it is asked for */
    /* The body in script data, its HTML parsed and scanned. */
    dtl_script_body script;
    dtl_html_doc script_doc;
    dtl_blocks script_blocks;
    dtl_quote_finder *finder; /* made with the first article */
};

/* Parses page and fills the reader up to the features of its blocks. Errors
 * as dtl_reader_read; a page past a limit is DTL_LIMIT. */
dtl_status dtl_reader_look(dtl_reader *r, dtl_str page,
                           const dtl_read_options *opts, dtl_error *err);

/* The rest of the way: the choice, the layout and the metadata that waits for
 * them. DTL_NOMEM is the only error. */
dtl_status dtl_reader_decide(dtl_reader *r, const dtl_read_options *opts);

/* Looks for the body in script data where the page shows no more than what v
 * keeps; *found says that it was there, and that the article's text, blocks
 * and notes come from it. DTL_NOMEM is the only error. */
dtl_status dtl_reader_read_script(dtl_reader *r, const dtl_verdict *v,
                                  bool *found);

/* Takes section, tags and authors from the data of that body where the page
 * itself says none. */
dtl_status dtl_reader_take_script(dtl_reader *r);

/* The record of a page that was not read, for the reason given: its status is
 * refused. Otherwise as dtl_reader_read. */
dtl_status dtl_reader_refuse(dtl_reader *r, dtl_str reason,
                             const dtl_read_options *opts,
                             const dtl_article **out);

/* Reads a plain-text record, decoded, into an article that has its arena and
 * what the caller knows. DTL_NOMEM is the only error. */
dtl_status dtl_record_read(dtl_str text, dtl_article *a);

#endif
