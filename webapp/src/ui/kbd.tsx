/* kbd: a shortcut drawn as keys. */

export function Keys({ shortcut }: { shortcut: string }) {
    const mac = /mac|iphone|ipad/i.test(navigator.platform);
    const keys = shortcut.replace("mod+", mac ? "⌘+" : "Ctrl+").split(/[ +]/);
    return (
        <span class="keys">
            {keys.map(key => (
                <kbd key={key}>{key}</kbd>
            ))}
        </span>
    );
}
