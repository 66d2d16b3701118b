/* lexer_strings: string tokens, which need more care than all others together (specification
 * §2.9.4). */
#pragma once

#include "graphql/lexer.h"

/* The token whose opening quotes are at the lexer's position. */
struct token lexer_read_string(struct lexer *lexer);
struct token lexer_read_block_string(struct lexer *lexer);
