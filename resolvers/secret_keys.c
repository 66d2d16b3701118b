/* secret_keys: the vault, for what is asked without a way to hand it over. */
#include "resolvers/secret_keys.h"

#include <stddef.h>

/* Conditions and changes know who asks and nothing else, so this is set once for all of them. */
static const struct vault *the_vault;

void secret_keys_use(const struct vault *vault)
{
    the_vault = vault;
}

const struct vault *secret_keys_vault(void)
{
    return the_vault;
}
