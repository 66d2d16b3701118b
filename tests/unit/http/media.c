/* media: what Accept and Content-Type mean for a GraphQL request. */
#include "http/media.h"

#include "unit/test.h"

#define JSON    "application/json"
#define GRAPHQL "application/graphql-response+json"

static enum media accepted(const char *text)
{
    return media_accepted(str_of(text));
}

int main(void)
{
    TEST("without Accept it is JSON", media_accepted((struct str){0}) == MEDIA_JSON);
    TEST("anything is JSON", accepted("*/*") == MEDIA_JSON);
    TEST("JSON is JSON", accepted(JSON) == MEDIA_JSON);
    TEST("the newer type is the newer type", accepted(GRAPHQL) == MEDIA_GRAPHQL);
    TEST("a type in capitals is understood",
         accepted("Application/GraphQL-Response+JSON") == MEDIA_GRAPHQL);
    TEST("the newer type wins a tie", accepted(JSON ", " GRAPHQL) == MEDIA_GRAPHQL);
    TEST("weights decide", accepted(GRAPHQL ";q=0.5, " JSON ";q=0.9") == MEDIA_JSON);
    TEST("a weight of zero forbids", accepted(GRAPHQL ";q=0, */*") == MEDIA_JSON);
    TEST("a named type beats anything", accepted(GRAPHQL ", */*;q=0.1") == MEDIA_GRAPHQL);
    TEST("HTML cannot be made", accepted("text/html") == MEDIA_NONE);
    TEST("anything of weight zero cannot be made", accepted("*/*;q=0") == MEDIA_NONE);
    TEST("an empty Accept accepts nothing", accepted("") == MEDIA_NONE);
    TEST("another charset cannot be made", accepted(JSON "; charset=utf-16") == MEDIA_NONE);
    TEST("UTF-8 can be made", accepted(JSON "; charset=\"UTF-8\"") == MEDIA_JSON);
    TEST("a browser's list is JSON",
         accepted("text/html,application/xhtml+xml,*/*;q=0.8") == MEDIA_JSON);
    TEST("garbage is survived", accepted(";;,,q=,;q=x,/") == MEDIA_NONE);

    TEST("JSON can be read", media_is_json(STR(JSON)));
    TEST("JSON in UTF-8 can be read", media_is_json(STR(JSON "; charset=utf-8")));
    TEST("capitals can be read", media_is_json(STR("Application/JSON ;charset=\"UTF-8\"")));
    TEST("JSON in UTF-16 cannot be read", !media_is_json(STR(JSON "; charset=utf-16")));
    TEST("a list of types cannot be read", !media_is_json(STR(JSON ",text/plain")));
    TEST("text cannot be read", !media_is_json(STR("text/plain")));
    TEST("forms cannot be read", !media_is_json(STR("application/x-www-form-urlencoded")));
    TEST("no type cannot be read", !media_is_json((struct str){0}));
    return test_end();
}
