/* The search of raw text for what may end it, for each instruction set. */
#include "html/tokenizer_states.h"

/* The flags that bytes of m, of the block b, ask for. */
static uint8_t flags_of(dtl_lanes b, dtl_mask m)
{
    uint8_t flags = dtl_lanes_eq(b, '&') & m ? DTL_TEXT_REFS : 0;

    flags |= dtl_lanes_eq(b, '\r') & m ? DTL_TEXT_CR : 0;
    return flags | (dtl_lanes_eq(b, '\0') & m ? DTL_TEXT_NUL : 0);
}

/* Most blocks have nothing of interest, which takes one look. */
DTL_INLINE const char *find_stop(const char *p, const char *end,
                                 dtl_byte_set interest, uint8_t *flags)
{
    for (; end - p > DTL_LANES; p += DTL_LANES) {
        dtl_lanes b = dtl_lanes_load(p), next;
        dtl_mask m = dtl_lanes_in_fixed(b, interest), open, stop;

        if (DTL_LIKELY(!m))
            continue;
        open = dtl_lanes_eq(b, '<');
        next = dtl_lanes_load(p + 1);
        stop = open & (dtl_lanes_eq(next, '/') | dtl_lanes_eq(next, '!'));
        if (m != open)
            *flags |= flags_of(b, stop ? dtl_mask_before(m, stop) : m);
        if (stop)
            return p + dtl_mask_first(stop);
    }
    for (; p < end; p++) {
        if (*p == '<' && end - p > 1 && (p[1] == '/' || p[1] == '!'))
            break;
        *flags |= *p == '&' ? DTL_TEXT_REFS : clean_up_flag(*p);
    }
    return p;
}

const char *DTL_LANES_NAME(dtl_html_raw_stop)(const char *p, const char *end,
                                              bool refs, uint8_t *flags)
{
    static const dtl_byte_set with_refs = {{'<', '&', '\r', 0}},
                              without = {{'<', '<', '\r', 0}};

    return refs ? find_stop(p, end, with_refs, flags)
                : find_stop(p, end, without, flags);
}
