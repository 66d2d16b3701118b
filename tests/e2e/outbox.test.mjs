/* outbox: how far messages got that are sent from here, and why not further. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
    assertNoTroubles,
    openAccount,
    openBrowser,
    openPage,
    screenshot,
    signInAs,
    sizes,
    violations,
} from "./browser.mjs";
import { change } from "./database.mjs";
import { found, signIn, usersOf } from "./server.mjs";

const [agent] = usersOf("agent");
let browser;
let id;

/* Where a message stands, what is said of it, and what is said when it is opened. */
const standings = [
    {
        subject: "Wartet",
        message: "INITIAL",
        delivery: "'QUEUED', '', 0, NOW(6), 'NOT_CONFIGURED', NULL, NULL",
        row: "This way of sending is not set up",
        opened: [/SendingWaiting to be sent/, /ReasonThis way of sending is not set up/],
    },
    {
        subject: "Kommt wieder",
        message: "IN_PROGRESS",
        delivery:
            "'FAILED', 'a@mail.example', 2, NOW(6) + INTERVAL 1 HOUR, 'BUSY', '451 4.7.1', NULL",
        row: "The other side asked to try later",
        opened: [/Failed, tried again/, /answer 451 4\.7\.1/, /Attempts2/, /Next attempt\d/],
    },
    {
        subject: "Vielleicht",
        message: "IN_PROGRESS",
        delivery: "'PARKED', 'a@mail.example', 1, NULL, 'MAYBE_SENT', NULL, NULL",
        row: "It may have arrived: nobody heard the answer",
        opened: [/Stopped, somebody has to look/],
    },
    {
        subject: "Ist da",
        message: "COMPLETED",
        delivery: "'SENT', '', 1, NULL, NULL, NULL, NOW(6)",
        row: "Delivered",
        opened: [/SendingSent/, /Sent\d/],
    },
];

const insert = (key, { subject, message, delivery }) => `
    INSERT INTO communication_message
        (customer_id, kind, channel, direction, message_template_id, state, sent_at, subject, recipient, inputs)
    SELECT ${key}, 'EMAIL', 'EMAIL', 'OUTBOUND', MIN(id), '${message}', NOW(6), 'Ausgang: ${subject}',
        'm•••@mail.example', '{"text": "Guten Tag"}'
    FROM message_template WHERE code = 'MESSAGE' AND kind = 'EMAIL' AND locale = 'de';
    INSERT INTO message_delivery
        (message_id, customer_id, channel, reference, state, address, attempts, due_at, problem, reply, finished_at)
    VALUES (LAST_INSERT_ID(), ${key}, 'EMAIL', LOWER(HEX(RANDOM_BYTES(16))), ${delivery});`;

const remove = `
    DELETE d FROM message_delivery AS d JOIN communication_message AS m ON m.id = d.message_id
        WHERE m.subject LIKE 'Ausgang: %';
    DELETE f FROM message_document AS f JOIN communication_message AS m ON m.id = f.message_id
        WHERE m.subject LIKE 'Ausgang: %';
    DELETE FROM communication_message WHERE subject LIKE 'Ausgang: %';`;

before(async () => {
    browser = await openBrowser();
    [{ id }] = await found(await signIn(agent), "Kowalczyk Martin");
    const key = Buffer.from(id, "base64url").toString().split(":")[1];
    change(standings.map(standing => insert(key, standing)).join(""));
});

after(() => {
    change(remove);
    return browser?.close();
});

async function openLetters(options) {
    const page = await openPage(browser, options);
    await signInAs(page, agent);
    await openAccount(page, id, "letters");
    return page;
}

async function openMessage(page, subject) {
    const row = page
        .getByRole("row")
        .filter({ hasText: `Ausgang: ${subject}` })
        .first();
    await row.getByRole("button").first().click();
    await page.locator(".document-ways").waitFor();
}

for (const scheme of ["light", "dark"])
    test(`S1-08 S1-44 how far each message got is said with it, and why not further, ${scheme}`, async () => {
        const page = await openLetters({ scheme });
        for (const { subject, row, opened } of standings) {
            const line = page
                .getByRole("row")
                .filter({ hasText: `Ausgang: ${subject}` })
                .first();
            assert.ok((await line.textContent()).includes(row), `${subject}: ${row}`);
            await openMessage(page, subject);
            const said = await page.locator(".detail-row .kind-kv").first().textContent();
            for (const words of opened) assert.match(said, words, subject);
            if (subject === "Kommt wieder") await screenshot(page, `outbox-${scheme}`);
            await line.getByRole("button").first().click();
        }
        assert.deepEqual(await violations(page), []);
        assertNoTroubles(page);
        await page.context().close();
    });

test("S1-44 the outbox reads well on a telephone", async () => {
    const page = await openLetters({ size: sizes.phone });
    await openMessage(page, "Vielleicht");
    await screenshot(page, "outbox-phone");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= sizes.phone.width, `the page is ${wide} wide`);
    assertNoTroubles(page);
    await page.context().close();
});

test("S1-44 a message from elsewhere says nothing of an outbox", async () => {
    const page = await openLetters();
    const row = page
        .getByRole("row")
        .filter({ hasText: /Erinnerung: |Mahnung: / })
        .first();
    await row.getByRole("button").first().click();
    await page.locator(".document-ways").waitFor();
    assert.doesNotMatch(await page.locator(".detail-row").textContent(), /Outbox/);
    await page.context().close();
});

test("S1-08 S1-44 an e-mail is written where the others are, and waits in the outbox", async () => {
    const page = await openLetters();
    await page.getByRole("button", { name: "Write", exact: true }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("radio", { name: "By SMS" }).check();
    await form.getByLabel("Subject").waitFor({ state: "detached" });
    await form.getByRole("radio", { name: "By e-mail" }).check();
    await form.getByLabel("Subject").fill("Ausgang: geschrieben");
    await form.getByLabel("Message").fill("Your router is on its way.");
    await screenshot(page, "outbox-write");
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press("Control+Enter");
    await form.waitFor({ state: "detached" });
    const row = page.getByRole("row").filter({ hasText: "Ausgang: geschrieben" });
    await row.waitFor();
    assert.match(await row.textContent(), /To be sent.*This way of sending is not set up/);
    assertNoTroubles(page);
    await page.context().close();
});
