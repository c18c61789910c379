/* What a page says of itself, before anything is believed.
 *
 * One pass over the tree hears every witness: JSON-LD, meta elements,
 * microdata and RDFa, links, the title and h1s, times, and elements that
 * class or id marks as byline, date and the like. Each thing said becomes a
 * fact in the list of its field, with its evidence; lists keep the order of
 * the page within each source. The steps after (title.c, authors.c,
 * published.c, ...) choose among facts; nothing here chooses, except which
 * JSON-LD and microdata item is the page's own article.
 *
 * Values have their references decoded, markup dropped where the source is
 * known to hold markup, white space collapsed and trimmed, and are never
 * empty; an article body keeps its newlines. They are slices of the
 * document's text or of the arena. */
#ifndef DTL_ARTICLE_FACTS_H
#define DTL_ARTICLE_FACTS_H

#include "article/survey.h"

/* What a fact is about. */
typedef enum {
    DTL_FACT_TITLE,       /* headline, name, og:title, <title>, h1 */
    DTL_FACT_SUBTITLE,    /* alternativeHeadline, marked standfirst */
    DTL_FACT_DESCRIPTION, /* description, og:description, abstract */
    DTL_FACT_AUTHOR,      /* url and schema_type where given */
    DTL_FACT_PUBLISHED,   /* datePublished, article:published_time */
    DTL_FACT_MODIFIED,
    DTL_FACT_CREATED, /* dateCreated, uploadDate: may be older or newer */
    DTL_FACT_EXPIRES, /* never the publication, named to be refused */
    DTL_FACT_DATE,    /* a date that does not say of what: meta date */
    DTL_FACT_SITE,    /* og:site_name, publisher, application-name */
    DTL_FACT_SECTION,
    DTL_FACT_TAG,      /* one tag a fact where they came as a list; else
                          a comma-joined string as written */
    DTL_FACT_LANGUAGE, /* html lang, inLanguage, og:locale */
    DTL_FACT_URL,      /* canonical, og:url, mainEntityOfPage; as written */
    DTL_FACT_NEXT,     /* rel=next; as written */
    DTL_FACT_AMP,      /* rel=amphtml; as written */
    DTL_FACT_IMAGE,    /* value is the URL as written; caption, credit */
    DTL_FACT_TYPE,     /* og:type, @type of the main item */
    DTL_FACT_BODY,     /* articleBody of the main item; newlines kept */
    DTL_FACT_ACCESS,   /* isAccessibleForFree, content_tier */
    DTL_FACT_FIELDS
} dtl_fact_field;

/* Who says it. Order is that of trust in general. */
typedef enum {
    DTL_SOURCE_JSON_LD,   /* the main item */
    DTL_SOURCE_META,      /* <meta name|property|itemprop|http-equiv> */
    DTL_SOURCE_MICRODATA, /* itemprop or RDFa property in the body */
    DTL_SOURCE_LINK,      /* <link rel>, <a rel> */
    DTL_SOURCE_TIME,      /* <time> */
    DTL_SOURCE_MARKUP,    /* an element that class or id marks */
    DTL_SOURCE_TITLE,     /* <title> */
    DTL_SOURCE_H1,
    DTL_SOURCE_HTML,         /* <html> attributes */
    DTL_SOURCE_JSON_LD_OTHER /* an item that is not the page's article */
} dtl_fact_source;

/* Where on the page it stands; bits. */
enum {
    DTL_PLACE_HEAD = 1,         /* in <head> */
    DTL_PLACE_HEADER = 2,       /* in <header>, or class or id says so */
    DTL_PLACE_FOOTER = 4,       /* in <footer>, or class or id says so */
    DTL_PLACE_NAV = 8,          /* nav, menus */
    DTL_PLACE_ASIDE = 16,       /* aside, sidebars, related and teaser lists */
    DTL_PLACE_COMMENTS = 32,    /* readers' comments */
    DTL_PLACE_ARTICLE = 64,     /* in <article> */
    DTL_PLACE_MAIN = 128,       /* in <main> or role=main */
    DTL_PLACE_HIDDEN = 256,     /* hidden, aria-hidden, display:none */
    DTL_PLACE_LINK = 512,       /* in <a> */
    DTL_PLACE_FIGURE = 1024,    /* in <figure> */
    DTL_PLACE_QUOTE = 2048,     /* in <blockquote>, foreign posts */
    DTL_PLACE_OTHER_ITEM = 4096 /* said by a microdata item that is not the
                                   page's own article */
};

typedef struct {
    dtl_str value;
    dtl_str evidence; /* "json-ld datePublished", "meta og:title", "h1" */
    dtl_fact_source source;
    uint32_t place;    /* DTL_PLACE_ bits; 0 for JSON-LD */
    dtl_html_ref node; /* element that says it (script of JSON-LD) */
    /* What else the source says, where it does; else ptr NULL. */
    dtl_str url;             /* author: page about them, as written */
    dtl_str schema_type;     /* author: "Person", "Organization", ... */
    dtl_str caption, credit; /* image */
    uint32_t item; /* microdata: the item that says it, numbered from 1 in
                      page order; 0 where there is none */
} dtl_fact;

typedef struct {
    dtl_fact *at;
    size_t count, cap;
} dtl_fact_list;

/* An entry of a live blog (JSON-LD liveBlogUpdate), in page order. Body is
 * as written and may hold markup. */
typedef struct {
    dtl_str headline, body, published, modified, url;
} dtl_live_update;

typedef enum {
    DTL_SCRIPT_CODE,
    DTL_SCRIPT_JSON, /* application/json and the like: page data */
    DTL_SCRIPT_JSON_LD
} dtl_script_kind;

/* A script element with content. */
typedef struct {
    dtl_html_ref node;
    dtl_script_kind kind;
    dtl_str id;   /* "__NEXT_DATA__"; ptr NULL where there is none */
    dtl_str text; /* slice of the document's text: its offset there is
                     text.ptr - doc->text.ptr */
} dtl_script;

typedef struct {
    dtl_fact_list field[DTL_FACT_FIELDS];
    dtl_live_update *updates;
    size_t update_count, update_cap;
    dtl_script *scripts; /* in page order */
    size_t script_count, script_cap;
    dtl_str main_type; /* "NewsArticle": type of JSON-LD's main item; ptr
                          NULL when JSON-LD has no article */
} dtl_facts;

/* Groups of class words that say where an element stands, and all that tell
 * of facts. */
#define DTL_FACT_PLACE_WORDS                                                   \
    (DTL_CW_COMMENT | DTL_CW_RELATED | DTL_CW_TEASER | DTL_CW_SIDE |           \
     DTL_CW_NAV | DTL_CW_FOOTER | DTL_CW_HEADER | DTL_CW_HIDDEN)
#define DTL_FACT_WORDS                                                         \
    (DTL_FACT_PLACE_WORDS | DTL_CW_AUTHOR | DTL_CW_SUMMARY | DTL_CW_META)

/* Whether an attribute of the page's own making may hold a date. */
bool dtl_facts_is_date_name(dtl_str name);

/* Fills *out (which need not be initialised) from a parsed page and its
 * survey. url is the page's, or empty: it helps to tell the page's own item
 * from others. All is in arena; *out needs no clearing. DTL_NOMEM is the only
 * error. */
dtl_status dtl_facts_collect(dtl_html_doc *doc, const dtl_survey *survey,
                             dtl_str url, dtl_arena *arena, dtl_facts *out);

/* Where a node stands, DTL_PLACE_ bits, by the elements around it and their
 * classes: for what is no fact. Climbs to the root, so not for every node. */
uint32_t dtl_facts_place_of(const dtl_html_doc *doc, dtl_html_ref n);

/* The first value of a field from a source; ptr NULL where there is none. */
dtl_str dtl_facts_first(const dtl_facts *f, dtl_fact_field field,
                        dtl_fact_source source);

#endif
