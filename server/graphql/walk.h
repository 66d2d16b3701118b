/* walk: one pass over a document, with the types at hand, calling the rules. */
#pragma once

struct validation;
struct ast_definition;

/* All definitions of all documents of v, with ON_DOCUMENT before and ON_DOCUMENT_END behind them.
 */
void walk_documents(struct validation *v);
void walk_definition(struct validation *v, const struct ast_definition *definition);
