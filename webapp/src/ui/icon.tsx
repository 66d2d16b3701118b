/* icon: small drawings on a grid of 16, in the colour of the text around them. */

const drawings = {
    search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3l3.2 3.2",
    user: "M8 2.5a2.75 2.75 0 1 0 0 5.5 2.75 2.75 0 0 0 0-5.5ZM2.75 13.5c.5-2.6 2.6-4 5.25-4s4.75 1.4 5.25 4",
    building: "M3.5 13.5v-10l5-1.5v11.5M8.5 6l4 1v6.5M2 13.5h12M5.5 5.5h1M5.5 8h1M5.5 10.5h1",
    store: "M2.5 6.5 3.5 2.5h9l1 4M3.5 8v5.5h9V8M2.5 6.5a1.85 1.85 0 0 0 3.7 0 1.85 1.85 0 0 0 3.7 0 1.8 1.8 0 0 0 3.6 0M6.5 13.5v-3h3v3",
    layers: "m8 2 6 3-6 3-6-3 6-3ZM2.5 8.2 8 11l5.5-2.8M2.5 11.2 8 14l5.5-2.8",
    clipboard:
        "M5.5 3h-1a1 1 0 0 0-1 1v8.5a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1V4a1 1 0 0 0-1-1h-1M6.5 1.75h3a.75.75 0 0 1 .75.75v1a.75.75 0 0 1-.75.75h-3a.75.75 0 0 1-.75-.75v-1a.75.75 0 0 1 .75-.75ZM6 8.5l1.5 1.5L10.25 7",
    folder: "M2 12V4a1 1 0 0 1 1-1h3.2l1.6 1.8H13a1 1 0 0 1 1 1V12a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1Z",
    copy: "M6 5.5h6.5a.75.75 0 0 1 .75.75v6.5a.75.75 0 0 1-.75.75H6a.75.75 0 0 1-.75-.75v-6.5A.75.75 0 0 1 6 5.5ZM3.5 10.5a.75.75 0 0 1-.75-.75v-6.5a.75.75 0 0 1 .75-.75H10a.75.75 0 0 1 .75.75",
    check: "m3 8.5 3.25 3.25L13 5",
    chevron: "m6 3.5 4.5 4.5L6 12.5",
    sortUp: "M8 13V3.5M4.5 6.75 8 3.25l3.5 3.5",
    sortDown: "M8 3v9.5M4.5 9.25 8 12.75l3.5-3.5",
    sortable: "m5 6.25 3-3 3 3M5 9.75l3 3 3-3",
    phone: "M4.1 2.5h1.6l1.1 3-1.4 1.1a8 8 0 0 0 4 4l1.1-1.4 3 1.1v1.6c0 .9-.7 1.6-1.6 1.5C6.6 13 3 9.4 2.6 4.1c0-.9.6-1.6 1.5-1.6Z",
    mail: "M2.5 3.5h11a.75.75 0 0 1 .75.75v7.5a.75.75 0 0 1-.75.75h-11a.75.75 0 0 1-.75-.75v-7.5a.75.75 0 0 1 .75-.75ZM2 4.5l6 4.5 6-4.5",
    refresh: "M13.5 8a5.5 5.5 0 1 1-1.75-4.02M13.5 2v3h-3",
    alert: "M8 2 1.75 13.25h12.5L8 2ZM8 6.5v3.25M8 11.6v.05",
    sun: "M8 5.25a2.75 2.75 0 1 0 0 5.5 2.75 2.75 0 0 0 0-5.5ZM8 1.5v1.25M8 13.25v1.25M1.5 8h1.25M13.25 8h1.25M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9",
    moon: "M13.25 9.5A5.75 5.75 0 0 1 6.5 2.75a5.5 5.5 0 1 0 6.75 6.75Z",
    screen: "M2.5 3h11a.75.75 0 0 1 .75.75v6.5a.75.75 0 0 1-.75.75h-11a.75.75 0 0 1-.75-.75v-6.5A.75.75 0 0 1 2.5 3ZM5.5 13.5h5M8 11v2.5",
    keyboard:
        "M2 4.25h12a.75.75 0 0 1 .75.75v6a.75.75 0 0 1-.75.75H2a.75.75 0 0 1-.75-.75V5A.75.75 0 0 1 2 4.25ZM4 7h.05M6.65 7h.05M9.3 7h.05M11.95 7H12M5 9.25h6",
    leave: "M6.5 2.5h-3a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h3M10 5l3 3-3 3M13 8H6",
    eye: "M1.5 8S3.75 3.75 8 3.75 14.5 8 14.5 8 12.25 12.25 8 12.25 1.5 8 1.5 8ZM8 6.25a1.75 1.75 0 1 0 0 3.5 1.75 1.75 0 0 0 0-3.5Z",
    close: "m4 4 8 8M12 4l-8 8",
    clock: "M8 2.25a5.75 5.75 0 1 0 0 11.5 5.75 5.75 0 0 0 0-11.5ZM8 5v3.25l2.25 1.5",
} as const;

export type IconName = keyof typeof drawings;

/** An icon named by a tab; a folder for names this version does not know. */
export function iconName(name: string): IconName {
    return Object.hasOwn(drawings, name) ? (name as IconName) : "folder";
}

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
    return (
        <svg class="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
            <path d={drawings[name]} />
        </svg>
    );
}
