"""The ways by which an answer is given without computing it anew, and where each stands in the way of a request.

`PST_ACCELERATIONS=false` turns all of them off (`switch.py`); each request then takes the plain way on the right.
Either way the rights are read anew for every request, and the answer is the same: `tests/accelerations` and
`make test-plain` hold them to it.

    request
      |
    Edge                                     limits, trace id
      |
    CacheMiddleware  ................ [1] .. the same question, answered before    | goes on inside
      |   find_cached: rights and position in one statement
      |
    IndexedRouter    ................ [2] .. routers passed by for their words     | every router is asked
      |
    QuickRoute       ................ [3] .. well-formed parameters, read at once  | FastAPI reads them
      |
      +-- REST: answers.answer_read
      |     OptimisticRead  ......... [4] .. rights and rows in one statement      | one snapshot: rights, then rows
      |     ResponseCache   ......... [1] .. an equal reader's answer              | read again
      |
      +-- GraphQL: endpoint.graphql
      |     Introspection   ......... [5] .. what was told of the schema           | worked out again, in turns
      |     OptimisticRead, ResponseCache    as above
      |     answer_compiled ......... [6] .. the whole query in one statement      | resolvers, one statement a level
      |
    prepare_statement ............... [7] .. SQL written for equal rights          | SQL is written again
      |
    PostgreSQL

    [1] cache_middleware.py, accelerations/response_cache.py: signed-in readers on the journal's position, and anybody
        without a token on the public stamp
    [2] routers/route_index.py        [3] routers/quick_routes.py        [4] accelerations/optimistic_read.py
    [5] graphql/introspection.py      [6] graphql/compiled.py            [7] domain/sql/prepared.py

What is not switched holds no answer and no statement: parsed GraphQL documents and operations, the meaning of the
rights' own words (`authentication.py`), which workspaces are groups (that never changes), and PostgreSQL's plans, which
`PST_PLAN_CACHE_MODE` governs.
"""
