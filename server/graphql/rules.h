/* rules: the validation rules (specification §5), by the part of a document they look at.
 *
 * The name of a rule is that of its file and what it asks for. Beside each stands its section, and
 * the name by which graphql-js and others know it.
 */
#pragma once

struct validation;

/* rules_documents.c */
void rules_documents_executable(struct validation *v); /* §5.1.1 ExecutableDefinitions */

/* rules_operations.c */
void rules_operations_type_exists(struct validation *v);    /* §5.2.1 KnownOperationTypes */
void rules_operations_names_unique(struct validation *v);   /* §5.2.2 UniqueOperationNames */
void rules_operations_lone_anonymous(struct validation *v); /* §5.2.3 LoneAnonymousOperation */
void rules_operations_subscription_single(
    struct validation *v); /* §5.2.4 SingleFieldSubscriptions */

/* rules_fields.c */
void rules_fields_exist(struct validation *v);               /* §5.3.1 FieldsOnCorrectType */
void rules_fields_leaves(struct validation *v);              /* §5.3.3 ScalarLeafs */
void rules_fields_introspection_depth(struct validation *v); /* MaxIntrospectionDepth */
void rules_fields_introspection_end(struct validation *v);

/* rules_merging.c */
void rules_merging_fields(struct validation *v); /* §5.3.2 OverlappingFieldsCanBeMerged */

/* rules_arguments.c */
void rules_arguments_known(struct validation *v);              /* §5.4.1 KnownArgumentNames */
void rules_arguments_known_of_directive(struct validation *v); /* §5.4.1 */
void rules_arguments_unique(struct validation *v); /* §5.4.2 UniqueArgumentNames, of fields */
void rules_arguments_unique_of_directive(struct validation *v);
void rules_arguments_required(struct validation *v); /* §5.4.3 ProvidedRequiredArguments */
void rules_arguments_required_of_directive(struct validation *v);

/* rules_fragments.c */
void rules_fragments_names_unique(struct validation *v); /* §5.5.1.1 UniqueFragmentNames */
void rules_fragments_composite(struct validation *v);    /* §5.5.1.3 FragmentsOnCompositeTypes */
void rules_fragments_inline_composite(struct validation *v);
void rules_fragments_used(struct validation *v);      /* §5.5.1.4 NoUnusedFragments */
void rules_fragments_known(struct validation *v);     /* §5.5.2.1 KnownFragmentNames */
void rules_fragments_no_cycles(struct validation *v); /* §5.5.2.2 NoFragmentCycles */
void rules_fragments_possible(struct validation *v);  /* §5.5.2.3 PossibleFragmentSpreads */
void rules_fragments_inline_possible(struct validation *v);

/* rules_types.c */
void rules_types_known(struct validation *v); /* §5.5.1.2 KnownTypeNames */

/* rules_values.c */
void rules_values_correct(struct validation *v);       /* §5.6.1 ValuesOfCorrectType */
void rules_values_fields_unique(struct validation *v); /* §5.6.3 UniqueInputFieldNames */

/* rules_directives.c */
void rules_directives_known(struct validation *v);  /* §5.7.1, §5.7.2 KnownDirectives */
void rules_directives_unique(struct validation *v); /* §5.7.3 UniqueDirectivesPerLocation */

/* rules_variables.c */
void rules_variables_names_unique(struct validation *v); /* §5.8.1 UniqueVariableNames */
void rules_variables_input_types(struct validation *v);  /* §5.8.2 VariablesAreInputTypes */
void rules_variables_defined(struct validation *v);      /* §5.8.3 NoUndefinedVariables */
void rules_variables_used(struct validation *v);         /* §5.8.4 NoUnusedVariables */
void rules_variables_positions(struct validation *v);    /* §5.8.5 VariablesInAllowedPosition */

/* rules_incremental.c: @defer and @stream, where a schema defines them */
void rules_incremental_root(struct validation *v);       /* DeferStreamDirectiveOnRootField */
void rules_incremental_operations(struct validation *v); /* DeferStreamDirectiveOnValidOperations */
void rules_incremental_labels(struct validation *v);     /* DeferStreamDirectiveLabel */
void rules_incremental_lists(struct validation *v);      /* StreamDirectiveOnListField */
