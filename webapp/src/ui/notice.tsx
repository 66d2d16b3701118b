/* notice: says that there is nothing or that something went wrong, and what to do next. */

import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

interface Props {
    icon?: IconName;
    title: string;
    hint?: string | undefined;
    /** What a technician needs, in small print. */
    detail?: string | undefined;
    /** Small: inside a panel. */
    small?: boolean;
    level?: 1 | 2 | 3;
    role?: "alert" | "status";
    children?: ComponentChildren;
}

export function Notice({ icon, title, hint, detail, small, level, role, children }: Props) {
    const Heading = level === undefined ? "p" : (`h${level}` as "h1" | "h2" | "h3");
    return (
        <div class={`notice${small ? " small" : ""}`} role={role}>
            {icon !== undefined && (
                <span class="notice-icon">
                    <Icon name={icon} size={small ? 16 : 20} />
                </span>
            )}
            <div class="notice-words">
                <Heading class="notice-title" tabIndex={level === 1 ? -1 : undefined}>
                    {title}
                </Heading>
                {hint !== undefined && <p class="notice-hint">{hint}</p>}
                {detail !== undefined && detail !== "" && (
                    <p class="notice-detail">
                        <bdi>{detail}</bdi>
                    </p>
                )}
                {children !== undefined && <div class="notice-actions">{children}</div>}
            </div>
        </div>
    );
}
