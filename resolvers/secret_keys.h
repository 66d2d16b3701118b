/* secret_keys: the vault, for what is asked without a way to hand it over. */
#pragma once

struct vault;

/* Once, before anybody asks; NULL: there is none. */
void secret_keys_use(const struct vault *vault);
const struct vault *secret_keys_vault(void);
