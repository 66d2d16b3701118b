/* versions: what changed, as far as each viewer sees it, also when they ask at the same moment. */
#include "base/arena.h"
#include "served.h"
#include "unit/test.h"

static const char tables[] =
    "CREATE TABLE note (id INT PRIMARY KEY, text VARCHAR(20) NOT NULL, secret VARCHAR(20) NOT "
    "NULL) WITH SYSTEM VERSIONING;"
    "INSERT INTO note VALUES (1, 'a', 'x');"
    "UPDATE note SET text = 'b', secret = 'y';"
    "UPDATE note SET secret = 'z'";

static const char schema[] =
    "scalar DateTime\n"
    "type Query { note(id: ID!): Note @one(key: \"id\") }\n"
    "type Note @table(name: \"note\") @public { id: ID! text: String! secret: String! @right(tab: "
    "\"secret\") history: NoteVersionConnection! @history }\n";

static const char query[] =
    "query ($id: ID!) { note(id: $id) { history { totalCount nodes { changes } } } }";

#define ALL                                                                                      \
    "{\"data\":{\"note\":{\"history\":{\"totalCount\":3,\"nodes\":[{\"changes\":[\"secret\"]},{" \
    "\"changes\":[\"text\",\"secret\"]},{\"changes\":[]}]}}}}"
#define SEEN                                                                                     \
    "{\"data\":{\"note\":{\"history\":{\"totalCount\":2,\"nodes\":[{\"changes\":[\"text\"]},{\"" \
    "changes\":[]}]}}}}"

static struct served served;
static const struct viewer clerk = {.kind = VIEWER_OPERATOR, .rights = 1};

int main(void)
{
    const struct viewer *const viewers[][2] = {{&served_operator, &clerk},
                                               {&clerk, &served_operator}};
    const char *const variables[] = {"{\"id\": \"1\"}", "{\"id\": \"1\"}"};
    served_open(&served, tables, schema);
    TEST_TEXT("who sees all fields sees every change",
              served_answer(&served, &served_operator, query, variables[0]), STR(ALL));
    TEST_TEXT("a change of what one does not see is none",
              served_answer(&served, &clerk, query, variables[0]), STR(SEEN));
    for (uint32_t i = 0; i < 2; i++) {
        struct str bodies[2];
        served_answer_both(&served, viewers[i], query, variables, bodies);
        TEST_TEXT("also when somebody asks who sees less", bodies[i], STR(ALL));
        TEST_TEXT("or somebody who sees more", bodies[1 - i], STR(SEEN));
    }
    served_close(&served);
    return test_end();
}
