/* What others send by e-mail is read as far as it can be believed, and never without bounds. */
#include "mail/mail_read.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/encode.h"
#include "unit/test.h"

static struct arena *arena;
static struct mail mail;

static bool reads(const char *text)
{
    return mail_read(&mail, arena, str_of(text));
}

static void test_headers(void)
{
    TEST("an e-mail is read",
         reads("From: Mia <MIA@Mail.Example>\r\nSubject: =?iso-8859-1?Q?Gr=FC=DFe?=\r\n"
               "Message-ID: <a@b>\r\nIn-Reply-To: <c@d>\r\nReferences: <e@f>\r\n <g@h>\r\n\r\n"
               "Hello\r\nthere\r\n"));
    TEST_TEXT("its sender is an address in small letters", mail.sender, STR("mia@mail.example"));
    TEST_TEXT("its subject is UTF-8", mail.subject, STR("Grüße"));
    TEST_TEXT("its id is without brackets", mail.message_id, STR("a@b"));
    TEST("what it answers is known, all of it", mail.reference_count == 3 &&
                                                    str_is(mail.references[0], "c@d") &&
                                                    str_is(mail.references[2], "g@h"));
    TEST_TEXT("its text has our line ends", mail.text, STR("Hello\nthere"));
    TEST("a person wrote it", !mail.automatic);
    TEST("of two senders none is the one",
         reads("From: a@b.example, c@d.example\r\n\r\nx") && mail.sender.len == 0);
    TEST("out of office is a program",
         reads("From: a@b.example\r\nAuto-Submitted: auto-replied\r\n\r\nx") && mail.automatic);
    TEST("a list is one, too",
         reads("From: a@b.example\r\nPrecedence: list\r\n\r\nx") && mail.automatic);
    TEST("who says it is none is a person",
         reads("From: a@b.example\r\nAuto-Submitted: no\r\n\r\nx") && !mail.automatic);
}

static void test_texts(void)
{
    TEST("of HTML what is between its marks is read",
         reads("From: a@b.example\r\nContent-Type: text/html\r\n\r\n<p>Hi <b>there</b></p>") &&
             str_is(mail.text, "Hi there"));
    TEST("what is attached is not its text",
         reads("From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n"
               "Content-Disposition: attachment\r\n\r\nx") &&
             mail.text.len == 0);
    TEST("bytes that are no UTF-8 become what can be stored",
         reads("From: a@b.example\r\nSubject: a\x01"
               "b\r\n\r\na\xff\xfe\x07z") &&
             utf8_valid(mail.text) && utf8_valid(mail.subject) &&
             memchr(mail.text.at, '\x07', mail.text.len) == NULL);
}

static void test_bounds(void)
{
    struct buf deep;
    buf_init(&deep, arena, 1 << 20);
    buf_add(&deep, STR("From: a@b.example\r\nMIME-Version: 1.0\r\n"));
    for (int i = 0; i < 5000; i++)
        buf_printf(&deep, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i);
    buf_add(&deep, STR("Content-Type: text/plain\r\n\r\nburied\r\n"));
    TEST("what is buried too deep is not dug out",
         mail_read(&mail, arena, buf_str(&deep)) && mail.text.len == 0);
    struct buf wide;
    buf_init(&wide, arena, 1 << 20);
    buf_add(&wide, STR("From: a@b.example\r\nContent-Type: text/plain\r\n\r\n"));
    for (int i = 0; i < 20000; i++)
        buf_add(&wide, STR("word\xc3\xa4 "));
    TEST("a long text is shortened, between characters",
         mail_read(&mail, arena, buf_str(&wide)) && mail.shortened &&
             mail.text.len <= MAIL_TEXT_BYTES + 4 && utf8_valid(mail.text));
    buf_add(&wide, (struct str){.at = arena_alloc(arena, MAIL_BYTES_MAX), .len = MAIL_BYTES_MAX});
    TEST("what is too large is not read", !mail_read(&mail, arena, buf_str(&wide)));
    TEST("nothing is no e-mail", !reads(""));
}

int main(void)
{
    arena = arena_create();
    test_headers();
    test_texts();
    test_bounds();
    arena_destroy(arena);
    return test_end();
}
