/* mark: the app's sign, a folder with its tabs. */

export function Mark({ size = 22 }: { size?: number }) {
    return (
        <svg class="mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
            <path
                class="mark-back"
                d="M3 7.5A2.5 2.5 0 0 1 5.5 5H9l2 2.5h7.5A2.5 2.5 0 0 1 21 10v1H3V7.5Z"
            />
            <path
                class="mark-front"
                d="M3 10h18v7.5a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 17.5V10Z"
            />
            <path class="mark-lines" d="M7 14h6M7 17h10" />
        </svg>
    );
}
