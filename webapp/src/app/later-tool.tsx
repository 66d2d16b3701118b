/* later-tool: what opens above an account, whose code is fetched before it is wanted. */

import type { Account } from "../core/account.ts";
import type { ActsProps } from "../panels/acts.tsx";
import { later } from "../ui/later.tsx";
import type { Tool, ToolProps } from "./account-tools.tsx";

const Later = later(() => import("./account-tools.tsx"));

interface Props extends Omit<ToolProps, "tool"> {
    tool: Tool | null;
    /** The account is on the page, so that nothing more urgent is to be fetched. */
    ready: boolean;
}

export function LaterTool({ ready, tool, ...props }: Props) {
    return (
        <Later part wanted={ready || tool !== null}>
            {({ AccountTool, ActKeys, Following, Undoing }) => (
                <>
                    <Following {...props} />
                    <ActKeys {...props} />
                    <Undoing {...props} />
                    {tool !== null && <AccountTool tool={tool} {...props} />}
                </>
            )}
        </Later>
    );
}

/** The contact that the viewer is in with the customer of an account. */
export function LaterContact({ account }: { account: Account }) {
    return <Later part>{({ ContactNow }) => <ContactNow account={account} />}</Later>;
}

export function LaterNew() {
    return <Later>{({ NewCustomer }) => <NewCustomer />}</Later>;
}

export function LaterActs(props: ActsProps) {
    return <Later part>{({ Acts }) => <Acts {...props} />}</Later>;
}
