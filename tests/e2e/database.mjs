/* database: changes behind the app's back, as another agent makes them, with the server's own account. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const data = dirname(process.env.DOSSIER_ACCESS ?? "");

/** What one statement gives, lines of columns with tabs between them. */
export function change(statement) {
    const [password] = readFileSync(join(data, "mariadb.passwords"), "utf8").split(" ");
    const options = ["--no-defaults", "--batch", "--skip-column-names", "--user=dossier"];
    const socket = `--socket=${join(data, "mariadb", "run", "mariadb.sock")}`;
    const env = { ...process.env, MYSQL_PWD: password };
    const input = `SET time_zone = '+00:00'; ${statement}`;
    return execFileSync("mariadb", [...options, socket, "dossier"], {
        input,
        encoding: "utf8",
        env,
    }).trim();
}

/** The next whole second of now, once it is over: in UTC, and as a field of the tests' time zone has it. */
export function moment() {
    const whole = new Date(Math.ceil(Date.now() / 1000) * 1000);
    change(`DO SLEEP(${(whole.getTime() - Date.now()) / 1000 + 0.05})`);
    const local = whole.toLocaleString("sv-SE", { timeZone: "Europe/Berlin" });
    return { utc: whole.toISOString().replace(".000Z", "Z"), field: local.replace(" ", "T") };
}
