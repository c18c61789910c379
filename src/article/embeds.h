/* Foreign objects in a page: posts, players, charts, maps, documents.
 *
 * An embed is known by its container (a blockquote of a certain class, an
 * AMP element, an iframe whose address says what it shows), never by the
 * loader scripts that sit on pages without one. The site of an embed is the
 * run of nodes that has to go from the text with it: the container, the
 * wrapper around it, the consent placeholder that stands for it. */
#ifndef DTL_ARTICLE_EMBEDS_H
#define DTL_ARTICLE_EMBEDS_H

#include "article/article.h"
#include "article/survey.h"

/* Finds all embed sites of a page, in tree order, without overlap, among the
 * elements that its survey lists. A site
 * whose embed.platform is absent is residue that stands for no object (a
 * like button, a link to another article of the same site): its nodes are
 * left out and nothing takes their place.
 * *sites lives in arena. DTL_NOMEM is the only error. */
dtl_status dtl_embeds_find(dtl_html_doc *doc, const dtl_survey *survey,
                           dtl_arena *arena, dtl_embed_site **sites,
                           size_t *count);

/* The kind of container that a class attribute names, by its number; 0: it
 * names none. */
uint32_t dtl_embed_container(dtl_str classes);

/* What an address shows, when it belongs to a known platform: platform,
 * kind, id, url (the address for people, without tracking) and, where the
 * address has it, author_handle. False, and *out zeroed, for any other
 * address. Strings live in arena or static storage. */
bool dtl_embed_from_url(dtl_str url, dtl_arena *arena, dtl_embed *out);

/* The same for a frame's address, which may carry the platform's in a
 * parameter. */
bool dtl_embed_from_frame(dtl_str url, dtl_arena *arena, dtl_embed *out);

/* Whether the iframe or link address is a platform's widget that shows no
 * object: follow and like buttons, comment boxes, page plugins. */
bool dtl_embed_is_widget(dtl_str url);

/* Reads author, handle, text and date out of the words that an embed's
 * fallback markup leaves ("A post shared by NAME (@handle)", "— NAME
 * (@handle) October 31, 2021"). Fills only what e lacks; text is the words'
 * post text where it can be told apart. */
void dtl_embed_from_words(dtl_embed *e, dtl_str words, dtl_arena *arena);

/* A post's text without the address of its picture at the end, which the
 * platform has put there; a slice of text. */
dtl_str dtl_embed_post_text(dtl_str text);

#endif
