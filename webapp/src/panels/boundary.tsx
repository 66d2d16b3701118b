/* boundary: keeps what breaks inside it from taking its surroundings along. */

import { Component, type ComponentChildren } from "preact";

interface Props {
    /** What to show in place of what broke. */
    broken: (error: Error) => ComponentChildren;
    children: ComponentChildren;
}

export class Boundary extends Component<Props, { error: Error | null }> {
    override state: { error: Error | null } = { error: null };

    static override getDerivedStateFromError(error: unknown) {
        return { error: error instanceof Error ? error : new Error(String(error)) };
    }

    override componentDidCatch(error: unknown) {
        console.error(error); // the browser's console is where support looks
    }

    render() {
        const { error } = this.state;
        return error === null ? this.props.children : this.props.broken(error);
    }
}
