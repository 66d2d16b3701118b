/* A text becomes an e-mail that mail servers take, whatever stands in it. */
#include "mail/mail_write.h"

#include "base/arena.h"
#include "mail/mail_read.h"
#include "unit/test.h"

static struct arena *arena;

static const struct mail_text sample = {
    .from_name = STR("Größe & Söhne, \"AG\""),
    .from = STR("service@fernklang.example"),
    .to = STR("mia@mail.example"),
    .subject = STR("Grüße – 中文"),
    .body = STR("Schönen Tag\n.\nFrom here\n=20 = \t \n😀"),
    .message_id = STR("0123@fernklang.example"),
    .written_at = 1790857805,
};

static bool has(struct str mail, const char *words)
{
    return strstr(str_copy(arena, mail).at, words) != NULL;
}

/* Each line ends in CRLF, and none is longer than RFC 5321 §4.5.3.1.6 allows. */
static bool lines_are_in_order(struct str mail)
{
    size_t length = 0;
    for (size_t i = 0; i < mail.len; i++) {
        bool ends = mail.at[i] == '\r' && i + 1 < mail.len && mail.at[i + 1] == '\n';
        if ((mail.at[i] == '\r' && !ends) ||
            (mail.at[i] == '\n' && (i == 0 || mail.at[i - 1] != '\r')))
            return false;
        length = mail.at[i] == '\n' ? 0 : length + 1;
        if (length > 998 || (unsigned char)mail.at[i] > 0x7e)
            return false;
    }
    return true;
}

static void test_writing(void)
{
    struct mail read;
    struct str mail = mail_write(arena, &sample);
    TEST("lines are as SMTP wants them, in ASCII", lines_are_in_order(mail));
    TEST("the same text gives the same bytes", str_equal(mail, mail_write(arena, &sample)));
    TEST("it says its version", has(mail, "MIME-Version: 1.0\r\n"));
    TEST("it says when it was written", has(mail, "Date: Thu, 01 Oct 2026 12:30:05 +0000\r\n"));
    TEST("it can be read again", mail_read(&read, arena, mail));
    TEST_TEXT("its text comes back", read.text, sample.body);
    TEST_TEXT("its subject comes back", read.subject, sample.subject);
    TEST_TEXT("its sender comes back", read.sender, sample.from);
    TEST_TEXT("its id comes back", read.message_id, sample.message_id);
}

static void test_hostile(void)
{
    struct mail_text hostile = sample;
    struct mail read;
    hostile.subject = STR("Hello\r\nBcc: evil@x.example\r\n\r\nbody");
    hostile.from_name = STR("A\nBcc: evil@x.example");
    struct str mail = mail_write(arena, &hostile);
    TEST("a subject with line ends makes no header", !has(mail, "\nBcc:"));
    TEST("nor does a name", lines_are_in_order(mail) && mail_read(&read, arena, mail));
    TEST_TEXT("the text stays what it is", read.text, sample.body);
}

static void test_addresses(void)
{
    struct str name, address;
    TEST("an address is one", mail_address_valid(STR("a.b+c@mail.example")));
    TEST("two are none", !mail_address_valid(STR("a@b.example,c@d.example")));
    TEST("one with brackets is none", !mail_address_valid(STR("a@b.example>")));
    TEST("one with a line end is none", !mail_address_valid(STR("a@b.example\nRCPT TO:<x@y>")));
    TEST("one without a domain is none", !mail_address_valid(STR("a@")));
    TEST("nothing is none", !mail_address_valid(STR("")));
    TEST("a name and an address are taken apart",
         mail_address_read(arena, STR("Some Body <a@b.example>"), &name, &address) &&
             str_is(name, "Some Body") && str_is(address, "a@b.example"));
    TEST("an address alone has no name",
         mail_address_read(arena, STR("a@b.example"), &name, &address) && name.len == 0);
    TEST("a name alone is no address", !mail_address_read(arena, STR("Body"), &name, &address));
}

int main(void)
{
    arena = arena_create();
    test_writing();
    test_hostile();
    test_addresses();
    arena_destroy(arena);
    return test_end();
}
