// mutations: small mistakes in the code that decides who sees what; the tests have to notice each of them.
//
// { name, edits: [[file, before, after]…] }: `before` is in the file exactly once. One that is not found any more is a
// failure: whoever changes that code keeps its mutations up. Mistakes that change nothing are not in the table: the
// kind and the path of two viewers cannot differ while their scope ids are equal.

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
]

// ---- what calls share ----

const desk = 'server/run/desk.c'
const moment = 'server/run/moment.c'
const shared = [
  one('two customers share rows', desk, 'a->scope_id == b->scope_id &&\n', 'true &&\n'),
  one('all viewers share rows', desk, 'same_rows(a->batch->run->call->viewer, b->batch->run->call->viewer) && same_page(a, b)', 'same_page(a, b)'),
  one('pages of different sizes share rows', desk, ' && same_page(a, b) &&', ' &&'),
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
  one('fields need nothing', needs, '            walk->needs |= field->needs;\n', ''),
  one('type conditions need nothing', needs, '            add_type(walk, inner);\n', ''),
  one('fragments need nothing', needs, '            add_type(&walk, type);\n            add_selections(&walk, type,', '            add_selections(&walk, type,'),
  one('ids of hidden types are looked up', 'server/run/batch.c', 'i < count && needs_met(type->needs, run->call->viewer->rights); i++)', 'i < count; i++)'),
  one('hidden fields are known', graph, 'if (field == NULL || !needs_met(field->needs | field->type->named->needs, rights))', 'if (field == NULL || !needs_met(field->type->named->needs, rights))'),
  one('fields of hidden types are known', graph, 'return type != NULL && needs_met(type->needs, rights) ? type : NULL;', 'return type != NULL && needs_met(0, rights) ? type : NULL;'),
  one('rights of fields are not read', rightsOf, 'right == NULL ? 0 : directive_needs(loading, field_coordinate(loading, field), right);', 'right == NULL ? 0 : 0 * directive_needs(loading, field_coordinate(loading, field), right);'),
  one('rights of types are not read', rightsOf, 'type->needs |= directive_needs(loading, type->name, type_directive(type, "right"));', 'directive_needs(loading, type->name, type_directive(type, "right"));'),
  one('connections are seen by all', rightsOf, 'type->needs = edge->needs = element->needs;', 'type->needs = edge->needs = 0;'),
  one('what is embedded is seen by all', rightsOf, 'type->needs = common[i];', 'type->needs = 0;'),
  one('hidden types are introspected', 'server/graphql/introspection.c', 'if (type == NULL || !needs_met(type->needs, question->rights))', 'if (type == NULL)'),
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
  one('types in one table do not need what their interface needs', rightsOf, 'type->needs |= directive_needs(loading, type->name, type_directive(owner, "right"));', '(void)owner;'),
]

export const mutations = [...rule, ...verifier, ...behind, ...added, ...shared, ...rights, ...types]
