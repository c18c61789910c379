/* A tree written in the format of html5lib's tree construction tests. */
#ifndef DTL_TESTS_TREE_DUMP_H
#define DTL_TESTS_TREE_DUMP_H

#include "html/dom.h"

/* Appends a line for each node, "| <html>" and so on; a fragment's root is
 * left out, its children stand in the first column. Text goes over as many
 * lines as it has. */
void dump_tree(dtl_html_doc *doc, dtl_buf *out);

#endif
