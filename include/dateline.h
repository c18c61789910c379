/* dateline.h - turn saved web pages into articles.
 *
 * Text is UTF-8 in slices, not NUL-terminated. A slice borrows from the
 * object it came from and dies with it. Handles may move between threads
 * but serve one at a time. Fallible calls return a dtl_status and, when
 * err is not NULL, fill it. */
#ifndef DATELINE_H
#define DATELINE_H

#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32)
#define DTL_API
#else
#define DTL_API __attribute__((visibility("default")))
#endif

/* ---- Slices, errors, memory ---------------------------------------- */

typedef struct {
    const char *ptr; /* NULL only when absent; then len is 0 */
    size_t len;      /* bytes */
} dtl_str;

typedef enum {
    DTL_OK,
    DTL_NOMEM,  /* the allocator gave nothing */
    DTL_IO,     /* a file or the network failed */
    DTL_LIMIT,  /* the input passes a named limit */
    DTL_SYNTAX, /* the input is not what it claims to be */
    DTL_USAGE   /* the caller's arguments are wrong */
} dtl_status;

typedef struct {
    dtl_status code;
    size_t offset;     /* byte in the input where it went wrong */
    char message[160]; /* NUL-terminated, for people */
} dtl_error;

/* The three calls that dateline takes memory with. resize(ctx, NULL, n)
 * allocates; resize never sees n == 0. */
typedef struct {
    void *(*resize)(void *ctx, void *ptr, size_t size);
    void (*release)(void *ctx, void *ptr);
    void *ctx;
} dtl_allocator;

/* Replaces realloc/free for the whole process. Call it before any other
 * call, or when no object of ours lives. NULL restores the default. */
DTL_API void dtl_set_allocator(const dtl_allocator *a);

/* "0.1.0" and the like; static storage. */
DTL_API const char *dtl_version(void);

/* ---- The article ------------------------------------------------------
 *
 * Field names are those of the JSON record (docs/record.schema.json). All
 * offsets into an article's text count UTF-8 bytes. A missing string has
 * ptr NULL. */

typedef enum {
    DTL_STATUS_ARTICLE,
    DTL_STATUS_LISTING, /* a front or section page: many items, no article */
    DTL_STATUS_STUB,    /* the beginning of an article, the rest withheld */
    DTL_STATUS_BLOCKED, /* a bot wall, consent wall or error page */
    DTL_STATUS_EMPTY,   /* nothing to read */
    DTL_STATUS_REFUSED  /* past a limit; reason names it */
} dtl_page_status;

typedef enum {
    DTL_KIND_NEWS,
    DTL_KIND_LIVE,
    DTL_KIND_GALLERY,
    DTL_KIND_VIDEO,
    DTL_KIND_AUDIO,
    DTL_KIND_INTERVIEW,
    DTL_KIND_OPINION,
    DTL_KIND_REVIEW,
    DTL_KIND_RECIPE,
    DTL_KIND_OTHER
} dtl_article_kind;

typedef enum {
    DTL_BLOCK_SUMMARY, /* the standfirst */
    DTL_BLOCK_PARAGRAPH,
    DTL_BLOCK_HEADING,
    DTL_BLOCK_LIST_ITEM,
    DTL_BLOCK_BLOCKQUOTE,
    DTL_BLOCK_TABLE, /* rows end in newlines, cells are set off by tabs */
    DTL_BLOCK_CODE,
    DTL_BLOCK_QUESTION,
    DTL_BLOCK_ANSWER,
    DTL_BLOCK_LIVE_ENTRY, /* opens an entry: its headline or clock line */
    DTL_BLOCK_IMAGE,
    DTL_BLOCK_EMBED,
    DTL_BLOCK_CAPTION
} dtl_block_kind;

typedef enum {
    DTL_ORIGIN_PAGE,
    DTL_ORIGIN_SCRIPT /* read out of script data (JSON in the page) */
} dtl_origin;

typedef struct {
    size_t start, end; /* in the article's text */
    dtl_str url;
} dtl_link;

typedef struct {
    dtl_block_kind kind;
    int level; /* headings 1-6, depth of list items from 1; else 0 */
    dtl_str text;
    /* Place of text in the article's text. Images, embeds and captions take
     * no room there: start == end, where they stand. */
    size_t start, end;
    /* Smallest range of the page's decoded UTF-8 that the block came from. */
    size_t source_start, source_end;
    dtl_origin origin;
    const dtl_link *links;
    size_t link_count;
    dtl_str published; /* of a live entry: ISO 8601 */
    size_t item;       /* index into images or embeds for those two kinds */
} dtl_block;

typedef enum {
    DTL_AUTHOR_PERSON,
    DTL_AUTHOR_ORGANIZATION
} dtl_author_type;

typedef struct {
    dtl_str name;
    dtl_author_type type;
    dtl_str url;
} dtl_author;

typedef enum {
    DTL_PRECISION_SECOND,
    DTL_PRECISION_MINUTE,
    DTL_PRECISION_DAY,
    DTL_PRECISION_MONTH,
    DTL_PRECISION_YEAR
} dtl_precision;

typedef struct {
    dtl_str value;    /* ISO 8601, as precise as precision; zone if known */
    dtl_str evidence; /* "json-ld datePublished", "time[datetime] in header" */
} dtl_date_candidate;

typedef struct {
    dtl_str value; /* ptr NULL: no date was found */
    dtl_precision precision;
    dtl_str evidence;
    double confidence;              /* 0 to 1 */
    const dtl_date_candidate *also; /* those that lost, best first */
    size_t also_count;
} dtl_date;

typedef struct {
    dtl_str url, caption, credit, alt;
    bool lead;
} dtl_image;

typedef enum {
    DTL_EMBED_POST,
    DTL_EMBED_VIDEO,
    DTL_EMBED_AUDIO,
    DTL_EMBED_CHART,
    DTL_EMBED_MAP,
    DTL_EMBED_DOCUMENT,
    DTL_EMBED_OTHER
} dtl_embed_kind;

typedef struct {
    dtl_str platform; /* "instagram", "twitter", "youtube" */
    dtl_embed_kind kind;
    dtl_str id, url;
    dtl_str author_name, author_handle; /* handle without '@' */
    dtl_str text;
    dtl_str published;
    size_t at; /* place in the article's text */
} dtl_embed;

typedef enum {
    DTL_NOTE_TIP_LINE,
    DTL_NOTE_CORRECTION,
    DTL_NOTE_UPDATE,
    DTL_NOTE_AGENCY,
    DTL_NOTE_CONTRIBUTORS,
    DTL_NOTE_AFFILIATE,
    DTL_NOTE_COPYRIGHT,
    DTL_NOTE_OTHER
} dtl_note_kind;

typedef struct {
    dtl_note_kind kind;
    dtl_str text, email, published;
} dtl_note;

typedef enum {
    DTL_TIME_DATE,
    DTL_TIME_TIME,
    DTL_TIME_DURATION,
    DTL_TIME_SET
} dtl_time_type;

/* A time named in text, by TIMEX3: "September 30th of last year" is a DATE,
 * its value 2020-09-30. */
typedef struct {
    dtl_str text;
    dtl_time_type type;
    dtl_str value; /* ptr NULL: relative, and nothing to count from */
    /* Of a range, or a duration with a known place; the end is included. */
    dtl_str begin, end_value;
    size_t start, end;
    int weekday; /* 1: the weekday named is the date's; -1: it is not; 0: none
                    is named */
} dtl_time;

typedef enum {
    DTL_QUOTE_DIRECT,  /* a sentence or more, in quotation marks */
    DTL_QUOTE_MIXED,   /* some quoted words in the reporter's sentence */
    DTL_QUOTE_INDIRECT /* without quotation marks */
} dtl_quote_kind;

typedef struct {
    size_t start, end; /* bytes of a text */
} dtl_span;

typedef struct {
    dtl_str text; /* without its marks, the parts joined by a space */
    dtl_quote_kind kind;
    dtl_str speaker;       /* in full where the text has the name; or absent */
    dtl_span mention;      /* the source as written there; 0, 0: none */
    dtl_str cue;           /* "wrote", "according to"; or absent */
    dtl_str medium;        /* "Instagram post", "CNN"; or absent */
    size_t embed;          /* number from 1 of the article's embed that has the
                              words in its text; 0: none */
    size_t start, end;     /* of the whole, marks included */
    const dtl_span *spans; /* its parts, marks included; never none */
    size_t span_count;
    double confidence; /* 0 to 1 */
} dtl_quote;

/* A place in time that an article names, or its own date. */
typedef struct {
    dtl_str value;     /* of the time, or the begin of a duration */
    dtl_str end_value; /* its last day; ptr NULL where it has one value */
    dtl_str text;      /* as written; ptr NULL for the article's own date */
    dtl_str sentence;  /* that names it; for the article's own, its title */
    size_t start, end; /* of text in the article's text */
    bool article;      /* the article's own date */
} dtl_timeline_entry;

typedef enum {
    DTL_ACCESS_UNKNOWN, /* the page does not say; absent in JSON */
    DTL_ACCESS_FREE,
    DTL_ACCESS_METERED,
    DTL_ACCESS_PAID
} dtl_access_declared;

typedef enum {
    DTL_OBSERVED_UNKNOWN, /* nothing was there to look at; absent in JSON */
    DTL_OBSERVED_FULL,
    DTL_OBSERVED_STUB,
    DTL_OBSERVED_TRUNCATED, /* the capture ends in mid-page */
    DTL_OBSERVED_BLOCKED,
    DTL_OBSERVED_CONSENT_WALL
} dtl_access_observed;

/* The words that enumerations are in JSON ("list_item"); static storage. */
DTL_API const char *dtl_page_status_name(dtl_page_status s);
DTL_API const char *dtl_article_kind_name(dtl_article_kind k);
DTL_API const char *dtl_block_kind_name(dtl_block_kind k);
DTL_API const char *dtl_author_type_name(dtl_author_type t);
DTL_API const char *dtl_precision_name(dtl_precision p);
DTL_API const char *dtl_time_type_name(dtl_time_type t);
DTL_API const char *dtl_quote_kind_name(dtl_quote_kind k);
DTL_API const char *dtl_embed_kind_name(dtl_embed_kind k);
DTL_API const char *dtl_note_kind_name(dtl_note_kind k);
DTL_API const char *dtl_access_declared_name(dtl_access_declared a);
DTL_API const char *dtl_access_observed_name(dtl_access_observed a);

typedef struct dtl_article dtl_article;

DTL_API dtl_page_status dtl_article_status(const dtl_article *a);
DTL_API dtl_str dtl_article_reason(const dtl_article *a);
DTL_API dtl_str dtl_article_url(const dtl_article *a);
DTL_API dtl_str dtl_article_canonical_url(const dtl_article *a);
DTL_API dtl_str dtl_article_next_page(const dtl_article *a);
DTL_API dtl_str dtl_article_site_name(const dtl_article *a);
DTL_API dtl_str dtl_article_site_domain(const dtl_article *a);
DTL_API dtl_article_kind dtl_article_kind_of(const dtl_article *a);
DTL_API dtl_str dtl_article_title(const dtl_article *a);
DTL_API dtl_str dtl_article_subtitle(const dtl_article *a);
DTL_API dtl_str dtl_article_section(const dtl_article *a);
DTL_API dtl_str dtl_article_description(const dtl_article *a);
DTL_API dtl_str dtl_article_language(const dtl_article *a);
DTL_API const dtl_str *dtl_article_tags(const dtl_article *a, size_t *count);
DTL_API const dtl_author *dtl_article_authors(const dtl_article *a,
                                              size_t *count);
DTL_API const dtl_date *dtl_article_published(const dtl_article *a);
DTL_API const dtl_date *dtl_article_modified(const dtl_article *a);
DTL_API dtl_str dtl_article_fetched(const dtl_article *a);
DTL_API const dtl_image *dtl_article_images(const dtl_article *a,
                                            size_t *count);
DTL_API dtl_str dtl_article_text(const dtl_article *a);
DTL_API const dtl_block *dtl_article_blocks(const dtl_article *a,
                                            size_t *count);
DTL_API const dtl_embed *dtl_article_embeds(const dtl_article *a,
                                            size_t *count);
DTL_API const dtl_quote *dtl_article_quotes(const dtl_article *a,
                                            size_t *count);
/* The times that the text names, in its order. */
DTL_API const dtl_time *dtl_article_times(const dtl_article *a, size_t *count);
/* Its resolved dates and the article's own, from the earliest on: put in order
 * when this is first called. NULL when memory runs out. */
DTL_API const dtl_timeline_entry *dtl_article_timeline(const dtl_article *a,
                                                       size_t *count);
DTL_API const dtl_note *dtl_article_notes(const dtl_article *a, size_t *count);
DTL_API dtl_access_declared dtl_article_access_declared(const dtl_article *a);
DTL_API dtl_access_observed dtl_article_access_observed(const dtl_article *a);
DTL_API size_t dtl_article_words(const dtl_article *a);
DTL_API dtl_str dtl_article_hash(const dtl_article *a);

/* ---- Reading ---------------------------------------------------------- */

/* A zeroed struct asks for the defaults. Strings are read during the call
 * only. */
typedef struct {
    dtl_str url;      /* of the page: resolves links, names the site */
    dtl_str charset;  /* of the Content-Type header */
    int http_status;  /* of the answer; 400 and above make it an error page */
    dtl_str encoding; /* the user's word; beats the header and the page */
    dtl_str as_of;    /* ISO 8601 day or time that relative dates count from */
    dtl_str fetched;  /* ISO 8601, when the page was taken */
    dtl_str file;     /* goes into source.file */
    size_t offset;    /* of a record in file */
    dtl_str record_id;
    size_t max_nodes; /* 0 means 16 million; past it status is refused */
    bool explain;     /* keep the reason for each block, for the format
                         DTL_FORMAT_EXPLAIN */
} dtl_read_options;

/* Reads page after page, keeping its memory. */
typedef struct dtl_reader dtl_reader;

/* NULL when out of memory. */
DTL_API dtl_reader *dtl_reader_new(void);
DTL_API void dtl_reader_free(dtl_reader *r);

/* Finds the main article in a page. Broken markup is repaired, not refused;
 * a page without an article is DTL_OK too, and so is one past a limit: its
 * status says what it is. DTL_USAGE: opts->encoding is no label that the
 * Encoding standard knows. *out belongs to r and lasts until its next read.
 * opts and err may be NULL. */
DTL_API dtl_status dtl_reader_read(dtl_reader *r, dtl_str page,
                                   const dtl_read_options *opts,
                                   const dtl_article **out, dtl_error *err);

/* The same for a plain-text record: text, and before it, where it is known, a
 * line "date YYYY-MM-DD". */
DTL_API dtl_status dtl_reader_read_record(dtl_reader *r, dtl_str record,
                                          const dtl_read_options *opts,
                                          const dtl_article **out,
                                          dtl_error *err);

/* Whether bytes are a plain-text record: text that begins with a date line, or
 * that has no markup. */
DTL_API bool dtl_is_record(dtl_str bytes);

typedef enum {
    DTL_FORMAT_TEXT,
    DTL_FORMAT_MARKDOWN,
    DTL_FORMAT_JSON, /* one line, without newline */
    DTL_FORMAT_JSON_PRETTY,
    DTL_FORMAT_HTML,
    DTL_FORMAT_EXPLAIN /* a line a block: why it stayed or went */
} dtl_format;

typedef struct {
    bool links; /* text and markdown: keep links */
} dtl_write_options;

/* Takes written output, any number of times; false stops the writing. */
typedef bool dtl_write_fn(void *ctx, const char *bytes, size_t len);

/* Writes an article in a format. DTL_IO when write said false. opts may be
 * NULL. */
DTL_API dtl_status dtl_article_write(const dtl_article *a, dtl_format format,
                                     const dtl_write_options *opts,
                                     dtl_write_fn *write, void *ctx);

/* Writes one property by its JSON name. Strings come as they are, lists a
 * line an entry, dates as their value, authors as their names; what has more
 * parts comes as JSON. A newline ends each. Writes nothing where the article
 * has no such thing. DTL_USAGE: there is no property of that name. */
DTL_API dtl_status dtl_article_write_property(const dtl_article *a,
                                              dtl_str name, dtl_write_fn *write,
                                              void *ctx, dtl_error *err);

/* The names that the call above knows, from 0 on in the record's order; NULL
 * past the last. Static storage. */
DTL_API const char *dtl_property_name(size_t i);

/* ---- Annotating text ---------------------------------------------------- */

/* A zeroed struct asks for the defaults. Strings are read during the call
 * only. */
typedef struct {
    dtl_str language; /* tag; absent: told by the text */
    dtl_str date;     /* ISO 8601, what relative times count from; absent:
                         they stay unresolved */
    bool narrative;   /* history: a bare "March" belongs to the last year
                         named in the text */
    bool indirect;    /* quotations without quote marks too */
} dtl_annotate_options;

/* Annotates text after text, keeping its memory. */
typedef struct dtl_annotator dtl_annotator;

/* NULL when out of memory. */
DTL_API dtl_annotator *dtl_annotator_new(void);
DTL_API void dtl_annotator_free(dtl_annotator *a);

/* Finds the times and the quotations in UTF-8 text. What is found borrows
 * from text and a, and lasts until the next call. DTL_LIMIT: the text has
 * 4 GiB or more. opts and err may be NULL. */
DTL_API dtl_status dtl_annotate(dtl_annotator *a, dtl_str text,
                                const dtl_annotate_options *opts,
                                dtl_error *err);
/* In the order of the text, apart from each other. */
DTL_API const dtl_time *dtl_annotator_times(const dtl_annotator *a,
                                            size_t *count);
/* In the order of their starts. */
DTL_API const dtl_quote *dtl_annotator_quotes(const dtl_annotator *a,
                                              size_t *count);

/* Writes what was found as a JSON object, without a newline. DTL_IO when
 * write said false. */
DTL_API dtl_status dtl_annotator_write(dtl_annotator *a, bool pretty,
                                       dtl_write_fn *write, void *ctx,
                                       dtl_error *err);

/* Annotates the "text" of a JSON object, which may have a "date" and a
 * "language" of its own; its "id" goes into the object that is written, with
 * a newline. DTL_SYNTAX: line is no such object. */
DTL_API dtl_status dtl_annotate_json(dtl_annotator *a, dtl_str line,
                                     const dtl_annotate_options *opts,
                                     dtl_write_fn *write, void *ctx,
                                     dtl_error *err);

/* ---- Getting pages ------------------------------------------------------ */

/* Whether bytes begin as gzip data do. */
DTL_API bool dtl_is_gzip(dtl_str bytes);

/* Inflates gzip data, all its members. DTL_SYNTAX when it is cut short or
 * damaged, DTL_LIMIT when it gives more than max_bytes (0 means 64 MiB).
 * On success *out needs dtl_release, otherwise it is NULL. err may be NULL. */
DTL_API dtl_status dtl_gunzip(dtl_str bytes, size_t max_bytes, char **out,
                              size_t *len, dtl_error *err);
DTL_API void dtl_release(char *bytes);

/* A zeroed struct asks for the defaults. */
typedef struct {
    size_t max_bytes;       /* of the unpacked body; 0 means 64 MiB */
    int timeout_ms;         /* for the whole transfer; 0 means 30 s */
    int connect_timeout_ms; /* 0 means 10 s */
    int max_redirects;      /* 0 means 10, below 0 none */
    const char *user_agent; /* NULL means dateline/VERSION */
    /* Private, loopback and link-local addresses are refused otherwise, at
     * each connection, so after every redirect and name look-up. */
    bool allow_private;
    const volatile int *cancel; /* not NULL: stop when it becomes non-zero */
} dtl_fetch_options;

typedef struct {
    dtl_str body;
    dtl_str url;           /* after redirects */
    dtl_str content_type;  /* as sent; ptr NULL when absent */
    dtl_str charset;       /* its parameter; ptr NULL when absent */
    dtl_str last_modified; /* as sent; ptr NULL when absent */
    int http_status;
} dtl_response;

/* Gets an http or https URL. An answer of any HTTP status is DTL_OK. DTL_IO:
 * the network failed; DTL_LIMIT: a limit above or a refused address;
 * DTL_USAGE: no http URL. On success *out needs dtl_response_free, otherwise
 * it is NULL. opts and err may be NULL. */
DTL_API dtl_status dtl_fetch(const char *url, const dtl_fetch_options *opts,
                             dtl_response **out, dtl_error *err);
DTL_API void dtl_response_free(dtl_response *r);

/* ---- Archive files ------------------------------------------------------
 *
 * WARC 0.17 to 1.1 and ARC files, plain, gzip'd or packed by zstd, as records
 * one after another:
 *
 *     for (;;) {
 *         st = dtl_warc_next(w, &record, &err);
 *         if (st == DTL_OK && !record)
 *             break;
 *         if (st == DTL_OK)
 *             st = dtl_warc_payload(w, &payload, &err);
 *         if (st != DTL_OK && !dtl_warc_goes_on(w))
 *             break;
 *     }
 *
 * A damaged record is an error that names its place; the next call goes on
 * behind it. Memory is bounded by the largest record that is read. */

/* Where bytes come from. */
typedef struct {
    /* Writes up to cap bytes to buf and their number to *got, which is 0 only
     * at the end. Fills err when it fails. */
    dtl_status (*read)(void *ctx, char *buf, size_t cap, size_t *got,
                       dtl_error *err);
    void *ctx;
    /* Reads next from byte at on; NULL where that cannot be done. */
    dtl_status (*seek)(void *ctx, uint64_t at, dtl_error *err);
} dtl_input;

typedef struct {
    dtl_str name, value; /* a value folded over lines is one line here */
} dtl_field;

/* The record types of WARC 1.1, and what else a file may say. */
typedef enum {
    DTL_WARC_WARCINFO,
    DTL_WARC_RESPONSE,
    DTL_WARC_RESOURCE,
    DTL_WARC_REQUEST,
    DTL_WARC_METADATA,
    DTL_WARC_REVISIT,
    DTL_WARC_CONVERSION,
    DTL_WARC_CONTINUATION,
    DTL_WARC_OTHER
} dtl_warc_type;

typedef struct {
    dtl_warc_type type;
    /* "WARC/1.0" and the like; "ARC/1.0" for ARC files. */
    dtl_str version;
    dtl_str head; /* all before the block, raw */
    /* As in the file; of an ARC record, the WARC fields that its line tells:
     * WARC-Type, WARC-Target-URI, WARC-Date, WARC-IP-Address, Content-Type,
     * Content-Length. */
    const dtl_field *fields;
    size_t field_count;
    /* The often asked of them; ptr NULL where it has none. */
    dtl_str id, target_uri, date, content_type;
    uint64_t content_length; /* of the block, as the record says */
    /* Where the record, or the packed member that holds it, begins in the
     * file; and where in the unpacked member: 0 in most files. */
    uint64_t offset, inner;
    bool is_arc;
} dtl_warc_record;

/* What a record holds: of an HTTP message its body, else the block. */
typedef struct {
    bool is_http;
    int http_status;        /* of a response; 0 when it cannot be read */
    dtl_str method, target; /* of a request; else ptr NULL */
    dtl_str head;           /* the message's first line and fields, raw */
    const dtl_field *fields;
    size_t field_count;
    dtl_str sent; /* the body as it was sent */
    dtl_str body; /* the same with transfer and content codings undone */
    /* The media type that the Content-Type field of the message, else of the
     * record, tells, without parameters, and its charset; or ptr NULL. */
    dtl_str declared, charset;
    const char *type; /* that the content shows; NULL when it is empty */
    const char *note; /* why body is not all of it; NULL when it is */
} dtl_payload;

/* A zeroed struct asks for the defaults. */
typedef struct {
    uint64_t max_block;   /* bytes of a record; 0 means 64 MiB */
    uint64_t max_payload; /* bytes of a decoded body; 0 means 64 MiB */
    uint64_t size;        /* of the file in bytes; 0 when it is not known */
    /* Not 0: what begins at or behind this byte of the file belongs to another
     * reader; see dtl_warc_seek. */
    uint64_t end;
} dtl_warc_options;

typedef struct dtl_warc dtl_warc;

/* NULL when out of memory. The ctx of in is borrowed until free. opts may be
 * NULL. */
DTL_API dtl_warc *dtl_warc_new(const dtl_input *in,
                               const dtl_warc_options *opts);
/* The same for a file, whose size need not be told. DTL_IO, DTL_NOMEM. On
 * success *out needs dtl_warc_free, otherwise it is NULL. */
DTL_API dtl_status dtl_warc_open(const char *name, const dtl_warc_options *opts,
                                 dtl_warc **out, dtl_error *err);
DTL_API void dtl_warc_free(dtl_warc *w);

/* Goes to the first place at or behind byte at of the file where a record
 * surely begins that can be read by itself (a packed member whose unpacked
 * bytes open a record; in a plain file, a line that does), and sets *begin to
 * it, or to the file's end when there is none; dtl_warc_next reads on there.
 * The input must have seek.
 *
 * So a file can be read in parts, side by side: readers of [a, b), [b, c) ...
 * each have b, c ... as end in their options and seek their beginning. When
 * the first has come to its end, dtl_warc_at is where the second should have
 * begun; in files made to deceive it is elsewhere, and then the second part is
 * to be read again from there. DTL_USAGE: the input cannot seek. */
DTL_API dtl_status dtl_warc_seek(dtl_warc *w, uint64_t at, uint64_t *begin,
                                 dtl_error *err);
/* Where in the file the next record begins that can be read by itself, once
 * the record before was read to its end (dtl_warc_end), or dtl_warc_next has
 * given none. */
DTL_API uint64_t dtl_warc_at(const dtl_warc *w);

/* Goes to the next record; *out is NULL at the end, and lasts until the next
 * call. What is left of the record before is passed over. err->offset is where
 * the record begins that is damaged (DTL_SYNTAX) or too large (DTL_LIMIT). */
DTL_API dtl_status dtl_warc_next(dtl_warc *w, const dtl_warc_record **out,
                                 dtl_error *err);
/* The value of a field, whatever its case; ptr NULL when it is not there. Of
 * several the first. */
DTL_API dtl_str dtl_warc_field(const dtl_warc_record *r, dtl_str name);
DTL_API dtl_str dtl_payload_field(const dtl_payload *p, dtl_str name);

/* The record's whole block, until the next call of dtl_warc_next. */
DTL_API dtl_status dtl_warc_block(dtl_warc *w, dtl_str *out, dtl_error *err);
/* Its first bytes, up to want. They stay to be read. */
DTL_API dtl_status dtl_warc_peek(dtl_warc *w, size_t want, dtl_str *out,
                                 dtl_error *err);
/* The block's next piece, whatever its length; empty at its end, where it was
 * seen to have the right length. A piece lasts until the next call. The block
 * cannot be had whole afterwards. */
DTL_API dtl_status dtl_warc_read(dtl_warc *w, dtl_str *piece, dtl_error *err);
/* What the record holds, until the next call of dtl_warc_next. A body that is
 * cut or damaged gives what could be had, and says so in its note. DTL_LIMIT:
 * it has more than max_payload bytes. */
DTL_API dtl_status dtl_warc_payload(dtl_warc *w, const dtl_payload **out,
                                    dtl_error *err);
/* Whether it is a page: what its content looks like, and what its header says
 * where the content may be anything. */
DTL_API bool dtl_payload_is_html(const dtl_payload *p);
/* Reads the record to its end, which is behind its packed member, or behind
 * its block in a plain file; *end is 0 where records share a member. What was
 * given of the record before stays until the next call of dtl_warc_next, but
 * for a block that was not asked for. */
DTL_API dtl_status dtl_warc_end(dtl_warc *w, uint64_t *end, dtl_error *err);

/* Whether dtl_warc_next can go on after an error: not when memory or the
 * input failed. */
DTL_API bool dtl_warc_goes_on(const dtl_warc *w);

/* "response" and the like; static storage. */
DTL_API const char *dtl_warc_type_name(dtl_warc_type type);

typedef enum {
    DTL_DIGEST_NONE,    /* the record tells none, or one of another record */
    DTL_DIGEST_RIGHT,   /* it agrees */
    DTL_DIGEST_WRONG,   /* it does not */
    DTL_DIGEST_UNKNOWN, /* of a kind that is not known, or no digest at all */
} dtl_digest_result;

/* Compares the record's digests, WARC-Block-Digest and WARC-Payload-Digest,
 * with its bytes: sha1, sha256, sha512 and md5, in base32 or hexadecimal. A
 * payload's may be of the body as it was sent, without its chunks, or with
 * all codings undone, since writers differ. Errors as of dtl_warc_payload. */
DTL_API dtl_status dtl_warc_check_digests(dtl_warc *w, dtl_digest_result *block,
                                          dtl_digest_result *payload,
                                          dtl_error *err);

/* Writes the record's line of a CDXJ index, with its newline: its address as
 * dtl_surt gives it, its date, and a JSON object with url, mime, status,
 * digest, length, offset and filename, all strings. Nothing is written of what
 * such an index does not list: requests, warcinfo, fields about a capture, and
 * what has no address. length is left out where records share a member. DTL_IO
 * when write said false; other errors as of dtl_warc_payload. */
DTL_API dtl_status dtl_warc_write_cdxj(dtl_warc *w, dtl_str filename,
                                       dtl_write_fn *write, void *ctx,
                                       dtl_error *err);
/* Writes a JSON object of the named fields that the record has, with a
 * newline: offset, length, filename, mime, surt, timestamp, digest, http:status
 * and http:NAME for what the HTTP message says, and NAME for a field of the
 * record. All are strings. */
DTL_API dtl_status dtl_warc_write_fields(dtl_warc *w, const dtl_str *names,
                                         size_t count, dtl_str filename,
                                         dtl_write_fn *write, void *ctx,
                                         dtl_error *err);

/* The sort-friendly form of an address that archive indexes are keyed by:
 * "com,example)/b?a=2" of "http://www.example.com/B/?a=2". DTL_NOMEM. On
 * success *out needs dtl_release, otherwise it is NULL. */
DTL_API dtl_status dtl_surt(dtl_str url, char **out, size_t *len);

/* ---- Many inputs --------------------------------------------------------- */

/* Which records of a run are written; a zeroed struct lets all through. Lists
 * are parted by commas. */
typedef struct {
    const char *status;   /* of the page, "article,stub"; or of the HTTP
                             answer, "200" or "2xx"; or of both */
    const char *mime;     /* as the answer declares it: "text/html" */
    const char *language; /* tags; "en" takes en-GB too */
    const char *kind;     /* "news,opinion" */
    const char *since;    /* YYYY-MM-DD: published then or later */
    size_t min_words;
} dtl_ingest_filter;

typedef struct {
    uint64_t inputs;  /* files and addresses */
    uint64_t bytes;   /* of them, as they are stored */
    uint64_t records; /* of archives, and pages in files of their own */
    uint64_t pages;   /* that were read */
    uint64_t page_bytes;
    uint64_t written;
    uint64_t status[DTL_STATUS_REFUSED + 1]; /* of the pages written */
    /* Records that were passed over, the last ones of types that the standard
     * does not know. */
    uint64_t requests, metadata, revisits, warcinfo, continuations;
    uint64_t other_records, redirects;
    uint64_t not_pages; /* by their header or their content */
    uint64_t filtered;
    /* What could not be read: inputs that cannot be opened or are cut, records
     * that are damaged, records and pages past a limit, and what memory did
     * not do for. */
    uint64_t failed_inputs, failed_damaged, failed_limit, failed_memory;
    /* Of all these, by the run that broke off and this one goes on with. */
    uint64_t resumed_records, resumed_bytes;
} dtl_ingest_counts;

/* What a run is asked for; a zeroed struct, with inputs, asks for the
 * defaults. Everything is borrowed during the call. */
typedef struct {
    /* Files, folders, http and https addresses, and "-" for standard input;
     * before them, files that list such a line. */
    const char *const *inputs;
    size_t input_count;
    const char *const *lists;
    size_t list_count;

    /* A file that ends in .jsonl, .jsonl.gz or .jsonl.zst, or "-" for standard
     * output. It is written beside, as NAME.part, and gets its name when it is
     * whole. */
    const char *output;
    bool force;  /* replace a file */
    bool resume; /* go on where a run that broke off had come to */
    /* A folder for what could not be read, with the reasons; or NULL. */
    const char *quarantine;

    unsigned threads;  /* 0 means one for each processor */
    size_t max_memory; /* of all threads, bytes; 0 sets no bound; else it bounds
                          max_record and max_nodes too */
    size_t max_record; /* bytes of a page or a record; 0 means 16 MiB */
    size_t max_nodes;  /* of a page; 0 means 2 million */
    const char *as_of; /* what relative dates count from; NULL: the page's
                          own date, or when it was taken */
    dtl_ingest_filter filter;
    dtl_fetch_options fetch; /* max_bytes does not apply */

    /* Not NULL: the run ends at the next record when it becomes non-zero. */
    const volatile int *cancel;
    /* What there is to say, from the calling thread: an input or the output,
     * or NULL, and what is the matter with it. */
    void (*message)(void *ctx, const char *name, const char *text);
    /* About ten times a second, from the calling thread; total is the inputs'
     * size in bytes, 0 where it is not known. */
    void (*progress)(void *ctx, const dtl_ingest_counts *counts,
                     uint64_t total);
    void *ctx;
} dtl_ingest_options;

typedef enum {
    DTL_INGEST_DONE,
    DTL_INGEST_WHOLE,       /* resume: it was done already */
    DTL_INGEST_USAGE,       /* the options are wrong; nothing was done */
    DTL_INGEST_INTERRUPTED, /* the output is whole, up to there */
    DTL_INGEST_OUTPUT,      /* the output cannot be written */
    DTL_INGEST_CLOSED,      /* nobody reads the output any more */
    DTL_INGEST_NOMEM
} dtl_ingest_end;

/* Reads all inputs and writes a record for each page, as a line of JSON, in
 * the order of the inputs; what cannot be read is told and passed over. The
 * bytes written depend on the inputs and filters alone. counts may be NULL. */
DTL_API dtl_ingest_end dtl_ingest(const dtl_ingest_options *opts,
                                  dtl_ingest_counts *counts);

/* What bytes plainly are, where that is no page ("a PDF, not a page; ..."),
 * in words for people; NULL otherwise. Static storage. */
DTL_API const char *dtl_not_a_page(dtl_str bytes);

#ifdef __cplusplus
}
#endif
#endif
