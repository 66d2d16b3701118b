/* message: where the PDF of a letter, an e-mail or an SMS can be had. */
#include "resolvers/message.h"

#include "base/arena.h"
#include "run/global_id.h"

enum { ID };

enum status message_pdf_url(struct compute *compute)
{
    for (uint32_t i = 0; i < compute->count; i++) {
        struct str id = global_id_encode(compute->arena, STR("CommunicationMessage"),
                                         compute_need(compute, i, ID));
        compute->out[i] =
            cell_text(str_printf(compute->arena, "/letters/" STR_FMT ".pdf", STR_ARG(id)));
    }
    return STATUS_OK;
}
