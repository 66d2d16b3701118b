/* helping: whoever opens an account that was looked for begins to help the customer, and that is written down. */

import { ask } from "../core/gql.ts";
import { startInteractionDocument } from "../core/later-documents.ts";
import { noteBegun } from "./contact.ts";
import { session } from "./state.ts";

/** The account is there whether or not this can be written down, so a failure is nobody's to mend. */
export async function beginHelping(customerId: string): Promise<void> {
    const input = { idempotencyKey: crypto.randomUUID(), customerId };
    const answer = await ask({ session }, startInteractionDocument, { input }).catch(() => null);
    const { id, startedAt, channel, customer } = answer?.data.startInteraction?.interaction ?? {};
    if (id && startedAt && channel && customer) noteBegun({ id, startedAt, channel, customer });
}
