/* index: the table of contents of this folder. */
#include "resolvers/index.h"

#include "act/act.h"
#include "resolvers/access.h"
#include "resolvers/account_credit.h"
#include "resolvers/action_of.h"
#include "resolvers/action_state.h"
#include "resolvers/address.h"
#include "resolvers/address_act.h"
#include "resolvers/billing_account_update.h"
#include "resolvers/caller.h"
#include "resolvers/change_undo.h"
#include "resolvers/changes_since.h"
#include "resolvers/characteristic.h"
#include "resolvers/contact_medium_act.h"
#include "resolvers/customer.h"
#include "resolvers/customer_create.h"
#include "resolvers/customer_criteria.h"
#include "resolvers/customer_merge.h"
#include "resolvers/customer_update.h"
#include "resolvers/discount_group_act.h"
#include "resolvers/enum_label.h"
#include "resolvers/external_search.h"
#include "resolvers/feasibility.h"
#include "resolvers/feasibility_shown.h"
#include "resolvers/identification_act.h"
#include "resolvers/interaction.h"
#include "resolvers/interaction_finish.h"
#include "resolvers/interaction_start.h"
#include "resolvers/message.h"
#include "resolvers/message_send.h"
#include "resolvers/mobile_bar.h"
#include "resolvers/mobile_number.h"
#include "resolvers/number_port.h"
#include "resolvers/order_change.h"
#include "resolvers/order_submit.h"
#include "resolvers/password_reset.h"
#include "resolvers/privacy_agreement_set.h"
#include "resolvers/product.h"
#include "resolvers/product_billing_address.h"
#include "resolvers/received_mail.h"
#include "resolvers/search_definition.h"
#include "resolvers/secret_reveal.h"
#include "resolvers/sim_card.h"
#include "resolvers/sim_change.h"
#include "resolvers/tab.h"
#include "resolvers/tab_action.h"
#include "resolvers/ticket.h"
#include "resolvers/ticket_act.h"
#include "resolvers/ticket_status.h"
#include "resolvers/version.h"
#include "resolvers/viewer.h"
#include "resolvers/viewer_update.h"
#include "resolvers/voicemail_pin.h"

const struct resolver resolvers_index[] = {
    {.coordinate = "AccessExplanation", .leaf = access_leaf},
    {.coordinate = "AccessExplanation.rights", .objects = access_rights},
    {.coordinate = "AccessRight", .leaf = access_right_leaf},
    {.coordinate = "ActionReason", .leaf = action_state_reason_leaf},
    {.coordinate = "ActionState", .leaf = action_state_leaf},
    {.coordinate = "ActionState.reasons", .objects = action_state_reasons},
    {.coordinate = "ChangedField", .leaf = changed_field_leaf},
    {.coordinate = "ChangesSince", .leaf = changes_since_leaf},
    {.coordinate = "ChangesSince.changes", .objects = changes_since_changes},
    {.coordinate = "CommunicationMessage.pdfUrl", .batch = message_pdf_url},
    {.coordinate = "BillingAccount.actions", .later = action_of_accounts},
    {.coordinate = "ContactMedium.actions", .later = action_of_media},
    {.coordinate = "CommunicationMessage.actions", .later = action_of_messages},
    {.coordinate = "Customer.actions", .later = action_of_customers},
    {.coordinate = "Customer.age", .batch = customer_age},
    {.coordinate = "Customer.changesSince", .later = changes_since},
    {.coordinate = "Customer.tabs", .objects = tab_of_customer},
    {.coordinate = "Customer.verificationState", .batch = customer_verification_state},
    {.coordinate = "GeographicAddress.actions", .later = action_of_addresses},
    {.coordinate = "ContactMedium.version", .batch = version_batch},
    {.coordinate = "GeographicAddress.version", .batch = version_batch},
    {.coordinate = "Identification.actions", .later = action_of_identifications},
    {.coordinate = "Identification.version", .batch = version_batch},
    {.coordinate = "CustomerDiscountGroup.actions", .later = action_of_memberships},
    {.coordinate = "CustomerDiscountGroup.version", .batch = version_batch},
    {.coordinate = "BillingAccount.version", .batch = version_batch},
    {.coordinate = "Customer.version", .batch = version_batch},
    {.coordinate = "CustomerChange", .leaf = customer_change_leaf},
    {.coordinate = "CustomerChange.fields", .objects = customer_change_fields},
    {.coordinate = "CustomerCharacteristic.label", .batch = characteristic_label},
    {.coordinate = "ExternalHit", .leaf = external_hit_leaf},
    {.coordinate = "ExternalSearch", .leaf = external_search_leaf},
    {.coordinate = "ExternalSearch.hits", .objects = external_search_hits},
    {.coordinate = "GeographicAddress.lines", .batch = address_lines},
    {.coordinate = "Mutation.amendOrder", .objects = act_perform, .action = &order_amend},
    {.coordinate = "Mutation.addContactMedium",
     .objects = act_perform,
     .action = &contact_medium_add},
    {.coordinate = "Mutation.answerTicket", .objects = act_perform, .action = &ticket_answer},
    {.coordinate = "Mutation.cancelOrder", .objects = act_perform, .action = &order_cancel},
    {.coordinate = "Mutation.changePlan", .objects = act_perform, .action = &order_change_plan},
    {.coordinate = "Mutation.changeTicketStatus",
     .objects = act_perform,
     .action = &ticket_change_status},
    {.coordinate = "Mutation.escalateTicket", .objects = act_perform, .action = &ticket_escalate},
    {.coordinate = "Mutation.addAddress", .objects = act_perform, .action = &address_add},
    {.coordinate = "Mutation.updateAddress", .objects = act_perform, .action = &address_update},
    {.coordinate = "Mutation.removeAddress", .objects = act_perform, .action = &address_remove},
    {.coordinate = "Mutation.addIdentification",
     .objects = act_perform,
     .action = &identification_add},
    {.coordinate = "Mutation.verifyIdentification",
     .objects = act_perform,
     .action = &identification_verify},
    {.coordinate = "Mutation.withdrawIdentification",
     .objects = act_perform,
     .action = &identification_withdraw},
    {.coordinate = "Mutation.joinDiscountGroup",
     .objects = act_perform,
     .action = &discount_group_join},
    {.coordinate = "Mutation.leaveDiscountGroup",
     .objects = act_perform,
     .action = &discount_group_leave},
    {.coordinate = "Mutation.updateBillingAccount",
     .objects = act_perform,
     .action = &billing_account_update},
    {.coordinate = "Mutation.setPrivacyAgreement",
     .objects = act_perform,
     .action = &privacy_agreement_set},
    {.coordinate = "Mutation.createCustomer", .objects = act_perform, .action = &customer_create},
    {.coordinate = "Mutation.createTicket", .objects = act_perform, .action = &ticket_create},
    {.coordinate = "Mutation.createTicketFromMail",
     .objects = act_perform,
     .action = &received_mail_to_ticket},
    {.coordinate = "Mutation.discardReceivedMail",
     .objects = act_perform,
     .action = &received_mail_discard},
    {.coordinate = "Mutation.fileReceivedMail",
     .objects = act_perform,
     .action = &received_mail_file},
    {.coordinate = "Mutation.finishInteraction",
     .objects = act_perform,
     .action = &interaction_finish},
    {.coordinate = "Mutation.startInteraction",
     .objects = act_perform,
     .action = &interaction_start},
    {.coordinate = "Mutation.orderProduct", .objects = act_perform, .action = &order_add},
    {.coordinate = "Mutation.resumeProduct", .objects = act_perform, .action = &order_resume},
    {.coordinate = "Mutation.submitOrder", .objects = act_perform, .action = &order_submit},
    {.coordinate = "Mutation.suspendProduct", .objects = act_perform, .action = &order_suspend},
    {.coordinate = "Mutation.terminateProduct", .objects = act_perform, .action = &order_terminate},
    {.coordinate = "Mutation.setBillingAddress",
     .objects = act_perform,
     .action = &product_set_billing_address},
    {.coordinate = "Mutation.updateContactMedium",
     .objects = act_perform,
     .action = &contact_medium_update},
    {.coordinate = "Mutation.mergeCustomers", .objects = act_perform, .action = &customer_merge},
    {.coordinate = "MergeCustomersPayload", .leaf = customer_merge_leaf},
    {.coordinate = "MergeCustomersPayload.differences", .objects = customer_merge_differences},
    {.coordinate = "MergeCustomersPayload.moved", .objects = customer_merge_moved},
    {.coordinate = "MergeCustomersPayload.settled", .objects = customer_merge_settled},
    {.coordinate = "MergeCustomersPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "MergeDifference", .leaf = customer_merge_difference_leaf},
    {.coordinate = "MergeSettlement", .leaf = customer_merge_settled_leaf},
    {.coordinate = "MergedRows", .leaf = customer_merge_moved_leaf},
    {.coordinate = "Mutation.retryMessage", .objects = act_perform, .action = &message_retry},
    {.coordinate = "Mutation.sendMessage", .objects = act_perform, .action = &message_send},
    {.coordinate = "Mutation.updateCustomer", .objects = act_perform, .action = &customer_update},
    {.coordinate = "Mutation.updateViewer", .objects = act_perform, .action = &viewer_update},
    {.coordinate = "OrderQualification.items", .objects = feasibility_kept_items},
    {.coordinate = "Mutation.answerPort", .objects = act_perform, .action = &number_port_answer},
    {.coordinate = "Mutation.barLine", .objects = act_perform, .action = &mobile_bar},
    {.coordinate = "Mutation.cancelPort", .objects = act_perform, .action = &number_port_cancel},
    {.coordinate = "Mutation.changeNumber",
     .objects = act_perform,
     .action = &mobile_change_number},
    {.coordinate = "Mutation.changeSim", .objects = act_perform, .action = &sim_change},
    {.coordinate = "Mutation.portIn", .objects = act_perform, .action = &number_port_in},
    {.coordinate = "Mutation.portOut", .objects = act_perform, .action = &number_port_out},
    {.coordinate = "Mutation.revealSecret", .objects = act_perform, .action = &secret_reveal},
    {.coordinate = "Mutation.sendPasswordReset",
     .objects = act_perform,
     .action = &password_reset_send},
    {.coordinate = "Mutation.resetVoicemailPin",
     .objects = act_perform,
     .action = &voicemail_pin_reset},
    {.coordinate = "Mutation.setCreditLimit",
     .objects = act_perform,
     .action = &account_set_credit_limit},
    {.coordinate = "Mutation.topUp", .objects = act_perform, .action = &account_top_up},
    {.coordinate = "Mutation.undoChange", .objects = act_perform, .action = &change_undo},
    {.coordinate = "Mutation.unbarLine", .objects = act_perform, .action = &mobile_unbar},
    {.coordinate = "Mutation.verifyCaller", .objects = act_perform, .action = &caller_verify},
    {.coordinate = "NumberPort.actions", .later = action_of_ports},
    {.coordinate = "NumberPort.version", .batch = version_batch},
    {.coordinate = "Product.actions", .later = action_of_products},
    {.coordinate = "Product.nextExpiry", .objects = product_next_expiry},
    {.coordinate = "Product.version", .batch = version_batch},
    {.coordinate = "ProductExpiry", .leaf = product_expiry_leaf},
    {.coordinate = "Qualification", .leaf = feasibility_leaf},
    {.coordinate = "Qualification.items", .objects = feasibility_items},
    {.coordinate = "QualificationAlternative", .leaf = feasibility_alternative_leaf},
    {.coordinate = "QualificationChange", .leaf = feasibility_change_leaf},
    {.coordinate = "QualificationItem", .leaf = feasibility_item_leaf},
    {.coordinate = "QualificationItem.alternatives", .objects = feasibility_item_alternatives},
    {.coordinate = "QualificationItem.reasons", .objects = feasibility_item_reasons},
    {.coordinate = "QualificationReason", .leaf = feasibility_reason_leaf},
    {.coordinate = "QualificationReason.change", .objects = feasibility_reason_change},
    {.coordinate = "Query.explainAccess", .later = access_explain},
    {.coordinate = "Query.externalCustomers", .later = external_search},
    {.coordinate = "Query.qualify", .later = feasibility_qualify},
    {.coordinate = "Query.viewer", .objects = viewer_objects},
    {.coordinate = "SealedCode", .leaf = sim_card_code_leaf},
    {.coordinate = "SearchField.operators", .batch = search_field_operators},
    {.coordinate = "SimCard.actions", .later = action_of_cards},
    {.coordinate = "SimCard.puk1", .objects = sim_card_code},
    {.coordinate = "SimCard.puk2", .objects = sim_card_code},
    {.coordinate = "SimCard.version", .batch = version_batch},
    {.coordinate = "TicketClock.dueInSeconds", .batch = ticket_clock_due_in_seconds},
    {.coordinate = "TicketClock.state", .batch = ticket_clock_state},
    {.coordinate = "TroubleTicket.actions", .later = action_of_tickets},
    {.coordinate = "TroubleTicket.nextStatuses", .batch = ticket_next_statuses},
    {.coordinate = "TroubleTicket.serviceRequestState", .batch = ticket_service_request_state},
    {.coordinate = "TroubleTicket.turn", .batch = ticket_turn},
    {.coordinate = "AddContactMediumPayload", .leaf = act_payload_leaf},
    {.coordinate = "AddContactMediumPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "AnswerTicketPayload", .leaf = act_payload_leaf},
    {.coordinate = "AnswerTicketPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "ChangeTicketStatusPayload", .leaf = act_payload_leaf},
    {.coordinate = "ChangeTicketStatusPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "EscalateTicketPayload", .leaf = act_payload_leaf},
    {.coordinate = "EscalateTicketPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "AddressPayload", .leaf = act_payload_leaf},
    {.coordinate = "AddressPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "CustomerPayload", .leaf = act_payload_leaf},
    {.coordinate = "CustomerPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "IdentificationPayload", .leaf = act_payload_leaf},
    {.coordinate = "IdentificationPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "UpdateBillingAccountPayload", .leaf = act_payload_leaf},
    {.coordinate = "UpdateBillingAccountPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "SetPrivacyAgreementPayload", .leaf = act_payload_leaf},
    {.coordinate = "SetPrivacyAgreementPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "DiscountGroupPayload", .leaf = discount_group_leaf},
    {.coordinate = "DiscountGroupPayload.monthlyAfter", .objects = discount_group_after},
    {.coordinate = "DiscountGroupPayload.monthlyBefore", .objects = discount_group_before},
    {.coordinate = "DiscountGroupPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "RecurringSum", .leaf = discount_group_sum_leaf},
    {.coordinate = "CreateCustomerPayload", .leaf = act_payload_leaf},
    {.coordinate = "CreateCustomerPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "CreateTicketPayload", .leaf = act_payload_leaf},
    {.coordinate = "CreateTicketPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "FinishInteractionPayload", .leaf = act_payload_leaf},
    {.coordinate = "FinishInteractionPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "PartyInteraction.own", .batch = interaction_own},
    {.coordinate = "ReceivedMailPayload", .leaf = act_payload_leaf},
    {.coordinate = "ReceivedMailPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "StartInteractionPayload", .leaf = act_payload_leaf},
    {.coordinate = "StartInteractionPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "OrderPayload", .leaf = act_payload_leaf},
    {.coordinate = "OrderPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "SetBillingAddressPayload", .leaf = act_payload_leaf},
    {.coordinate = "SetBillingAddressPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "UpdateContactMediumPayload", .leaf = act_payload_leaf},
    {.coordinate = "UpdateContactMediumPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "RetryMessagePayload", .leaf = act_payload_leaf},
    {.coordinate = "RetryMessagePayload.userErrors", .objects = act_user_errors},
    {.coordinate = "SendMessagePayload", .leaf = act_payload_leaf},
    {.coordinate = "SendMessagePayload.userErrors", .objects = act_user_errors},
    {.coordinate = "ProductOrder.actions", .later = action_of_orders},
    {.coordinate = "ProductOrder.version", .batch = version_batch},
    {.coordinate = "UpdateCustomerPayload", .leaf = act_payload_leaf},
    {.coordinate = "UpdateCustomerPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "UpdateViewerPayload", .leaf = act_payload_leaf},
    {.coordinate = "UpdateViewerPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "BillingAccountPayload", .leaf = act_payload_leaf},
    {.coordinate = "BillingAccountPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "ChangeSimPayload", .leaf = act_payload_leaf},
    {.coordinate = "ChangeSimPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "LinePayload", .leaf = act_payload_leaf},
    {.coordinate = "LinePayload.userErrors", .objects = act_user_errors},
    {.coordinate = "NumberPortPayload", .leaf = act_payload_leaf},
    {.coordinate = "NumberPortPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "RevealSecretPayload", .leaf = secret_reveal_leaf},
    {.coordinate = "RevealSecretPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "SendPasswordResetPayload", .leaf = password_reset_leaf},
    {.coordinate = "SendPasswordResetPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "UndoChangePayload", .leaf = act_payload_leaf},
    {.coordinate = "UndoChangePayload.userErrors", .objects = act_user_errors},
    {.coordinate = "VerifyCallerPayload", .leaf = act_payload_leaf},
    {.coordinate = "VerifyCallerPayload.userErrors", .objects = act_user_errors},
    {.coordinate = "UserError", .leaf = act_user_error_leaf},
    {.coordinate = "UserError.reasons", .objects = act_user_error_reasons},
    {.coordinate = "UserErrorReason", .leaf = act_user_reason_leaf},
    {.coordinate = "Viewer", .leaf = viewer_leaf},
    {.coordinate = "Viewer.tabs", .objects = tab_of_viewer},
    {.coordinate = "Tab", .leaf = tab_leaf},
    {.coordinate = "Tab.actions", .objects = tab_action_of_tab},
    {.coordinate = "TabAction", .leaf = tab_action_leaf},
    {0},
};

const struct named_predicate predicates_index[] = {
    {.name = "customer_criteria", .function = customer_criteria},
    {.name = "customer_search", .function = customer_search},
    {.name = "enum_label_language", .function = enum_label_language},
    {.name = "interaction_of_viewer", .function = interaction_of_viewer},
    {.name = "search_field_sold", .function = search_field_sold},
    {.name = "search_definition_active", .function = search_definition_active},
    {0},
};
