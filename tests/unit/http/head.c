/* head: requests that two readers could understand differently are refused. */
#include "http/head.h"

#include "unit/test.h"

#define LINE "POST /graphql HTTP/1.1\r\nHost: here\r\n"

static int status_of(const char *text)
{
    return head_check(str_of(text)).http_status;
}

static void test_good_heads(void)
{
    TEST("a plain head passes", status_of("GET / HTTP/1.1\r\nHost: here\r\n\r\n") == 0);
    TEST("a head with a length passes", status_of(LINE "Content-Length: 12\r\n\r\n{}") == 0);
    TEST("a chunked head passes", status_of(LINE "transfer-encoding: Chunked\r\n\r\n") == 0);
    TEST("blanks around values pass", status_of(LINE "content-length: \t 12 \r\n\r\n") == 0);
    TEST("bytes behind the head are not looked at", status_of(LINE "\r\n\n\n\n: :\n") == 0);
}

static void test_lengths(void)
{
    TEST("two lengths are refused",
         status_of(LINE "content-length: 1\r\ncontent-length: 1\r\n\r\n") == 400);
    TEST("a length and an encoding are refused",
         status_of(LINE "content-length: 1\r\nTransfer-Encoding: chunked\r\n\r\n") == 400);
    TEST("an encoding and a length are refused",
         status_of(LINE "Transfer-Encoding: chunked\r\ncontent-length: 1\r\n\r\n") == 400);
    TEST("a signed length is refused", status_of(LINE "content-length: +1\r\n\r\n") == 400);
    TEST("a negative length is refused", status_of(LINE "content-length: -1\r\n\r\n") == 400);
    TEST("a list of lengths is refused", status_of(LINE "content-length: 5, 5\r\n\r\n") == 400);
    TEST("a hexadecimal length is refused", status_of(LINE "content-length: 0x5\r\n\r\n") == 400);
    TEST("an empty length is refused", status_of(LINE "content-length:\r\n\r\n") == 400);
    TEST("a length of 19 digits is refused",
         status_of(LINE "content-length: 1111111111111111111\r\n\r\n") == 400);
    TEST("another encoding is refused",
         status_of(LINE "transfer-encoding: xchunked\r\n\r\n") == 400);
    TEST("a list of encodings is refused",
         status_of(LINE "transfer-encoding: chunked, identity\r\n\r\n") == 400);
    TEST("two encodings are refused",
         status_of(LINE "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n") == 400);
}

/* At every place of a value that is longer than what is looked at in one go. */
static void test_control_characters(void)
{
    bool refused = true, taken = true;
    for (size_t at = 0; at < 20; at++) {
        char text[] = LINE "a: ....................x\r\n\r\n";
        char *value = strstr(text, "....") + at;
        for (int c = 1; c < 256; c++) {
            bool control = (c < 0x20 && c != '\t') || c == 0x7f;
            if (c == '\n' || c == '\r')
                continue; /* they are told to be ends of lines */
            *value = (char)c;
            if (control)
                refused &= status_of(text) == 400;
            else
                taken &= status_of(text) == 0;
        }
    }
    TEST("wherever it is", refused);
    TEST("and no other character is", taken);
}

static void test_lines(void)
{
    TEST("a bare line feed is refused", status_of("GET / HTTP/1.1\nHost: here\n\n") == 400);
    TEST("a bare line feed among headers is refused", status_of(LINE "a: b\nc: d\r\n\r\n") == 400);
    TEST("a folded header is refused", status_of(LINE "a: b\r\n c\r\n\r\n") == 400);
    TEST("a blank before the colon is refused",
         status_of(LINE "Transfer-Encoding : chunked\r\n\r\n") == 400);
    TEST("a header without a colon is refused", status_of(LINE "nothing\r\n\r\n") == 400);
    TEST("a header without a name is refused", status_of(LINE ": x\r\n\r\n") == 400);
    TEST("a control character is refused", status_of(LINE "a: b\001c\r\n\r\n") == 400);
    test_control_characters();
    TEST("no Host is refused", status_of("GET / HTTP/1.1\r\n\r\n") == 400);
    TEST("two Hosts are refused", status_of(LINE "host: there\r\n\r\n") == 400);
    TEST("two Authorizations are refused",
         status_of(LINE "authorization: a\r\nAuthorization: b\r\n\r\n") == 400);
    TEST("nothing is refused", status_of("") != 0);
}

static void test_sizes(void)
{
    static char text[40000];
    size_t len = (size_t)sprintf(text, LINE "a: ");
    memset(text + len, 'x', 17000);
    strcpy(text + len + 17000, "\r\n\r\n");
    TEST("a head of 17,000 bytes is refused", status_of(text) == 431);

    len = (size_t)sprintf(text, LINE);
    for (int i = 0; i < 63; i++)
        len += (size_t)sprintf(text + len, "a: b\r\n");
    strcpy(text + len, "\r\n");
    TEST("64 headers pass", status_of(text) == 0);
    strcpy(text + len, "a: b\r\n\r\n");
    TEST("65 headers are refused", status_of(text) == 431);
}

int main(void)
{
    test_good_heads();
    test_lengths();
    test_lines();
    test_sizes();
    return test_end();
}
