/* main: starts the app. */

import "./styles/index.css";
import { render } from "preact";
import { App } from "./app/app.tsx";
import { applyPreferences, guessedLanguage, speak } from "./app/state.ts";

async function start(): Promise<void> {
    applyPreferences();
    await speak(guessedLanguage());
    const root = document.getElementById("app");
    if (root !== null) render(<App />, root);
}

void start();
