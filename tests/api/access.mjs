// access: what explainAccess says is what happens.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { graphql, root, tokenOf } from './client.mjs'

const customers = Array.from({ length: 40 }, (_, i) => Buffer.from(`Customer:${i + 1}`).toString('base64url'))
const query = `query ($id: ID!, $login: String!) {
  explainAccess(coordinate: "Query.customer", id: $id, login: $login) { decision inScope found }
}`

const documents = JSON.parse(readFileSync(join(root, 'webapp/dist/documents.json'), 'utf8'))
const starts = Object.keys(documents).find((id) => documents[id].includes('accountDocument'))

async function accountDocument(token) {
  const { body } = await graphql(token, { documentId: starts, variables: { language: 'en' } })
  return body.data.viewer.accountDocument
}

for (const login of ['agent', 'agent.basic', 'partner', 'customer'])
  test(`what is said of ${login} and forty customers is what they get`, async () => {
    const token = await tokenOf(login), admin = await tokenOf('admin'), documentId = await accountDocument(token)
    const decisions = new Set()
    for (const id of customers) {
      const { body } = await graphql(token, { documentId, variables: { id } })
      const { decision, inScope, found } = (await graphql(admin, { query, variables: { id, login } })).body.data.explainAccess
      assert.equal(inScope, body.data.customer !== null, id)
      assert.equal(decision, inScope ? 'VISIBLE' : found ? 'OUT_OF_SCOPE' : 'NOT_FOUND')
      decisions.add(decision)
    }
    assert.ok(decisions.has('VISIBLE'))
    assert.equal(decisions.has('OUT_OF_SCOPE'), ['partner', 'customer'].includes(login))
  })
