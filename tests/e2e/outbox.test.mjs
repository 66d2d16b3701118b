/* outbox: how far messages got that are sent from here, and why not further. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertFits, screenshot, sizes, violations } from "./browser.mjs";
import { change } from "./database.mjs";
import { found } from "./server.mjs";
import { beginSession, client, inOwnPage, openFound } from "./session.mjs";

await beginSession();

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
    const [{ id }] = await found(client, "Kowalczyk Martin");
    const key = Buffer.from(id, "base64url").toString().split(":")[1];
    change(standings.map(standing => insert(key, standing)).join(""));
});

after(() => change(remove));

const inLetters = (options, steps) =>
    inOwnPage(options, async own => {
        await openFound("Kowalczyk Martin", "letters", own);
        await steps(own);
    });

async function openMessage(page, subject) {
    const row = page
        .getByRole("row")
        .filter({ hasText: `Ausgang: ${subject}` })
        .first();
    await row.getByRole("button").first().click();
    await page.locator(".document-ways").waitFor();
}

for (const scheme of ["light", "dark"])
    test(`S1-08 S1-44 how far each message got is said with it, and why not further, ${scheme}`, () =>
        inLetters({ scheme }, async own => {
            for (const { subject, row, opened } of standings) {
                const line = own
                    .getByRole("row")
                    .filter({ hasText: `Ausgang: ${subject}` })
                    .first();
                assert.ok((await line.textContent()).includes(row), `${subject}: ${row}`);
                await openMessage(own, subject);
                const said = await own.locator(".detail-row .kind-kv").first().textContent();
                for (const words of opened) assert.match(said, words, subject);
                if (subject === "Kommt wieder") await screenshot(own, `outbox-${scheme}`);
                await line.getByRole("button").first().click();
            }
            assert.deepEqual(await violations(own), []);
        }));

test("S1-44 the outbox reads well on a telephone", () =>
    inLetters({ size: sizes.phone }, async own => {
        await openMessage(own, "Vielleicht");
        await screenshot(own, "outbox-phone");
        await assertFits(own);
    }));

test("S1-44 a message from elsewhere says nothing of an outbox", () =>
    inLetters({}, async own => {
        const row = own
            .getByRole("row")
            .filter({ hasText: /Erinnerung: |Mahnung: / })
            .first();
        await row.getByRole("button").first().click();
        await own.locator(".document-ways").waitFor();
        assert.doesNotMatch(await own.locator(".detail-row").textContent(), /Outbox/);
    }));

test("S1-08 S1-44 an e-mail is written where the others are, and waits in the outbox", () =>
    inLetters({}, async own => {
        await own.getByRole("button", { name: "Write", exact: true }).click();
        const form = own.getByRole("dialog");
        await form.getByRole("radio", { name: "By SMS" }).check();
        await form.getByLabel("Subject").waitFor({ state: "detached" });
        await form.getByRole("radio", { name: "By e-mail" }).check();
        await form.getByLabel("Subject").fill("Ausgang: geschrieben");
        await form.getByLabel("Message").fill("Your router is on its way.");
        await screenshot(own, "outbox-write");
        assert.deepEqual(await violations(own), []);
        await own.keyboard.press("Control+Enter");
        await form.waitFor({ state: "detached" });
        const row = own.getByRole("row").filter({ hasText: "Ausgang: geschrieben" });
        await row.waitFor();
        assert.match(await row.textContent(), /To be sent.*This way of sending is not set up/);
    }));
