// run: all tests against a running server, in this order; the database is killed near the end, then the server.
//
//   DOSSIER_URL=http://127.0.0.1:8080 DOSSIER_DATA=var node --test-reporter=tap tests/api/run.mjs
await import('./golden.mjs')
await import('./schema.mjs')
await import('./cost.mjs')
await import('./plans.mjs')
await import('./metrics.mjs')
await import('./access.mjs')
const { testSlowConnections } = await import('./http.mjs')
await import('./language.mjs')
await import('./moments.mjs')
await import('./history.mjs')
await import('./over_http.mjs')
await import('./auth.mjs')
await import('./commands.mjs')
await import('./faults.mjs')
testSlowConnections()
await import('./end.mjs')
