/* message: where the PDF of a letter, an e-mail or an SMS can be had. */
#pragma once

#include "run/resolver.h"

/* CommunicationMessage.pdfUrl: what http/letters.c answers. */
enum status message_pdf_url(struct compute *compute);
