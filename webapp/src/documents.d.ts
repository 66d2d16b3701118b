/* documents.d: the hashes of the texts in webapp/documents, put in by the build. */

declare module "virtual:documents" {
    export const documentIds: Readonly<Record<"Viewer" | "EnumLabels" | "SearchCustomers", string>>;
}

declare module "virtual:later-documents" {
    export const documentIds: Readonly<
        Record<
            | "AssignTicket"
            | "CharacteristicSpecifications"
            | "CreateTicketFromMail"
            | "DiscardReceivedMail"
            | "ExternalCustomers"
            | "FileReceivedMail"
            | "FindCustomers"
            | "InputType"
            | "MergeCustomers"
            | "OpenTickets"
            | "ReceivedMails"
            | "RecentInteractions"
            | "SearchDefinition"
            | "StartInteraction"
            | "TakeNextTicket"
            | "TakeTicket"
            | "TicketTeams"
            | "TicketWork"
            | "UndoChange",
            string
        >
    >;
}
