// mutations: small mistakes in the code that decides who sees what; the tests have to notice each of them.
//
// { name, edits: [[file, before, after]…] }: `before` is in the file exactly once. One that is not found any more is a
// failure: whoever changes that code keeps its mutations up. Mistakes that change nothing are not in the table: the
// kind and the path of two viewers cannot differ while their scope ids are equal; a variable's type is that of an
// argument, which counts already; a row that is changed without a lock is noticed by transactions that see a snapshot.

const one = (name, file, before, after) => ({ name, edits: [[file, before, after]] })

// ---- the row rule ----

const sql = 'server/plan/sql.c'
const subtree = "LIKE CONCAT(?, '%%')"
const rule = [
  one('a partner sees partners whose id begins like its own', sql, subtree, "LIKE CONCAT(TRIM(TRAILING '/' FROM ?), '%%')"),
  one('a partner sees all partners', sql, subtree, "LIKE CONCAT(LEFT(?, 1), '%%')"),
  one('a partner does not see partners below', sql, subtree, '= ?'),
  one("the way from a row's customer to its partner is skipped", sql,
    '" AS c WHERE c.`" STR_FMT "` IN (" STR_FMT "))"', '" AS c WHERE c.`" STR_FMT "` IS NOT NULL OR 1 IN (" STR_FMT "))"'),
  one('a customer sees rows of later customers', sql, 'str_printf(planner->arena, STR_FMT ".`" STR_FMT "` = ?", STR_ARG(alias),\n                       STR_ARG(table->scope_customer))',
    'str_printf(planner->arena, STR_FMT ".`" STR_FMT "` >= ?", STR_ARG(alias),\n                       STR_ARG(table->scope_customer))'),
  one("a customer's id is compared with the row's own", sql, 'STR_ARG(table->scope_customer));\n        rule->bound', 'STR_ARG(table->primary_key));\n        rule->bound'),
  one('a customer sees partners', sql, 'rule->condition[VIEWER_CUSTOMER] = STR("FALSE")', 'rule->condition[VIEWER_CUSTOMER] = STR("TRUE")'),
  one('rows of a customer are open to all', sql, 'if (table->open || other_half)', 'if (table->open || other_half || table->scope_customer.len > 0)'),
  one('rows of a partner are open to all', sql, 'if (table->open || other_half)', 'if (table->open || other_half || table->scope_partner.len > 0)'),
  one('a joined row is taken for the other half of an object', sql, 'is_other_half(join), &join->rule', 'true, &join->rule'),
  one("a joined row is narrowed by the rule of the row it is joined to", sql, 'decide_scope(planner, join->table, alias,', 'decide_scope(planner, join->table, alias_of(planner, 0),'),
  one("whose a row of the past is, is asked of the past", sql, 'rule->then = scope_of_partner(planner, table, alias, true)', 'rule->then = scope_of_partner(planner, table, alias, false)'),
  one("a row of the past is its partner's of then", sql, 'if (table->scope_partner.len > 0 && !(then && through_customer))', 'if (table->scope_partner.len > 0)'),
]

// ---- the verifier: unit tests hand it broken plans ----

const verifier = [
  one('the verifier takes rules that nobody decided', sql, 'return rule->decided && partner == !open', 'return partner == !open'),
  one('the verifier does not look at partners', sql, 'partner == !open && customer == !open', 'customer == !open'),
  one('the verifier does not look at customers', sql, 'partner == !open && customer == !open', 'partner == !open'),
  one('the verifier does not look at the past', sql, ' && then == !open;', ';'),
  one('the verifier finds every plan good', sql, 'if (!fetch_verify(plan->fetches[i]))', 'if (!fetch_verify(plan->fetches[i]) && plan->fetches[i] == NULL)'),
  one('the verifier looks at the last fetch only', sql, 'for (uint32_t i = 0; i < plan->fetch_count; i++) {', 'for (uint32_t i = plan->fetch_count - 1; i < plan->fetch_count; i++) {'),
  one('the verifier leaves counts out', sql, 'fetch->kind != FETCH_COUNT && fetch->kind != FETCH_BRANCH)', 'fetch->kind != FETCH_BRANCH)'),
  one('the verifier leaves tables of merged lists out', sql, 'fetch->kind != FETCH_COUNT && fetch->kind != FETCH_BRANCH)', 'fetch->kind != FETCH_COUNT)'),
  one('the verifier lets merged lists lack a table', sql, 'return fetch->sql.select.len == 0 && fetch->branch_count == fetch->binding->branch_count;', 'return true;'),
  one('the verifier leaves joins out', sql, 'if (!join_verify(fetch, &fetch->joins[i]))', 'if (i > 64 && !join_verify(fetch, &fetch->joins[i]))'),
  one('the verifier lets any table be joined', sql, 'return join->table == join->binding->target && rule_verify', 'return rule_verify'),
  one('the verifier lets any table be half of an object', sql, 'return has_half(base, join->table) && rule_verify', 'return base != NULL && rule_verify'),
  one('the verifier leaves tables of filters out', sql, 'for (uint32_t i = 0; i < plan->filter_table_count; i++) {\n        const', 'for (uint32_t i = plan->filter_table_count; i < plan->filter_table_count; i++) {\n        const'),
  one('the verifier lets all rows be read from memory', sql, '(!reference->table->open || fetch->width', '(fetch->width'),
]

// ---- without the verifier what answers say is enough to notice ----

const unverified = ['server/plan/build.c', 'assert(plan_verify(plan));', '(void)plan_verify;']
const behind = [
  { name: 'not verified: partners see all rows of customers', edits: [unverified,
    [sql, 'rule->bound[VIEWER_PARTNER] = true;', 'if (table->scope_customer.len > 0) rule->condition[VIEWER_PARTNER] = (struct str){0};\n    rule->bound[VIEWER_PARTNER] = true;']] },
  { name: 'not verified: customers see all rows', edits: [unverified,
    [sql, 'rule->bound[VIEWER_CUSTOMER] = true;', 'rule->condition[VIEWER_CUSTOMER] = (struct str){0};\n        rule->bound[VIEWER_CUSTOMER] = true;']] },
  { name: 'not verified: nothing narrows joined rows', edits: [unverified, [sql, 'is_other_half(join), &join->rule', 'true, &join->rule']] },
  { name: 'not verified: nothing narrows counts', edits: [unverified,
    [sql, 'decide_scope(planner, fetch->binding->target, alias_of(planner, 0), false,', 'decide_scope(planner, fetch->binding->target, alias_of(planner, 0), fetch->kind == FETCH_COUNT,']] },
  { name: 'not verified: nothing narrows tables of filters', edits: [unverified,
    [sql, 'decide_scope(planner, table->table, alias_of(planner, 0), false, &table->rule);', 'decide_scope(planner, table->table, alias_of(planner, 0), true, &table->rule);']] },
]

// ---- the rule in the statement ----

const statement = 'server/run/statement.c'
const added = [
  one("the row rule is left out of statements", statement, '    add_rule(statement, &sql->rule);\n', ''),
  one("the row rule is left out of joins", statement, '        add_rule(statement, &fetch->joins[i].rule);\n', ''),
  one('the row rule is one of two conditions', statement, 'buf_add(&statement->sql, STR("\\nAND "));\n    buf_add(&statement->sql, condition);', 'buf_add(&statement->sql, STR("\\nOR "));\n    buf_add(&statement->sql, condition);'),
  one("everybody gets the operator's rule", statement, 'rule->condition[viewer->kind];', 'rule->condition[VIEWER_OPERATOR];'),
  one("customers get the partners' rule", statement, 'rule->condition[viewer->kind];', 'rule->condition[viewer->kind == VIEWER_CUSTOMER ? VIEWER_PARTNER : viewer->kind];'),
  one('a customer is looked for by the id of the account', 'server/run/narrow.c', 'cell_int(viewer->scope_id)', 'cell_int(viewer->user_id)'),
  one("a partner's path is that of the operator", 'server/run/narrow.c', 'cell_text(viewer->scope_path)', 'cell_text(STR("/1/"))'),
  one('the past is answered by the rule of now', statement, 'bool then = viewer->kind == VIEWER_PARTNER &&', 'bool then = viewer->kind == VIEWER_PARTNER && viewer->user_id < 0 &&'),
  one('rows of a moment are those of now', statement, 'if (moment == NULL || moment_at == 0) {', 'if (moment == NULL || moment_at != SIZE_MAX) {'),
  one('joined rows of a moment are those of now', statement, 'if (moment == NULL || join->moment_at == 0) {', 'if (moment == NULL || join->moment_at != SIZE_MAX) {'),
  one('what was recorded later is there already', statement, 'if (moment == NULL || rule->recorded.len == 0)', 'if (moment == NULL || rule->recorded.len != SIZE_MAX)'),
  one('a page begins where it likes', statement, 'if (page->cursor == NULL)\n        return;\n    buf_add', 'if (page->cursor == NULL || page->order_count > 0)\n        return;\n    buf_add'),
  one('the future can be asked for', 'server/run/moment.c', 'return !is_ahead(moment->integer) ||', 'return moment != NULL ||'),
]

// ---- filters: what looks into other tables, and values that are parameters ----

const filter = 'server/run/filter.c'
const filters = [
  one('what a filter looks into is not narrowed', filter, 'struct str condition = then ? rule->then : rule->condition[viewer->kind];', 'struct str condition = then ? (struct str){0} : rule->condition[VIEWER_OPERATOR];'),
  one('a filter of the past is narrowed by the rule of now', filter, 'bool then = filtering->moment != NULL && viewer->kind == VIEWER_PARTNER;', 'bool then = filtering->moment != NULL && viewer->user_id < 0;'),
  one('a filter of the past looks into the present', filter, 'if (filtering->moment != NULL && filter->table->versioned) {', 'if (filtering->moment != NULL && filter->table == NULL) {'),
  one('a filter of the past knows what was recorded later', filter, 'if (filtering->moment != NULL && rule->recorded.len > 0) {', 'if (filtering->moment != NULL && rule->recorded.len == SIZE_MAX) {'),
  one('a filter looks into rows of hidden kinds', filter, 'if (narrow_kind_count(run, table) == ALL_KINDS)', 'if (narrow_kind_count(run, table) <= ALL_KINDS)'),
  one('none of a filter is some', filter, '        look_into(filtering, member->inner, relation->parent_key, relation->target_key, none);\n        add(filtering, STR(") IS NOT TRUE"));', '        look_into(filtering, member->inner, relation->parent_key, relation->target_key, none);\n        add(filtering, STR(")"));'),
  one('not of an object is the object', filter, 'add_object(filtering, filter, value);\n        add(filtering, STR(" IS NOT TRUE"));', 'add_object(filtering, filter, value);'),
  one('one of several is all of them', filter, 'all ? STR(" AND ") : STR(" OR ")', 'STR(" AND ")'),
  one('a filter may be as deep as it likes', filter, 'if (++filtering->depth <= options->filter_depth)', 'if (++filtering->depth <= UINT32_MAX - options->filter_depth)'),
  one('a filter may be as long as it likes', filter, 'if (++filtering->run->filter_conditions > options->filter_limit)', 'if (++filtering->run->filter_conditions > UINT32_MAX - options->filter_limit)'),
  one('a percent sign in a text stands for anything', 'server/base/buf.c', "if (text.at[i] == '!' || text.at[i] == '%' || text.at[i] == '_')", "if (text.at[i] == '!' || text.at[i] == '_')"),
]

// ---- what calls share ----

const desk = 'server/run/desk.c'
const moment = 'server/run/moment.c'
const shared = [
  one('two customers share rows', desk, 'a->scope_id == b->scope_id &&\n', 'true &&\n'),
  one('all viewers share rows', desk, 'same_rows(a->batch->run->call->viewer, b->batch->run->call->viewer) && same_page(a, b)', 'same_page(a, b)'),
  one('pages of different sizes share rows', desk, ' && same_page(a, b) &&', ' &&'),
  one('lists in different orders share rows', desk, ' && order_equal(first, second);', ';'),
  one('pages behind a cursor share rows', desk, 'first->cursor == NULL && second->cursor == NULL && ', ''),
  one('lists of different filters share rows', desk, 'narrow_equal(&a->batch->run->predicates[fetch->index],\n                        &b->batch->run->predicates[fetch->index])', 'true'),
  one('filters with different values are equal', 'server/run/narrow.c', 'if (!cells_equal(&a->parameters[i], &b->parameters[i]))', 'if (a->parameter_limit < i)'),
  one('merged lists of who sees fewer types are shared', 'server/run/merge.c', 'is_visible(a, branch) != is_visible(b, branch) ||', 'a == NULL ||'),
  one('versions are shared with who sees fewer fields', desk, 'merge_equal(a->batch, b->batch) &&\n           history_equal(a->batch, b->batch);', 'merge_equal(a->batch, b->batch);'),
  one('rows of a shared statement are those of the first errand', 'server/run/trip.c', 'near, errand->keys[i]);\n', 'near, errand->keys[i]);\n        near = places[i] = i;\n'),
  one('rows of a shared statement are taken as they come', 'server/run/trip.c', 'sorted.rows[sorted.first[key_of[i]] + next[key_of[i]]++] = i;', 'sorted.rows[i] = i + 0 * next[0];'),
  one('an errand is given only the first of its keys', 'server/run/trip.c', 'for (uint32_t i = 0; i < errand->key_count; i++) {\n        for', 'for (uint32_t i = 0; i < 1; i++) {\n        for'),
  one('a field asked twice with different arguments is fetched once', 'server/plan/share.c', 'child->binding == wanted->binding && child->parent_column == wanted->parent_column &&\n           ast_arguments_equal(&child->ast->arguments, &wanted->ast->arguments,\n                               &planner->comparisons) &&', 'child->binding == wanted->binding && child->parent_column == wanted->parent_column &&'),
  one('a field asked twice is left out when the first is', 'server/plan/share.c', 'child->condition = either(planner, child->condition, wanted->condition);', 'either(planner, child->condition, wanted->condition);'),
  one('types share what other types ask', 'server/plan/share.c', 'return kinds_alike(a, wanted) && bindings_alike(a->binding, wanted->binding);', 'return bindings_alike(a->binding, wanted->binding);'),
  one('lists of different tables are one', 'server/plan/share.c', 'a->target == b->target &&\n           str_equal', 'a->target != NULL &&\n           str_equal'),
  one('different moments share rows', desk, 'moment_equal(a->batch, b->batch)', 'true'),
  one('a moment is equal to every other', moment, 'return first->integer == second->integer;', 'return true;'),
  one('a moment is equal to now', moment, 'return first == second;', 'return true;'),
  one('what lies below a moment is that of now', moment, '*moment = run->moments[fetch->parent->index];', '*moment = run->moments[fetch->index];'),
]

// ---- rights ----

const needs = 'server/plan/needs.c'
const rightsOf = 'schema/rights.c'
const graph = 'server/graphql/schema.c'
const rights = [
  one('a plan runs for whoever lacks its rights', 'server/run/call.c', 'if (needs_met(plan->needs, rights))', 'if (needs_met(0, rights))'),
  one('fields need nothing', needs, '        walk->needs |= field->needs;\n', ''),
  one('type conditions need nothing', needs, 'UINT64_MAX);\n        add_type(walk, *inner);\n    }', 'UINT64_MAX);\n    }'),
  one('fragments need nothing', needs, '            add_type(&walk, type);\n            add_selections(&walk, type,', '            add_selections(&walk, type,'),
  one('members of inputs need nothing', needs, '        walk->needs |= input->needs;\n', ''),
  one('types of arguments need nothing', needs, '    add_type(walk, type);\n    if (member', '    if (member'),
  one('fields of versions are seen by all', 'server/run/history.c', 'return needs_met(field->needs, batch->run->call->viewer->rights);', 'return needs_met(field->needs & 0, batch->run->call->viewer->rights);'),
  one('hidden members of inputs are known', 'server/graphql/input_check.c', 'return needs_met(input->needs | input->type->named->needs, rights);', 'return needs_met(0, rights);'),
  one('rights of members of inputs are not read', rightsOf, 'input->needs |= directive_needs(loading, input->coordinate, right);', 'directive_needs(loading, input->coordinate, right);'),
  one('members whose type is hidden are seen by all', rightsOf, 'type->inputs[i].needs |= type->inputs[i].type->named->needs;', 'type->inputs[i].needs |= 0;'),
  one('enums of hidden types are seen by all', rightsOf, 'if (follows && common[i] != UINT64_MAX)', 'if (follows && type->kind != TYPE_ENUM && common[i] != UINT64_MAX)'),
  one('tabs are there for whoever lacks their right', 'resolvers/tab_choice.c', 'return needs_met(tab->needs, viewer->rights) &&', 'return needs_met(0, viewer->rights) &&'),
  one('ids of hidden types are looked up', 'server/run/batch.c', 'i < count && needs_met(type->needs, run->call->viewer->rights); i++)', 'i < count; i++)'),
  one('hidden fields are known', graph, 'if (field == NULL || !needs_met(field->needs | field->type->named->needs, rights))', 'if (field == NULL || !needs_met(field->type->named->needs, rights))'),
  one('fields of hidden types are known', graph, 'return type != NULL && needs_met(type->needs, rights) ? type : NULL;', 'return type != NULL && needs_met(0, rights) ? type : NULL;'),
  one('rights of fields are not read', rightsOf, 'right == NULL ? 0 : directive_needs(loading, field_coordinate(loading, field), right);', 'right == NULL ? 0 : 0 * directive_needs(loading, field_coordinate(loading, field), right);'),
  one('rights of types are not read', rightsOf, 'type->needs |= directive_needs(loading, type->name, type_directive(type, "right"));', 'directive_needs(loading, type->name, type_directive(type, "right"));'),
  one('connections are seen by all', rightsOf, 'type->needs = edge->needs = element->needs;', 'type->needs = edge->needs = 0;'),
  one('what is embedded is seen by all', rightsOf, 'type->needs = common[i];', 'type->needs = 0;'),
  one('hidden types are introspected', 'server/graphql/introspection.c', 'if (!needs_met(type->needs, question->rights))', 'if (!needs_met(0, question->rights))'),
  one('hidden fields are introspected', 'server/graphql/introspection.c', 'if (needs_met(field->needs | field->type->named->needs, question->rights) &&', 'if (needs_met(0, question->rights) &&'),
  one('a token widens rights', 'server/auth/identity.c', '.rights = account.rights & claims->rights', '.rights = account.rights | claims->rights'),
  one('a token does not narrow rights', 'server/auth/identity.c', '.rights = account.rights & claims->rights', '.rights = account.rights'),
  one('an account may have fewer rights than its token', 'server/auth/identity.c', '.rights = account.rights & claims->rights', '.rights = claims->rights'),
]

// ---- rows of several types ----

const types = [
  one('rows of hidden kinds are there', 'server/run/narrow.c', 'if (narrow_kind_count(run, table) == ALL_KINDS)', 'if (narrow_kind_count(run, table) <= ALL_KINDS)'),
  one('a type has the rows of its neighbours', 'server/run/narrow.c', 'table->kind_count == 0 || type_is_abstract(table->type)', 'table->kind_count != UINT32_MAX'),
  one('a kind and a key lead to hidden types', 'server/run/batch.c', 'if (!is_visible(batch))\n        return NULL;', 'if (!is_visible(batch) && row == UINT32_MAX)\n        return NULL;'),
  one('a key leads to rows of any kind', 'server/run/batch.c', 'if (fetch->kind_value != NULL &&', 'if (fetch->kind_value == fetch->kind_value + 1 &&'),
  one('hidden types are in merged lists', 'server/run/merge.c', 'if (!is_visible(batch, fetch->branches[i]))\n            continue;\n        if (count++ > 0)\n            buf_add(&statement->sql, STR("\\nUNION ALL\\n"));\n        add_branch', 'if (count++ > 0)\n            buf_add(&statement->sql, STR("\\nUNION ALL\\n"));\n        add_branch'),
  one('hidden types are counted in merged lists', 'server/run/merge.c', 'if (!is_visible(batch, fetch->branches[i]))\n            continue;\n        if (count++ > 0)\n            buf_add(&statement->sql, STR("\\nUNION ALL\\n"));\n        statement->fetch', 'if (count++ > 0)\n            buf_add(&statement->sql, STR("\\nUNION ALL\\n"));\n        statement->fetch'),
  one('fields of an interface need nothing of its types', rightsOf, 'field->needs |= own->needs & ~type->possible[j]->needs;', 'field->needs |= 0;'),
  one('members of inputs that are hidden are introspected', 'server/graphql/introspection.c', 'if (input_value_visible(&inputs[i], question->rights) &&', 'if (input_value_visible(&inputs[i], UINT64_MAX) &&'),
  one('types in one table do not need what their interface needs', rightsOf, 'type->needs |= directive_needs(loading, type->name, type_directive(owner, "right"));', '(void)owner;'),
]

// ---- looking for customers: candidates are limited, so others' must not be among them ----

const find = 'resolvers/customer_find.c'
const found = [
  one("others' customers use up the limit of a search", find, 'if (first == NULL || find->viewer->kind != VIEWER_PARTNER)\n        add_scope', 'if (first == NULL && find->viewer->kind == VIEWER_OPERATOR)\n        add_scope'),
  one("others' customers use up the limit of what is within words", find, 'o.path LIKE CONCAT(?, \'%\')', "o.path LIKE CONCAT(LEFT(?, 1), '%')"),
  one("others' customers use up the limit of beginnings", find, '" IN (SELECT p.id FROM partner AS p WHERE p.path LIKE CONCAT(?, \'%%\'))"', '" IN (SELECT p.id FROM partner AS p WHERE p.path LIKE CONCAT(LEFT(?, 1), \'%%\'))"'),
  one("others' customers use up the limit of a customer's own search", find, 'buf_printf(&making->where, STR_FMT " = ?", STR_ARG(making->owner));', 'buf_printf(&making->where, STR_FMT " >= ?", STR_ARG(making->owner));'),
  one('what is joined in a search is of anybody', find, 'buf_printf(&making->where, STR_FMT " = " STR_FMT, STR_ARG(column), STR_ARG(making->owner));', 'buf_printf(&making->where, STR_FMT " <= " STR_FMT, STR_ARG(column), STR_ARG(making->owner));'),
  one('kinds of terms are not told apart', find, 'if (kind == NULL)\n        return;', 'if (kind == NULL || making->tables > 0)\n        return;'),
]

// ---- messages as PDF ----

const letters = 'server/http/letters.c'
const letter = [
  one('a letter is shown to whoever is signed in', letters, '    sending->call = (struct call){', '    sending->identity.viewer->kind = VIEWER_OPERATOR;\n    sending->call = (struct call){'),
  one('a letter needs no right', letters, '    sending->call = (struct call){', '    sending->identity.viewer->rights = UINT64_MAX;\n    sending->call = (struct call){'),
  one('who has no token is told which paths are those of letters', letters, '} else if (reply_bearer_token(req).at == NULL) {', '} else if (reply_bearer_token(req).at == NULL && req == NULL) {'),
]

// ---- changes: done once or not at all, by who may, and written down ----

const act = 'server/act/act.c'
const actor = 'server/act/actor.c'
const claim = 'server/act/claim.c'
const changes = [
  one('who changes a row need not see it', 'server/act/scope.c', 'door_row_rule(act->engine, table, viewer->kind, act->arena)', 'door_row_rule(act->engine, table, VIEWER_OPERATOR, act->arena)'),
  one('a partner changes rows of all partners', 'server/act/scope.c', 'cell_text(viewer->scope_path)', 'cell_text(STR("/1/"))'),
  one('a change may put a row out of sight', act, '    if (!visible)\n', '    if (!visible && act->object < 0)\n'),
  one('a change that others got in the way of is not made', act, '*status == STATUS_CONFLICT && ++actor->attempts < ATTEMPTS', '*status == STATUS_CONFLICT && ++actor->attempts < 1'),
  one('a dry run is done', actor, 'if (actor->dry_run) {', 'if (actor->dry_run && actor->database == NULL) {'),
  one('what has errors is done', act, '*status == STATUS_OK && act->errors == NULL && !act->replayed;', '*status == STATUS_OK && !act->replayed;'),
  one('a change leaves no record', act, '    TRY(record_write(act, mutation, input));\n', ''),
  one('any key will do', act, 'if (is_key(act_field(act, "idempotencyKey")->text))', 'if (is_key(STR("x")))'),
  one('a key does not keep from doing it again', claim, '"INSERT INTO idempotency_key\\n"', '"INSERT IGNORE INTO idempotency_key\\n"'),
  one('a key is good for something else', claim, 'str_equal(cell_str(&rows.cells[0]), digest) ? CLAIM_REPLAYED : CLAIM_REUSED', 'digest.len > 0 ? CLAIM_REPLAYED : CLAIM_REUSED'),
  one('what was done with a key is forgotten', act, 'return claim_finish(act);', 'return STATUS_OK;'),
  { name: 'keys are those of all users', edits: [
    [claim, 'const struct cell parameters[] = {cell_int(act->viewer->user_id), key_of(act)};', 'const struct cell parameters[] = {cell_int(1), key_of(act)};'],
    [claim, '{cell_int(act->viewer->user_id), key_of(act),\n                                      cell_text(digest)}', '{cell_int(1), key_of(act),\n                                      cell_text(digest)}']] },
  one('what others have changed meanwhile is overwritten', 'resolvers/conflict.c', 'expected == NULL || expected->kind == INPUT_NULL ||', 'expected == NULL || expected->kind != INPUT_NULL ||'),
  one('changes under two names of one document are one', 'server/plan/share.c', 'planner->plan->operation->kind == AST_MUTATION;', 'planner->plan->operation->kind == AST_SUBSCRIPTION;'),
]

// ---- what orders and ports do once they are allowed: stock, numbers, and what may follow on what ----

const portWork = 'server/order/port_work.c'
const numberPort = 'resolvers/number_port.c'
const orders = [
  one('a piece is sold and still there', 'db/stock.c', 'SET available = available - 1,', 'SET available = available - 0,'),
  { name: 'an order gives back what it did not take', edits: [
    ['server/order/outcome.c', 'if (item->took_stock == 0)', 'if (item->took_stock < 0)'],
    ['server/order/outcome.c', 'item->offering, item->took_stock)', 'item->offering, 1)']] },
  one('an order that is being cancelled is done', 'server/order/state.c', '[ORDER_PENDING_CANCELLATION] = BIT(ORDER_CANCELLED),', '[ORDER_PENDING_CANCELLATION] = BIT(ORDER_CANCELLED) | BIT(ORDER_COMPLETED),'),
  one('a number moves before anybody agreed', 'server/order/port_state.c', 'BIT(PORT_CONFIRMED) | BIT(PORT_REFUSED) | BIT(PORT_CANCELLED) | BIT(PORT_HELD),\n    [PORT_CONFIRMED]', 'BIT(PORT_DONE) | BIT(PORT_CONFIRMED) | BIT(PORT_REFUSED) | BIT(PORT_CANCELLED) | BIT(PORT_HELD),\n    [PORT_CONFIRMED]'),
  one('what a port may become is not asked', numberPort, '!port_may_become(port.status, to)', 'to == PORT_STATUSES'),
  one('two lines ask for one number', numberPort, '    if (rows.count > 0)\n        act_error(request->act, "NOT_ALLOWED", "number",', '    if (rows.count > 99)\n        act_error(request->act, "NOT_ALLOWED", "number",'),
  one('a number leaves for a caller whom nobody verified', numberPort, '    TRY(caller_check(act, &interaction));\n', ''),
  one('a number that a line of ours has comes a second time', portWork, '*taken = rows.count > 0;', '*taken = rows.count > 99;'),
  one('a number that left is given to somebody else', portWork, 'LINE_NUMBER_LEAVES', 'LINE_NUMBER_RESTS'),
  one('who does not answer is asked for ever', 'server/order/port_step.c', 'step->attempt % ATTEMPTS == 0', 'step->attempt < 0'),
  one('the card of a line that ended goes on', 'server/order/line_end.c', 'WHERE customer_id = ? AND product_id = ? AND in_use",', 'WHERE customer_id = ? AND product_id = ? AND in_use AND FALSE",'),
]

export const mutations = [...rule, ...verifier, ...behind, ...added, ...filters, ...shared, ...rights, ...types, ...found, ...letter, ...changes, ...orders]
