/* What the engine answers of a message becomes a letter with everything filled in. */
#include "letter/message.h"

#include "base/arena.h"
#include "unit/test.h"

static struct arena *arena;
static struct message message;

static enum status read(const char *body)
{
    return message_read(&message, arena, str_of(body));
}

static void test_letter(void)
{
    TEST("an answer is read",
         read("{\"data\":{\"node\":{\"kind\":\"LETTER\",\"direction\":\"OUTBOUND\","
              "\"sentAt\":\"2026-10-01T12:30:05.250000Z\",\"subject\":\"Hello\",\"recipient\":"
              "\"Kiel\","
              "\"inputs\":{\"name\":\"A {{number}} "
              "B\",\"address\":\"A\\nB\",\"number\":\"12\",\"deep\":{}},"
              "\"template\":{\"locale\":\"en\",\"letterhead\":\"X\",\"body\":\"Dear {{name}}, "
              "{{number}} {{none}}\"},"
              "\"documents\":[{\"renderer\":\"another\",\"sha256\":\"00\"}]}}}") == STATUS_OK);
    TEST("placeholders are filled once, and unknown ones stay",
         str_is(message.letter.body, "Dear A {{number}} B, 12 {{none}}"));
    TEST("lines of the address stay lines", str_is(message.letter.address, "A\nB"));
    TEST("the moment is exact to the second",
         message.letter.sent_at == INT64_C(1790857805) * 1000000);
    TEST("it is a letter of ours", message.letter.kind == LETTER_PAPER && !message.letter.received);
    TEST("what another renderer made does not count", message.recorded.at == NULL);
}

static void test_others(void)
{
    TEST("null is no message", read("{\"data\":{\"node\":null}}") == STATUS_NOT_FOUND);
    TEST("another type is no message", read("{\"data\":{\"node\":{}}}") == STATUS_NOT_FOUND);
    TEST("an error is our mistake", read("{\"errors\":[]}") == STATUS_INTERNAL);
    TEST("so is no JSON", read("") == STATUS_INTERNAL);
    TEST("what lacks everything is still a message",
         read("{\"data\":{\"node\":{\"template\":{}}}}") == STATUS_OK &&
             message.letter.body.len == 0);
}

int main(void)
{
    arena = arena_create();
    test_letter();
    test_others();
    arena_destroy(arena);
    return test_end();
}
