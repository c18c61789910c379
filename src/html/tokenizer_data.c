/* The tokenizer by itself, for each instruction set. */
#include "html/tokenizer_lanes.h"

dtl_status DTL_LANES_NAME(dtl_html_next)(dtl_html_tokenizer *t,
                                         dtl_html_token *out)
{
    return next_token(t, out);
}
