/* The inside of collecting facts: what facts.c and its helpers share. */
#ifndef DTL_ARTICLE_FACTS_COLLECT_H
#define DTL_ARTICLE_FACTS_COLLECT_H

#include "article/facts.h"

/* A microdata item (or RDFa resource) of the page. */
typedef struct {
    dtl_html_ref node, end;
    bool article; /* its type is one of articles */
    bool person;
    bool organization;
    uint8_t field; /* that it is the value of; DTL_FACT_FIELDS for none */
    /* Items by number, from 1; 0: none. */
    uint32_t parent;        /* that it is in */
    uint32_t inner_article; /* the article that it is or is nearest in */
    uint32_t outer_article; /* the outermost one */
} dtl_item;

typedef struct {
    dtl_html_doc *doc;
    dtl_arena *arena;
    dtl_facts *facts;
    dtl_str url;
    dtl_status status; /* DTL_NOMEM once memory was out */
    /* Where the pass stands. */
    dtl_html_ref node;
    uint32_t place;
    dtl_item *items; /* of microdata, in page order; number 1 is items[0] */
    size_t item_count, item_cap;
    uint32_t item; /* the innermost one that holds the node; 0: none */
} dtl_collector;

/* Adds a fact about the node that the pass stands at; value must be clean.
 * An empty value adds nothing. Returns it, to say more of it, or NULL. The
 * pointer is good until the next fact of the field. */
dtl_fact *dtl_facts_add(dtl_collector *c, dtl_fact_field field,
                        dtl_fact_source source, dtl_str value,
                        dtl_str evidence);

/* "json-ld" and "datePublished" joined by a space, in the arena; names of
 * metas, which have no case, become lower case. */
dtl_str dtl_facts_evidence(dtl_collector *c, const char *source, dtl_str name);

/* A <meta> element. */
void dtl_facts_meta(dtl_collector *c);

/* The field that a property of schema.org (and its kin in RDFa) tells of;
 * DTL_FACT_FIELDS where it tells of none. */
dtl_fact_field dtl_facts_property(dtl_str name);

/* Whether a schema.org type, with or without its address, is one of
 * articles. */
bool dtl_facts_is_article(dtl_str type);

/* All JSON-LD scripts, after the pass. */
void dtl_facts_json_ld(dtl_collector *c);

/* Microdata and RDFa of an element, where it has any. */
void dtl_facts_microdata(dtl_collector *c);
/* After the pass: sets what other items than the page's own article say
 * aside. */
void dtl_facts_microdata_end(dtl_collector *c);

#endif
